"""The rows of the result files that need nothing but the plan: the grid and the rotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roster.domain.outcome import Roster, Rotation
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.notation.values import WEEKDAYS
from roster.output.words.duties import letters
from roster.rosters.grid import SUMS

ROTATION_COLUMNS = ("type", "line", "week", *WEEKDAYS)


def grid_columns(roster: Roster) -> tuple[str, ...]:
    """Return the columns of grid.csv: who, and every date."""
    horizon = roster.horizon
    return ("person", "type", *(horizon.on(day).isoformat() for day in range(horizon.days)))


def grid_rows(
    roster: Roster, gaps: Mapping[str, Mapping[int, int]] | None = None
) -> Iterator[tuple[str, ...]]:
    """Return one row a person: the letters of each day's duty; then one for each post of `empty_hours`."""
    for person, duties in zip(roster.people, roster.duties, strict=True):
        yield (person.name, person.type, *(letters(duty) for duty in duties))
    for post, days in (gaps or {}).items():
        yield (
            f"{SUMS} {tr('gaps.row', post=post)}",
            "",
            *(f"{hours(days[day])} h" if day in days else "" for day in range(roster.horizon.days)),
        )


def part_name(rotation: Rotation) -> str:
    """
    Return what tells a rotation from the others of its type; empty where it is the only one.

    >>> part_name(Rotation("OPS", (), "OPS b")), part_name(Rotation("OPS", (), "OPS"))
    ('b', '')
    """
    return rotation.name.removeprefix(rotation.type).strip()


def people_text(rotation: Rotation) -> str:
    """Say how many people walk a rotation, after how many weeks the team repeats, and how long a circuit is."""
    text = counted("plan.rotation_people", rotation.people)
    if rotation.weeks == 1:
        return text + (
            tr("plan.rotation_circuit", circuit=len(rotation.lines)) if rotation.people > 1 else ""
        )
    length = tr("plan.rotation_weeks", weeks=rotation.weeks, circuit=len(rotation.lines))
    if rotation.cycle_days < len(rotation.word) and rotation.cycle_days % 7:
        cycle = " ".join(letters(duty) for duty in rotation.word[: rotation.cycle_days])
        length += tr("plan.rotation_cycle", days=rotation.cycle_days, cycle=cycle)
    return text + length


def rotation_rows(rotations: tuple[Rotation, ...]) -> Iterator[tuple[object, ...]]:
    """Return one row a line; where a type has several rotations, their lines are `a1`, `a2`, `b1` and so on.

    `week` is the week of the ring: lines of week 1 are where people begin.
    """
    for rotation in rotations:
        for number, line in enumerate(rotation.lines, start=1):
            yield (
                rotation.type,
                f"{part_name(rotation)}{number}",
                (number - 1) % rotation.weeks + 1,
                *(letters(duty) for duty in line),
            )
