"""
Whether anybody's absence can be covered: any lawful roster will do, so the search stops at the first.

Asked for nothing but a roster, HiGHS takes 20 s on the tertiary hospital; asked for few changes of a published one and
let off after the first found, it takes 0.7 s, for a week away as for a month.
"""

from __future__ import annotations

from roster.domain.outcome import Status
from roster.engine.calendar.model import build
from roster.engine.calendar.repair import Ask
from roster.engine.solvers.mip import AS_IT_IS, branch_and_bound, minimise
from roster.engine.solvers.search import Search

FIRST = f"{AS_IT_IS},mip_rel_gap=1e9"
"""The first roster found ends the search; of a setting said twice the last counts."""


def covered(ask: Ask, search: Search) -> bool | None:
    """Return whether some lawful roster holds every hard post, all days free; None where time ran out."""
    model = build(ask.problem, ask.wanted, elastic=False, free=None)
    changes = [
        term
        for walk, duties in zip(model.walks, ask.wanted.duties, strict=True)
        for terms in walk.changes(duties)
        for term in terms
    ]
    found = branch_and_bound(model.program, changes, search.seconds_left * 0.7, settings=FIRST)
    if found.status is Status.UNKNOWN and search.seconds_left > 0:
        found = minimise(model.program, [], search)
    return True if found.found else False if found.status is Status.INFEASIBLE else None
