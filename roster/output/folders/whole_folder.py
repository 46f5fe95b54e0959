"""Result files written whole or not at all: made in a temporary folder beside, then moved into place."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from roster.errors import FileFault, reason
from roster.language import tr
from roster.whole_files import WORK, signals_held


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """
    Yield an empty folder to write files into, in folders or not; they move into `folder` together, or nothing changes.

    Other files in `folder` stay as they are. Raises FileFault when it cannot be written.
    """
    made, work = _missing(folder), None
    with signals_held() as signals:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(prefix=WORK, dir=folder))
            new, old = work / "new", work / "old"
            new.mkdir()
            old.mkdir()
            with signals.let_through():
                yield new
            _move_all(new, folder, old)
            made = []
        except OSError as error:
            raise FileFault(tr("common.cannot_write", file=folder, why=reason(error))) from error
        finally:
            if work is not None:
                shutil.rmtree(work, ignore_errors=True)
            _remove_empty(made)


def _missing(folder: Path) -> list[Path]:
    """Return the folders on the way to `folder` that are not there yet, the innermost first."""
    return [place for place in (folder, *folder.parents) if not place.exists()]


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _move_all(new: Path, folder: Path, old: Path) -> None:
    """Move files and those in folders into a folder; when one cannot be moved, undo all and raise the reason."""
    moved: list[Path] = []
    made: list[Path] = []
    try:
        for file in sorted(path for path in new.rglob("*") if path.is_file()):
            name = file.relative_to(new)
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), file.name)
            if not (folder / name).parent.resolve().is_relative_to(folder.resolve()):
                raise FileFault(tr("plan.linked_away", file=(folder / name).parent))
            made += _missing((folder / name).parent)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if (folder / name).exists():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(folder / name, old / name)
            moved.append(name)
            os.replace(file, folder / name)
    except (OSError, FileFault):
        for name in reversed(moved):
            if (old / name).exists():
                os.replace(old / name, folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        for place in sorted(made, reverse=True):
            _remove_empty([place])
        raise
