"""
A stretch of days cut out of a published roster, with all that it knows of the other days: states of the graph, sums.

A program of the stretch depends on nothing else, so that equal stretches have equal answers wherever they lie. One
change outside may do whatever any change could there: what the program makes least is a bound for the whole calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.domain.rules import AverageHours, StandbyShare
from roster.engine.automata import leave_matters
from roster.engine.calendar.cover import OutsideDays
from roster.engine.calendar.leave_hours import minutes_before, most_minutes, taken
from roster.engine.calendar.model import courses
from roster.engine.calendar.outside_changes import eased_into, eased_onward, tight_days
from roster.engine.calendar.outside_standby import surplus_of
from roster.engine.calendar.path_limits import standby, worked
from roster.engine.calendar.person_days import Eased, Edge, PersonDays, Ways

BEYOND = 2
"""Days after a stretch that are cut out with it: duties run into the first."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """
    Days cut out of a calendar.

    `roster` has the days from the number `first` on, of which those of `days`, counted from there, may change; `edges`
    and `surplus` are as of `OutsideDays`.
    """

    roster: Roster
    first: int
    days: range
    edges: tuple[Edge, ...]
    surplus: tuple[tuple[frozenset[str], int], ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """
    What stretches of a published roster know of their surroundings.

    `states[i][d]` is the state of person i before day d, and `onward[i][d]` are those from which what is published may
    follow from that day to the end; `eased[i]` are the states before each day that one change before leads to, and
    those from which one change leads on to what is published; `spare[i]` are minutes and standbys to spare; `surplus`
    as of `surplus_of`.
    """

    problem: Problem
    published: Roster
    people: tuple[PersonDays, ...]
    states: tuple[tuple[int, ...], ...]
    onward: tuple[tuple[tuple[int, ...], ...], ...]
    eased: tuple[tuple[tuple[Eased, ...], tuple[Eased, ...]], ...]
    spare: tuple[tuple[int, int], ...]
    surplus: tuple[tuple[frozenset[str], tuple[int, ...]], ...]

    def stretch(self, days: range, ways: Sequence[Ways] = ()) -> Stretch:
        """
        Return some days cut out, with one before and some after, as far as the calendar has them.

        Parameters
        ----------
        days : The days that may change.
        ways : For each person, how these days may be come into and gone on from; as it is published where not given.
        """
        first, stop = max(0, days.start - 1), min(self.published.horizon.days, days.stop + BEYOND)
        ways = ways or tuple(self.ways(at, days) for at in range(len(self.people)))
        edges = tuple(self._edges(days, slice(first, stop), ways))
        return Stretch(
            _cut(self.published, first, stop),
            first,
            range(days.start - first, days.stop - first),
            edges,
            tuple((types, self.left(each, days)) for types, each in self.surplus),
        )

    def left(self, surplus: tuple[int, ...], days: range) -> int:
        """
        Return the standbys to spare on the days outside, no more than could be given up for those inside.

        Parameters
        ----------
        surplus : By day.
        days : The days inside.
        """
        return min(sum(surplus) - sum(surplus[days.start : days.stop]), len(days) * len(self.people))

    def ways(self, person: int, days: range) -> Ways:
        """
        Return how some days are come into and gone on from as it is published.

        Parameters
        ----------
        person, days : Their place in the roster, and the days that may change.
        """
        onward, (into, on) = self.onward[person][days.stop], self.eased[person]
        return Ways(
            frozenset({self.states[person][days.start]}),
            frozenset(onward),
            into[days.start],
            on[days.stop],
            *self._spare_in(person, days),
        )

    def _edges(self, days: range, cut: slice, ways: Sequence[Ways]) -> Iterator[Edge]:
        outside = self.published.horizon.days - len(days)
        for at, course in enumerate(self.people):
            yield Edge(
                course.graph,
                course.useful[cut],
                self.states[at][cut.start],
                ways[at],
                outside,
            )

    def _spare_in(self, person: int, days: range) -> tuple[int, int]:
        """
        Return minutes and standbys that somebody has to spare, no more than some days could take.

        Leave takes as much of the limit as of the work, so that who has that much to spare is never bound.
        """
        duties, (minutes, standbys) = self.published.duties[person], self.spare[person]
        own = [duties[day] for day in days]
        return (
            min(minutes, len(days) * self._longest(person) - sum(map(worked, own))),
            min(standbys, len(days) - sum(map(standby, own))),
        )

    def _longest(self, person: int) -> int:
        return max(duty.work_minutes for duty in self.people[person].graph.duties)


def surroundings(problem: Problem, published: Roster) -> Surroundings | None:
    """Return the surroundings of all stretches; None where somebody's published days are not in the graph."""
    people = tuple(courses(problem, published, frozenset(), OutsideDays(open_ended=True, sparing=True)))
    states = tuple(map(_states, people))
    days = published.horizon.days
    if any(len(own) <= days for own in states) or any(leave_matters(course.staff) for course in people):
        return None
    onward = tuple((*(_onward(course, day) for day in range(days)), ()) for course in people)
    tight = tight_days(problem, published, people)
    eased = tuple(
        (eased_into(course, before, tight), eased_onward(course, after, tight))
        for course, before, after in zip(people, states, onward, strict=True)
    )
    spare = tuple(_spare(problem, published, at) for at in range(len(people)))
    surplus = tuple(surplus_of(problem, published).items())
    return Surroundings(problem, published, people, states, onward, eased, spare, surplus)


