"""
The lawful roster nearest to a published one when people go away: fewest empty places, changes, people, then evenness.

Most of a calendar has nothing to do with a week's leave, so the search begins with a stretch of days around it. The
days outside may change too there, each at the price of a change, and may then do whatever a day could do: what is
found is a bound. Where it changes nothing outside, which is nearly always, it is a roster, and proven. Else the
stretch is widened, to the whole calendar in the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import gcd

from roster.domain.outcome import Roster, StandIn, Status
from roster.domain.posts_and_seats import weights
from roster.domain.problem import Problem
from roster.engine.calendar.cover import CalendarModel, OutsideDays
from roster.engine.calendar.model import build, duties_of, empty_places
from roster.engine.calendar.tie_breaking import Task, tidied
from roster.engine.integer_program import Terms
from roster.engine.solvers.reduced_costs import least
from roster.engine.solvers.search import Search, Solution

REACHES = (3, 10)
"""Days on either side of the leave that are searched first, and next; then all."""

EmptyPlaces = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """
    What is to be repaired.

    Parameters
    ----------
    problem, wanted : The problem with the leave in it, and the published roster.
    days : The days on which something is amiss: leave, and whatever the roster breaks.
    frozen : Days that never change.
    excused : Cells (person, day) that differ without counting: the leave itself.
    hired : The posts for which a vendor may send people for single days, each with the price of one; sending one is a
        change like any other.
    """

    problem: Problem
    wanted: Roster
    days: frozenset[int]
    frozen: frozenset[int] = frozenset()
    excused: frozenset[tuple[str, int]] = frozenset()
    hired: Mapping[str, int] = field(default_factory=dict)

    @property
    def free(self) -> frozenset[int]:
        """The days that may change."""
        return frozenset(range(self.wanted.horizon.days)) - self.frozen

    @property
    def stretches(self) -> Iterator[range]:
        """Ever wider stretches around what is amiss, the last one all days."""
        days = self.wanted.horizon.days
        for reach in REACHES if self.days else ():
            first, last = max(0, min(self.days) - reach), min(days, max(self.days) + reach + 1)
            if (last - first) * 10 <= days * 8:
                yield range(first, last)
        yield range(days)


@dataclass(frozen=True, slots=True)
class Repaired:
    """
    The nearest roster; None where no roster keeps the rules, or time ran out.

    `changed` counts cells without the excused ones, `bound` the fewest not excluded among rosters that leave as little
    empty. `empty` are the places left empty, `empty_proven` whether fewer hours are impossible. `whole` tells whether
    the whole calendar had to be searched. `traded`, of a stretch of days, are those who leave a standby of another day
    to somebody: each is two cells more, counted in `changed`, and on which day is not said.
    """

    status: Status
    roster: Roster | None = None
    changed: int | None = None
    bound: int | None = None
    empty: EmptyPlaces = ()
    whole: bool = False
    traded: tuple[tuple[str, str], ...] = ()


def repair(ask: Ask, search: Search, tried: Iterable[int] = ()) -> Repaired:
    """
    Return the nearest lawful roster; where it cannot hold every hard post, the one that leaves least empty.

    Parameters
    ----------
    ask : What is to be repaired.
    search : Deadline and settings.
    tried : Numbers of days that are known not to be enough.
    """
    found = _nearest(ask, frozenset(tried), search)
    if found.model is None:
        return Repaired(found.status)
    values = _tidied(ask, found, search)
    roster = replace(
        ask.wanted, duties=duties_of(found.model, values), stand_ins=_sent(ask, found.model, values)
    )
    changed = count_changes(ask.wanted, roster, ask.excused)
    empty = empty_places(found.model, values)
    proven = found.status is Status.OPTIMAL
    bound = min(changed, found.bound % _weight(ask)) if proven else None if empty else found.bound
    return Repaired(found.status, roster, changed, bound, empty, found.whole)


def coverable(ask: Ask, search: Search) -> bool | None:
    """Return whether some lawful roster holds every hard post; None where time ran out."""
    for days in ask.stretches:
        solved = _solve(_posed(ask, days, elastic=False), search)
        if solved.status is Status.INFEASIBLE:
            return False
        if solved.stays_inside:
            return True
    return None


def count_changes(wanted: Roster, roster: Roster, excused: Collection[tuple[str, int]]) -> int:
    """
    Return the cells in which a roster differs from the published one, the excused ones left out.

    A vendor's person sent for one day is a cell.

    Parameters
    ----------
    wanted, roster : The published roster, and the other.
    excused : Cells (person, day).
    """
    sent = sum(each.number for each in roster.stand_ins) - sum(each.number for each in wanted.stand_ins)
    return sent + sum(
        given is not asked and given != asked and (person.name, day) not in excused
        for person, line, wish in zip(roster.people, roster.duties, wanted.duties, strict=True)
        for day, (given, asked) in enumerate(zip(line, wish, strict=True))
    )


@dataclass(frozen=True, slots=True)
class _Posed:
    """A model with what is made least in it."""

    model: CalendarModel
    objective: Terms


@dataclass(frozen=True, slots=True)
class _Solved:
    posed: _Posed
    solution: Solution

    @property
    def status(self) -> Status:
        return self.solution.status

    @property
    def stays_inside(self) -> bool:
        """Whether a roster was found: nothing changes on days that are not free."""
        counts = [walk.elsewhere for walk in self.posed.model.walks if walk.elsewhere is not None]
        return self.solution.found and not any(self.solution.values[variable] for variable in counts)


@dataclass(frozen=True, slots=True)
class _Found:
    """The best of a bracket: the model it was found in, its values, the objective's bound."""

    status: Status
    model: CalendarModel | None = None
    values: tuple[int, ...] = ()
    objective: Terms | None = None
    bound: int = 0
    whole: bool = False


