"""A good scenario, changed in one place."""

from __future__ import annotations

from pathlib import Path

from roster.domain.problem import Problem
from roster.errors import Faults
from roster.scenario import load

GOOD_FILE = Path(__file__).with_name("good.yaml")
GOOD = GOOD_FILE.read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    """Return the good scenario with one place changed; the place must be there once."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def line_of(text: str, part: str) -> int:
    """Return the line on which something stands for the first time."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def loaded(folder: Path, text: str) -> Problem:
    """Return the problem of a scenario's text."""
    file = folder / "clinic.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def faults(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    """Return the faults of a scenario's text, none where it loads."""
    try:
        loaded(folder, text)
    except Faults as error:
        return [(fault.line, fault.key, fault.message) for fault in error.faults]
    return []
