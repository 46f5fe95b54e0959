"""
Questions about one rotation of exact demand: is there one, how few people can walk it, how many weekends can be free.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from roster.engine.blocks import Walks, ring_of_walks
from roster.engine.exact import ExactModel, ExactQuestion, build
from roster.engine.onewalk import TOLERANCE, OneWalk, search
from roster.engine.solver import relaxed
from roster.plan import Proof, ProofKind, SolveOptions, Status

ONE = SolveOptions(time_limit_s=60.0, workers=1)
"""On models this small one worker is both quickest and repeatable."""

UNPROVEN = Proof(ProofKind.NONE, "")


@dataclass(frozen=True, slots=True)
class Rota:
    """
    An answer.

    Parameters
    ----------
    status
        `optimal`: found, and for a question of least or most the bound is reached.
    people
        Lines of the rotation; None without one.
    word
        Duty numbers of the rotation, line after line, Monday first; empty without one.
    bound
        Least number of people (most free weekends) not excluded, for a question of least (most).
    free_weekends
        Saturday-Sunday pairs off in the word.
    proof
        What the verdict or the bound rests on; `reason` is left to whoever words the answer.
    """

    status: Status
    people: int | None = None
    word: tuple[int, ...] = ()
    bound: int | None = None
    free_weekends: int | None = None
    proof: Proof = UNPROVEN
    rounds: int = 0
    arcs: int = 0
    blocks: bool = True


def rota(question: ExactQuestion, people: int, options: SolveOptions = ONE) -> Rota:
    """Find one rotation for so many people, or prove that there is none."""
    deadline = time.monotonic() + options.time_limit_s
    model = build(question, people, people)
    return _answer(model, search(model, [], options, deadline))


def fewest(question: ExactQuestion, least: int, most: int, options: SolveOptions = ONE) -> Rota:
    """
    Find a rotation for the fewest people between two numbers, or prove that none of them will do.

    The linear relaxation gives a bound, which is most often the answer: at that number feasibility is asked, which is
    easier than the least; only where it fails is the least searched for above it.
    """
    deadline = time.monotonic() + options.time_limit_s
    walks = ring_of_walks(question.duties, question.rules)
    model = build(question, least, most, walks)
    if most < max(least, question.busiest):
        return _none(model, Proof(ProofKind.ARITHMETIC, ""))
    status, value = relaxed(model.program, model.people)
    if status is Status.INFEASIBLE:
        return _none(model, Proof(ProofKind.RELAXATION, ""))
    relaxation = max(least, question.busiest)
    if status is Status.OPTIMAL:
        relaxation = max(relaxation, math.ceil(value - TOLERANCE))
    if relaxation > most:
        return _none(model, Proof(ProofKind.RELAXATION, ""))
    tight = build(question, relaxation, relaxation, walks)
    found = search(tight, [], options, deadline)
    if found.status is not Status.INFEASIBLE:
        answer = _answer(tight, found)
        return replace(answer, bound=relaxation, proof=Proof(ProofKind.RELAXATION, ""))
    return _above(question, walks, (relaxation + 1, most), found, options, deadline)


def _above(
    question: ExactQuestion,
    walks: Walks,
    between: tuple[int, int],
    below: OneWalk,
    options: SolveOptions,
    deadline: float,
) -> Rota:
    """Search for the least number above one that was found impossible."""
    least, most = between
    proof = Proof(ProofKind.SEARCH, "", below.confirmed)
    if least > most:
        return Rota(Status.INFEASIBLE, proof=proof, arcs=len(walks.tails), blocks=walks.blocks)
    model = build(question, least, most, walks)
    found = search(model, model.people, options, deadline)
    answer = _answer(model, found)
    if found.status is Status.INFEASIBLE:
        both = below.confirmed and found.confirmed
        return replace(answer, proof=Proof(ProofKind.SEARCH, "", found.confirmed if both else ""))
    bound = max(least, found.bound or least)
    return replace(answer, bound=bound, proof=proof, rounds=below.rounds + found.rounds)


def most_free_weekends(question: ExactQuestion, people: int, options: SolveOptions = ONE) -> Rota:
    """Find the rotation for so many people with the most Saturday-Sunday pairs off, proven the most."""
    deadline = time.monotonic() + options.time_limit_s
    model = build(question, people, people)
    found = search(model, model.spoiled_weekends, options, deadline)
    answer = _answer(model, found)
    if found.status is Status.INFEASIBLE:
        return answer
    bound = None if found.bound is None else -found.bound
    return replace(answer, bound=bound, proof=Proof(ProofKind.SEARCH, ""))


def _none(model: ExactModel, proof: Proof) -> Rota:
    return Rota(Status.INFEASIBLE, proof=proof, arcs=len(model.walks.tails), blocks=model.walks.blocks)


def _answer(model: ExactModel, found: OneWalk) -> Rota:
    """Read the rotation, or the verdict that there is none."""
    if not found.flows:
        kind = ProofKind.NONE
        if found.status is Status.INFEASIBLE:
            relaxation = found.confirmed == "linear relaxation" and found.rounds == 1
            kind = ProofKind.RELAXATION if relaxation else ProofKind.SEARCH
        empty = _none(model, Proof(kind, "", found.confirmed))
        return replace(empty, status=found.status, rounds=found.rounds)
    word = model.word(found.flows)
    free = sum(flow * pairs for flow, pairs in zip(found.flows, model.walks.free_weekends, strict=True))
    return Rota(
        found.status,
        people=len(word) // 7,
        word=word,
        free_weekends=free,
        rounds=found.rounds,
        arcs=len(model.walks.tails),
        blocks=model.walks.blocks,
    )
