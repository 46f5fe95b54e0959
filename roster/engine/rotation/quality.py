"""
The best rota at a settled headcount: soft rules priced, standby spread evenly over types, no needless shifts.

The graphs are compiled again with the soft rules in them, and the search starts from the rota that proved the
headcount. Where the graphs of all wishes together would be too large to be searched, wishes are added one after the
other, the dearest first, and what the rota already grants becomes a limit: limits make graphs smaller. What is found
is never worse than the start.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import lcm

from roster.domain.horizon import calendar
from roster.domain.outcome import Rotation
from roster.domain.problem import Problem
from roster.engine.automata import capped
from roster.engine.integer_program import Terms, worth
from roster.engine.rotation.best_days import SoftRuleProblem, best_days
from roster.engine.rotation.even_circuit import in_even_orders
from roster.engine.rotation.even_windows import cut_evenly
from roster.engine.rotation.lawful_days import WEEK_DAYS, days_arcs
from roster.engine.rotation.minimum import Fewest
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.one_circuit import TypeStep, lawful, one_type_alone, polish
from roster.engine.rotation.patching import spelled, walked
from roster.engine.rotation.read import rotations
from roster.engine.rotation.search_run import SearchRun
from roster.engine.rotation.wishes import NEEDLESS, SPREAD_SCALE, SoftRuleKind, kinds, paid, total, wishing
from roster.engine.solvers.mip import branch_and_bound

POLISH_SHARE = 0.25
"""Share of the time kept for bringing types into one rotation."""

LAWFUL_SECONDS = 0.15
"""Seconds that polishing gets at most where the rota is lawful as it is."""

MOST_HURRIED = 0.2
"""Seconds that polishing gets even when time is up: without it a rota may be unlawful."""

MOST_AT_ONCE = 6_000
"""Variables up to which all wishes are priced at once; every shipped scenario has fewer than three thousand."""

MOST_WITH_EVEN = 2_500
"""The same with even weeks among them, which count days within each week, where the rota repeats each week."""

MOST_BY_DEGREES = 8_000
"""Arcs up to which one more wish is priced beside those granted already; each is solved in a few seconds."""

LITTLE = 0.02
"""Share of a rota's points that is not worth a search: a tenth of a second is looked at, and one takes many."""

MOST_GROWTH = 1.25
"""How much larger a wish granted already may make the graphs as a limit; a dearer one is left out of them."""

DEGREES_SECONDS = 12.0
"""Wall time for wishes added one after the other where less was given; at most half of what is left."""

TURNS_SHARE = 0.5
"""Share of the time for types taking turns and for raising the bound, where more time than is usual is asked for."""

BOUND_SHARE = 0.15
"""Share of the time for raising the bound then."""

BOUND_SECONDS = 0.5
"""Wall time at most for the points below which no rota can be."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The rota chosen, whether every part of it keeps the averages, and the points below which no rota can be."""

    rotations: tuple[Rotation, ...]
    lawful: bool
    bound: int = 0


