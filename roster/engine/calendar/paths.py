"""
One person's days as walks through the graph of lawful days, laid out over dates and made as small as they can be.

Some days are free, the others keep what was published. A stretch of kept days between free ones is one step of the
walk. Where the question is for a bound, the kept days may change too, at the price of one for each changed day: the
step then leads wherever so many changes could lead, and says nothing of what they do for the posts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from roster.domain.elapsed import PLAIN, DayClock, real_duty
from roster.domain.problem import DAY, Duty, Person
from roster.domain.rules import StandbyShare
from roster.engine.automata import StateGraph
from roster.engine.calendar.person_days import Edge, Helpers, PersonDays
from roster.engine.integer_program import Program, Terms

PathStep = tuple[bool, int, Helpers]
"""(True, number of a duty, ()) on a free day; (False, days changed, who else has to) over a stretch of kept ones."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over days: its terms, and what kept days add to it."""

    terms: Terms
    kept: int


@dataclass(frozen=True)
class DutyPath:
    """
    One person's days in a program.

    `chosen` gives for each free day the terms of each duty that may be given, nothing for kept days; `kept` their
    duties. `elsewhere` is the variable that counts the kept days changed, None where none can; `loose` are the kept
    days that might. `clocks` are those of the days near a change of clocks. With `edge` a kept day changed may be
    worth whatever any day could; `traded` are then the variables of standbys given up and taken on there. `moved`
    counts the kept days that the walk needs changed, and `helped` are the variables of steps for which somebody else
    of some types has to change one, too.
    """

    person: Person
    graph: StateGraph
    chosen: tuple[Mapping[int, Terms], ...]
    kept: Mapping[int, Duty] = field(default_factory=dict)
    elsewhere: int | None = None
    loose: frozenset[int] = frozenset()
    clocks: Mapping[int, DayClock] = field(default_factory=dict)
    edge: Edge | None = None
    traded: tuple[int, int] | None = None
    moved: Terms = field(default_factory=list)
    helped: Mapping[Helpers, list[int]] = field(default_factory=dict)

    def worth(self, day: int, worth: Sequence[int]) -> Terms:
        """Return the terms of a free day, each duty weighted."""
        return [
            (variable, factor * worth[duty])
            for duty, terms in self.chosen[day].items()
            if worth[duty]
            for variable, factor in terms
        ]

    def at_work(self, days: Iterable[int]) -> list[int]:
        """Return the variables of which one is used where the person works, or is on call, on some free days."""
        return [
            variable
            for day in days
            for duty, terms in self.chosen[day].items()
            if not self.graph.duties[duty].is_off
            for variable, _ in terms
        ]

    def running_into(self, days: Iterable[int]) -> list[int]:
        """Return the variables of free days whose duties run past midnight into some days."""
        return [
            variable
            for day in days
            if day
            for duty, terms in self.chosen[day - 1].items()
            if (span := self.graph.duties[duty].span) is not None and span[1] > DAY
            for variable, _ in terms
        ]

    def minutes(self, day: int) -> list[int]:
        """Return the working time of each duty on a day."""
        clock = self.clocks.get(day, PLAIN)
        return [real_duty(duty, clock).work_minutes for duty in self.graph.duties]

    def hours(self, days: Iterable[int] | None = None) -> Total:
        """Sum the working time over some days, all where not given."""
        every = range(len(self.chosen)) if days is None else days
        usual = [duty.work_minutes for duty in self.graph.duties]
        return self._total((day, self.minutes(day) if day in self.clocks else usual) for day in every)

    def standbys(self) -> Total:
        """Count the standbys; a kept day changed after all takes one off, or where they are traded what is traded."""
        worth = [int(duty.standby is not None) for duty in self.graph.duties]
        every = self._total((day, worth) for day in range(len(self.chosen)))
        if self.traded is None:
            return every
        given, taken = self.traded
        inside = [term for term in every.terms if term[0] != self.elsewhere]
        return Total([*inside, (given, -1), (taken, 1)], every.kept)

    def _total(self, days: Iterable[tuple[int, Sequence[int]]]) -> Total:
        number = {duty: at for at, duty in enumerate(self.graph.duties)}
        terms: Terms = []
        kept, heaviest = 0, 0
        for day, worth in days:
            if day not in self.kept:
                terms += self.worth(day, worth)
                continue
            at = number.get(self.kept[day])
            heavy = 0 if at is None else worth[at]
            kept += heavy
            if day in self.loose:
                heaviest = max(heaviest, heavy if self.edge is None else max(worth))
        if self.elsewhere is not None and heaviest:
            terms.append((self.elsewhere, -heaviest))
        return Total(terms, kept)

    def changes(self, wanted: Sequence[Duty]) -> list[Terms]:
        """Return for each day the terms that say whether its duty differs from the wanted one."""
        number = {duty: at for at, duty in enumerate(self.graph.duties)}
        found = []
        for day, duty in enumerate(wanted):
            same = number.get(duty, -1)
            found.append([term for other, arcs in self.chosen[day].items() if other != same for term in arcs])
        return found

    def duties(self, values: Sequence[int]) -> tuple[Duty, ...]:
        """Return the days in a solution."""
        return tuple(
            self.kept[day]
            if day in self.kept
            else next(
                self.graph.duties[duty]
                for duty, terms in today.items()
                if any(values[variable] for variable, _ in terms)
            )
            for day, today in enumerate(self.chosen)
        )


