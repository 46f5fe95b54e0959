"""The parts of a scenario that share nobody, put together to one answer, before dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roster.domain.outcome import Proof, Status, least_sure, weakest
from roster.domain.problem import Goal, Problem
from roster.engine.rotation import Fewest, split
from roster.language import listed, tr

NAMED = 4
"""Parts of which all are named where each says the same."""


@dataclass(frozen=True, slots=True)
class PartsTogether:
    """The parts' answers put together, before dates."""

    status: Status
    value: int | None
    bound: int | None
    proof: Proof


def together(problem: Problem, found: Sequence[Fewest]) -> PartsTogether:
    """Add up the parts: the weakest status and proof are the whole's, sentences of parts that need people stand."""
    status = least_sure(part.status for part in found)
    values = [part.value for part in found]
    bounds = [part.bound for part in found]
    bound = None if None in bounds else sum(b for b in bounds if b is not None)
    value = None if None in values else sum(v for v in values if v is not None)
    telling = [part for part in found if part.bound or part.status is Status.INFEASIBLE]
    kind = weakest(part.proof.kind for part in telling)
    sentences = _reasons(problem, found, telling)
    if len(telling) > 1 and bound is not None:
        together = "engine.together_cost" if problem.goal is Goal.COST else "engine.together"
        sentences.append(tr(together, people=bound, bound=f"{bound:,}", currency=problem.currency))
    confirmed = "; ".join(dict.fromkeys(part.proof.confirmed for part in telling if part.proof.confirmed))
    weeks = [part.proof.weeks for part in telling if part.proof.weeks is not None]
    proof = Proof(kind, " ".join(sentences), confirmed, max(weeks, default=None))
    return PartsTogether(status, value, bound, proof)


def _reasons(problem: Problem, found: Sequence[Fewest], telling: Sequence[Fewest]) -> list[str]:
    """Return the parts' reasons; each with whose it is, where several say the same or ask for one role."""
    parts = [
        part for part, one in zip(split(problem), found, strict=True) if any(one is told for told in telling)
    ]
    roles = [role for part in parts for role in {role for post in part.posts for role in post.roles}]
    reasons = [one.proof.reason for one in telling]
    if len(parts) < 2 or (len(set(roles)) == len(roles) and len(set(reasons)) == len(reasons)):
        return list(dict.fromkeys(reasons))
    whose: dict[str, list[str]] = {}
    for part, reason in zip(parts, reasons, strict=True):
        whose.setdefault(reason, []).append(tr("engine.and").join(staff.called for staff in part.types))
    return [_of_parts(types, reason) for reason, types in whose.items()]


def _of_parts(types: Sequence[str], reason: str) -> str:
    """Return a reason with whose it is: of one part, or of each of several, by their number where they are many."""
    if len(types) == 1:
        return tr("engine.of_part", types=types[0], reason=reason)
    named = tr("engine.parts", number=len(types)) if len(types) > NAMED else listed(types)
    return tr("engine.of_each", types=named, reason=reason)


def reason_of(problem: Problem, answer: PartsTogether) -> str:
    """Say why there is no rota; and that a calendar of people with names needs none."""
    if answer.status is Status.INFEASIBLE:
        return answer.proof.reason
    said = tr("engine.time_out", bound=answer.bound if answer.bound is not None else "-")
    return f"{said} {tr('engine.no_rota_needed')}" if problem.people else said
