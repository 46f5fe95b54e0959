"""
The rotation model: how many people of each type take each lawful day of a ring of days.

The ring is one week, or several, or any number of days where nothing tells weekdays apart; after it everything comes
round again. People of one type are interchangeable, so a whole number on each arc of the type's graph says
everything: as much flow into a node as out of it makes the walks lawful, hours and standby are sums over arcs, cover
is a sum over the arcs of a day, and the headcount is the flow through any day. The size of the model does not depend on
how many people there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor, gcd

from roster.domain.costs import monthly
from roster.domain.horizon import Horizon
from roster.domain.problem import Problem, Seat, StaffType
from roster.domain.rules import AverageHours, StandbyShare
from roster.engine.automata import RingArc, StateGraph
from roster.engine.cover import Cover, Needs, Presence
from roster.engine.flows.circulation import parts
from roster.engine.integer_program import Program, Terms, summed
from roster.engine.rotation.lawful_days import WEEK_DAYS, lawful_days

CONTROL_WEEK = 40 * 60
"""Minutes of a full working week, of which the control of one vendor person or seat takes a percentage."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The circulation of one staff type: its arcs, the variable of each, and the terms of its headcount."""

    staff: StaffType
    graph: StateGraph
    arcs: tuple[RingArc, ...]
    variables: tuple[int, ...]
    headcount: int
    units: tuple[int, ...] = ()
    days: int = WEEK_DAYS

    @property
    def people(self) -> Terms:
        """Headcount: the flow through any day, a variable of its own because it is the one to branch on."""
        return [(self.headcount, 1)]

    @property
    def minutes(self) -> Terms:
        """Working minutes of everybody, once round the ring."""
        return self._over_arcs([duty.work_minutes for duty in self.graph.duties])

    @property
    def standby_days(self) -> Terms:
        """Days with standby of everybody, once round the ring."""
        return self._over_arcs([int(duty.standby is not None) for duty in self.graph.duties])

    @property
    def penalty(self) -> Terms:
        """Price of the soft rules broken."""
        return [(v, arc.penalty) for arc, v in zip(self.arcs, self.variables, strict=True) if arc.penalty]

    def amounts(self, values: Sequence[int]) -> list[int]:
        """How many people take each arc in a solution."""
        return [values[variable] for variable in self.variables]

    def parts(self, amounts: Sequence[int]) -> list[list[int]]:
        """Return the arcs that so many people take, connected part by connected part."""
        return parts(self.tails, self.heads, amounts)

    @property
    def tails(self) -> list[int]:
        """The node that each arc leaves."""
        return [arc.tail for arc in self.arcs]

    @property
    def heads(self) -> list[int]:
        """The node that each arc leads to."""
        return [arc.head for arc in self.arcs]

    def with_amounts(self, values: Sequence[int], amounts: Sequence[int]) -> list[int]:
        """Return a solution with other people on each arc."""
        found = list(values)
        for variable, amount in zip(self.variables, amounts, strict=True):
            found[variable] = amount
        return found

    def _over_arcs(self, worth: Sequence[int]) -> Terms:
        return [
            (variable, worth[arc.duty])
            for arc, variable in zip(self.arcs, self.variables, strict=True)
            if worth[arc.duty]
        ]

    def excess(self) -> list[tuple[str, list[int]]]:
        """
        Return the limits on averages as what each arc adds above its share: a sum above zero breaks the limit.

        A seventh of a person's week is allowed to each day, and everything is multiplied by seven to stay whole.
        """
        found = []
        for rule in self.staff.rules:
            if isinstance(rule, AverageHours):
                worth = [duty.work_minutes * 7 - self.staff.net_minutes for duty in self.graph.duties]
            elif isinstance(rule, StandbyShare):
                worth = [100 * int(duty.standby is not None) - rule.percent for duty in self.graph.duties]
            else:
                continue
            found.append((rule.key, [worth[arc.duty] for arc in self.arcs]))
        return found


