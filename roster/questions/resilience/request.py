"""How long absences are that a roster is held against, as people say it; all faults at once."""

from __future__ import annotations

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.questions.resilience.cases import ResilienceRequest

LENGTHS = (1, 7, 14)
"""Days away where not asked otherwise, as far as the calendar has them."""


def parse_lengths(
    problem: Problem, published: Roster, lengths: str | None, absences: int, seed: int
) -> ResilienceRequest:
    """
    Return what is asked.

    Parameters
    ----------
    problem, published : The scenario, and the roster.
    lengths : Lengths in days with commas between, as written; None for the usual ones.
    absences, seed : Up to how many people are away at once, and the seed of the searches.

    Raises
    ------
    Faults
        The lengths are none.
    """
    most = published.horizon.days
    if lengths is None:
        return ResilienceRequest(
            problem, published, tuple(days for days in LENGTHS if days <= most), absences, seed
        )
    texts = [text.strip() for text in lengths.replace("，", ",").split(",")]
    if not all(text.isascii() and text.isdecimal() and int(text) > 0 for text in texts):
        message = tr("resilience.bad_lengths", value=lengths)
        raise Faults(tr("resilience.what_was_asked"), [Fault(None, "--days", message)])
    found = tuple(sorted({int(text) for text in texts}))
    if too_long := [days for days in found if days > most]:
        faults = [Fault(None, "--days", tr("resilience.too_long", days=days, all=most)) for days in too_long]
        raise Faults(tr("resilience.what_was_asked"), faults)
    return ResilienceRequest(problem, published, found, absences, seed)
