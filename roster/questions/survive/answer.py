"""
The fewest people whose roster survives every single absence.

A headcount survives if, whoever goes away for so many days from whatever date of the calendar, a lawful roster still
holds every hard post. What an absence needs is put beside the rotation as flows that share its people, so that the
least number of people is a bound; at the bound a rota is made and every absence tried on its dates. An absence that
is not covered is asked for as well, and the search goes on until none is left.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace

from roster.domain.outcome import Proof, ProofKind, Rotation, SeatUse, Status, Survival
from roster.domain.problem import Problem
from roster.engine.rotation import (
    AbsenceGap,
    Fewest,
    RotationModel,
    SearchRun,
    add_absence,
    empty_at_best,
    excluded,
    grown,
    headcount_variables,
    minimum_staffing,
    other_than,
    rotation_of,
    rotations,
    seats_taken,
)
from roster.engine.solvers.mip import SECOND
from roster.language import tr
from roster.questions.dates import GoingOn, lay_out
from roster.questions.survive.trials import AbsenceVerdict, TrialScope, cases_of, tried
from roster.questions.survive.wording import Broken, late, none, uncovered_of, worded

SAID_SECONDS = 5.0
"""Wall time at most for finding what an absence leaves empty."""


@dataclass(frozen=True, slots=True)
class Surviving:
    """
    The fewest people of one part whose roster survives, and which absences asked for more than leave does.

    `cases` counts the absences shown to be covered: everybody with a duty, from every date.
    """

    found: Fewest
    broken: tuple[Broken, ...] = ()
    cases: int = 0


@dataclass(frozen=True, slots=True)
class RotationWithAbsences:
    """
    The rotation with all that absences asked of it so far.

    `sure` while each of it was proven to be needed; `kind` is the weakest of those proofs.
    """

    model: RotationModel
    sure: bool = True
    kind: ProofKind = ProofKind.RELAXATION


def surviving(
    part: Problem, net: Fewest, days: int, run: SearchRun, executor: Executor | None = None
) -> Surviving:
    """
    Return the fewest people of a part that survive one person being away for so many days from any date.

    Parameters
    ----------
    part : People who share posts; an absence in one part leaves the others alone.
    net : The answer without absences beyond the leave that hours are kept for.
    days : Length of an absence.
    run : The time there is.
    executor : Where absences are tried; threads by default, for the solvers let go of the interpreter.
    """
    if net.model is None or not net.values:
        return Surviving(net)
    if executor is not None:
        return _search(part, net, TrialScope(days, run, executor))
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        return _search(part, net, TrialScope(days, run, threads))


def _search(part: Problem, net: Fewest, trial: TrialScope) -> Surviving:
    """Try the absences, ask for what those not covered need, and search again, until all are covered."""
    run, broken = trial.run, list[Broken]()
    assert net.model is not None
    asked, found, bound = RotationWithAbsences(net.model), net, net.bound
    while True:
        run.report("survive", None, bound)
        failed = list(_at_sight(part, found, trial.days))
        if not failed:
            made, seats = _rota(found)
            laid = lay_out(part, GoingOn(tuple(made)), seats, run)
            if laid.roster is None:
                # The dates ask for more than an ordinary week does: whoever lays the rota out says so.
                return Surviving(found, tuple(broken))
            failed = [verdict for verdict in tried(part, laid.roster, trial) if verdict.gap is not None]
            if not failed:
                proof = _proof(net, asked, bound, found.value, run)
                done = worded(part, replace(found, bound=bound, proof=proof), broken)
                return Surviving(done, tuple(broken), cases_of(laid.roster))
        if run.left() <= 0:
            return Surviving(late(bound), tuple(broken))
        known = {one.gap.type for one in broken}
        new = [verdict.gap for verdict in failed if verdict.gap and verdict.sure]
        broken += [_described(part, found, gap, run) for gap in new if gap.type not in known]
        asked = _ask(part, asked, found, failed, run)
        asked, found, bound = _again(part, asked, bound, run)
        if not found.values:
            return Surviving(none(part, replace(found, bound=bound), broken), tuple(broken))


def survival_of(problem: Problem, kept: Sequence[Surviving], days: int, *, whole: bool) -> Survival:
    """
    Return what all parts survive together; no cases where some part has no roster.

    Parameters
    ----------
    problem, kept : The scenario, and the answers of its parts.
    days : Length of an absence.
    whole : Whether every part has a roster.
    """
    uncovered = tuple(uncovered_of(problem, one) for part in kept for one in part.broken)
    return Survival(days, sum(part.cases for part in kept) if whole else 0, uncovered)


def _rota(found: Fewest) -> tuple[list[Rotation], tuple[SeatUse, ...]]:
    assert found.model is not None, "nothing found does not come here"
    return rotations(found.model, found.values), seats_taken(found.model, found.values)


def _there(found: Fewest) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many people of each type, and of each seat, a solution has."""
    assert found.model is not None, "nothing found does not come here"
    crowd = headcount_variables(found.model)
    people = {name: found.values[variable] for name, variable in crowd.people.items()}
    return people, {name: found.values[variable] for name, variable in crowd.seats.items()}


