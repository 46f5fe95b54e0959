"""
Questions about one rotation of exact demand: is there one, how few people can walk it, how many weekends can be free.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from roster.domain.horizon import SATURDAY, SUNDAY
from roster.domain.outcome import Proof, ProofKind, SolveOptions, Status
from roster.engine.exact_demand.block_graph import ring_of_walks
from roster.engine.exact_demand.model import ExactModel, ExactQuestion, build
from roster.engine.exact_demand.search import RELAXATION, TOLERANCE, Circuit, search
from roster.engine.solvers.mip import relaxed

ONE = SolveOptions(time_limit_s=60.0, workers=1)
"""On models this small one worker is both quickest and repeatable."""

UNPROVEN = Proof(ProofKind.NONE, "")


@dataclass(frozen=True, slots=True)
class Rota:
    """
    An answer.

    Parameters
    ----------
    status : `optimal`: found, and for a question of least or most the bound is reached.
    people : Lines of the rotation; None without one.
    word : Duty numbers of the rotation, line after line, Monday first; empty without one.
    bound : Least number of people (most free weekends) not excluded, for a question of least (most).
    free_weekends : Saturday-Sunday pairs off in the word.
    proof : What the verdict or the bound rests on; `reason` is left to whoever words the answer.
    search_s : CPU seconds until the flow was known; writing it out as a word takes longer the more people there are.
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
    search_s: float = 0.0


def rota(question: ExactQuestion, people: int, options: SolveOptions = ONE) -> Rota:
    """
    Find one rotation for so many people, or prove that there is none.

    Parameters
    ----------
    question : The instance.
    people : How many.
    options : Time limit, workers, seed.
    """
    began = time.process_time()
    deadline = time.monotonic() + options.time_limit_s
    model = build(question, people, people)
    return _answer(model, search(model, [], options, deadline), began)


def fewest_people(question: ExactQuestion, least: int, most: int, options: SolveOptions = ONE) -> Rota:
    """
    Find a rotation for the fewest people between two numbers, or prove that none of them will do.

    The linear relaxation gives a bound, which is most often the answer: at that number feasibility is asked, which is
    easier than the least; only where it fails is the least searched for above it.

    Parameters
    ----------
    question : The instance.
    least, most : Numbers of people, both included.
    options : Time limit, workers, seed.
    """
    began = time.process_time()
    deadline = time.monotonic() + options.time_limit_s
    walks = ring_of_walks(question.duties, question.rules)
    lowest = max(least, question.busiest)
    if most < lowest:
        return Rota(Status.INFEASIBLE, proof=Proof(ProofKind.ARITHMETIC, ""))
    model = build(question, lowest, most, walks)
    status, value = relaxed(model.program, model.people)
    if status is Status.INFEASIBLE:
        return _none(model, Proof(ProofKind.RELAXATION, ""))
    proof = UNPROVEN
    if status is Status.OPTIMAL and math.ceil(value - TOLERANCE) > lowest:
        lowest, proof = math.ceil(value - TOLERANCE), Proof(ProofKind.RELAXATION, "")
    tight = build(question, lowest, lowest, walks)
    found = search(tight, [], options, deadline)
    if found.status is not Status.INFEASIBLE:
        return replace(_answer(tight, found, began), bound=lowest, proof=proof)
    if lowest == most:
        return _none(model, Proof(ProofKind.SEARCH, "", found.confirmed))
    above = build(question, lowest + 1, most, walks)
    return _above(above, found, search(above, above.people, options, deadline), began)


def _above(model: ExactModel, below: Circuit, found: Circuit, began: float) -> Rota:
    """Answer from a search above a number that was found impossible; confirmed only if both were."""
    answer = _answer(model, found, began)
    confirmed = found.confirmed if below.confirmed else ""
    if confirmed and found.objective == model.program.lower[model.headcount]:
        confirmed = below.confirmed
    least = model.program.lower[model.headcount]
    bound = None if found.status is Status.INFEASIBLE else max(least, found.bound or least)
    proof = Proof(ProofKind.SEARCH, "", confirmed)
    return replace(answer, bound=bound, proof=proof, rounds=below.rounds + found.rounds)


def most_free_weekends(question: ExactQuestion, people: int, options: SolveOptions = ONE) -> Rota:
    """
    Find the rotation for so many people with the most Saturday-Sunday pairs off, proven the most.

    Parameters
    ----------
    question : The instance.
    people : How many.
    options : Time limit, workers, seed.
    """
    began = time.process_time()
    deadline = time.monotonic() + options.time_limit_s
    model = build(question, people, people)
    found = search(model, model.spoiled_weekends, options, deadline)
    answer = _answer(model, found, began)
    if found.status is Status.INFEASIBLE:
        return answer
    off = [people - sum(row[day] for row in question.demand) for day in (SATURDAY, SUNDAY)]
    if answer.free_weekends == min(off):
        return replace(answer, status=Status.OPTIMAL, bound=min(off), proof=Proof(ProofKind.ARITHMETIC, ""))
    if found.status is Status.OPTIMAL:
        bound = answer.free_weekends  # no bound comes with it where every rotation has as many
    else:
        bound = min(off) if found.bound is None else min(*off, -found.bound)
    return replace(answer, bound=bound, proof=_kind(found))


def _kind(found: Circuit) -> Proof:
    """Say what a bound or an infeasibility rests on: the linear relaxation, if it shows it without any search."""
    relaxation = found.confirmed == RELAXATION and found.rounds == 1
    return Proof(ProofKind.RELAXATION if relaxation else ProofKind.SEARCH, "", found.confirmed)


def _none(model: ExactModel, proof: Proof) -> Rota:
    return Rota(Status.INFEASIBLE, proof=proof, arcs=len(model.walks.tails), blocks=model.walks.blocks)


def _answer(model: ExactModel, found: Circuit, began: float) -> Rota:
    """Read the rotation, or the verdict that there is none."""
    spent = time.process_time() - began
    if not found.flows:
        proof = _kind(found) if found.status is Status.INFEASIBLE else UNPROVEN
        return replace(_none(model, proof), status=found.status, rounds=found.rounds, search_s=spent)
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
        search_s=spent,
    )