@dataclass(frozen=True)
class Settled:
    """The model and solution whose people, seats and empty places stay as they are."""

    found: RotationModel
    values: tuple[int, ...]
    run: SearchRun
    shortened: int | None

    @property
    def headcount(self) -> dict[str, int]:
        """People of each type that has any."""
        people = {name: self.values[flow.headcount] for name, flow in self.found.flows.items()}
        return {name: number for name, number in people.items() if number}

    @property
    def problem(self) -> Problem:
        """The problem without the types that nobody is of: their days would be half of a model."""
        problem, there = self.found.problem, self.headcount
        types = tuple(staff for staff in problem.types if staff.name in there)
        people = tuple(person for person in problem.people if person.type in there)
        return replace(problem, types=types, people=people)

    @property
    def days(self) -> int:
        """Length of the ring, in whole weeks."""
        return lcm(self.found.days, WEEK_DAYS)

    @cached_property
    def arcs(self) -> int:
        """Lawful days of all types round the ring, by the rules alone."""
        return days_arcs(wishing(self.problem, ()), self.days)

    def priced(self, problem: Problem) -> RotationModel:
        """Return the model of a problem's rotas with what is settled, and its soft rules priced."""
        model = build(problem, quality=True, headcount=self.headcount, days=self.days)
        program = model.program
        for name, seat in model.seats.items():
            program.lower[seat] = program.upper[seat] = self.values[self.found.seats[name]]
        if model.shortages:
            empty = worth(self.found.empty_cost, self.values) * (self.days // self.found.days)
            program.at_most(model.empty_cost, empty, "empty posts")
        return model


def improve(answer: Fewest, run: SearchRun, seconds: float) -> Quality:
    """
    Look for a better rota with the people, seats and empty places that were settled.

    First the best days of all types at once; then type by type, the others' days fixed, its people brought into one
    connected rotation.

    Parameters
    ----------
    answer : What settled the headcount, with a rota.
    run : The time there is, and whom to tell.
    seconds : Wall time to spend, within the time left; none at all, and the rota is that which was found first.
    """
    found, values = answer.model, answer.values
    assert found is not None, "parts without an answer do not come here"
    settled = Settled(found, values, run, answer.shortened)
    start = Quality(tuple(rotations(found, values)), lawful(found, values))
    if run.search.options.polish_s == 0:
        return _in_even_order(settled, start)
    run.report("quality", None, None)
    polishing = run.search.options.polish_s is not None
    last = time.monotonic() + min(seconds, run.left())
    ends = last - (TURNS_SHARE * (last - time.monotonic()) if polishing else 0.0)
    asked: list[SoftRuleKind] = []
    best = start
    # With even weeks, as the rota found has them on average, a second search is seldom needed.
    most_even = MOST_AT_ONCE if settled.days > WEEK_DAYS else MOST_WITH_EVEN
    with_even = kinds(settled.problem, start.rotations), most_even
    for wishes, most in (with_even, (kinds(settled.problem), MOST_AT_ONCE)):
        problem = wishing(settled.problem, wishes)
        if _fits(settled, problem, most):
            best = _better(settled, settled.priced(problem), start, ends)
            asked = wishes
            break
    else:
        ends = max(ends, time.monotonic() + min(DEGREES_SECONDS, run.left() / 2))
    best = _by_degrees(settled, best, asked, ends)
    if polishing:
        best = _in_turns(settled, best, last - BOUND_SHARE * seconds)
    if answer.whole is not None:
        # A rota is made better with the shifts that it knows; what none can be below is asked of all.
        settled = replace(settled, found=replace(found, problem=answer.whole))
    return replace(_in_even_order(settled, best), bound=_bound(settled, best, last))


def _in_even_order(settled: Settled, best: Quality) -> Quality:
    """Return a rota whose weeks follow each other so that its calendar keeps averages, where that was found."""
    if settled.found.days % WEEK_DAYS or not best.lawful:
        return best
    weeks = -(-calendar(settled.problem.dates).days // WEEK_DAYS)
    flows = settled.found.flows
    found = replace(best, rotations=tuple(in_even_orders(flows, best.rotations, weeks)))
    best = found if _total(settled, found) <= _total(settled, best) else best
    cut = cut_evenly(flows, best.rotations, calendar(settled.problem.dates))
    return replace(best, rotations=tuple(cut))


def _by_degrees(settled: Settled, best: Quality, asked: list[SoftRuleKind], ends: float) -> Quality:
    """Return a rota that grants one wish more after the other, and gives up no more points than it gains."""
    while (left := ends - time.monotonic()) > 0:
        open_ = [wish for wish in _dearest_first(settled, best) if wish not in asked]
        gained = sum(paid(settled.problem, wish, best.rotations) for wish in open_)
        if best.lawful and gained <= LITTLE * _total(settled, best):
            break
        wish = _next(settled, best, asked, open_)
        if wish is None:
            break
        asked.append(wish)
        model = settled.priced(_asking(settled, best, asked))
        best = _better(settled, model, best, time.monotonic() + left / len(open_))
    return best


def _next(
    settled: Settled, rota: Quality, asked: Sequence[SoftRuleKind], wishes: Sequence[SoftRuleKind]
) -> SoftRuleKind | None:
    """Return the wish with the most points for the size of the graphs that it needs, of those that can be searched."""
    price: dict[SoftRuleKind, float] = {}
    for wish in wishes:
        problem = wishing(settled.problem, [*asked, wish])
        if _fits(settled, problem, MOST_BY_DEGREES):
            arcs = days_arcs(problem, settled.days)
            price[wish] = paid(settled.problem, wish, rota.rotations) / arcs
    return max(price, key=lambda wish: price[wish], default=None)


def _fits(settled: Settled, problem: Problem, most: int) -> bool:
    """Whether the graphs of a problem are no larger than that; wishes never make those of the rules alone smaller."""
    return settled.arcs <= most and days_arcs(problem, settled.days) <= most


def _asking(settled: Settled, rota: Quality, asked: Sequence[SoftRuleKind]) -> Problem:
    """Return the problem with these wishes priced, or limits where they are granted, and others granted as limits."""
    wishes = kinds(settled.problem, rota.rotations)
    granted = [wish for wish in wishes if not paid(settled.problem, wish, rota.rotations)]
    priced = [wish for wish in asked if wish not in granted]
    problem, kept = wishing(settled.problem, priced), list[SoftRuleKind]()
    most = days_arcs(problem, settled.days) * MOST_GROWTH
    for wish in granted:
        tighter = wishing(settled.problem, priced, [*kept, wish])
        if days_arcs(tighter, settled.days) <= most:
            problem = tighter
            kept.append(wish)
    return problem


def _dearest_first(settled: Settled, rota: Quality) -> list[SoftRuleKind]:
    wishes = kinds(settled.problem, rota.rotations)
    points = {wish: paid(settled.problem, wish, rota.rotations) for wish in wishes}
    return sorted((wish for wish in points if points[wish]), key=lambda wish: -points[wish])


def _paid(settled: Settled, rota: Quality) -> Iterator[int]:
    """Yield what a rota pays for each wish."""
    return (paid(settled.problem, wish, rota.rotations) for wish in kinds(settled.problem, rota.rotations))


def _in_turns(settled: Settled, best: Quality, ends: float) -> Quality:
    """Return a rota in which types take turns at becoming better, until none does or time is up."""
    while (left := ends - time.monotonic()) > MOST_HURRIED:
        problem = _asking(settled, best, _dearest_first(settled, best))
        if not best.lawful or days_arcs(problem, settled.days) > MOST_BY_DEGREES:
            break
        model = settled.priced(problem)
        objective, values = _set_out(settled, model, best)
        step = TypeStep(model, objective, settled.run.search, 0.0)
        for flow in model.flows.values():
            values = one_type_alone(step, flow, values, left / len(model.flows))
        better = Quality(tuple(rotations(model, values)), lawful(model, values))
        if not better.lawful or _total(settled, better) >= _total(settled, best):
            break
        best = better
    return best


def _total(settled: Settled, rota: Quality) -> int:
    return total(settled.problem, rota.rotations)


def _set_out(settled: Settled, model: RotationModel, rota: Quality) -> tuple[Terms, list[int]]:
    """Return what is made least, and a rota in the variables of a model; what only bounds is as small as it may be."""
    begun = list(_hint(model, rota.rotations, settled.found, settled.values))
    rows = len(model.program.rows)
    objective = _objective(model, settled.headcount)
    for added in range(len(begun), len(model.program.lower)):
        begun.append(0)
        for row in model.program.rows[rows:]:
            factor = dict(row.terms)[added]  # below 0: it makes up for what the others come to
            others = worth(row.terms, begun) - factor * begun[added]
            begun[added] = max(begun[added], -(others // factor))
    return objective, begun


def _bound(settled: Settled, rota: Quality, ends: float) -> int:
    """
    Return points that every rota of these people and this length pays for the wishes that this one pays most for.

    By the relaxation; in whole people where there is time left and it says less than the rota pays.
    """
    asked: list[SoftRuleKind] = []
    always = kinds(settled.problem)  # the average of another rota's weeks is another
    for wish in (wish for wish in _dearest_first(settled, rota) if wish in always):
        if _fits(settled, wishing(settled.problem, [*asked, wish]), MOST_AT_ONCE):
            asked.append(wish)
    if not asked:
        return 0
    # A limit that was taken shorter may not be counted against rotas that need not keep it.
    days = settled.shortened
    loose = settled.problem if days is None else capped(settled.problem, days - 1, None)
    model = settled.priced(wishing(loose, asked))
    points = [term for flow in model.flows.values() for term in flow.penalty]
    polishing = settled.run.search.options.polish_s is not None
    seconds = min(max(BOUND_SECONDS, ends - time.monotonic() if polishing else 0.0), settled.run.left())
    bound = branch_and_bound(model.program, points, seconds, frozenset()).bound or 0
    if polishing and bound < sum(_paid(settled, rota)):
        bound = max(bound, branch_and_bound(model.program, points, ends - time.monotonic()).bound or 0)
    return max(bound, 0)


def _better(settled: Settled, model: RotationModel, start: Quality, ends: float) -> Quality:
    """Return a rota of a model that pays no more for all wishes than the one begun with; that where none is found."""
    seconds = max(ends - time.monotonic(), 0.0)
    objective, begun = _set_out(settled, model, start)
    step = TypeStep(model, objective, settled.run.search, 0.0)
    least = _total(settled, start)
    wanted = SoftRuleProblem(model, objective, ends - POLISH_SHARE * seconds)
    for begin in (best_days(wanted, begun), begun):
        if begin:
            left = max(ends - time.monotonic(), MOST_HURRIED)
            most = min(left, LAWFUL_SECONDS) if lawful(model, begin) else left
            polished = polish(replace(step, seconds=most), begin)
            rota = tuple(rotations(model, polished))
            if lawful(model, polished) and (not start.lawful or total(settled.problem, rota) <= least):
                return Quality(rota, lawful=True)
    return start


def _objective(model: RotationModel, headcount: dict[str, int]) -> Terms:
    terms: Terms = [term for flow in model.flows.values() for term in flow.penalty]
    for flow in model.flows.values():
        terms += [(v, NEEDLESS) for v, _ in (*flow.minutes, *flow.standby_days)]
    spread = model.problem.standby_spread
    sharing = [flow for name, flow in model.flows.items() if headcount[name] and flow.standby_days]
    if spread and len(sharing) > 1:
        highest = model.program.variable(0, model.days * SPREAD_SCALE)
        for flow in sharing:
            days = [(v, SPREAD_SCALE * f) for v, f in flow.standby_days]
            model.program.at_most([*days, (highest, -headcount[flow.staff.name])], 0, "spread")
        terms.append((highest, spread))
    return terms


def _hint(
    model: RotationModel, start: Sequence[Rotation], found: RotationModel, values: Sequence[int]
) -> tuple[int, ...]:
    """
    Return a rota in the variables of a model whose graphs are larger.

    What follows from the flows is read off the rows that define it; who holds what, and what is empty, has the same
    variables in the same order at the end of both models.
    """
    hint = [0] * len(model.program.lower)
    for name, flow in model.flows.items():
        words = spelled(flow, [rotation for rotation in start if rotation.type == name])
        hint = flow.with_amounts(hint, walked(flow, words))
    for name, flow in model.flows.items():
        hint[flow.headcount] = values[found.flows[name].headcount]
    for name, seat in model.seats.items():
        hint[seat] = values[found.seats[name]]
    for variable, terms in model.program.sums.items():
        hint[variable] = sum(hint[other] * factor for other, factor in terms)
    held = len(found.program.lower) - found.holding
    if held == len(hint) - model.holding:
        hint[model.holding :] = values[found.holding : found.holding + held]
    return tuple(hint)
