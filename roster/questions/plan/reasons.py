"""The real reason of a number of people: the posts, the scenario's own names and counts, or a wished length of rota."""

from __future__ import annotations

import time
from dataclasses import replace

from roster.domain.outcome import Proof, ProofKind, Status
from roster.domain.problem import Goal, Problem
from roster.engine.rotation import Fewest, SearchRun, fewest, fewest_soonest, sums_of
from roster.language import counted, tr

REASON_SECONDS, BRIEF_REASON, AS_LONG = 1.5, 0.75, 3
"""Wall time for how few could do where the scenario itself sets the number: at most, at most after a quick answer, and
in times that the answer took. Longer rings are still looked for in the rest of it, mostly in vain."""


def fewest_with_reason(part: Problem, run: SearchRun, *, whole: bool) -> Fewest:
    """
    Find the fewest people with the real reason: the posts, the scenario's own counts, or a wished length.

    Parameters
    ----------
    part, run : A part of the scenario, and the time there is.
    whole : Whether more is going to be asked of the model of all rotas.
    """
    began = time.monotonic()
    found = fewest(part, run) if whole else fewest_soonest(part, run)
    if part.rotation_weeks is not None and found.proof.weeks is not None:
        return _length_cost(part, found, run)
    seconds = min(REASON_SECONDS, max(BRIEF_REASON, AS_LONG * (time.monotonic() - began)))
    return _fixed_reason(part, found, replace(run, search=run.search.within(seconds)))


def _length_cost(part: Problem, found: Fewest, run: SearchRun) -> Fewest:
    """Return an answer that says what the wished length of the rota costs beside any other length."""
    free = fewest(replace(part, rotation_weeks=None), replace(run, tell=lambda _: None))
    if free.value is None or found.value is None or free.value >= found.value:
        return found
    key = "engine.length_cost_money" if part.goal is Goal.COST else "engine.length_cost"
    words = {
        "weeks": counted("common.weeks", free.weeks or 1),
        "value": f"{free.value:,}",
        "currency": part.currency,
    }
    said = f"{found.proof.reason} {tr(key, **words)}"
    return replace(found, proof=replace(found.proof, reason=said), could=free.value)


def _fixed_reason(part: Problem, found: Fewest, run: SearchRun) -> Fewest:
    """
    Return an answer that says where the scenario itself sets the number, by names or by a count, and what could do.

    Without this a sum would have to stand for the scenario's own wish: seven named people are seven whatever the posts.
    """
    counted = [one for one in part.types if part.goal is Goal.PEOPLE or not part.is_vendor(one)]
    least = sum(one.minimum for one in counted)
    if part.goal is Goal.COST or not least or found.bound != least or found.status is Status.INFEASIBLE:
        return found
    free = replace(
        part,
        types=tuple(replace(one, minimum=0, maximum=max(one.maximum, 0)) for one in part.types),
        people=(),
    )
    quiet = replace(run, tell=lambda _: None)
    sums = sums_of(free, quiet.search)
    if sums is not None and sums.bound == least:
        return replace(found, proof=Proof(ProofKind.ARITHMETIC, sums.reason))
    # It explains the number and settles nothing: a lower bound says enough where the whole answer takes long.
    without = fewest_soonest(free, quiet)
    if without.bound is None or without.bound >= least:
        return replace(found, proof=without.proof) if without.bound == least else found
    named = sum(1 for person in part.people if person.type in {one.name for one in counted})
    proven = without.status is Status.OPTIMAL
    said = tr("engine.fixed_named" if named == least else "engine.fixed_count", people=least)
    could = without.value if proven else without.bound
    others = tr("engine.fixed_could" if proven else "engine.fixed_least", people=could)
    return replace(found, proof=Proof(ProofKind.ARITHMETIC, f"{said} {others}"), could=could)
