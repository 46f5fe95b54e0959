"""Who is away and on what terms, as people say it: names and dates of a roster, understood; all faults at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.questions.absences import Absence, LeaveCase
from roster.rosters.leave_list import LeaveText, frozen_day, parse_leaves


@dataclass(frozen=True, slots=True)
class Terms:
    """
    On what terms: what may be used beyond the roster's own means (`overtime`, `vendor`), the last date that never
    changes, and whether a roster that breaks rules already is to be mended.
    """

    allow: frozenset[str] = frozenset()
    freeze_until: str | None = None
    mend: bool = False


def parse_case(
    problem: Problem,
    published: Roster,
    asked: Iterable[LeaveText],
    faults: Iterable[Fault] = (),
    terms: Terms | None = None,
) -> LeaveCase:
    """
    Return the case that is meant.

    Parameters
    ----------
    problem, published : The scenario, and the published roster.
    asked : Who is said to be away, from when to when.
    faults : What is known already to be wrong with how it was said.
    terms : What may be used, and from which day on; nothing more where not given.

    Raises
    ------
    Faults
        Those, and names and dates that lead nowhere.
    """
    terms = terms or Terms()
    names = [person.name for person in published.people]
    stretches, wrong = parse_leaves(asked, names, problem.dates)
    frozen, late = frozen_day(terms.freeze_until, stretches, problem.dates)
    if every := [*faults, *wrong, *late]:
        raise Faults(tr("what_if.what_was_asked"), every)
    absences = tuple(Absence(one.person, one.first, one.last, one.start, one.end) for one in stretches)
    return LeaveCase(problem, published, absences, frozen, terms.mend, terms.allow)
