"""
Shifts chosen, and the fewest people with them: a bound for every choice first, then choices until one reaches it.

A choice is only as good as the roster that is made with it, so each is planned as a scenario of its own. What is said
to be least is least over every choice and every roster.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from roster.domain.horizon import ring
from roster.domain.outcome import Outcome, Proof, ProofKind, SolveOptions, Status, weakest
from roster.domain.problem import DAY, WEEK, Problem
from roster.engine.design import Bound, Choice, bound, choices, fitting, roomy, with_candidates
from roster.language import tr
from roster.questions.plan import plan_headcount
from roster.scenario.build.letters import letters

BOUND_SHARE = 0.3
"""Of the time, what the bound may take."""

FEW = 60
"""Candidates up to which the bound with no more kinds than may be used is soon found; of more, time goes to rosters."""

KINDS_SHARE = 0.4
"""Of what is left, what the bound with no more kinds than may be used may take, where the first one is not reached."""

MOST_TRIED = 4
TIGHT = 0.015
"""Of the people's time, the share below which a choice is taken for one that hardly any roster fits."""

LEAST_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Designed:
    """
    The answer with chosen shifts.

    `problem` has the chosen shifts only. `bound` holds for every choice; `tried` counts the choices planned;
    `fewest_kinds` whether fewer kinds are excluded among the candidates that fit what is asked. `hours` are people
    wanted and there by hour of the week, Monday first; None without a roster.
    """

    problem: Problem
    outcome: Outcome
    kinds: tuple[str, ...]
    bound: int | None
    tried: int
    fewest_kinds: bool
    hours: tuple[tuple[float, float], ...] = ()

    @property
    def idle(self) -> float:
        """Person-hours of the week that are there and not wanted."""
        return sum(there - wanted for wanted, there in self.hours)


Plan = Callable[[Problem, SolveOptions], Outcome]


def design(problem: Problem, options: SolveOptions, plan: Plan = plan_headcount) -> Designed:
    """
    Choose the kinds of shift of a scenario, and plan it with them.

    Parameters
    ----------
    problem : With candidates among its shifts.
    options : Time for all of it.
    plan : What plans a scenario.
    """
    assert problem.design is not None
    begun = time.monotonic()
    until = options.until or begun + options.time_limit_s
    found = bound(problem, BOUND_SHARE * (until - begun))
    if found.status is Status.INFEASIBLE:
        return Designed(problem, _impossible(found, begun), (), None, 0, False)
    best: tuple[Choice, Problem, Outcome] | None = None
    tried = 0
    pool = fitting(problem)
    for candidates in [pool] if pool == problem else [pool, problem]:
        for choice in _roomiest_first(candidates, until - LEAST_SECONDS, found.value):
            tried += 1
            chosen = settled(problem, choice.kinds)
            outcome = plan(chosen, replace(options, until=until))
            if best is None or _value(chosen, outcome) < _value(best[1], best[2]):
                best = choice, chosen, outcome
            reached = found.value is not None and _value(best[1], best[2]) <= found.value
            if not reached and tried == 1 and len(problem.design.candidates) <= FEW:
                found = _stricter(problem, found, KINDS_SHARE * (until - time.monotonic()))
                reached = found.value is not None and _value(best[1], best[2]) <= found.value
            if reached or tried >= MOST_TRIED or time.monotonic() > until - LEAST_SECONDS:
                return _answer(found, best, tried)
    if best is None:
        words = tr("design.no_choice")
        none = Outcome(Status.UNKNOWN, None, found.value, Proof(ProofKind.NONE, words), reason=words)
        return Designed(problem, none, (), found.value, tried, False)
    return _answer(found, best, tried)


def _stricter(problem: Problem, found: Bound, seconds: float) -> Bound:
    """Return the bound with no more kinds than may be used, where it is higher."""
    assert problem.design is not None
    other = bound(problem, seconds, problem.design.at_most)
    higher = other.value is not None and found.value is not None and other.value > found.value
    return other if higher else found


