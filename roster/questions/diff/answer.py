"""Two rosters held side by side: cells, what people gain and lose, findings that came and went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roster.checker import Stated, check_roster
from roster.domain.outcome import Roster, Violation
from roster.domain.problem import OFF, Duty, Problem
from roster.scores import PersonScore, score_people


@dataclass(frozen=True, slots=True)
class CellChange:
    """A day on which somebody's duty differs."""

    person: str
    day: int
    before: Duty
    after: Duty


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Somebody's figures in both rosters; None where the person is in one of them only."""

    person: str
    before: PersonScore | None
    after: PersonScore | None

    def gained(self, figure: str) -> int:
        """Return by how much a figure of the person's score grew."""
        return int(getattr(self.after, figure, 0)) - int(getattr(self.before, figure, 0))

    @property
    def worked_weekends(self) -> int:
        """By how many more weekends the person works."""
        return sum(
            sign * (score.weekends - score.free_weekends)
            for sign, score in ((1, self.after), (-1, self.before))
            if score is not None
        )


@dataclass(frozen=True, slots=True)
class RosterDiff:
    """
    Everything in which a roster differs from an earlier one.

    `seats` are vendor seats and stand-ins by name, with the number before and after; `came` and `went` findings of the
    check.
    """

    before: Roster
    after: Roster
    cells: tuple[CellChange, ...]
    people: tuple[PersonChange, ...]
    seats: tuple[tuple[str, int, int], ...]
    came: tuple[Violation, ...]
    went: tuple[Violation, ...]

    @property
    def same(self) -> bool:
        """Whether they are the same roster."""
        return not (self.cells or self.seats or self.came or self.went)


Sides = tuple[Roster, Roster]


def diff(problem: Problem, rosters: Sides, stated: tuple[Stated, Stated] = ({}, {})) -> RosterDiff:
    """
    Return what the second roster changes in the first.

    Parameters
    ----------
    problem, rosters : The scenario, and the two rosters.
    stated : The posts that each gives people itself.
    """
    before, after = rosters
    cells = tuple(_cells(before, after))
    touched = {cell.person for cell in cells}
    old, new = (list(check_roster(problem, one, given)) for one, given in zip(rosters, stated, strict=True))
    known, found = ({violation.sentence for violation in side} for side in (old, new))
    return RosterDiff(
        before,
        after,
        cells,
        tuple(_people(problem, before, after, touched)),
        tuple(_seats(before, after)),
        tuple(violation for violation in new if violation.sentence not in known),
        tuple(violation for violation in old if violation.sentence not in found),
    )


def _lines(roster: Roster) -> dict[str, tuple[Duty, ...]]:
    return {person.name: line for person, line in zip(roster.people, roster.duties, strict=True)}


def _cells(before: Roster, after: Roster) -> Iterable[CellChange]:
    old, new = _lines(before), _lines(after)
    days = after.horizon.days
    for name in dict.fromkeys([*old, *new]):
        first, second = (side.get(name, (OFF,) * days) for side in (old, new))
        for day, (was, now) in enumerate(zip(first, second, strict=True)):
            if was != now:
                yield CellChange(name, day, was, now)


def _people(problem: Problem, before: Roster, after: Roster, touched: set[str]) -> Iterable[PersonChange]:
    sides: list[Mapping[str, PersonScore]] = [
        {score.name: score for score in score_people(problem, roster)} for roster in (before, after)
    ]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        if name in touched or (name in sides[0]) != (name in sides[1]):
            yield PersonChange(name, sides[0].get(name), sides[1].get(name))


def _seats(before: Roster, after: Roster) -> Iterable[tuple[str, int, int]]:
    counts: list[dict[str, int]] = []
    for roster in (before, after):
        found: dict[str, int] = {}
        for use in roster.seats:
            found[use.seat] = found.get(use.seat, 0) + use.number
        for each in roster.stand_ins:
            name = f"{each.post} {roster.horizon.on(each.day)}"
            found[name] = found.get(name, 0) + each.number
        counts.append(found)
    for name in dict.fromkeys([*counts[0], *counts[1]]):
        pair = counts[0].get(name, 0), counts[1].get(name, 0)
        if pair[0] != pair[1]:
            yield name, *pair
