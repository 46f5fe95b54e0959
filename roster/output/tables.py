"""The rows of the result files that need nothing but the plan: the grid and the rotations."""

from __future__ import annotations

from collections.abc import Iterator

from roster.output.tiles import letters
from roster.plan import Roster, Rotation

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROTATION_COLUMNS = ("type", "line", *WEEKDAYS)


def grid_columns(roster: Roster) -> tuple[str, ...]:
    """Return the columns of grid.csv: who, and every date."""
    horizon = roster.horizon
    return ("person", "type", *(horizon.on(day).isoformat() for day in range(horizon.days)))


def grid_rows(roster: Roster) -> Iterator[tuple[str, ...]]:
    """Return one row a person: the letters of each day's duty."""
    for person, duties in zip(roster.people, roster.duties, strict=True):
        yield (person.name, person.type, *(letters(duty) for duty in duties))


def rotation_rows(rotations: tuple[Rotation, ...]) -> Iterator[tuple[object, ...]]:
    """Return one row a line; a type with several rotations has their names after it."""
    for rotation in rotations:
        name = f"{rotation.type} {rotation.name}" if rotation.name else rotation.type
        for number, line in enumerate(rotation.lines, start=1):
            yield (name, number, *(letters(duty) for duty in line))
