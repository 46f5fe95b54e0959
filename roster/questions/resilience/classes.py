"""
Absences in a long calendar, by classes of equal cases: same line, same weekday, same surroundings.

In a rota that comes round, somebody's absence in one week asks just what somebody else's asks in another. Each
absence is asked of a few days around it first, then of more. The rest of the calendar may change at the price of a
change, which may then do whatever any change could: so the answer is one of the whole calendar, and depends on nothing
but the days around, hours and standby to spare as far as they could matter, the state of the graph of lawful days that
everybody comes from, and the states from which what is published may go on. Absences with the days around in common are
a class, whatever the rest of their calendar is: a holiday three weeks off tells nothing apart.

The states of a class differ where a holiday before has left somebody with fewer days worked in a row, and what is to
spare from person to person. Of a class one is asked in a program in which everybody may come from any of the states
that they come from in any of the class, go on from any of those too, and has as much to spare as in any. Each of the
class has its own program within that one, so that what is made least there is a bound for all of them. What changes
there then changes for the others, each on its own dates: a roster that passes the independent check there reaches the
bound, and is its answer. One that does not is asked by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from roster.domain.counts import Count
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, Problem
from roster.domain.rules import AverageHours
from roster.engine.calendar import Surroundings, Ways, joined
from roster.engine.rotation import split
from roster.questions.absences import only
from roster.questions.resilience.batches import Batch, days_around, in_batches, surroundings_of
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, ResilienceRequest

LONG = 4 * 7
"""Days of a calendar from which absences are asked of the days around them; a shorter one is answered whole."""
LONG_ALONE = 8 * 7
"""The same where names or dates matter, or somebody has learned something: there nobody's program serves others."""
SIDE = 14
"""Days on either side of absences that may change at no other price than their own, where nothing is alike."""

Row = tuple[str, tuple[str, ...]]
"""What a stretch of days knows of one person, the other days left aside: type, duties."""


def is_long(published: Roster) -> bool:
    """Whether the days around absences, and classes of equal ones, are worth looking at."""
    return published.horizon.days >= LONG


