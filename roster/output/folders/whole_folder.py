"""Result files written whole or not at all: made in a temporary folder beside, then moved into place."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
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


def write_folder(
    folder: Path, texts: Mapping[str, str], more: Callable[[Path], None] | None = None
) -> tuple[Path, ...]:
    """
    Write the files of an answer into a folder, together or not at all; return those that are texts.

    Parameters
    ----------
    folder : The folder, made where it is missing; files of an earlier answer are replaced.
    texts : What each file holds, by its name.
    more : Writes into the new folder what is more than text: a roster, its workbook and calendars.

    Raises
    ------
    FileFault
        The folder cannot be written; it then is as it was.
    """
    with whole_folder(folder) as new:
        if more is not None:
            more(new)
        write_texts(new, texts)
    return tuple(folder / name for name in texts)


def write_texts(new: Path, texts: Mapping[str, str]) -> None:
    """
    Write texts into a folder by their names.

    A table begins with a byte-order mark, by which spreadsheets know that it is UTF-8, and brings its own line ends.
    """
    for name, text in texts.items():
        encoding, newline = ("utf-8-sig", "") if name.endswith(".csv") else ("utf-8", "\n")
        (new / name).write_text(text, encoding=encoding, errors="replace", newline=newline)


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
