"""The work of a simulation: some years of one part with one staffing. What it is given and gives back is plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.questions.simulate.absences import Why, stream, year_of
from roster.questions.simulate.rates import YEAR, Rates, away
from roster.questions.simulate.sample import must_be_lawful
from roster.questions.simulate.state import YearSums
from roster.questions.simulate.team import SimulatedTeam, team_of
from roster.questions.simulate.year import Year

CHECKED_EVERY = 20
"""Of so many years one is held against the independent check, day by day."""


@dataclass(frozen=True, slots=True)
class SimulatedPart:
    """A part of the scenario that shares nobody with the rest, its roster, and what chance is drawn from."""

    problem: Problem
    roster: Roster
    rates: Rates
    allowed: frozenset[str]
    seed: int


@dataclass(frozen=True, slots=True)
class SimulatedStaffing:
    """Who there is: as published, without one person, or with one of a type more, who has no line of their own."""

    without: str | None = None
    extra: str | None = None


_TEAMS: list[tuple[SimulatedPart, str | None, SimulatedTeam]] = []
"""Teams made ready in this process: years are worked out in bundles, and all share one."""
MOST_TEAMS = 16


def years(part: SimulatedPart, staffing: SimulatedStaffing, numbers: Sequence[int]) -> list[YearSums]:
    """
    Live through some years; each depends on nothing but its number, so any executor gives the same.

    Parameters
    ----------
    part, staffing : A part of the scenario with its roster, and who is there beside or missing.
    numbers : Of the years.

    Raises
    ------
    EngineError
        A replanned roster breaks the independent check.
    """
    team = _team(part, staffing.extra)
    kinds = {slot.kind.staff.name: away(part.problem, slot.kind.staff, part.rates) for slot in team.slots}
    monday = -team.weekday(0) % 7
    found = []
    for number in numbers:
        gone = [
            bytes([Why.VACANT]) * YEAR
            if slot.name == staffing.without
            else year_of(kinds[slot.kind.staff.name], stream(part.seed, number, slot.name), monday)
            for slot in team.slots
        ]
        year = Year(team, gone, part.allowed)
        found.append(year.run())
        if number % CHECKED_EVERY == 0:
            must_be_lawful(year, part.roster.seats)
    return found


def _team(part: SimulatedPart, extra: str | None) -> SimulatedTeam:
    for known, more, team in _TEAMS:
        if more == extra and (known is part or known == part):
            return team
    del _TEAMS[: len(_TEAMS) + 1 - MOST_TEAMS]
    made = team_of(part.problem, part.roster, extra)
    _TEAMS.append((part, extra, made))
    return made