def _roomiest_first(problem: Problem, deadline: float, known: int | None) -> Iterator[Choice]:
    """Yield choices, the simplest first; where it leaves a roster no room, a roomy one and one without idle before."""
    assert problem.design is not None
    at_most = problem.design.at_most
    every = choices(problem, at_most, deadline, known)
    first = next(every, None)
    if first is None:
        return
    if first.slack < TIGHT:
        safe = roomy(problem, at_most, max(0.1, deadline - time.monotonic()), known)
        yield from (choice for choice in (safe, next(every, None)) if choice is not None)
    yield first
    yield from every


def _value(problem: Problem, outcome: Outcome) -> float:
    """Return what is made least first, of the plan found; infinite without one."""
    if outcome.plan is None:
        return float("inf")
    heads = outcome.plan.headcount
    of_goal = {"cost": outcome.plan.cost, "people": heads.total, "in_house": heads.in_house}
    return of_goal[problem.goal.value]


def _impossible(found: Bound, begun: float) -> Outcome:
    words = tr("design.impossible")
    return Outcome(
        Status.INFEASIBLE,
        None,
        None,
        Proof(found.kind, words),
        reason=words,
        seconds=time.monotonic() - begun,
    )


def settled(problem: Problem, kinds: tuple[str, ...]) -> Problem:
    """Return the problem with chosen shifts and no choice left, each with a letter of its own."""
    chosen = with_candidates(problem, kinds)
    signs = letters(
        (shift.name, shift.letter if shift.name not in kinds else None, shift.on_site)
        for shift in chosen.shifts
    )
    shifts = tuple(replace(shift, letter=signs[shift.name]) for shift in chosen.shifts)
    return replace(chosen, shifts=shifts, design=None)


def _answer(found: Bound, best: tuple[Choice, Problem, Outcome], tried: int) -> Designed:
    """Return the best plan with what holds of it over every choice: the bound is that of all of them."""
    choice, problem, outcome = best
    value = _value(problem, outcome)
    sure = found.value is not None and value <= found.value
    status, proof, bound_ = outcome.status, outcome.proof, outcome.bound
    names = ", ".join(choice.kinds)
    if outcome.plan is None:
        status = Status.UNKNOWN if outcome.status is Status.INFEASIBLE else outcome.status
        bound_ = found.value  # that of the outcome holds of one choice only
        proof = Proof(ProofKind.NONE, tr("design.none_planned", kinds=names))
    elif sure:
        status, bound_ = Status.OPTIMAL, found.value
        reason = f"{outcome.proof.reason} {tr('design.least', kinds=names, value=f'{found.value:,}')}"
        proof = replace(outcome.proof, kind=weakest([found.kind]), reason=reason.strip(), weeks=None)
    else:
        status, bound_ = Status.FEASIBLE, found.value
        words = tr("design.open", kinds=names, value=f"{value:,.0f}", bound=f"{found.value or 0:,}")
        proof = replace(outcome.proof, kind=ProofKind.NONE, reason=words, weeks=None)
    told = replace(outcome, status=status, bound=bound_, proof=proof)
    return Designed(
        problem, told, choice.kinds, found.value, tried, choice.fewest_kinds, _hours(problem, told)
    )


def _hours(problem: Problem, outcome: Outcome) -> tuple[tuple[float, float], ...]:
    """Return people wanted and there in each hour of an ordinary week, of the rotas over their weeks on average."""
    if outcome.plan is None:
        return ()
    wanted, there = [0.0] * WEEK, [0.0] * WEEK
    week = ring()
    for post in problem.posts:
        if post.on_site:
            for day in (day for day in range(7) if week.needs(post.days, day)):
                for minute in range(post.start, post.end):
                    wanted[(day * DAY + minute) % WEEK] += post.people * post.load / 100
    for rota in outcome.plan.rotations:
        for line in rota.lines:
            for day, duty in enumerate(line):
                for a, b in duty.shift.stretches if duty.shift is not None else ():
                    for minute in range(a, b):
                        there[(day * DAY + minute) % WEEK] += 1 / rota.weeks
    hours = range(0, WEEK, 60)
    return tuple((sum(wanted[h : h + 60]) / 60, sum(there[h : h + 60]) / 60) for h in hours)
