"""The scenarios of a sweep, from a folder or a table of variations, each with the text of all that it builds on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from roster.errors import Fault, Faults, FileFault, InputError
from roster.language import tr
from roster.sweep.jobs import How, Job
from roster.yaml import inheritance
from roster.yaml import tree as source

SUFFIXES = (".yaml", ".yml")
ROSTERS = (".csv", ".xlsx")
"""What a roster beside a scenario of the same name may end with."""
NAME, BASE = "name", "base"


def jobs(place: Path, base: Path | None, how: How) -> list[Job]:
    """
    Return what a folder, or a table over a base, asks; by name.

    Parameters
    ----------
    place, base : A folder of scenarios, or a table of variations with the scenario that they vary.
    how : What is asked of each.

    Raises
    ------
    FileFault
        There is nothing there, or it cannot be read.
    Faults
        The table has no names, or the same twice, or no base.
    """
    if place.is_dir():
        found = [_of_file(file, place, how) for file in _scenarios(place)]
        if not found:
            raise FileFault(tr("sweep.empty_folder", folder=place))
        return found
    return list(_of_table(place, base, how))


def _scenarios(folder: Path) -> list[Path]:
    """Return the scenario files in a folder and those below it, without those that only others build on."""
    files = _files(folder)
    bases = {file.resolve() for one in files for file in _built_on(one) if file != one}
    alone = [file for file in files if file.resolve() not in bases]
    return alone or files


def left_out(place: Path, names: Iterable[str]) -> tuple[str, ...]:
    """
    Return the scenarios of a folder that are not asked, since others build on them; none of a table.

    Parameters
    ----------
    place, names : The folder or table, and the names of the scenarios that are asked.
    """
    asked = set(names)
    files = _files(place) if place.is_dir() else []
    return tuple(name for name in (_name(file, place) for file in files) if name not in asked)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.is_file())


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).with_suffix("").as_posix()


def _built_on(file: Path) -> list[Path]:
    """Return a file and all that it names as its base or what earlier periods left; what cannot be read names none."""
    found, todo = [file], [file]
    while todo and len(found) < inheritance.MOST_FILES:
        one = todo.pop()
        try:
            root = source.read(one) if one.suffix in SUFFIXES else None
        except InputError:
            continue
        for key in (BASE, *inheritance.NAMED):
            named = root.child(key) if root is not None else None
            if named is not None and isinstance(named.value, str):
                target = one.parent / named.value
                if target.is_file() and target not in found:
                    found.append(target)
                    todo.append(target)
    return found


def _of_file(file: Path, folder: Path, how: How) -> Job:
    name = _name(file, folder)
    beside = [file.with_suffix(ending) for ending in ROSTERS]
    roster = next((other for other in beside if other.is_file()), None)
    return _job(name, file, roster, how)


def _job(name: str, file: Path, roster: Path | None, how: How) -> Job:
    """Return a job with the files that a scenario needs, called as they are called from its folder."""
    found = _built_on(file)
    needed = [*found, *([roster] if roster else [])]
    try:
        for one in found[1:]:
            inheritance.check_inside(file.parent, one)
        root = file.parent.resolve()
        files = tuple((_relative(one, root), one.read_bytes()) for one in needed)
    except (OSError, InputError) as error:
        return Job(name, (), file.name, None, how, str(error))
    return Job(name, files, file.name, roster.name if roster else None, how)


def _relative(file: Path, root: Path) -> str:
    """Return how a file is called from a folder."""
    resolved = file.resolve()
    if not resolved.is_relative_to(root):
        raise FileFault(tr("scenario.outside", file=file, folder=root))
    return resolved.relative_to(root).as_posix()


def _of_table(table: Path, base: Path | None, how: How) -> Iterator[Job]:
    """Yield a job a row: a scenario over the base, with the row's cells in it; an empty cell changes nothing."""
    try:
        text = source.text_of(table)
    except InputError:
        raise
    rows = list(csv.DictReader(io.StringIO(text)))
    faults = list(_table_faults(table, rows, base))
    if faults:
        raise Faults(str(table), faults)
    known: dict[Path, Job] = {}
    for row in rows:
        file = table.parent / row[BASE] if row.get(BASE) else base
        assert file is not None
        if file not in known:
            known[file] = _job("", file, None, how)
        below = known[file]
        main = f"{row[NAME].strip()}.yaml".replace("/", "_")
        text = _variation(row, below.main)
        yield replace(below, name=row[NAME].strip(), main=main, files=(*below.files, (main, text.encode())))


def _table_faults(table: Path, rows: list[dict[str, str]], base: Path | None) -> Iterator[Fault]:
    if not rows:
        yield Fault(None, "", tr("sweep.empty_table"))
        return
    if NAME not in rows[0]:
        yield Fault(1, NAME, tr("sweep.no_names"))
        return
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        name = (row[NAME] or "").strip()
        if not name:
            yield Fault(number, NAME, tr("sweep.nameless"))
        elif name in seen:
            yield Fault(number, NAME, tr("sweep.twice", value=name))
        seen.add(name)
        if None in row:
            yield Fault(number, "", tr("sweep.too_many_cells"))
        file = table.parent / row[BASE] if row.get(BASE) else base
        if file is None:
            yield Fault(number, BASE, tr("sweep.no_base"))
        elif not file.is_file():
            yield Fault(number, BASE, tr("sweep.base_missing", file=file))
        if f"{name}.yaml" == (file.name if file else ""):
            yield Fault(number, NAME, tr("sweep.name_of_base", value=name))


def _variation(row: dict[str, str], base: str) -> str:
    """
    Return a scenario over a base with the cells of a row in it; a dot in a column's name leads one key deeper.

    >>> print(_variation({"name": "a", "absence.sick_hours": "80"}, "base.yaml"), end="")
    base: "base.yaml"
    "absence": {"sick_hours": 80}
    """
    tree: dict[str, object] = {}
    for column, cell in row.items():
        if column in (NAME, BASE) or not (cell or "").strip():
            continue
        place, *deeper = column.strip().split(".")
        holder = tree
        for key in deeper:
            below = holder.setdefault(place, {})
            holder = below if isinstance(below, dict) else {}
            place = key
        holder[place] = cell.strip()
    return f"base: {json.dumps(base, ensure_ascii=False)}\n" + "".join(
        f"{json.dumps(key, ensure_ascii=False)}: {_flow(value)}\n" for key, value in tree.items()
    )


def _flow(value: object) -> str:
    """Return a cell as it stands, for the scenario's own notation, or keys below one."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(k, ensure_ascii=False)}: {_flow(v)}" for k, v in value.items())
            + "}"
        )
    text = str(value).replace("\r", " ").replace("\n", " ")
    return (
        text if text.startswith(("[", "{", '"', "'")) or not set(text) & set(",{}[]#") else json.dumps(text)
    )
