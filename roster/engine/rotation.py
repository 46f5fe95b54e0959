"""
The rotation model: how many people of each type take each lawful day of an ordinary week.

People of one type are interchangeable, so a whole number on each arc of the type's graph says everything: as much
flow into a node as out of it makes the walks lawful, hours and standby are sums over arcs, cover is a sum over the
arcs of a day, and the headcount is the flow through Monday. The size of the model does not depend on how many people
there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import gcd

from roster.engine.circulation import circuit, parts
from roster.engine.cover import Cover
from roster.engine.coverage import Needs, Presence
from roster.engine.graph import Graph, RingArc, compile_rules, ring_arcs
from roster.engine.linear import Program, Terms, summed
from roster.engine.useful import useful_duties, useful_numbers
from roster.horizon import ring
from roster.plan import Rotation, SeatUse
from roster.problem import Duty, Problem, Seat, StaffType
from roster.rules import AverageHours, Rule, StandbyShare

CONTROL_WEEK = 40 * 60
"""Minutes of a full working week, of which the control of one vendor person or seat takes a percentage."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The circulation of one staff type: its arcs, the variable of each, and the terms of its headcount."""

    staff: StaffType
    graph: Graph
    arcs: tuple[RingArc, ...]
    variables: tuple[int, ...]
    headcount: int
    units: tuple[int, ...] = ()

    @property
    def people(self) -> Terms:
        """Headcount: the flow through any weekday, a variable of its own because it is the one to branch on."""
        return [(self.headcount, 1)]

    @property
    def minutes(self) -> Terms:
        """Working minutes a week of everybody."""
        return self._over_arcs([duty.work_minutes for duty in self.graph.duties])

    @property
    def standby_days(self) -> Terms:
        """Days with standby a week of everybody."""
        return self._over_arcs([int(duty.standby is not None) for duty in self.graph.duties])

    @property
    def penalty(self) -> Terms:
        """Price of the soft rules broken."""
        return [(v, arc.penalty) for arc, v in zip(self.arcs, self.variables, strict=True) if arc.penalty]

    def amounts(self, values: Sequence[int]) -> list[int]:
        """How many people take each arc in a solution."""
        return [values[variable] for variable in self.variables]

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

    `counted` are the variables that count a type's duties; from `holding` on they say who holds what. `deciding` are
    further variables that settle much, of rows added later.
    """

    problem: Problem
    program: Program
    flows: dict[str, Flow]
    seats: dict[str, int]
    shortages: dict[tuple[str, int, int], int] = field(default_factory=dict)
    counted: dict[str, list[int]] = field(default_factory=dict)
    holding: int = 0
    deciding: frozenset[int] = frozenset()

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
        """Money a month, each item in whole units: people, seats, the control of vendors, soft posts left empty."""
        directing = -(-control_cost(self.problem) * self.problem.control.percent // 100)
        terms = [(v, f * flow.staff.cost) for flow in self.flows.values() for v, f in flow.people]
        terms += [(self.seats[seat.name], seat.cost) for seat in self._seats()]
        terms += [(v, f * directing) for v, f in self.vendor]
        return summed(terms + self.empty_cost)

    @property
    def empty_cost(self) -> Terms:
        """Price a month of soft posts left empty, by the hour; a month has 365 / 84 weeks."""
        posts = self.problem.post
        return [
            (variable, posts[name].price * (end - start) * 365 // (60 * 84))
            for (name, start, end), variable in self.shortages.items()
        ]

    def _vendor(self, flow: Flow) -> bool:
        return self.problem.is_vendor(flow.staff)

    def _seats(self) -> Iterable[Seat]:
        return (seat for seat in self.problem.seats if seat.name in self.seats)


def control_cost(problem: Problem) -> int:
    """Return the monthly cost of the cheapest in-house person who may direct vendors; 0 where nobody may."""
    return min((staff.cost for staff in problem.types if may_control(problem, staff)), default=0)


def may_control(problem: Problem, staff: StaffType) -> bool:
    """Whether people of a type may direct vendors."""
    role = problem.control.role
    return not problem.is_vendor(staff) and (role is None or role in staff.skills)


def build(
    problem: Problem, *, quality: bool = False, elastic: bool = False, headcount: dict[str, int] | None = None
) -> RotationModel:
    """
    Build the model of one problem.

    Parameters
    ----------
    quality
        Whether soft rules are compiled in, so that rotas of the same headcount can be ranked.
    elastic
        Whether even hard posts may stay empty, at a variable each; to find what cannot be held.
    headcount
        People of each type where that is settled.
    """
    program = Program()
    flows: dict[str, Flow] = {}
    for staff in problem.types:
        flow = _flow(problem, program, staff, quality=quality)
        flows[staff.name] = _limited(program, flow, None if headcount is None else headcount[staff.name])
    seats = {seat.name: program.variable(0, seat.maximum) for seat in problem.seats}
    model = RotationModel(problem, program, flows, seats)
    _control(model)
    counts = _counts(program, flows)
    for (name, _, _), terms in counts.items():
        model.counted.setdefault(name, []).extend(variable for variable, _ in terms)
    model = replace(model, holding=len(program.lower))
    needs = Needs(problem, ring(), {name: flow.graph.duties for name, flow in flows.items()}, problem.posts)
    Cover(needs, counts, seats, model.shortages, elastic).add_to(program)
    return model


def _flow(problem: Problem, program: Program, staff: StaffType, *, quality: bool) -> Flow:
    rules: list[Rule] = [rule for rule in staff.rules if rule.hard or quality]
    if quality:
        rules += problem.quality
    duties = useful_duties(problem, staff, ring())
    allowed = useful_numbers(problem, staff, duties)
    graph, arcs = _compiled(
        tuple(duties), tuple(rules), tuple(problem.travel_minutes.items()), tuple(allowed)
    )
    variables = tuple(program.variable(0, staff.maximum) for _ in arcs)
    balance: dict[int, Terms] = defaultdict(list)
    for arc, variable in zip(arcs, variables, strict=True):
        balance[arc.tail].append((variable, -1))
        balance[arc.head].append((variable, 1))
    for terms in balance.values():
        program.equal(terms, 0, "balance")
    headcount = program.variable(staff.minimum, staff.maximum)
    for weekday in range(7):
        through = [(v, 1) for arc, v in zip(arcs, variables, strict=True) if arc.weekday == weekday]
        program.equal([*through, (headcount, -1)], 0, f"headcount {staff.name}")
    return Flow(staff, graph, arcs, variables, headcount)


@lru_cache(maxsize=256)
def _compiled(
    duties: tuple[Duty, ...],
    rules: tuple[Rule, ...],
    travel: tuple[tuple[tuple[str, str], int], ...],
    allowed: tuple[frozenset[int], ...],
) -> tuple[Graph, tuple[RingArc, ...]]:
    """Compile a type's rules; kept, for who asks why asks the same scenario many times with one thing changed."""
    graph = compile_rules(duties, rules, dict(travel), allowed=allowed)
    return graph, tuple(ring_arcs(graph))


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
    unit = gcd(*(duty.work_minutes for duty in flow.graph.duties))
    if unit:
        most = staff.maximum * staff.net_minutes // unit
        shifts = program.sum_of([(v, f // unit) for v, f in flow.minutes], most, f"shifts {staff.name}")
        program.at_most([(shifts, unit), (flow.headcount, -staff.net_minutes)], 0, f"shifts {staff.name}")
        yield shifts
    for rule in staff.rules:
        if isinstance(rule, StandbyShare) and flow.standby_days:
            days = program.sum_of(flow.standby_days, 7 * staff.maximum, f"standby {staff.name}")
            program.at_most([(days, 100), (flow.headcount, -7 * rule.percent)], 0, f"standby {staff.name}")
            yield days


def _control(model: RotationModel) -> None:
    """Reserve the hours that directing vendors takes from those who may do it."""
    problem, vendor = model.problem, model.vendor
    if not vendor or not problem.control.percent:
        return
    terms: Terms = [(v, f * problem.control.percent * CONTROL_WEEK) for v, f in vendor]
    for flow in model.flows.values():
        if may_control(problem, flow.staff):
            terms += [(v, f * 100) for v, f in flow.minutes]
            terms += [(v, -f * 100 * flow.staff.net_minutes) for v, f in flow.people]
    model.program.at_most(terms, 0, "control")


def _counts(program: Program, flows: dict[str, Flow]) -> dict[Presence, Terms]:
    """Give each duty on each weekday a variable of its own: the rows of cover stay short."""
    counts: dict[Presence, Terms] = {}
    for name, flow in flows.items():
        sums: dict[tuple[int, int], Terms] = defaultdict(list)
        for arc, variable in zip(flow.arcs, flow.variables, strict=True):
            if not flow.graph.duties[arc.duty].is_off:
                sums[arc.weekday, arc.duty].append((variable, 1))
        for (day, duty), terms in sums.items():
            total = program.sum_of(terms, flow.staff.maximum, f"count {name} {day} {duty}")
            counts[name, day, duty] = [(total, 1)]
    return counts


def rotations(model: RotationModel, values: Sequence[int]) -> list[Rotation]:
    """Read the rotations of all types along their flows."""
    return [
        rotation for flow in model.flows.values() for rotation in rotations_of(flow, flow.amounts(values))
    ]


def rotations_of(flow: Flow, amounts: Sequence[int]) -> list[Rotation]:
    """Read the rotations of a type: one closed walk a connected part, cut into weeks, Monday first."""
    tails, heads = [arc.tail for arc in flow.arcs], [arc.head for arc in flow.arcs]
    found, name = [], flow.staff.name
    pieces = parts(tails, heads, amounts)
    for number, part in enumerate(sorted(pieces, key=lambda arcs: -sum(amounts[arc] for arc in arcs))):
        mondays_first = sorted(part, key=lambda arc: flow.arcs[arc].weekday != 0)
        walk = circuit(tails, heads, amounts, mondays_first)
        word = [flow.graph.duties[flow.arcs[arc].duty] for arc in walk]
        lines = tuple(tuple(word[at : at + 7]) for at in range(0, len(word), 7))
        label = name if len(pieces) == 1 else f"{name} {chr(ord('a') + number % 26)}"
        found.append(Rotation(name, lines, label))
    return found


def seats_taken(model: RotationModel, values: Sequence[int]) -> tuple[SeatUse, ...]:
    """Return the vendor seats that are taken."""
    return tuple(SeatUse(name, values[v]) for name, v in model.seats.items() if values[v])
