"""
Shifts chosen, and the fewest people with them: a bound for every choice first, then choices until one reaches it.

A choice is only as good as the roster that is made with it, so each is planned as a scenario of its own. What is said
to be least is least over every choice and every roster.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from roster.domain.chosen_shifts import with_candidates
from roster.domain.horizon import wanted_by_hour
from roster.domain.outcome import Outcome, Proof, ProofKind, SolveOptions, Status, weakest
from roster.domain.problem import DAY, WEEK, Problem
from roster.engine.design import Bound, Choice, bound, fitting, least_idle, roomy, simplest
from roster.language import tr
from roster.questions.plan import plan_headcount
from roster.scenario.build.letters import letters

BOUND_SHARE = 0.3
"""Of the time, what the bound may take."""

CHOICE_SHARE = 0.3
"""Of what is left, what looking for one choice may take."""

IDLE_SHARE = 0.15
"""Of what is left, what looking for the choice of least idle time may take: it only helps to find a roster."""

PLAN_SHARE = 0.5
"""Of what is left, what the roster of one choice may take: with some choices there is none, which shows late."""

STRICTER_SHARE = 0.4
"""Of what is left, what the bound with no more kinds than may be used may take, where the first one is not reached."""

FEW = 60
"""Candidates up to which that bound is soon found; of more, rosters of two choices are looked for before."""

ROOMS = (3, 10)
"""Percent of the people's time that roomy choices leave over; the second is for where there is no roster yet."""

MOST_TRIED = 6
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


@dataclass(frozen=True, slots=True)
class Tried:
    """A choice with the scenario that has its shifts only, and what planning that came to."""

    choice: Choice
    problem: Problem
    outcome: Outcome

    @property
    def value(self) -> float:
        """What is made least first, of the plan found; infinite without one."""
        return _value(self.problem, self.outcome)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the choice that the plan has."""
        if self.outcome.plan is None:
            return self.choice.kinds
        roster = self.outcome.plan.roster
        rows = [*roster.duties, *(rota.word for rota in self.outcome.plan.rotations)]
        there = {duty.shift.name for row in rows for duty in row if duty.shift is not None}
        return tuple(name for name in self.choice.kinds if name in there)


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
    tried: list[Tried] = []
    asked = False
    for choice in _each(problem, tried, found.value, until):
        chosen = settled(problem, choice.kinds)
        tried.append(Tried(choice, chosen, plan(chosen, replace(options, until=_share(until, PLAN_SHARE)))))
        if _reached(found, tried) or len(tried) >= MOST_TRIED:
            break
        some = any(one.outcome.plan is not None for one in tried)
        if some and len(tried) >= (1 if len(problem.design.candidates) <= FEW else 2) and not asked:
            asked = True
            found = _stricter(problem, found, STRICTER_SHARE * (until - time.monotonic()))
            if _reached(found, tried):
                break
    if not tried:
        limited = bound(problem, max(LEAST_SECONDS, until - time.monotonic()), problem.design.at_most)
        if limited.status is Status.INFEASIBLE:
            return Designed(problem, _impossible(limited, begun), (), None, 0, False)
        words = tr("design.no_choice")
        none = Outcome(Status.UNKNOWN, None, found.value, Proof(ProofKind.NONE, words), reason=words)
        return Designed(problem, none, (), found.value, 0, False)
    return _answer(problem, found, tried)


def _share(until: float, share: float) -> float:
    """Return the moment at which a share of the time left is over."""
    now = time.monotonic()
    return now + share * max(0.0, until - now)


def _reached(found: Bound, tried: list[Tried]) -> bool:
    return found.value is not None and min(one.value for one in tried) <= found.value


def _each(problem: Problem, tried: list[Tried], known: int | None, until: float) -> Iterator[Choice]:
    """
    Yield choices to be planned, of the candidates that fit what is asked first, then of all.

    The simplest comes first. Where it leaves a roster no room, one without idle time and a roomy one come before.
    """
    assert problem.design is not None
    at_most, pool, out = problem.design.at_most, fitting(problem), set[tuple[str, ...]]()

    def seconds(share: float = CHOICE_SHARE) -> float:
        return share * max(0.0, until - LEAST_SECONDS - time.monotonic())

    for candidates in [pool] if pool == problem else [pool, problem]:
        while seconds() > 0 and (first := simplest(candidates, at_most, seconds(), known, out)) is not None:
            tight = first.slack < TIGHT and not out
            if tight and (idle := least_idle(candidates, at_most, first.value, seconds(IDLE_SHARE))):
                yield from _new(idle, out)
            if tight and (room := roomy(candidates, at_most, ROOMS[0], seconds())):
                yield from _new(room, out)
            yield from _new(first, out)
            nothing = all(one.outcome.plan is None for one in tried)
            if nothing and (room := roomy(candidates, at_most, ROOMS[1], seconds())):
                yield from _new(room, out)


def _new(choice: Choice, out: set[tuple[str, ...]]) -> Iterator[Choice]:
    """Yield a choice that was not there yet."""
    if choice.kinds not in out:
        out.add(choice.kinds)
        yield choice


def _stricter(problem: Problem, found: Bound, seconds: float) -> Bound:
    """Return the bound with no more kinds than may be used, where it is higher."""
    assert problem.design is not None
    other = bound(problem, seconds, problem.design.at_most)
    higher = other.value is not None and found.value is not None and other.value > found.value
    return other if higher else found


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


def settled(problem: Problem, kinds: tuple[str, ...], like: Problem | None = None) -> Problem:
    """
    Return the problem with chosen shifts and no choice left, each with a letter of its own.

    Parameters
    ----------
    problem, kinds : The scenario with its candidates, and the names of those chosen.
    like : A problem with these shifts and more, whose letters are kept.
    """
    chosen = with_candidates(problem, kinds)
    signs = (
        {shift.name: shift.letter for shift in like.shifts}
        if like
        else letters(
            (shift.name, shift.letter if shift.name not in kinds else None, shift.on_site)
            for shift in chosen.shifts
        )
    )
    shifts = tuple(replace(shift, letter=signs[shift.name]) for shift in chosen.shifts)
    return replace(chosen, shifts=shifts, design=None)


def _answer(everything: Problem, found: Bound, tried: list[Tried]) -> Designed:
    """Return the best plan with what holds of it over every choice: the bound is that of all of them."""
    best = min(tried, key=lambda one: (one.value, len(one.kinds)))
    outcome, kinds, value = best.outcome, best.kinds, best.value
    problem = settled(everything, kinds, best.problem)
    sure = found.value is not None and value <= found.value
    status, proof, bound_ = outcome.status, outcome.proof, outcome.bound
    names = ", ".join(kinds)
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
    fewest = any(one.choice.fewest_kinds and len(one.choice.kinds) >= len(kinds) for one in tried)
    return Designed(problem, told, kinds, found.value, len(tried), sure and fewest, _hours(problem, told))


def _hours(problem: Problem, outcome: Outcome) -> tuple[tuple[float, float], ...]:
    """Return people wanted and there in each hour of an ordinary week, of the rotas over their weeks on average."""
    if outcome.plan is None:
        return ()
    there = [0.0] * WEEK
    for rota in outcome.plan.rotations:
        for line in rota.lines:
            for day, duty in enumerate(line):
                for a, b in duty.shift.stretches if duty.shift is not None else ():
                    for minute in range(a, b):
                        there[(day * DAY + minute) % WEEK] += 1 / rota.weeks
    here = [sum(there[at : at + 60]) / 60 for at in range(0, WEEK, 60)]
    return tuple(zip(wanted_by_hour(problem.posts), here, strict=True))
