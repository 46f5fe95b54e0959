"""The scenarios of `roster size --out`: the recommended one under the name given, its neighbours beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from roster.errors import FileFault
from roster.language import tr
from roster.output.files import write_text

if TYPE_CHECKING:
    from roster.questions.size import Sized

LEVELS = ("lean", "recommended", "comfortable")


def targets(out: Path | None, *, force: bool) -> dict[str, Path]:
    """
    Return the file of each level; none where nothing is to be written.

    Raises FileFault where the name is no scenario's, or a file is there already and may not be overwritten.
    """
    if out is None:
        return {}
    if out.is_dir() or out.suffix not in (".yaml", ".yml"):
        raise FileFault(tr("size.bad_out", file=out))
    files = {
        level: out if level == "recommended" else out.with_name(f"{out.stem}_{level}{out.suffix}")
        for level in LEVELS
    }
    there = [str(file) for file in files.values() if file.exists()]
    if there and not force:
        raise FileFault(tr("size.exists", files=", ".join(there)))
    return files


def write_scenarios(files: dict[str, Path], found: Sized) -> None:
    """Write the scenario of every level, all or none; raises FileFault where one cannot be written."""
    before = {file: file.read_bytes() for file in files.values() if file.exists()}
    done: list[Path] = []
    try:
        for level in found.levels:
            file = files.get(level.design.level)
            if file is not None:
                write_text(file, level.text)
                done.append(file)
    except FileFault:
        for file in done:
            _put_back(file, before.get(file))
        raise


def _put_back(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
        return
    spare = file.with_name(f".{file.name}.old")
    spare.write_bytes(content)
    shutil.copymode(file, spare)
    spare.replace(file)
