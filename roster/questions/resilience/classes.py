"""
Absences in a long calendar, by classes of equal cases: same line, same weekday, same surroundings.

In a rota that comes round, somebody's absence in one week asks just what somebody else's asks in another. Each
absence is asked of a few days around it first, then of more. The rest of the calendar may change at the price of a
change, which may then do whatever any change could: so the answer is one of the whole calendar, and depends on nothing
but the days around, hours and standby to spare as far as they could matter, the state of the graph of lawful days that
everybody comes from, and the states from which what is published may go on. Absences with all of this in common, the
states left aside, are a class, whatever the rest of their calendar is: a holiday three weeks off tells nothing apart.

The states of a class differ where a holiday before has left somebody with fewer days worked in a row. Of a class one is
asked in a program in which everybody may come from any of the states that they come from in any of the class, and go
on from any of those too. Each of the class has its own program within that one, so that what is made least there is a
bound for all of them. What changes there then changes for the others, each on its own dates: a roster that passes the
independent check there reaches the bound, and is its answer. One that does not is asked by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from roster.domain.counts import Count
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, Problem
from roster.domain.rules import AverageHours
from roster.engine.calendar import Surroundings, Ways, joined, surroundings
from roster.engine.rotation import split
from roster.questions.absences import only
from roster.questions.resilience.batches import SIDES, Batch, days_around, in_batches
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome, ResilienceRequest

LONG = 4 * 7
"""Days of a calendar from which absences are asked of the days around them; a shorter one is answered whole."""
LONG_ALONE = 8 * 7
"""The same where names or dates matter, or somebody has learned something: there nobody's program serves others."""
SIDE = 14
"""Days on either side of absences that may change at no other price than their own, where nothing is alike."""
FEW = 1
"""Equal absences up to which each is asked by itself, with those of the same week."""
CARRIED = 100
"""Answers carried over to equal absences that are checked in one go."""

Solve = Callable[[Sequence[Batch]], Sequence[CaseAnswer]]
"""Answers batches."""
Row = tuple[str, tuple[str, ...], tuple[int, int]]
"""What a stretch of days knows of one person, the states around it left aside: type, duties, what is to spare."""


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
        """Return all that the program of a stretch of days is made of, of one person."""
        around, published = self.around, self.published
        assert around is not None
        carried = published.history(person)[-1:]
        duties = (*carried, *published.duties[person])
        first, stop = max(0, window.start - 1 + len(carried)), window.stop + 1 + len(carried)
        return (
            published.people[person].type,
            tuple(duty.name for duty in duties[first:stop]),
            around.capped(person, window),
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


def by_class(part: AlikePart, cases: Sequence[AbsenceCase], solve: Solve) -> dict[AbsenceCase, CaseAnswer]:
    """
    Answer one of each class of equal absences of one person, and the others from it.

    Those of which the days around do not decide any are left for the whole calendar.

    Parameters
    ----------
    part, cases : A part with surroundings, and absences in it.
    solve : Answers batches.
    """
    free = _to_check(0, list(_on_days_off(cases, part.published)))
    found = _not_left(solve(free))
    for side in SIDES:
        found |= _of_classes(part, [case for case in cases if case not in found], side, solve)
    return found


def _of_classes(
    part: AlikePart, left: Sequence[AbsenceCase], side: int, solve: Solve
) -> dict[AbsenceCase, CaseAnswer]:
    """
    Answer one of each class, and the others from it; those that so many days around do not decide are left.

    What is like few others, or is not served by the roster of its class, is asked by itself, from ever more days: in a
    program for all that begin in the same week, which is built once and goes on from each absence to the next.
    """
    classes: dict[object, list[AbsenceCase]] = defaultdict(list)
    for case in left:
        classes[part.key(case, side)].append(case)
    alike = [same for same in classes.values() if len(same) > FEW]
    found = _not_left(solve(_by_dates(part, alike, side)))
    answers = {one: found[first] for same in alike for first in same if first in found for one in same}
    given = [part.carried(answer, one, side) for one, answer in answers.items() if one not in found]
    found |= _not_left(solve(_to_check(side, given)))
    alone = {case for same in classes.values() if len(same) <= FEW for case in same}
    alone |= answers.keys() - found.keys()
    return found | _not_left(solve(_by_weeks((case for case in left if case in alone), side)))


def _not_left(answers: Iterable[CaseAnswer]) -> dict[AbsenceCase, CaseAnswer]:
    """Return the answers of absences that need not be asked again."""
    return {answer.case: answer for answer in answers if not answer.left}


def _on_days_off(cases: Iterable[AbsenceCase], published: Roster) -> Iterator[CaseAnswer]:
    """Yield for absences on which nothing would be done anyway that nothing changes, to be checked."""
    rows = {person.name: row for person, row in zip(published.people, published.duties, strict=True)}
    for case in cases:
        duties = rows[case.people[0]]
        eve = duties[case.first - 1].span if case.first else None
        if all(duties[day].is_off for day in case.days) and (eve is None or eve[1] <= DAY):
            yield CaseAnswer(case, Outcome.SURVIVES, 0, 0, basis=Basis.AROUND, side=0)


def _by_dates(part: AlikePart, alike: Sequence[Sequence[AbsenceCase]], side: int) -> list[Batch]:
    """Return one absence of each class in batches of the same dates, to be asked of so many days around them."""
    times = Counter((case.first, case.length) for same in alike for case in same)
    dated: dict[tuple[int, int], list[AbsenceCase]] = defaultdict(list)
    for same in alike:
        # Those of one program cost less: classes are asked on dates that most of them have.
        one = max(same, key=lambda case: (times[case.first, case.length], -case.first))
        dated[one.first, one.length].append(one)
    return [Batch(tuple(some), side=side, ways=part.ways(some[0], side)) for some in dated.values()]


def _by_weeks(cases: Iterable[AbsenceCase], side: int) -> list[Batch]:
    """Return absences in batches of those as long that begin within a week, those of one person in a row."""
    weeks: dict[tuple[int, int], list[AbsenceCase]] = defaultdict(list)
    for case in cases:
        weeks[case.length, case.first // 7].append(case)
    return [Batch(tuple(same), side=side, widening=True) for same in weeks.values()]


def _to_check(side: int, answers: Sequence[CaseAnswer]) -> list[Batch]:
    """Return answers to be checked, in batches."""
    some = [tuple(answers[at : at + CARRIED]) for at in range(0, len(answers), CARRIED)]
    return [Batch(tuple(one.case for one in each), side=side, given=each) for each in some]


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
        yield AlikePart(problem, published, surroundings(problem, published) if alike else None)


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