def _nearest(ask: Ask, tried: frozenset[int], search: Search) -> _Found:
    """Find the least objective over ever wider stretches, until one is not left."""
    below = 0
    for days in (days for days in ask.stretches if not tried.issuperset(days)):
        solved = _solve(_posed(ask, days, elastic=True), search)
        if solved.status is Status.INFEASIBLE:
            return _Found(Status.INFEASIBLE)
        below = max(below, solved.solution.bound or 0)
        if solved.stays_inside:
            status = Status.OPTIMAL if solved.solution.objective == below else Status.FEASIBLE
            whole = len(days) == ask.wanted.horizon.days
            posed = solved.posed
            return _Found(status, posed.model, solved.solution.values, posed.objective, below, whole)
    return _Found(Status.UNKNOWN)


def _solve(posed: _Posed, search: Search) -> _Solved:
    elsewhere = [walk.elsewhere for walk in posed.model.walks if walk.elsewhere is not None]
    return _Solved(posed, least(posed.model.program, posed.objective, search, elsewhere))


def _posed(ask: Ask, days: range, *, elastic: bool) -> _Posed:
    """Pose the question with some days free, and the others open at a price; posts stay empty only where elastic."""
    around = OutsideDays(ask.frozen, open_ended=True, sparing=True, hired=frozenset(ask.hired))
    model = build(ask.problem, ask.wanted, elastic=elastic, free=frozenset(days) - ask.frozen, around=around)
    elsewhere = [(walk.elsewhere, 1) for walk in model.walks if walk.elsewhere is not None]
    hired = [(sent, 1) for sent in model.hired.values()]
    weight, urgent = _weight(ask), weights(ask.problem.posts)
    shortages = [
        (variable, weight * (end - start) * urgent[name])
        for (name, start, end), variable in model.shortages.items()
        if elastic and ask.problem.post[name].hard
    ]
    return _Posed(model, [*_scaled(shortages, weight), *_changed(ask, model), *elsewhere, *hired])


def _scaled(shortages: Terms, weight: int) -> Terms:
    """Return the minutes that stay empty in the largest unit that divides them all, times the weight."""
    unit = gcd(*(factor // weight for _, factor in shortages)) if shortages else 1
    return [(variable, factor // max(unit, 1)) for variable, factor in shortages]


def _weight(ask: Ask) -> int:
    """Return more than all cells: what one unit of emptiness counts against changes."""
    return len(ask.wanted.people) * ask.wanted.horizon.days + 1


def _changed(ask: Ask, model: CalendarModel) -> Terms:
    return [
        term
        for walk, duties in zip(model.walks, ask.wanted.duties, strict=True)
        for day, terms in enumerate(walk.changes(duties))
        if (walk.person.name, day) not in ask.excused
        for term in terms
    ]


def _sent(ask: Ask, model: CalendarModel, values: Sequence[int]) -> tuple[StandIn, ...]:
    """Return the vendor's people for single days: those there were, and those sent now."""
    sent = Counter({(each.post, each.day): each.number for each in ask.wanted.stand_ins})
    for place, variable in model.hired.items():
        sent[place] += values[variable]
    return tuple(
        StandIn(post, day, number)
        for (post, day), number in sorted(sent.items(), key=lambda one: (one[0][1], one[0][0]))
        if number
    )


def _tidied(ask: Ask, found: _Found, search: Search) -> tuple[int, ...]:
    """Return the values with fewer people touched, at less cost, more even; no more is empty or changed."""
    assert found.model is not None
    assert found.objective is not None
    away = frozenset(name for name, _ in ask.excused)
    task = Task(found.model, ask.wanted, found.objective, ask.excused, away, ask.hired)
    return tidied(task, found.values, search)