def by_person(asked: ResilienceRequest, names: Iterable[str]) -> Iterator[Batch]:
    """Yield the absences of people, in a long calendar those of one person that begin in the same week together."""
    horizon = asked.published.horizon
    for name in names:
        if horizon.days < LONG_ALONE:
            yield from in_batches(asked.singles(name))
            continue
        by_week: dict[int, list[AbsenceCase]] = {}
        for case in asked.singles(name):
            by_week.setdefault((case.first + horizon.weekday(0)) // 7, []).append(case)
        for week in sorted(by_week):
            for batch in in_batches(by_week[week]):
                first = min(case.first for case in batch.cases)
                stop = max(case.first + case.length for case in batch.cases)
                days = (max(0, first - SIDE), min(horizon.days, stop + SIDE))
                yield replace(batch, days=days)


@dataclass(frozen=True)
class AlikePart:
    """
    A part of a problem that shares nobody with the rest, and what its classes are told apart by.

    `around` is None where nothing is alike: names or dates matter, or counts over months.
    """

    problem: Problem
    published: Roster
    around: Surroundings | None
    _seen: dict[range, tuple[int, tuple[Row, ...]]] = field(default_factory=dict)
    _numbers: dict[object, int] = field(default_factory=dict)
    _windows: dict[int, list[range]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Everybody in it."""
        return [person.name for person in self.published.people]

    def key(self, case: AbsenceCase, side: int) -> object:
        """Return what an absence has in common with those that are like it, as far as duties go."""
        window = self._window(case, side)
        number, rows = self._rows(window)
        return number, rows[self.names.index(case.people[0])], case.first - window.start, case.length

    def ways(self, case: AbsenceCase, side: int) -> tuple[Ways, ...]:
        """Return all the ways in which everybody comes into the days around any absence like one, and goes on."""
        assert self.around is not None
        number, rows = self._rows(self._window(case, side))
        ways: dict[Row, list[Ways]] = defaultdict(list)
        for window in self._windows[number]:
            for person, row in enumerate(self._rows(window)[1]):
                ways[row].append(self.around.ways(person, window))
        every = {row: joined(each) for row, each in ways.items()}
        return tuple(every[row] for row in rows)

    def carried(self, answer: CaseAnswer, case: AbsenceCase, side: int) -> CaseAnswer:
        """
        Return the answer of an absence from that of one with the same key, moved to its people and days.

        Parameters
        ----------
        answer, case : What is known, and the absence that it is to be told of.
        side : How many days around both are alike.
        """
        those = self._in_order(answer.case, side)
        others = self._in_order(case, side)
        now = dict(zip(those, others, strict=True))
        later = case.first - answer.case.first
        return replace(
            answer,
            case=case,
            basis=Basis.ALIKE,
            empty=tuple(
                (post, start + later * DAY, end + later * DAY, n) for post, start, end, n in answer.empty
            ),
            moves=tuple((now[name], day + later, duty) for name, day, duty in answer.moves),
            traded=tuple((now[giver], now[taker]) for giver, taker in answer.traded),
        )

    def _in_order(self, case: AbsenceCase, side: int) -> list[str]:
        """Return everybody in an order that equal absences have in common."""
        _, rows = self._rows(self._window(case, side))
        ranked = sorted((rows[at], name in case.people, name) for at, name in enumerate(self.names))
        return [name for *_, name in ranked]

    def _window(self, case: AbsenceCase, side: int) -> range:
        return days_around((case,), side, self.published.horizon.days)

    def _rows(self, window: range) -> tuple[int, tuple[Row, ...]]:
        """Return a number that equal stretches of days have in common, and what is known of each person."""
        if window not in self._seen:
            rows = tuple(self._row(person, window) for person in range(len(self.names)))
            common = (tuple(sorted(rows)), self._demand(window))
            number = self._numbers.setdefault(common, len(self._numbers))
            self._windows.setdefault(number, []).append(window)
            self._seen[window] = number, rows
        return self._seen[window]

    def _row(self, person: int, window: range) -> Row:
        """Return all that the program of a stretch of days is made of, of one person, but for the other days."""
        published = self.published
        carried = published.history(person)[-1:]
        duties = (*carried, *published.duties[person])
        first, stop = max(0, window.start - 1 + len(carried)), window.stop + 1 + len(carried)
        return (
            published.people[person].type,
            tuple(duty.name for duty in duties[first:stop]),
        )

    def _demand(self, window: range) -> object:
        """Return what is asked of a stretch of days, one more on either side, and whether it ends the calendar."""
        assert self.around is not None
        horizon = self.published.horizon
        days = [*(post.days for post in self.problem.posts), *(seat.days for seat in self.problem.seats)]
        near = range(window.start - 1, window.stop + 1)
        needed = tuple(tuple(horizon.needs(each, day) for each in days) for day in near)
        edges = len(window), horizon.weekday(window.start), window.start == 0, window.stop == horizon.days
        return edges, needed, tuple(self.around.left(each, window) for _, each in self.around.surplus)


def parts_of(asked: ResilienceRequest, *, taught: bool = False) -> Iterator[AlikePart]:
    """
    Yield the parts of what is asked; in a short calendar, nothing is held to be alike.

    Parameters
    ----------
    asked : What is asked.
    taught : Whether somebody has learned something.
    """
    long = asked.published.horizon.days >= (LONG_ALONE if taught else LONG)
    for problem in split(asked.problem):
        people = asked.published.people
        among = [at for at, person in enumerate(people) if person.type in problem.type]
        published = only(asked.published, problem, among)
        alike = long and _may_be_alike(problem, published)
        yield AlikePart(problem, published, surroundings_of(problem, published) if alike else None)


def _may_be_alike(problem: Problem, published: Roster) -> bool:
    """Whether nothing is asked that depends on names or dates: leave, what is settled, counts over months."""
    names = {person.name for person in published.people}
    named = {one.person for one in problem.restrictions} | {pin.person for pin in problem.pins}
    rules = [rule for staff in problem.types for rule in staff.rules if rule.hard]
    return not (
        problem.pairings
        or problem.design
        or problem.dates.changes
        or published.stand_ins
        or published.forgiven
        or not names.isdisjoint(named)
        or any(isinstance(rule, Count) and not rule.by_sequence for rule in rules)
        or any(isinstance(rule, AverageHours) and rule.over for rule in rules)
        or any(post.days.singled_out for post in problem.posts)
    )
