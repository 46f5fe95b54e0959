"""The parts of a scenario that share nobody, put together to one answer, before dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roster.domain.outcome import Proof, Status, least_sure, weakest
from roster.domain.problem import Goal, Problem
from roster.engine.rotation import Fewest
from roster.language import tr


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
    sentences = list(dict.fromkeys(part.proof.reason for part in telling))
    if len(telling) > 1 and bound is not None:
        together = "engine.together_cost" if problem.goal is Goal.COST else "engine.together"
        sentences.append(tr(together, people=bound, bound=f"{bound:,}", currency=problem.currency))
    confirmed = "; ".join(dict.fromkeys(part.proof.confirmed for part in telling if part.proof.confirmed))
    weeks = [part.proof.weeks for part in telling if part.proof.weeks is not None]
    proof = Proof(kind, " ".join(sentences), confirmed, max(weeks, default=None))
    return PartsTogether(status, value, bound, proof)


def reason_of(problem: Problem, answer: PartsTogether) -> str:
    """Say why there is no rota; and that a calendar of people with names needs none."""
    if answer.status is Status.INFEASIBLE:
        return answer.proof.reason
    said = tr("engine.time_out", bound=answer.bound if answer.bound is not None else "-")
    return f"{said} {tr('engine.no_rota_needed')}" if problem.people else said
