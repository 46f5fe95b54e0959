"""The files of `roster size --out`: the recommended scenario under the name given; its neighbours and a page beside."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from roster.errors import FileFault
from roster.language import tr
from roster.output.html.size import size_page
from roster.whole_files import write_text

if TYPE_CHECKING:
    from roster.questions.size import Sized

LEVELS = ("lean", "recommended", "comfortable")
PAGE = "page"


def targets(profile: Path, out: Path | None, *, force: bool) -> dict[str, Path]:
    """
    Return the file of each level and of the page; none where nothing is to be written.

    Parameters
    ----------
    profile, out : The profile's file, and the scenario's that is wished for.
    force : Whether a file that is there already may be overwritten.

    Raises
    ------
    FileFault
        The name is no scenario's or the profile's own, or the file may not be overwritten.
    """
    if out is None:
        return {}
    if out.is_dir() or out.suffix not in (".yaml", ".yml"):
        raise FileFault(tr("size.bad_out", file=out))
    files = {
        level: out if level == "recommended" else out.with_name(f"{out.stem}_{level}{out.suffix}")
        for level in LEVELS
    }
    files[PAGE] = out.with_suffix(".html")
    if profile.resolve() in {file.resolve() for file in files.values()}:
        raise FileFault(tr("size.over_profile", file=profile))
    there = [str(file) for file in files.values() if file.exists()]
    if there and not force:
        raise FileFault(tr("size.exists", files=", ".join(there)))
    return files


def write_scenarios(files: dict[str, Path], found: Sized) -> None:
    """Write the scenario of every level and the page, all or none; raises FileFault where one cannot be written."""
    texts = {files[level.design.level]: level.text for level in found.levels if level.design.level in files}
    if PAGE in files:
        texts[files[PAGE]] = size_page(found)
    before = {file: file.read_bytes() for file in files.values() if file.exists()}
    done: list[Path] = []
    try:
        for file, text in texts.items():
            write_text(file, text)
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