def _states(course: PersonDays) -> tuple[int, ...]:
    """Return the states before each day and after the last, as far as what is published is lawful."""
    states = [course.state]
    for day in range(course.horizon.days):
        after = _published_step(course, day, states[-1])
        if after is None:
            break
        states.append(after)
    return tuple(states)


def _spare(problem: Problem, published: Roster, person: int) -> tuple[int, int]:
    """Return the minutes and standbys that somebody could have more; as many as there are where no rule says."""
    who, horizon = published.people[person], published.horizon
    staff, duties = problem.type_of(who), published.duties[person]
    minutes = standbys = horizon.days * 24 * 60
    for rule in staff.rules:
        if isinstance(rule, AverageHours):
            used = minutes_before(problem, staff, horizon, published.history(person))
            most = most_minutes(staff, horizon.days, taken((), horizon, staff), used)
            minutes = min(minutes, most - sum(map(worked, duties)))
        elif isinstance(rule, StandbyShare):
            standbys = min(standbys, rule.most_days(horizon.days) - sum(map(standby, duties)))
    return minutes, standbys


def _cut(roster: Roster, first: int, stop: int) -> Roster:
    """Return some days of a roster as one of its own, with the day before carried in."""
    before = roster.before
    if first:
        before = tuple((row[first - 1],) for row in roster.duties)
    return replace(
        roster,
        horizon=roster.horizon.part(first, stop),
        duties=tuple(row[first:stop] for row in roster.duties),
        before=before,
    )


def _published_step(course: PersonDays, day: int, state: int) -> int | None:
    """Return the state that the published duty of a day leads to; None where it is not lawful from there."""
    number = course.number.get(course.wanted[day])
    if number is None or number not in course.choices[day]:
        return None
    step = course.layer(day)[state].get(number)
    return None if step is None else step[0]


def _onward(course: PersonDays, first: int) -> tuple[int, ...]:
    """
    Return the states before a day from which what is published, which is lawful, may follow to the end.

    States that come to be the same with what is published go on like it.
    """
    begun = range(len(course.layer(first)))
    at: dict[int, int] = {state: state for state in begun}
    for day in range(first, course.horizon.days):
        if len(set(at.values())) < 2:
            break
        steps = {state: _published_step(course, day, state) for state in set(at.values())}
        at = {state: after for state, here in at.items() if (after := steps[here]) is not None}
    return tuple(at)