def _at_sight(part: Problem, found: Fewest, days: int) -> Iterator[AbsenceVerdict]:
    """Yield absences from the first day on that a glance at the days around them shows to be too much."""
    people, seats = _there(found)
    for name in (name for name, number in people.items() if number):
        gap = AbsenceGap(name, 0, days)
        if excluded(part, people, seats, gap, 0.0) is not ProofKind.NONE:
            yield AbsenceVerdict(gap)


def _ask(
    part: Problem,
    asked: RotationWithAbsences,
    found: Fewest,
    failed: Sequence[AbsenceVerdict],
    run: SearchRun,
) -> RotationWithAbsences:
    """
    Ask for what absences need that so many people do not cover.

    Where the days around an absence show it, its flows are put beside the rotation; else something must be more.
    """
    program, crowd = asked.model.program.copy(), headcount_variables(asked.model)
    people, seats = _there(found)
    deciding: list[int] = []
    kinds = {asked.kind}
    for verdict in failed:
        if verdict.gap is None or not verdict.sure:
            kinds.add(ProofKind.NONE)
            continue
        kind = excluded(part, people, seats, verdict.gap, run.left())
        kinds.add(kind)
        if kind is not ProofKind.NONE:
            first = len(program.lower)
            deciding += add_absence(part, program, crowd, verdict.gap).deciding
            deciding += range(first, len(program.lower)) if kind is ProofKind.SEARCH else ()
    if ProofKind.NONE in kinds:
        deciding += other_than(program, crowd, people, seats)
    return RotationWithAbsences(
        grown(asked.model, program, deciding),
        asked.sure and all(verdict.sure for verdict in failed),
        ProofKind.RELAXATION if kinds == {ProofKind.RELAXATION} else ProofKind.SEARCH,
    )


def _again(
    part: Problem, asked: RotationWithAbsences, bound: int | None, run: SearchRun
) -> tuple[RotationWithAbsences, Fewest, int | None]:
    """Return the fewest people for all that is asked, with a rotation; where some have none, others."""
    while True:
        crowd = headcount_variables(asked.model)
        chosen = minimum_staffing(asked.model, crowd, run)
        if asked.sure and chosen.bound is not None:
            bound = max(bound or 0, chosen.bound)
        if not chosen.people:
            no = chosen.status is Status.INFEASIBLE and asked.sure
            status = Status.INFEASIBLE if no else Status.UNKNOWN
            return asked, Fewest(status, None, None if no else bound, Proof(asked.kind, "")), bound
        found = rotation_of(part, chosen, run)
        if found.values or found.status is not Status.INFEASIBLE:
            return asked, found, bound
        program = asked.model.program.copy()
        deciding = other_than(program, crowd, chosen.people, chosen.seats, fewer=True)
        asked = replace(asked, model=grown(asked.model, program, deciding), kind=ProofKind.SEARCH)


def _described(part: Problem, found: Fewest, gap: AbsenceGap, run: SearchRun) -> Broken:
    people, seats = _there(found)
    seconds = min(SAID_SECONDS, run.left())
    return Broken(gap, people, empty_at_best(part, people, seats, gap, seconds))


def _proof(
    net: Fewest, asked: RotationWithAbsences, bound: int | None, value: int | None, run: SearchRun
) -> Proof:
    """Return what the bound rests on: the proof without absences where they ask for nobody more."""
    if bound == net.bound:
        return net.proof
    searched = asked.kind is ProofKind.SEARCH and bound == value and bound is not None
    return Proof(asked.kind, "", tr("engine.not_confirmed", solver=SECOND) if searched else "")
