"""Days of leave given back: the fewest with which everything can be covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from roster.checker import days_text
from roster.domain.horizon import Horizon
from roster.engine.calendar import LeaveCell, recalled
from roster.language import tr
from roster.questions.absences import Absence, LeaveCase, shares
from roster.questions.conflict import Conflict, WayOut
from roster.questions.what_if.leave_programs import covered
from roster.questions.what_if.trial import Trial


def given_back(
    case: LeaveCase, conflict: Conflict | None, known: Sequence[WayOut], trial: Trial
) -> Iterator[WayOut]:
    """
    Yield the fewest days of leave that are enough, where a shorter leave or a refused one would cost more.

    The smallest conflict is asked first: it needs no more days than everything does, and often no fewer.

    Parameters
    ----------
    case, conflict : The leave, and its smallest conflict where it was found.
    known : Ways out found already, which cost less or more.
    trial : The time there is.
    """
    fewest = min((_cost(case, way) for way in known if way.kind in ("refused", "shorter")), default=None)
    if fewest == 1:
        return
    for asked in [case] if conflict is None else [_left(conflict), case]:
        cells = _cells(asked, trial)
        if cells is None or (fewest is not None and len(cells) >= fewest):
            return
        leaves = tuple(_without(case, cells))
        if trial.yes(partial(covered, case, leaves)):
            yield _way(case, cells, leaves)
            return
    # More days might do, but it is not known which.
    trial.undecided |= fewest is None


def _left(conflict: Conflict) -> LeaveCase:
    assert conflict.question.case is not None
    return replace(conflict.question.case, problem=conflict.question.problem)


def _cost(case: LeaveCase, way: WayOut) -> int:
    """Return how many days of leave a way out takes back."""
    asked = sum(one.length for one in case.absences if one.person == way.person)
    return asked if way.absence is None else asked - way.absence.length


def _cells(case: LeaveCase, trial: Trial) -> frozenset[LeaveCell] | None:
    """Return the fewest days of leave on which somebody has to work, as far as this case knows; None where unknown."""
    cells: frozenset[LeaveCell] = frozenset()
    for ask in (share.ask for share in shares(case)):
        unasked = replace(ask.problem, restrictions=case.problem.restrictions)
        found = trial.answer(partial(recalled, unasked, ask.wanted, ask.excused, ask.frozen))
        if found is None or found.cells is None:
            return None
        cells |= found.cells
    return cells


def _without(case: LeaveCase, cells: frozenset[LeaveCell]) -> Iterator[Absence]:
    """Yield what is left of the leaves without some days."""
    horizon = case.published.horizon
    for one in case.in_force:
        begun: Absence | None = None
        for day in one.days(horizon):
            on = horizon.on(day)
            if (one.person, day) in cells:
                if begun is not None:
                    yield begun
                begun = None
            else:
                begun = Absence(one.person, on if begun is None else begun.first, on)
        if begun is not None:
            yield begun


def _way(case: LeaveCase, cells: frozenset[LeaveCell], leaves: tuple[Absence, ...]) -> WayOut:
    people = tr("what_if.semicolon").join(
        f"{name} {_days(case.published.horizon, name, cells)}"
        for name in dict.fromkeys(one.person for one in case.absences)
        if any(person == name for person, _ in cells)
    )
    names = {person for person, _ in cells}
    sentence = tr("what_if.way_given_back", number=len(cells), days=people)
    return WayOut("given_back", sentence, 0, person=names.pop() if len(names) == 1 else "", leaves=leaves)


def _days(horizon: Horizon, name: str, cells: frozenset[LeaveCell]) -> str:
    return days_text(horizon, sorted(day for person, day in cells if person == name))