@dataclass(frozen=True, slots=True)
class RotationModel:
    """
    A program with its meaning: the flow of each type, the variable of each seat, the empty places of soft posts.

    `days` is the length of the ring. `counted` are the variables that count a type's duties; from `holding` on they
    say who holds what. `deciding` are further variables that settle much, of rows added later.
    """

    problem: Problem
    program: Program
    flows: dict[str, Flow]
    seats: dict[str, int]
    shortages: dict[tuple[str, int, int], int] = field(default_factory=dict)
    counted: dict[str, list[int]] = field(default_factory=dict)
    holding: int = 0
    deciding: frozenset[int] = frozenset()
    days: int = WEEK_DAYS

    def free_with(self, name: str) -> list[int]:
        """
        Variables that may change when only one type's days may: its own, and who holds what.

        Headcounts and seats stay, and so do the days of other types.
        """
        fixed = {flow.headcount for flow in self.flows.values()} | set(self.seats.values())
        for other, flow in self.flows.items():
            if other != name:
                fixed.update((*flow.variables, *flow.units, *self.counted.get(other, ())))
        return [variable for variable in range(len(self.program.lower)) if variable not in fixed]

    @property
    def bodies(self) -> frozenset[int]:
        """
        People and seats: what stays whole when any roster that goes on for ever is averaged over its weeks.

        Shifts and standby days of a week are fractions in such an average, so a bound that makes them whole is one on
        weekly rotas only.
        """
        return frozenset({flow.headcount for flow in self.flows.values()} | set(self.seats.values()))

    def with_people_of(self, program: Program, values: Sequence[int]) -> Program:
        """Return a program with people and seats as in a solution."""
        same = program.copy()
        for variable in self.bodies:
            same.lower[variable] = same.upper[variable] = values[variable]
        return same

    @property
    def settled_first(self) -> frozenset[int]:
        """People, seats and whole units: few variables, on which everything else hangs."""
        people = {flow.headcount for flow in self.flows.values()}
        units = {unit for flow in self.flows.values() for unit in flow.units}
        return frozenset(people | units | set(self.seats.values()) | self.deciding)

    @property
    def in_house(self) -> Terms:
        """In-house people."""
        return [term for flow in self.flows.values() if not self._vendor(flow) for term in flow.people]

    @property
    def vendor(self) -> Terms:
        """Vendor people and seats."""
        people = [term for flow in self.flows.values() if self._vendor(flow) for term in flow.people]
        return people + [(variable, 1) for variable in self.seats.values()]

    @property
    def people(self) -> Terms:
        """Everybody with a rota."""
        return [term for flow in self.flows.values() for term in flow.people]

    @property
    def cost(self) -> Terms:
        """
        Money a month, times `turns`: people, seats, the control of vendors, soft posts left empty.

        Each item is in whole units. What is empty differs from week to week of a longer ring, and is summed over them.
        """
        directing = -(-control_cost(self.problem) * self.problem.control.percent // 100)
        terms = [(v, f * flow.staff.cost) for flow in self.flows.values() for v, f in flow.people]
        terms += [(self.seats[seat.name], seat.cost) for seat in self._seats()]
        terms += [(v, f * directing) for v, f in self.vendor]
        return summed([(v, f * self.turns) for v, f in terms] + self.empty_cost)

    @property
    def turns(self) -> int:
        """How many weeks money is summed over: those of the ring where some can differ in it, else one."""
        return self.days // WEEK_DAYS if self.empty_cost else 1

    @property
    def empty_cost(self) -> Terms:
        """Price a month of soft posts left empty, by the hour, summed over the weeks of the ring."""
        posts = self.problem.post
        return [
            (variable, int(monthly(posts[name].price, end - start)))
            for (name, start, end), variable in self.shortages.items()
        ]

    def _vendor(self, flow: Flow) -> bool:
        return self.problem.is_vendor(flow.staff)

    def _seats(self) -> Iterable[Seat]:
        return (seat for seat in self.problem.seats if seat.name in self.seats)


def control_cost(problem: Problem) -> int:
    """Return the monthly cost of the cheapest in-house person who may direct vendors; 0 where nobody may."""
    return min((staff.cost for staff in problem.types if problem.may_direct(staff)), default=0)


def build(
    problem: Problem,
    *,
    quality: bool = False,
    elastic: bool = False,
    headcount: dict[str, int] | None = None,
    days: int = WEEK_DAYS,
) -> RotationModel:
    """
    Build the model of one problem.

    Parameters
    ----------
    problem : The scenario.
    quality : Whether soft rules are compiled in, so that rotas of the same headcount can be ranked.
    elastic : Whether even hard posts may stay empty, at a variable each; to find what cannot be held.
    headcount : People of each type where that is settled.
    days : Length of the ring: whole weeks, or any number where `weekdays_alike`.
    """
    program = Program()
    flows: dict[str, Flow] = {}
    for staff in problem.types:
        flow = _flow(program, staff, lawful_days(problem, staff, quality=quality, days=days), days)
        flows[staff.name] = _limited(program, flow, None if headcount is None else headcount[staff.name])
    seats = {seat.name: program.variable(0, seat.maximum) for seat in problem.seats}
    model = RotationModel(problem, program, flows, seats, days=days)
    _control(model)
    counts = _counts(program, flows)
    for (name, _, _), terms in counts.items():
        model.counted.setdefault(name, []).extend(variable for variable, _ in terms)
    model = replace(model, holding=len(program.lower))
    horizon = Horizon(days, cyclic=True)
    needs = Needs(problem, horizon, {name: flow.graph.duties for name, flow in flows.items()}, problem.posts)
    Cover(needs, counts, seats, model.shortages, elastic).add_to(program)
    return model


def _flow(
    program: Program, staff: StaffType, lawful: tuple[StateGraph, tuple[RingArc, ...]], days: int
) -> Flow:
    graph, arcs = lawful
    variables = tuple(program.variable(0, staff.maximum) for _ in arcs)
    balance: dict[int, Terms] = defaultdict(list)
    through: list[Terms] = [[] for _ in range(days)]
    for arc, variable in zip(arcs, variables, strict=True):
        balance[arc.tail].append((variable, -1))
        balance[arc.head].append((variable, 1))
        through[arc.day].append((variable, 1))
    for terms in balance.values():
        program.equal(terms, 0, "balance")
    headcount = program.variable(staff.minimum, staff.maximum)
    for terms in through:
        program.equal([*terms, (headcount, -1)], 0, f"headcount {staff.name}")
    return Flow(staff, graph, arcs, variables, headcount, days=days)


def _share(days: int) -> tuple[int, int]:
    """Return how many weeks a ring has, as a fraction: limits that are a week's are multiplied by it."""
    return (days // WEEK_DAYS, 1) if days % WEEK_DAYS == 0 else (days, WEEK_DAYS)


def _limited(program: Program, flow: Flow, headcount: int | None) -> Flow:
    """Add the limits on the number of people and on their averages."""
    if headcount is not None:
        program.lower[flow.headcount] = program.upper[flow.headcount] = headcount
    for rule, worth in flow.excess():
        program.at_most(zip(flow.variables, worth, strict=True), 0, f"{rule} {flow.staff.name}")
    return replace(flow, units=tuple(_count_units(program, flow)))


def _count_units(program: Program, flow: Flow) -> Iterable[int]:
    """
    Count whole shifts and whole standby days of a type in variables of their own.

    They say nothing new, but a solver can round them: 4.3 shifts a week each are 12 for three people, not 12.9.
    """
    staff = flow.staff
    times, parts = _share(flow.days)
    if unit := _unit(flow):
        # Rounded up: the sum is a fraction where this bounds every roster, and its own row limits it exactly.
        most = -(-staff.maximum * staff.net_minutes * times // (unit * parts))
        shifts = program.sum_of([(v, f // unit) for v, f in flow.minutes], most, f"shifts {staff.name}")
        supplied = (flow.headcount, -staff.net_minutes * times)
        program.at_most([(shifts, unit * parts), supplied], 0, f"shifts {staff.name}")
        yield shifts
    for rule in _shares(flow):
        days = program.sum_of(flow.standby_days, flow.days * staff.maximum, f"standby {staff.name}")
        allowed = (flow.headcount, -flow.days * rule.percent)
        program.at_most([(days, 100), allowed], 0, f"standby {staff.name}")
        yield days


def _unit(flow: Flow) -> int:
    """Return the minutes that every shift is a multiple of; 0 where nothing is worked."""
    return gcd(*(duty.work_minutes for duty in flow.graph.duties))


def _shares(flow: Flow) -> list[StandbyShare]:
    """Return the limits on the share of days on call, where a type is ever on call."""
    return [rule for rule in flow.staff.rules if isinstance(rule, StandbyShare) and flow.standby_days]


def unit_rates(flow: Flow) -> list[Fraction]:
    """Return the most shifts and standby days a week of one person on average, in the order of `units`."""
    unit = _unit(flow)
    shifts = [Fraction(flow.staff.net_minutes, unit)] if unit else []
    return [*shifts, *(Fraction(WEEK_DAYS * rule.percent, 100) for rule in _shares(flow))]


def most_units(flow: Flow, people: int, weeks: int) -> list[int]:
    """
    Return the most whole shifts and whole standby days of people in a ring of weeks, in the order of `units`.

    Parameters
    ----------
    flow, people, weeks : The type's flow in any ring, and how many people in how many weeks.
    """
    return [floor(rate * people * weeks) for rate in unit_rates(flow)]


def _control(model: RotationModel) -> None:
    """Reserve the hours that directing vendors takes from those who may do it."""
    problem, vendor = model.problem, model.vendor
    if not vendor or not problem.control.percent:
        return
    times, parts = _share(model.days)
    terms: Terms = [(v, f * problem.control.percent * CONTROL_WEEK * times) for v, f in vendor]
    for flow in model.flows.values():
        if problem.may_direct(flow.staff):
            terms += [(v, f * 100 * parts) for v, f in flow.minutes]
            terms += [(v, -f * 100 * flow.staff.net_minutes * times) for v, f in flow.people]
    model.program.at_most(terms, 0, "control")


def _counts(program: Program, flows: dict[str, Flow]) -> dict[Presence, Terms]:
    """Give each duty on each day of the ring a variable of its own: the rows of cover stay short."""
    counts: dict[Presence, Terms] = {}
    for name, flow in flows.items():
        sums: dict[tuple[int, int], Terms] = defaultdict(list)
        for arc, variable in zip(flow.arcs, flow.variables, strict=True):
            if not flow.graph.duties[arc.duty].is_off:
                sums[arc.day, arc.duty].append((variable, 1))
        for (day, duty), terms in sums.items():
            total = program.sum_of(terms, flow.staff.maximum, f"count {name} {day} {duty}")
            counts[name, day, duty] = [(total, 1)]
    return counts
