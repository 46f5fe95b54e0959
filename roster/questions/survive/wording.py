"""Why a headcount survives and fewer do not, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from roster.domain.horizon import calendar
from roster.domain.outcome import Proof, ProofKind, Status, Uncovered
from roster.domain.problem import Goal, Problem
from roster.domain.rules import hours
from roster.engine.rotation import AbsenceGap, Fewest
from roster.language import tr


@dataclass(frozen=True, slots=True)
class Broken:
    """
    An absence that so many people cannot cover: who were there, and the minutes that posts stay empty at best.

    `empty` is without posts where the days around the absence could be covered, and only the whole calendar cannot.
    """

    gap: AbsenceGap
    people: Mapping[str, int]
    empty: Mapping[str, int]


def worded(part: Problem, found: Fewest, broken: Sequence[Broken]) -> Fewest:
    """
    Return what was found with its reason in words, `optimal` only where the bound reaches it.

    Parameters
    ----------
    part, found : A part of the scenario, and the fewest people who survive.
    broken : Absences that fewer do not survive.
    """
    status = Status.OPTIMAL if found.value == found.bound else Status.FEASIBLE
    proof = found.proof
    if not proof.reason and found.bound is not None:
        kind = "_cost" if part.goal is Goal.COST else ""
        words = {"bound": f"{found.bound:,}", "fewer": found.bound - 1, "currency": part.currency}
        said = [*(_sentence(part, one) for one in broken), tr(f"survive.{proof.kind}{kind}", **words)]
        proof = replace(proof, reason=" ".join(said))
    return replace(found, status=status, proof=proof)


def late(bound: int | None) -> Fewest:
    """Return that time ran out before every absence was tried."""
    return Fewest(Status.UNKNOWN, None, bound, Proof(ProofKind.NONE, tr("survive.late")))


def none(part: Problem, found: Fewest, broken: Sequence[Broken]) -> Fewest:
    """
    Return why nothing was found: there is nobody else, or time ran out.

    Parameters
    ----------
    part, found : A part of the scenario, and how the search ended.
    broken : Absences that were found impossible to survive.
    """
    if found.status is not Status.INFEASIBLE:
        return late(found.bound)
    said = [*(_sentence(part, one) for one in broken), tr("survive.impossible")]
    return replace(found, bound=None, proof=replace(found.proof, reason=" ".join(said)))


def uncovered_of(problem: Problem, broken: Broken) -> Uncovered:
    """Return an absence that could not be covered as a plan tells it."""
    days, gap = calendar(problem.dates), broken.gap
    return Uncovered(
        gap.type,
        days.on(gap.first),
        days.on(gap.stop - 1),
        dict(broken.people),
        dict(broken.empty),
        _sentence(problem, broken),
    )


def _sentence(part: Problem, broken: Broken) -> str:
    """Say what one absence leaves empty: of the only one of a type, or of one among several."""
    gap, staff = broken.gap, part.type[broken.gap.type]
    days = calendar(part.dates)
    people = broken.people[gap.type]
    posts = tr("survive.and").join(
        tr("survive.empty", post=part.post[name].called, hours=hours(minutes))
        for name, minutes in sorted(broken.empty.items(), key=lambda item: -item[1])
    )
    return tr(
        f"survive.{'only' if people == 1 else 'one_of'}{'' if posts else '_calendar'}",
        type=staff.called,
        people=people,
        all=sum(broken.people.values()),
        first=days.on(gap.first),
        last=days.on(gap.stop - 1),
        posts=posts,
    )
