"""
The fewest people for one problem: bound first, then a search at the bound, then one above until one is found.

What counts first is the goal's number (in-house people, all people, or cost), then vendors, then cost; at the same
cost, fewer people. The bound is the better of arithmetic and the linear relaxation, and holds for every roster; where
no rota of a week reaches it, longer rings are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from math import inf, lcm

from roster.domain.outcome import Proof, ProofKind, Status
from roster.domain.problem import Goal, Problem
from roster.engine.automata import capped
from roster.engine.integer_program import Program, worth
from roster.engine.rotation.at_value import at_value, goal_of, kept, scale_of
from roster.engine.rotation.confirming import confirm
from roster.engine.rotation.first_rota import first_rota
from roster.engine.rotation.hours_bound import sums_of
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.orders import settle_orders
from roster.engine.rotation.people_in_turns import rotas_in_turns
from roster.engine.rotation.ring_lengths import Made, ring_lengths, rings
from roster.engine.rotation.search_run import SearchRun, hurried
from roster.engine.rotation.shortfall import shortfall
from roster.engine.rotation.taking_turns import many_alike, only_in_turns
from roster.engine.solvers.merged import merged
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Solution
from roster.language import counted, tr

MANY_PEOPLE = 100
"""Above so many the relaxation is asked before the sums are tried: shared loads rarely leave them tight."""

AT_BOUND_SHARE = 0.7
"""Share of the time for a rota at the bound: the rest may show one of more people, which is better than none."""

WEEK_SHARE = 0.5
"""Share of the time left for the best weekly rota, where none reaches the bound."""

RINGS_SHARE = 0.5
"""Share of the time left for longer rings: what is found has yet to be made a good rota and a calendar."""

FEW_WEEKS = 4
"""Longest ring tried before the best weekly rota is looked for, where that does not reach the bound."""

MORE_AT_ONCE = 3
"""How far above a bound that was not reached in time a first rota is looked for, in people."""

DEARER = (3, 8, 20, 50)
"""The same in percent, where cost is the goal."""

LONG_RUN = 3 * WEEK_DAYS
"""Longest runs of more days hardly ever bind, and make graphs of lawful days large."""

SHORTER_RUNS = (WEEK_DAYS, LONG_RUN)
"""What they are first taken to be, one after the other: what is found then is mostly the answer."""

SHORTER_SHARE = 0.4
"""Share of the time left for each of them, and for no limit at all."""

EARLY_SHARE = 0.7
"""Share of the time left for a first answer where the bound is neither reached nor refuted."""


@dataclass(frozen=True, slots=True)
class Fewest:
    """
    The answer for one problem: the goal's number, its bound and proof, and the solution in the model's variables.

    The bound is one on every roster, unless the proof says of which rotas it is. `value` and `values` are None and
    empty where nothing was found; `could` the number that would do if the scenario did not ask for more; `refuted` is
    the value up to which rotas of the model's ring were found impossible; `shortened` the days that long limits on runs
    are taken to be in the model, where they are: what it says of all its rotas need not be true of longer runs.
    `larger` is a rota of more people and fewer weeks, where one was found before: its calendar may be easier. `whole`
    is the problem where the model knows a few of its shifts only.
    """

    status: Status
    value: int | None
    bound: int | None
    proof: Proof
    model: RotationModel | None = None
    values: tuple[int, ...] = ()
    refuted: int | None = None
    could: int | None = None
    shortened: int | None = None
    larger: Fewest | None = None
    whole: Problem | None = None

    @property
    def weeks(self) -> int | None:
        """After how many weeks the team of the rota found repeats; None without a rota."""
        return None if self.model is None else lcm(self.model.days, WEEK_DAYS) // WEEK_DAYS


def fewest(problem: Problem, run: SearchRun, made: Made | None = None) -> Fewest:
    """
    Find the fewest people for a problem, with proof; see the module.

    Parameters
    ----------
    problem, run : The scenario, and the time there is.
    made : Builds the models where more is asked of them than the problem says.
    """
    if made is not None or capped(problem, LONG_RUN, LONG_RUN) is problem:
        return _fewest(problem, run, made)
    some: list[Fewest] = []
    # No graph of these grows with a limit.
    for longest in SHORTER_RUNS:
        tight = capped(problem, LONG_RUN, longest)
        found = replace(_fewest(tight, hurried(run, SHORTER_SHARE)), shortened=longest)
        if _holds_with_longer_runs(problem, found, run):
            return found
        some.append(found)
    loose = _fewest(capped(problem, LONG_RUN, None), hurried(run, SHORTER_SHARE))
    for found in some:
        if _as_good_as(found, loose):
            return replace(found, status=loose.status, bound=loose.bound, proof=loose.proof, refuted=None)
    return _fewest_of(_fewest(problem, run), some)


def _as_good_as(found: Fewest, loose: Fewest) -> bool:
    """Whether an answer for shorter runs is the one for runs of any length: then it is for those between."""
    if loose.status is Status.INFEASIBLE:
        return found.status is Status.INFEASIBLE and found.proof == loose.proof
    return loose.status is Status.OPTIMAL and found.value == loose.value


def _fewest_of(whole: Fewest, others: Iterable[Fewest]) -> Fewest:
    """Return the answer for a problem, or a better rota of stricter ones: only their bounds may not hold."""
    found = min((one for one in others if one.value is not None), key=_value, default=whole)
    if whole.status is Status.INFEASIBLE or _value(found) >= _value(whole):
        return whole
    named = Status.OPTIMAL if found.value == whole.bound else Status.FEASIBLE
    return replace(found, status=named, bound=whole.bound, proof=whole.proof, refuted=None)


def _value(one: Fewest) -> float:
    return inf if one.value is None else one.value


def _fewest(problem: Problem, run: SearchRun, made: Made | None = None) -> Fewest:
    """Find the fewest people for a problem whose limits are taken as they are."""
    make = lru_cache(maxsize=3)(made or partial(_ring, problem))  # the same rings for any number of people
    if problem.rotation_weeks is not None:
        return _of_ring(problem, make, WEEK_DAYS * problem.rotation_weeks, run)
    week = make(WEEK_DAYS)
    least, found = _at_the_bound(problem, (week, week), hurried(run, AT_BOUND_SHARE))
    if least.status is Status.INFEASIBLE or found.status is Status.OPTIMAL:
        return found
    # Where equal types had better take turns or nothing, nothing else is worth keeping time for.
    share = 1.0 if only_in_turns(week) else EARLY_SHARE
    early = least if found.refuted is not None else _early(make, week, least, hurried(run, share))
    # Rings in which every type is free are too large where equal ones take turns, and find nothing better.
    if early.status is Status.OPTIMAL:
        return early
    if early.value is not None and only_in_turns(week):
        longer = _early(make, week, least, run, early)
        return early if longer.value is None else replace(longer, larger=early)
    # A ring of few weeks mostly reaches the bound; the best weekly rota, which is then of no use, takes longer to find.
    lengths = list(ring_lengths(problem))
    few = [days for days in lengths if days <= FEW_WEEKS * WEEK_DAYS]
    found = _longer(make, few, hurried(run, RINGS_SHARE), (early, least))
    if found.status is Status.OPTIMAL:
        return found
    best = _upwards(week, least, hurried(run, WEEK_SHARE), early.value)
    if best.value is None:
        best = early if early.value is not None else _early(make, week, least, hurried(run, EARLY_SHARE))
    return _longer(make, lengths, hurried(run, RINGS_SHARE), (best, least), upwards=True)


def _holds_with_longer_runs(problem: Problem, found: Fewest, run: SearchRun) -> bool:
    """Whether an answer for shorter runs is one for the problem: its bound holds even for runs of any length."""
    if found.status is not Status.OPTIMAL or found.proof.weeks is not None or found.bound is None:
        return False
    if found.proof.kind is ProofKind.ARITHMETIC:
        return True
    week = build(capped(problem, LONG_RUN, None), days=WEEK_DAYS)
    relaxed = branch_and_bound(week.program, goal_of(week), run.left(), week.bodies)
    return relaxed.bound is not None and relaxed.bound >= found.bound


def _ring(problem: Problem, days: int) -> RotationModel:
    return build(problem, days=days)


def _at_the_bound(
    problem: Problem, models: tuple[RotationModel, RotationModel], run: SearchRun
) -> tuple[Fewest, Fewest]:
    """
    Return the bound on every roster, as an answer without a rota, and a rota of the model's ring that reaches it.

    `models` are that of one week and that of the ring. Without such a rota the second is the first. Sums are tried
    first: where a rota reaches them, nothing else is asked. `refuted` says whether no rota of the ring can. Where many
    types are alike, only the bound is looked for.
    """
    (week, model), sums = models, sums_of(problem, run.search)
    alike = week is model and problem.goal is not Goal.COST and many_alike(week)
    if sums is None:
        impossible = _impossible(problem, run, ProofKind.ARITHMETIC)
        return impossible, impossible
    proof = Proof(ProofKind.ARITHMETIC, sums.reason or tr("engine.minimum", people=sums.bound))
    least = Fewest(Status.UNKNOWN, None, sums.bound, proof)
    tried, refuted = sums.bound <= MANY_PEOPLE and not alike, False
    if tried:
        found = at_value(model, model.program.copy(), sums.bound, run)
        if found.found:
            return least, _answered(model, found.values, least, run)
        refuted = found.status is Status.INFEASIBLE
    program, goal = week.program.copy(), goal_of(week)
    program.at_least(goal, sums.bound, "goal")
    relaxed = (
        _relaxed(week, program, run) if alike else branch_and_bound(program, goal, run.left(), week.bodies)
    )
    if relaxed.status is Status.INFEASIBLE:
        impossible = _impossible(problem, run, ProofKind.RELAXATION)
        return impossible, impossible
    if (bound := relaxed.bound or 0) > sums.bound:
        relaxation = Proof(ProofKind.RELAXATION, bound_said(problem, "relaxation", bound))
        least = replace(least, bound=bound, proof=relaxation)
        tried = False
    run.report("search", None, least.bound)
    if not tried and not alike:
        found = at_value(model, model.program.copy(), least.bound or 0, run)
        if found.found:
            return least, _answered(model, found.values, least, run)
        refuted = found.status is Status.INFEASIBLE
    return least, replace(least, refuted=least.bound if refuted else None)


def _relaxed(week: RotationModel, program: Program, run: SearchRun) -> Solution:
    """Return the bound on every roster, from a program in which what is alike is one and people are whole in sum."""
    goal = goal_of(week)
    small = merged(program, [goal], week.bodies)
    return branch_and_bound(small.program, small.sum_of(goal), run.left(), small.among(week.bodies))


def _early(
    make: Made, week: RotationModel, least: Fewest, run: SearchRun, known: Fewest | None = None
) -> Fewest:
    """
    Return a rota of a few people more than a bound that was neither reached nor refuted in time, as a first answer.

    Only people and seats are whole while they are chosen, which is quick however many types are alike. Where these take
    turns, the bound itself has yet to be tried; where a rota is `known`, those of fewer people, over more weeks.
    """
    floor, scale = least.bound or 0, scale_of(week)
    steps = [(floor + each, floor + each) for each in range(0 if many_alike(week) else 1, MORE_AT_ONCE + 1)]
    if week.problem.goal is Goal.COST:
        steps = [(floor + 1, floor * (100 + percent) // 100) for percent in DEARER]
    for low, high in (step for step in steps if known is None or step[1] < _value(known)):
        if run.left() <= 0:
            break
        program = week.program.copy()
        program.between(goal_of(week), low * scale, high * scale, "goal")
        for model, found in _some_rotas(make, (week, program), run, longer=known is not None):
            mended = kept(model, found, run)
            if mended.found:
                return _answered(model, mended.values, least, run)
    return least


def _some_rotas(
    make: Made, of_week: tuple[RotationModel, Program], run: SearchRun, *, longer: bool
) -> Iterator[tuple[RotationModel, Solution]]:
    """Yield rotas of a number of people with the models they are of: where equal types take turns, of several weeks."""
    week, program = of_week
    if many_alike(week):
        yield from rotas_in_turns(make, week, program, run, longer=longer)
        return
    chosen, ordered = settle_orders(week, program, run.search, week.bodies)
    if chosen.found:
        yield week, first_rota(week, ordered, chosen.values, run.search)


def _of_ring(problem: Problem, make: Made, days: int, run: SearchRun) -> Fewest:
    """Return the fewest with a rota of one ring; a claim above the bound on every roster says of which rotas it is."""
    week = make(WEEK_DAYS)
    model = week if days == WEEK_DAYS else make(days)
    least, found = _at_the_bound(problem, (week, model), run)
    if least.status is Status.INFEASIBLE or found.status is Status.OPTIMAL:
        return found
    best = _upwards(model, least, run)
    if best.refuted is None:
        return best
    weeks, goal = model.days // WEEK_DAYS, goal_of(model)
    if best.value is None:
        confirmed = confirm(model.program, goal, None, run.search)
        proof = Proof(
            ProofKind.SEARCH, tr("engine.no_rota", weeks=counted("common.weeks", weeks)), confirmed, weeks
        )
        return Fewest(Status.INFEASIBLE, None, None, proof)
    if best.refuted < best.value - 1:
        return best
    confirmed = confirm(model.program, goal, best.refuted * scale_of(model), run.search)
    proof = Proof(ProofKind.SEARCH, bound_said(problem, "search", best.value), confirmed, weeks)
    return replace(best, status=Status.OPTIMAL, bound=best.value, proof=proof)


def _longer(
    make: Made, lengths: Iterable[int], run: SearchRun, known: tuple[Fewest, Fewest], *, upwards: bool = False
) -> Fewest:
    """
    Look for a rota round longer rings, the shortest first, until one reaches the bound on every roster.

    `known` are the best rota so far and that bound; with `upwards` rotas between the two are looked for as well.
    """
    best, least = known
    for model, search in rings(make, lengths, run.search):
        slice_ = replace(run, search=search)
        if not upwards:
            found = at_value(model, model.program.copy(), least.bound or 0, slice_)
            if found.found:
                return _answered(model, found.values, least, run)
        else:
            better = _upwards(model, replace(least, bound=(least.bound or 0) - 1), slice_, best.value)
            if better.value is not None:
                best = _answered(model, better.values, least, run)
            if best.value == least.bound:
                break
    return replace(best, refuted=None)


def _upwards(model: RotationModel, least: Fewest, run: SearchRun, below: int | None = None) -> Fewest:
    """
    Return the best rota of a model's ring above a bound that it does not reach, and below a value known already.

    `refuted` says up to which value rotas of this ring were found to be impossible.
    """
    goal, scale = goal_of(model), scale_of(model)
    program = model.program.copy()
    if below is not None:
        program.at_most(goal, (below - 1) * scale, "goal")
    refuted = least.bound or 0
    while run.left() > 0:
        higher = program.copy()
        higher.at_least(goal, refuted * scale + 1, "goal")
        best = branch_and_bound(higher, goal, run.left())
        if best.status is Status.INFEASIBLE:
            return replace(least, refuted=refuted)
        if best.status is not Status.OPTIMAL:
            values = kept(model, best, run).values
            return replace(_answered(model, values, least, run), refuted=refuted) if values else least
        value = -(-(best.objective or 0) // scale)
        found = at_value(model, program, value, run)
        if found.found:
            return replace(_answered(model, found.values, least, run), refuted=value - 1)
        if found.status is not Status.INFEASIBLE:
            return least
        refuted = value
    return least


def _answered(model: RotationModel, values: Sequence[int], least: Fewest, run: SearchRun) -> Fewest:
    """Return a rota found, beside the bound on every roster."""
    value = -(-worth(goal_of(model), values) // scale_of(model))
    run.report("search", value, least.bound)
    named = Status.OPTIMAL if value == least.bound else Status.FEASIBLE
    return Fewest(named, value, least.bound, least.proof, model, tuple(values))


def bound_said(problem: Problem, key: str, bound: int) -> str:
    """
    Word a bound: of people, or of money where cost is the goal.

    Parameters
    ----------
    problem, key, bound : The scenario, what the bound is by (`relaxation` or `search`), and the bound.
    """
    kind = "_cost" if problem.goal is Goal.COST else ""
    return tr(f"engine.{key}{kind}", bound=f"{bound:,}", fewer=bound - 1, currency=problem.currency)


def _impossible(problem: Problem, run: SearchRun, kind: ProofKind) -> Fewest:
    sentence = f"{tr('engine.impossible')} {shortfall(problem, run.left())}".strip()
    return Fewest(Status.INFEASIBLE, None, None, Proof(kind, sentence))
