"""What people are to one another, as sums over their days: apart, together, somebody only beside somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from roster.domain.duty import DAY, Duty
from roster.domain.horizon import known_presence
from roster.domain.pairing import Bond
from roster.domain.problem import Problem, StaffType

Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Someone:
    """
    One person: who it is, the days known of (from -1 on, where the eve is), the days of leave, what each day may be.
    """

    name: str
    staff: StaffType
    days: range
    away: frozenset[int]
    choices: Callable[[int], Sequence[Duty]]

    def is_one_of(self, names: Sequence[str]) -> bool:
        """Whether names of people or roles mean this person."""
        return self.name in names or not self.staff.skills.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Days:
    """Whether somebody, by place in the team, has one of some duties on a day; so many times in a sum."""

    who: int
    day: int
    duties: tuple[Duty, ...]
    factor: int = 1


@dataclass(frozen=True, slots=True)
class BondRow:
    """A sum that is at most so much; `leave` are the people and days whose leave takes the row away."""

    terms: tuple[Days, ...]
    most: int
    why: str
    leave: tuple[tuple[str, int], ...] = ()


def bond_rows(problem: Problem, team: Sequence[Someone], days: int, *, carried_in: bool) -> Iterator[BondRow]:
    """
    Yield all that is asked of people with one another, over so many days.

    Parameters
    ----------
    problem : The scenario with its pairings.
    team : The people, in the order in which the rows name them.
    days : Length of the calendar.
    carried_in : Whether the duties of the day before are known of everybody.
    """
    for pairing in problem.pairings:
        who = [at for at, one in enumerate(team) if one.is_one_of(pairing.who)]
        if pairing.bond is Bond.APART:
            for one, other in combinations(who, 2):
                yield from _apart(team, one, other)
        elif pairing.bond is Bond.TOGETHER:
            yield from _together(team, who, days)
        else:
            by = [at for at, one in enumerate(team) if one.is_one_of(pairing.by)]
            for one in who:
                beside = [other for other in by if other != one]
                types = {team[other].staff.name: team[other].staff for other in beside}
                judged = known_presence(problem, types.values(), days, carried_in=carried_in)
                for day in range(days):
                    yield from _supervised(team, one, beside, (day, judged))


def _apart(team: Sequence[Someone], one: int, other: int) -> Iterator[BondRow]:
    for day in team[one].days:
        for stretches, duties in _by_stretches(team[one].choices(day)).items():
            for later in range(day - 1, day + 2):
                if later not in team[other].days or max(day, later) < 0:
                    continue
                meets = _present(team[other], later, stretches, day)
                if meets:
                    terms = (Days(one, day, duties), Days(other, later, meets))
                    yield BondRow(terms, 1, f"apart {team[one].name} {team[other].name}")


def _together(team: Sequence[Someone], who: Sequence[int], days: int) -> Iterator[BondRow]:
    for other in who[1:]:
        first = who[0]
        for day in (day for day in range(days) if not any(day in team[one].away for one in who)):
            choices = {at: team[at].choices(day) for at in (first, other)}
            # Who have every shift together have their days without one together, too.
            places = {_place(duty) for every in choices.values() for duty in every if duty.works}
            for place in sorted(places, key=str):
                ours, theirs = (
                    tuple(duty for duty in choices[at] if duty.works and _place(duty) == place)
                    for at in (first, other)
                )
                for more, less in (((first, ours), (other, theirs)), ((other, theirs), (first, ours))):
                    terms = (Days(more[0], day, more[1]), Days(less[0], day, less[1], -1))
                    leave = tuple((team[at].name, day) for at in who)
                    yield BondRow(terms, 0, f"together {team[first].name} {team[other].name}", leave)


def _place(duty: Duty) -> tuple[str, str | None]:
    return duty.shift.name if duty.shift is not None else "", duty.site


def _supervised(
    team: Sequence[Someone], one: int, beside: Sequence[int], place: tuple[int, tuple[int, int]]
) -> Iterator[BondRow]:
    day, (first, last) = place
    for stretches, duties in _by_stretches(team[one].choices(day)).items():
        for start, end in _pieces(stretches, [team[at] for at in beside], day):
            if max(start + day * DAY, first) >= min(end + day * DAY, last):
                continue
            # Also days without such a duty: a kept one may change after all.
            there = [
                Days(at, near, _present(team[at], near, ((start, end),), day), -1)
                for at in beside
                for near in range(day - 1, day + 2)
                if near in team[at].days
            ]
            yield BondRow((Days(one, day, duties), *there), 0, f"supervised {team[one].name} {day}")


def _by_stretches(choices: Sequence[Duty]) -> dict[Stretches, tuple[Duty, ...]]:
    """Return the duties at work by when that is."""
    alike: dict[Stretches, tuple[Duty, ...]] = {}
    for duty in choices:
        if duty.shift is not None:
            alike[duty.shift.stretches] = (*alike.get(duty.shift.stretches, ()), duty)
    return alike


def _present(other: Someone, near: int, stretches: Stretches, day: int) -> tuple[Duty, ...]:
    """Return the duties of somebody on a day that have a minute at work in stretches of another day."""
    moved = (near - day) * DAY
    return tuple(
        duty
        for duty in other.choices(near)
        if duty.shift is not None
        and any(
            start < stop + moved and begin + moved < end
            for start, end in stretches
            for begin, stop in duty.shift.stretches
        )
    )


def _pieces(stretches: Stretches, beside: Sequence[Someone], day: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of stretches between the minutes at which somebody comes or goes."""
    turns = {
        minute + (near - day) * DAY
        for other in beside
        for near in range(day - 1, day + 2)
        if near in other.days
        for duty in other.choices(near)
        if duty.shift is not None
        for stretch in duty.shift.stretches
        for minute in stretch
    }
    for start, end in stretches:
        inner = sorted({start, end, *(minute for minute in turns if start < minute < end)})
        yield from pairwise(inner)
