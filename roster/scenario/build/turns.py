"""Who takes turns: gaps that are as long as the number of people allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

from roster.domain.counts import Gap
from roster.domain.duty import Presence, Shift
from roster.domain.rules import Rule, ShiftRun
from roster.scenario.build.counts import countable
from roster.scenario.build.defaults import allowed_shifts, head_range
from roster.scenario.checks.posts import able_types, answers, same_minutes
from roster.scenario.schema import sections as schema
from roster.scenario.schema.sections import Scenario


@dataclass(frozen=True, slots=True)
class Crew:
    """How many people take turns, None where that is open, for how many places at once, with which shifts."""

    people: int | None
    places: int
    shifts: frozenset[str]


def evened(scenario: Scenario, rule: Rule, rules: Iterable[Rule], shifts: Iterable[Shift]) -> Rule:
    """
    Return a gap of `even` days as the days it comes to; any other rule as it is.

    Parameters
    ----------
    scenario, rule : The file, and one of its rules.
    rules, shifts : All rules of the staff type, and all shifts of the file.
    """
    if not isinstance(rule, Gap) or rule.days:
        return rule
    return replace(rule, days=even_days(rule, rules, crew(scenario, rule, list(shifts))) or 1)


def even_days(rule: Gap, rules: Iterable[Rule], crew: Crew) -> int | None:
    """
    Return the days between two turns of somebody where turns go round evenly; None where that cannot be said.

    A turn is as long as the longest run of what is counted, where only blocks are looked at; else a day.

    Parameters
    ----------
    rule, rules : The gap, and all rules of the staff type.
    crew : Who takes turns.

    >>> from roster.domain.counts import Counted
    >>> even_days(Gap(of=Counted.STANDBY, days=0), (), Crew(5, 1, frozenset("S")))
    4
    """
    lengths = [
        one.longest
        for one in rules
        if isinstance(one, ShiftRun) and one.longest is not None and one.hard and one.shift in crew.shifts
    ]
    turn = max(lengths, default=1) if rule.blocks else 1
    if crew.people is None or not crew.places or crew.people < 2 * crew.places:
        return None
    return (crew.people // crew.places - 1) * turn


def crew(scenario: Scenario, rule: Gap, shifts: list[Shift]) -> Crew:
    """
    Return who takes turns with what a gap is about: all types that may do it and hold a post with it.

    Parameters
    ----------
    scenario, rule : The file, and the gap.
    shifts : All shifts of the file.
    """
    turns = [shift for shift in shifts if countable(rule.of, rule.shifts, [shift])]
    posts = [post for post in scenario.posts.values() if any(_holds(shift, post) for shift in turns)]
    ways = [shift for shift in shifts if any(_holds(shift, post) for post in posts)]
    types = {
        id(staff): name
        for name, staff in scenario.staff_types.items()
        if any(shift.name in allowed_shifts(scenario, staff) for shift in turns)
    }
    able = {types[id(staff)] for post in posts for staff in able_types(scenario, post) if id(staff) in types}
    ranges = [head_range(scenario, name) for name in able]
    settled = all(least == most for least, most in ranges)
    # Posts that several shifts can hold side by side are shared among them.
    places = ceil(sum(post.people for post in posts) / max(len(ways), 1))
    names = frozenset(shift.name for shift in turns)
    return Crew(sum(most for _, most in ranges) if settled and ranges else None, places, names)


def _holds(shift: Shift, post: schema.Post) -> bool:
    if shift.presence is Presence.STANDBY and (
        post.presence != "standby" or not answers(shift.response, post)
    ):
        return False
    if post.shifts and shift.name not in post.shifts:
        return False
    if shift.on_site and post.presence == "standby":
        return False
    return same_minutes((shift.start, shift.length), post.window)