def lay_walk(program: Program, course: PersonDays) -> DutyPath:
    """Add one person's walk: one arc a free day, each leading on to the next."""
    layers = _layers(course)
    chosen: list[dict[int, Terms]] = [{} for _ in range(course.horizon.days)]
    changed: Terms = []
    helped: dict[Helpers, list[int]] = defaultdict(list)
    arriving: dict[int, Terms] = {0: []}
    for place, (layer, (free, days)) in enumerate(zip(layers, course.legs, strict=True)):
        following: dict[int, Terms] = defaultdict(list)
        for node, into in arriving.items():
            out: Terms = []
            for (_, label, helpers), after in layer[node]:
                arc = program.variable(0, 1)
                out.append((arc, 1))
                following[after].append((arc, 1))
                if free:
                    chosen[days.start].setdefault(label, []).append((arc, 1))
                elif label:
                    changed.append((arc, label))
                if helpers:
                    helped[helpers].append(arc)
            why = f"walk {course.person.name} {days.start}"
            program.flow(out, into, 0 if place else 1, why)
        arriving = following
    kept = {day: duty for day, duty in enumerate(course.wanted) if day not in course.free}
    loose = frozenset(day for day in kept if course.may_change(day))
    most = len(loose) if course.edge is None else course.edge.outside
    count = _elsewhere(program, course, most, changed)
    traded = _traded(program, course, count) if course.edge is not None and count is not None else None
    return DutyPath(
        course.person,
        course.graph,
        tuple(chosen),
        kept,
        count,
        loose,
        course.clocks,
        course.edge,
        traded,
        changed,
        helped,
    )


def _elsewhere(program: Program, course: PersonDays, most: int, changed: Terms) -> int | None:
    """Count the kept days that change; more may than the walk needs, for the sake of hours or of posts."""
    if not most:
        return None
    count = program.variable(0, most)
    if changed:
        program.at_least([(count, 1), *((v, -f) for v, f in changed)], 0, f"elsewhere {course.person.name}")
    return count


def _traded(program: Program, course: PersonDays, count: int) -> tuple[int, int] | None:
    """Count the standbys given up and taken on on kept days, one a change; None where no rule counts them."""
    if not any(isinstance(rule, StandbyShare) for rule in course.staff.rules):
        return None
    given, taken = (program.variable(0, program.upper[count]) for _ in range(2))
    program.at_most([(given, 1), (taken, 1), (count, -1)], 0, f"traded {course.person.name}")
    return given, taken


Layer = list[list[tuple[PathStep, int]]]
"""For each node the steps that lead on, each to a node of the next layer."""


def _layers(course: PersonDays) -> list[Layer]:
    """Return the steps of each leg between nodes that are told apart only by what can still follow."""
    reached = [{course.state}]
    steps: list[dict[int, list[tuple[PathStep, int]]]] = []
    last = len(course.legs) - 1
    for place, (free, days) in enumerate(course.legs):
        if free:
            leg = _free_day(course, days.start, reached[-1])
        elif place == last:
            costs = _onward(course, days) if course.edge else _to_the_end(course, days)
            leg = {state: [((False, *costs[state]), 0)] for state in reached[-1] if state in costs}
        else:
            kept = _entered if course.edge else _kept_days
            leg = {state: list(kept(course, days, state)) for state in reached[-1]}
        steps.append(leg)
        reached.append({after for arcs in leg.values() for _, after in arcs})
    node: dict[int, int] = dict.fromkeys(reached[-1], 0)
    layers: list[Layer] = []
    for leg in reversed(steps):
        numbers: dict[tuple[tuple[PathStep, int], ...], int] = {}
        before: dict[int, int] = {}
        for state, arcs in leg.items():
            onward = tuple(sorted({(label, node[after]) for label, after in arcs if after in node}))
            if onward:
                before[state] = numbers.setdefault(onward, len(numbers))
        layers.append([list(onward) for onward in numbers])
        node = before
    layers.reverse()
    if not layers[0]:
        layers[0] = [[]]
    layers[0] = [layers[0][node.get(course.state, 0)]]
    if course.edge and not course.legs[0][0]:
        layers[0] = [worth_entering(layers)]
    return layers


