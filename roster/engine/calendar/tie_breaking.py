"""
Among the nearest rosters the tidiest: fewest people touched, least cost, wishes granted, no needless duty, even hours.

Only days that change are looked at, and only the duties traded on them: whoever gave one up or took one on, others of
their type may do so instead. What is found is therefore good, not proven least.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import gcd

from roster.domain.costs import overtime_cost
from roster.domain.elapsed import PLAIN, real_duty
from roster.domain.outcome import Roster
from roster.domain.problem import Duty
from roster.engine.calendar.cover import CalendarModel
from roster.engine.calendar.leave_hours import minutes_before, most_minutes, taken
from roster.engine.calendar.model import duties_of
from roster.engine.calendar.paths import DutyPath
from roster.engine.calendar.person_days import bans_of
from roster.engine.integer_program import Program, Terms, restricted, summed, worth
from roster.engine.solvers.reduced_costs import least
from roster.engine.solvers.search import Search

SECONDS = 1.0
"""Wall time for all of it."""

UNIT = 30
"""Minutes in which overtime is counted."""


@dataclass(frozen=True, slots=True)
class Task:
    """
    A nearest roster to be tidied.

    `objective` may not grow. `excused` are cells (person, day) that are nobody's change, `away` the people whose hours
    are not to be evened, `hired` the posts with the price of a vendor's person for one day.
    """

    model: CalendarModel
    wanted: Roster
    objective: Terms
    excused: frozenset[tuple[str, int]]
    away: frozenset[str]
    hired: Mapping[str, int]


class _Draft:
    """
    A program that grows, with a value known for each of its variables, some of which are settled and gone.

    Variables keep the numbers that they had before.
    """

    def __init__(self, program: Program, values: Sequence[int], settled: frozenset[int]) -> None:
        small = restricted(program, values, (v for v in range(len(values)) if v not in settled))
        self._program, self._number = small.program, small.numbers
        self.values = list(values)

    def variable(self, upper: int, value: int) -> int:
        """Add a variable."""
        self.values.append(value)
        number = len(self.values) - 1
        self._number[number] = self._program.variable(0, max(upper, value))
        return number

    def at_most(self, terms: Terms, upper: int, why: str) -> None:
        """Add `sum of terms <= upper`."""
        own, rest = self._own(terms)
        if own:
            self._program.at_most(own, upper - rest, why)

    def at_least(self, terms: Terms, lower: int, why: str) -> None:
        """Add `sum of terms >= lower`."""
        own, rest = self._own(terms)
        if own:
            self._program.at_least(own, lower - rest, why)

    def improve(self, aim: Terms, search: Search) -> None:
        """Make a sum least, and keep it so."""
        own, _ = self._own(aim)
        better = least(self._program, own, search)
        if better.found:
            for variable, number in self._number.items():
                self.values[variable] = better.values[number]
        self.at_most(aim, worth(aim, self.values), "as tidy")

    def _own(self, terms: Terms) -> tuple[Terms, int]:
        """Return terms in the numbers of what is left of the program, and what the others come to."""
        own = [(self._number[variable], factor) for variable, factor in terms if variable in self._number]
        return own, worth([term for term in terms if term[0] not in self._number], self.values)


def tidied(task: Task, values: Sequence[int], search: Search) -> tuple[int, ...]:
    """
    Return values that are no worse in what counted so far, and better in people, then cost, then evenness.

    Parameters
    ----------
    task : What was solved, and what may not become worse.
    values : Its solution, one value a variable.
    search : Deadline and settings; `SECONDS` of it are used at most.
    """
    short = search.within(SECONDS)
    given = duties_of(task.model, values)
    if (given == task.wanted.duties and not task.hired) or short.seconds_left <= 0:
        return tuple(values)
    draft = _Draft(task.model.program, values, _settled(task, given))
    draft.at_most(task.objective, worth(task.objective, draft.values), "nearest")
    for aim in (
        _touched(task, draft),
        _costs(task, draft),
        _wishes(task),
        _there(task),
        _spread(task, draft),
    ):
        if any(factor for _, factor in aim):
            draft.improve(aim, short)
    return tuple(draft.values[: len(values)])


def _settled(task: Task, given: Sequence[Sequence[Duty]]) -> frozenset[int]:
    """
    Return the variables that stay as they are.

    On a day that changes, everybody of a type may take any of the duties that somebody of it gave up or took on.
    """
    traded: dict[tuple[str, int], set[Duty]] = defaultdict(set)
    for walk, old, new in zip(task.model.walks, task.wanted.duties, given, strict=True):
        for day, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                traded[walk.person.type, day] |= {before, after}
    settled: set[int] = set()
    for walk, old, new in zip(task.model.walks, task.wanted.duties, given, strict=True):
        choices = [
            {old[day], new[day]} | traded.get((walk.person.type, day), set())
            for day in range(len(walk.chosen))
        ]
        # Up to somebody's first choice there is one way to walk.
        first = next((day for day, open_to in enumerate(choices) if len(open_to) > 1), len(choices))
        for day, chosen in enumerate(walk.chosen):
            for number, terms in chosen.items():
                if day < first or walk.graph.duties[number] not in choices[day]:
                    settled.update(variable for variable, _ in terms)
        if walk.elsewhere is not None:
            settled.add(walk.elsewhere)
    return frozenset(settled)


def _touched(task: Task, draft: _Draft) -> Terms:
    """Add for each person whether anything changes for them."""
    found: Terms = []
    for walk, duties in zip(task.model.walks, task.wanted.duties, strict=True):
        days = [
            terms
            for day, terms in enumerate(walk.changes(duties))
            if terms and (walk.person.name, day) not in task.excused
        ]
        touched = draft.variable(1, int(any(worth(terms, draft.values) for terms in days)))
        for terms in days:
            draft.at_most([*terms, (touched, -1)], 0, f"touched {walk.person.name}")
        found.append((touched, 1))
    return found


def _costs(task: Task, draft: _Draft) -> Terms:
    """Return what vendors' people, overtime and the empty hours of soft posts cost, in whole units of the currency."""
    model, problem = task.model, task.model.problem
    found: Terms = [(sent, task.hired[post]) for (post, _), sent in model.hired.items()]
    for (name, start, end), empty in model.shortages.items():
        if not problem.post[name].hard:
            found.append((empty, -(-problem.post[name].price * (end - start) // 60)))
    for walk in model.walks:
        staff = problem.type_of(walk.person)
        if staff.overtime:
            price = max(overtime_cost(staff, UNIT), 1)
            found += [(over, price) for over in _overtime(task, draft, walk)]
    return found


def _wishes(task: Task) -> Terms:
    """Return the price of the wishes that are not granted on days that may change."""
    found: Terms = []
    number, days = task.wanted.horizon.number, task.wanted.horizon.days
    for walk in task.model.walks:
        for wish in (wish for wish in task.model.problem.wishes if wish.person == walk.person.name):
            for day in range(max(number(wish.first), 0), min(number(wish.last) + 1, days)):
                for duty, terms in walk.chosen[day].items():
                    if not wish.granted(walk.graph.duties[duty].name):
                        found += [(variable, wish.price) for variable, _ in terms]
    return found


def _there(task: Task) -> Terms:
    """Return the minutes of all duties: nobody is given one that no post needs, for no hours' evenness."""
    found: Terms = []
    for walk in task.model.walks:
        for chosen in walk.chosen:
            for number, terms in chosen.items():
                minutes = sum(part.minutes for part in walk.graph.duties[number].parts)
                found += [(variable, minutes) for variable, _ in terms if minutes]
    return found


def _overtime(task: Task, draft: _Draft, walk: DutyPath) -> Iterator[int]:
    """Add a person's overtime, in units: what weeks have above their limit, else the calendar above the contract."""
    problem, horizon = task.model.problem, task.wanted.horizon
    usual = replace(problem.type_of(walk.person), overtime=False)
    before = task.wanted.history(task.wanted.people.index(walk.person))
    limit = problem.type_of(walk.person).week_limit
    if limit is None:
        gone = taken(bans_of(problem, walk.person.name), horizon, usual)
        used = minutes_before(problem, usual, horizon, before)
        spans = [(range(horizon.days), most_minutes(usual, horizon.days, gone, used))]
    else:
        spans = [(range(week.first, week.last + 1), limit) for week in horizon.weeks()]
    for days, most in spans:
        terms, kept = _hours(walk, days)
        if terms:
            worked = worth(terms, draft.values) + kept
            over = draft.variable(len(days) * 1440 // UNIT, -(-max(0, worked - most) // UNIT))
            draft.at_most([*terms, (over, -UNIT)], most - kept, f"overtime {walk.person.name}")
            yield over


def _hours(walk: DutyPath, days: range) -> tuple[Terms, int]:
    """Return the working time of some days: its terms, and what kept days add."""
    kept = sum(
        real_duty(walk.kept[day], walk.clocks.get(day, PLAIN)).work_minutes
        for day in days
        if day in walk.kept
    )
    return [term for day in days for term in walk.worth(day, walk.minutes(day))], kept


def _spread(task: Task, draft: _Draft) -> Terms:
    """Add for each type the most and the least hours of those who stay; their distance is made small."""
    hours: dict[str, list[tuple[Terms, int]]] = defaultdict(list)
    for walk in task.model.walks:
        if walk.person.name not in task.away:
            terms, kept = _hours(walk, range(task.wanted.horizon.days))
            hours[walk.person.type].append((summed(terms), kept))
    every = [row for rows in hours.values() if len(rows) > 1 for row in rows]
    unit = gcd(*(kept for _, kept in every), *(factor for terms, _ in every for _, factor in terms)) or 1
    found: Terms = []
    for rows in (rows for rows in hours.values() if len(rows) > 1):
        sums = [([(v, factor // unit) for v, factor in terms], kept // unit) for terms, kept in rows]
        worked = [worth(terms, draft.values) + kept for terms, kept in sums]
        most, lowest = draft.variable(max(worked), max(worked)), draft.variable(max(worked), min(worked))
        for terms, kept in sums:
            draft.at_most([*terms, (most, -1)], -kept, "most hours")
            draft.at_least([*terms, (lowest, -1)], -kept, "least hours")
        found += [(most, 1), (lowest, -1)]
    return found
