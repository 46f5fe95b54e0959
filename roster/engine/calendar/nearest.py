"""The lawful roster nearest to a wanted one: the calendar model, made least in the cells that differ."""

from __future__ import annotations

from dataclasses import dataclass, replace

from roster.domain.outcome import Roster, Status
from roster.domain.problem import Problem
from roster.engine.calendar.cover import CalendarModel
from roster.engine.calendar.model import build, duties_of, empty_places
from roster.engine.integer_program import Terms
from roster.engine.solvers.reduced_costs import least
from roster.engine.solvers.search import Search, Solution


@dataclass(frozen=True, slots=True)
class Nearest:
    """
    The roster nearest to the wanted one.

    `changed` counts the cells that differ, `bound` the fewest not excluded; `empty` the places no one could be found
    for: (post, first minute, end, people).
    """

    status: Status
    roster: Roster | None
    changed: int | None = None
    bound: int | None = None
    empty: tuple[tuple[str, int, int, int], ...] = ()


def nearest(problem: Problem, wanted: Roster, search: Search, free: frozenset[int] | None = None) -> Nearest:
    """
    Return the lawful roster that holds every hard post and differs from a wanted one in the fewest cells.

    Where no roster holds every post, the one that leaves the fewest hours empty, and then differs least.

    Parameters
    ----------
    problem, wanted : The scenario, and the roster to stay near to.
    search : Deadline and settings.
    free : The days that may change; all where not given. With some only, the answer is the nearest among those, and
        where there is none the status is `infeasible` for those days alone.
    """
    model = build(problem, wanted, elastic=False, free=free)
    solved = least(model.program, _changes(model, wanted), search)
    if solved.found:
        return _read(model, wanted, solved)
    if solved.status is not Status.INFEASIBLE or free is not None:
        return Nearest(solved.status, None)
    model = build(problem, wanted, elastic=True, free=None)
    empty = [(v, end - start) for (name, start, end), v in model.shortages.items() if problem.post[name].hard]
    fullest = least(model.program, empty, search)
    if not fullest.found:
        return Nearest(fullest.status, None)
    model.program.at_most(empty, fullest.objective or 0, "empty")
    again = least(model.program, _changes(model, wanted), search)
    return _read(model, wanted, again if again.found else fullest)


def _changes(model: CalendarModel, wanted: Roster) -> Terms:
    """Return the cells that differ from the wanted roster, as terms to be made few."""
    return [
        term
        for walk, duties in zip(model.walks, wanted.duties, strict=True)
        for terms in walk.changes(duties)
        for term in terms
    ]


def _read(model: CalendarModel, wanted: Roster, solved: Solution) -> Nearest:
    duties, empty = duties_of(model, solved.values), empty_places(model, solved.values)
    roster = replace(wanted, duties=duties)
    changed = sum(
        given != asked
        for line, wish in zip(duties, wanted.duties, strict=True)
        for given, asked in zip(line, wish, strict=True)
    )
    return Nearest(solved.status, roster, changed, None if empty else solved.bound, empty)