def worth_entering(layers: Sequence[Layer]) -> list[tuple[PathStep, int]]:
    """
    Return the steps into a stretch, save those after which nothing can follow that could not after one no dearer.

    Whatever is dearer, and may be gone on from in fewer ways, adds nothing to what the days can be: without it a third
    of the arcs of nine days fall away.

    Parameters
    ----------
    layers : The steps of each leg: into the stretch, of each day, and where days follow, onward.
    """
    known: dict[tuple[int, int, int], bool] = {}
    last = len(layers)

    def within(place: int, one: int, other: int) -> bool:
        """Whether all that can follow a node of a layer can follow another, at no more cost."""
        if one == other or place == last:
            return True
        key = place, one, other
        if key not in known:
            own, theirs = (layers[place][node] for node in (one, other))
            found = dict(theirs)
            known[key] = (
                all(any(no_dearer(step, each) for step in found) for each, _ in own)
                if place + 1 == last and not own[0][0][0]
                else all(step in found and within(place + 1, after, found[step]) for step, after in own)
            )
        return known[key]

    kept: list[tuple[PathStep, int]] = []
    for step, node in sorted(layers[0][0]):
        if not any(no_dearer(each, step) and within(1, node, other) for each, other in kept):
            kept = [
                (each, other)
                for each, other in kept
                if not (no_dearer(step, each) and within(1, other, node))
            ]
            kept.append((step, node))
    return kept


def no_dearer(one: PathStep, other: PathStep) -> bool:
    """
    Whether a step over kept days takes no more changes than another, of this person and of others.

    Parameters
    ----------
    one, other : The steps.

    >>> no_dearer((False, 1, ()), (False, 1, ("nurse",))), no_dearer((False, 1, ("nurse",)), (False, 2, ()))
    (True, False)
    """
    return one[1] <= other[1] and (not one[2] or (bool(other[2]) and set(other[2]) <= set(one[2])))


def _free_day(course: PersonDays, day: int, states: set[int]) -> dict[int, list[tuple[PathStep, int]]]:
    layer, allowed = course.layer(day), course.choices[day]
    return {
        state: [((True, duty, ()), after) for duty, (after, _) in layer[state].items() if duty in allowed]
        for state in states
    }


def _kept_days(course: PersonDays, days: range, state: int) -> Iterator[tuple[PathStep, int]]:
    """Yield where a stretch of kept days leads from a state, each with the fewest changed days on the way."""
    costs = {state: 0}
    for day in days:
        layer, kept = course.layer(day), course.number.get(course.wanted[day])
        allowed, following = course.choices[day], dict[int, int]()
        for here, cost in costs.items():
            for duty, (after, _) in layer[here].items():
                if duty in allowed:
                    more = cost + (duty != kept)
                    if more < following.get(after, more + 1):
                        following[after] = more
        costs = following
    for after, cost in costs.items():
        yield (False, cost, ()), after


def _entered(course: PersonDays, days: range, _: int) -> Iterator[tuple[PathStep, int]]:
    """Yield the states in which a stretch is entered, and any other at the price of the changes that it takes."""
    assert course.edge is not None
    ways = course.edge.ways
    for state in range(len(course.layer(days.stop))):
        yield (False, *_changes(state, ways.entered, ways.eased_into)), state


def _onward(course: PersonDays, days: range) -> dict[int, tuple[int, Helpers]]:
    """Return for each state after a stretch the changes that it takes for what is published to follow."""
    assert course.edge is not None
    ways = course.edge.ways
    return {
        state: _changes(state, ways.onward, ways.eased_onward)
        for state in range(len(course.layer(days.start)))
    }


def _changes(state: int, published: Collection[int], eased: Mapping[int, Helpers]) -> tuple[int, Helpers]:
    """Return how many days have to change, and who else has to: two days where one does not lead to a state."""
    if state in published:
        return 0, ()
    return (1, eased[state]) if state in eased else (2, ())


def _to_the_end(course: PersonDays, days: range) -> dict[int, tuple[int, Helpers]]:
    """Return for each state before a last stretch of kept days the fewest changed days with which it can end."""
    left: dict[int, int] | None = None
    for day in reversed(days):
        layer, kept = course.layer(day), course.number.get(course.wanted[day])
        allowed, before = course.choices[day], dict[int, int]()
        for state, step in enumerate(layer):
            costs = [
                (duty != kept) + (0 if left is None else left[after])
                for duty, (after, _) in step.items()
                if duty in allowed and (left is None or after in left)
            ]
            if costs:
                before[state] = min(costs)
        left = before
    return {state: (cost, ()) for state, cost in (left or {}).items()}
