"""The program of a published roster's whole calendar, made once for all leaves of the same people."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from roster.engine.solver import Search
from roster.engine.sweep import Away, Sweep
from roster.plan import Roster
from roster.problem import Problem
from roster.questions.absence import Absence, Case, Share, shares
from roster.questions.explain_world import World, holds

CELLS = 700
"""
Cells (people times days) up to which the whole calendar is searched at once.

With more, days around a leave are searched first.
"""

PROGRAMS = 16
"""How many are kept: those of one roster's people, asked one after the other."""


def one_program(case: Case, share: Share) -> Sweep | None:
    """Return the program in which a share's leaves are bounds; None where more is asked, or it is large."""
    wanted = share.ask.wanted
    plain = case.frozen_until is None and not case.mend and not case.allow and not wanted.stand_ins
    if not plain or len(wanted.people) * wanted.horizon.days > CELLS:
        return None
    names = {person.name for person in wanted.people}
    gone = dict.fromkeys(one.person for one in case.absences if one.person in names)
    part = replace(share.ask.problem, restrictions=case.problem.restrictions, pins=case.problem.pins)
    return _made(part, wanted, tuple(gone))


def away_in(case: Case, sweep: Sweep) -> Away:
    """Return who of a program's people is away when."""
    here = {person.name for person in sweep.published.people}
    days: dict[str, set[int]] = {}
    for one in case.absences:
        if one.person in here:
            days.setdefault(one.person, set()).update(one.days(case.published.horizon))
    return {name: sorted(gone) for name, gone in days.items()}


def covered(case: Case, absences: tuple[Absence, ...], search: Search) -> bool | None:
    """Return whether other absences of a case's people can be covered; None where time ran out."""
    other = replace(case, absences=absences)
    sweeps = [one_program(case, share) for share in shares(case)]
    if None in sweeps:
        return holds(World(case.problem, case=other), search)
    answers = [sweep.holds(away_in(other, sweep), search) for sweep in sweeps if sweep is not None]
    if False in answers:
        return False
    return None if None in answers else True


@lru_cache(maxsize=PROGRAMS)
def _made(problem: Problem, wanted: Roster, people: tuple[str, ...]) -> Sweep:
    return Sweep(problem, wanted, people)
