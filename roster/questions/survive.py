"""
The fewest people whose roster survives every single absence.

A headcount survives if, whoever goes away for so many days from whatever date of the calendar, a lawful roster still
holds every hard post. Whether one exists depends on who is there and not on the roster published before, because a
repair may change any day; so people of a type with the same restrictions are asked about once, and an absence that
is covered covers every shorter one within it. Where one cannot be covered, what it needs is put beside the rotation
and the fewest people are searched for again, until none is left.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace

from roster.engine.fewest import Clock, Fewest, fewest
from roster.engine.rotation import RotationModel, rotations, seats_taken
from roster.engine.survive import Gap, add_absence, crowd_of, empty_at_best, excluded, grown, more_than
from roster.problem import Problem
from roster.questions.dates import lay_out
from roster.questions.survive_trials import Trial, Verdict, cases_of, tried
from roster.questions.survive_words import Broken, late, none, worded

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
class Asked:
    """The rotation model with all that was asked of it so far; `sure` while each of it was proven to be needed."""

    model: RotationModel
    sure: bool = True


def surviving(
    part: Problem, net: Fewest, days: int, clock: Clock, executor: Executor | None = None
) -> Surviving:
    """
    Return the fewest people of a part that survive one person being away for so many days from any date.

    Parameters
    ----------
    part
        People who share posts; an absence in one part leaves the others alone.
    net
        The answer without absences beyond the leave that hours are kept for.
    executor
        Where absences are tried; threads by default, for the solvers let go of the interpreter.
    """
    if net.model is None or not net.values:
        return Surviving(net)
    if executor is not None:
        return _search(part, net, Trial(days, clock, executor))
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        return _search(part, net, Trial(days, clock, threads))


def _search(part: Problem, net: Fewest, trial: Trial) -> Surviving:
    """Try the absences, ask for what those not covered need, and search again, until all are covered."""
    model, clock = net.model, trial.clock
    assert model is not None
    asked, found, bound, broken = Asked(model), net, net.bound, list[Broken]()
    while True:
        clock.report("survive", None, bound)
        laid = lay_out(part, rotations(model, found.values), seats_taken(model, found.values), clock)
        if laid.roster is None:
            # The dates ask for more than an ordinary week does: whoever lays the rota out says so.
            return Surviving(found, tuple(broken))
        failed = [verdict for verdict in tried(part, laid.roster, trial) if verdict.gap is not None]
        if not failed:
            return Surviving(worded(part, found, bound, broken), tuple(broken), cases_of(laid.roster))
        if clock.left() <= 0:
            return Surviving(late(bound), tuple(broken))
        broken += [
            _described(part, found, verdict.gap, clock) for verdict in failed if verdict.gap and verdict.sure
        ]
        asked = _asking(part, asked, found, failed, clock)
        found = fewest(part, clock, asked.model)
        bound = found.bound if asked.sure else bound
        if not found.values:
            return Surviving(none(part, found, bound, broken, sure=asked.sure), tuple(broken))
        found = replace(found, model=model, values=found.values[: len(model.program.lower)])


def _people(found: Fewest) -> dict[str, int]:
    """Return how many people of each type a solution has."""
    assert found.model is not None
    return {name: found.values[flow.headcount] for name, flow in found.model.flows.items()}


def _seats(found: Fewest) -> dict[str, int]:
    assert found.model is not None
    return {name: found.values[seat] for name, seat in found.model.seats.items()}


def _asking(part: Problem, asked: Asked, found: Fewest, failed: Sequence[Verdict], clock: Clock) -> Asked:
    """
    Ask for what absences need that so many people do not cover.

    Where the days around an absence show it, its flows are put beside the rotation; else something must be more.
    """
    program = asked.model.program.copy()
    crowd = crowd_of(asked.model)
    deciding: list[int] = []
    other = False
    for verdict in failed:
        gap = verdict.gap
        assert gap is not None
        if verdict.sure and excluded(part, _people(found), _seats(found), gap, clock.left()):
            deciding += add_absence(part, program, crowd, gap).deciding
        else:
            other = True
    if other:
        deciding += more_than(
            program, crowd, {variable: found.values[variable] for variable in crowd.variables}
        )
    sure = asked.sure and all(verdict.sure for verdict in failed)
    return Asked(grown(asked.model, program, deciding), sure)


def _described(part: Problem, found: Fewest, gap: Gap, clock: Clock) -> Broken:
    seconds = min(SAID_SECONDS, clock.left())
    empty = empty_at_best(part, _people(found), _seats(found), gap, seconds)
    return Broken(gap, _people(found), empty)
