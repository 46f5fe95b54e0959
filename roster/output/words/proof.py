"""The proof in words: why fewer people cannot do, how that was proven, and of which rosters it holds."""

from __future__ import annotations

from roster.domain.outcome import Outcome, ProofKind, Status
from roster.language import counted, tr


def why(outcome: Outcome) -> list[str]:
    """Return the reason and the proof, each said once."""
    sentences = [sentence for sentence in (outcome.reason, outcome.proof.reason) if sentence]
    if outcome.proof.kind is not ProofKind.NONE:
        impossible = "impossible_" if outcome.status is Status.INFEASIBLE else ""
        kind = tr(f"plan.proof_{impossible}{outcome.proof.kind}")
        confirmed = outcome.proof.confirmed
        how = (
            tr("plan.proof_confirmed", kind=kind, how=confirmed) if confirmed else tr("plan.proof", kind=kind)
        )
        sentences.append(how)
        sentences[-1] = f"{how} {_scope(outcome.proof.weeks)}"
    return list(dict.fromkeys(sentences))


def _scope(weeks: int | None) -> str:
    """Say of which rosters a proof holds: of every one, or of rotas whose team repeats after so many weeks."""
    if weeks is None:
        return tr("plan.scope_every")
    return tr("plan.scope_weeks", weeks=counted("common.weeks", weeks))
