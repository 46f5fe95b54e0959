"""
What the days before a calendar break whatever follows: nobody's fault now, and mended by nothing.

A last period may end so that no first day keeps every rule: a single night where two are the shortest run, and the
person on leave on the morning after. Of such a rule nothing before the first day counts for that person; of every
other rule all of it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from roster.domain.elapsed import PLAIN
from roster.domain.outcome import Roster
from roster.domain.problem import Person, Problem, StaffType
from roster.engine.automata import StateGraph, compiled, leave_matters, useful_duties, while_away, within
from roster.engine.calendar.person_days import bans_of, breaks, in_reach, leave_of

Keys = frozenset[str]
NOTHING: Keys = frozenset()


def forgiving(problem: Problem, roster: Roster) -> Roster:
    """Return a roster that knows, by person, the keys of the rules that its days before have broken for good."""
    if not any(roster.before):
        return replace(roster, forgiven=())
    found = [NOTHING] * len(roster.people)
    groups: dict[StaffType, list[int]] = {}
    for index, person in enumerate(roster.people):
        groups.setdefault(_ruled(problem, person, roster), []).append(index)
    for staff, among in groups.items():
        for index in _stuck(problem, staff, roster, among, NOTHING):
            found[index] = _fewest(problem, staff, roster, index)
    return replace(roster, forgiven=tuple(found) if any(found) else ())


def _ruled(problem: Problem, person: Person, roster: Roster) -> StaffType:
    """Return somebody's type, as the graph of lawful days has it where the person goes away."""
    staff = problem.type_of(person)
    goes_away = leave_matters(staff) and leave_of(bans_of(problem, person.name), roster.horizon)
    return while_away(staff) if goes_away else staff


def _fewest(problem: Problem, staff: StaffType, roster: Roster, index: int) -> Keys:
    """Return a least set of rules without whose memory somebody's days can go on; nothing where none is enough."""
    keys = list(dict.fromkeys(rule.key for rule in staff.rules if rule.hard))
    left = frozenset(keys)
    if _stuck(problem, staff, roster, [index], left):
        return NOTHING
    for key in keys:
        if not _stuck(problem, staff, roster, [index], left - {key}):
            left -= {key}
    return left


def _stuck(
    problem: Problem, staff: StaffType, roster: Roster, among: Iterable[int], forgiven: Keys
) -> list[int]:
    """Return the people of a type who have no lawful days from the first of the calendar to its last."""
    horizon, people = roster.horizon, list(among)
    duties = list(useful_duties(problem, staff, horizon))
    last = [roster.history(index)[-1] for index in people]
    duties += [duty for duty in dict.fromkeys(last) if duty not in duties and duty in problem.duties(staff)]
    histories = tuple((horizon.weekday(-len(known)), known) for known in map(roster.history, people))
    known = max((len(before) for _, before in histories), default=0)
    rules = within((rule for rule in staff.rules if rule.hard), horizon.days + known)
    clocks = problem.clocks(staff, horizon.on(0), horizon.days)
    travel, forgotten = tuple(problem.travel_minutes.items()), (forgiven,) * len(histories)
    graph = compiled(tuple(duties), rules, travel, (), histories, forgotten, clocks)
    return [
        index
        for index, (_, state) in zip(people, graph.carried, strict=True)
        if not _goes_on(problem, staff, graph, state, roster, roster.people[index])
    ]


def _goes_on(
    problem: Problem, staff: StaffType, graph: StateGraph, state: int, roster: Roster, person: Person
) -> bool:
    """Whether a walk leads from a state through all days of the calendar, past what is banned for the person."""
    horizon, bans = roster.horizon, bans_of(problem, person.name)
    states = {state}
    clocks = {day: clock for day, _, clock in problem.clocks(staff, horizon.on(0), horizon.days)}
    for day in range(horizon.days):
        on, weekday = horizon.on(day), horizon.weekday(day)
        near = in_reach(bans, horizon, day)
        allowed = {
            number
            for number, duty in enumerate(graph.duties)
            if not any(breaks(problem, staff, duty, ban, on) for ban in near)
        }
        steps = graph.layer(weekday, clocks.get(day, PLAIN))
        states = {after for at in states for number, (after, _) in steps[at].items() if number in allowed}
    return bool(states)
