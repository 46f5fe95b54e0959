"""
Rules that look at dates, which no automaton of one day after the other sees: asked of the independent check.

Counts over months and calendars, least counts, longest runs of days off, and what is asked of people with one another.
A change may not break them more often than they are broken already. Without such rules nothing is done here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from roster.checker import PersonCase, Timeline, bonds_broken, find, hard_rules
from roster.domain.counts import Count
from roster.domain.outcome import Roster
from roster.domain.problem import Ban, Duty, Person, Restriction, StaffType
from roster.domain.rules import AVERAGES, OffBlock, Rule
from roster.questions.simulate.team import Deviations, SimulatedTeam


class DatedRules:
    """What a year so far keeps of the rules that are looked at over dates."""

    def __init__(self, team: SimulatedTeam, away: Sequence[bytes], given: list[list[int]]) -> None:
        self._team, self._away, self._given = team, away, given
        self._rules = {slot.kind.staff.name: over_dates(slot.kind.staff) for slot in team.slots}
        self._any = any(self._rules.values()) or bool(team.problem.pairings)

    def keeps(self, slot: int, day: int, today: Sequence[int], duty: int, after: Deviations) -> bool:
        """
        Whether a duty today, and what follows, breaks nothing more.

        Parameters
        ----------
        slot, day : The place in the team, and today, counted from the year's first day.
        today : The number of everybody's duty today.
        duty, after : What is to be done today, and how the days after it depart from what was published.
        """
        if not self._any:
            return True
        team, kind = self._team, self._team.slots[slot].kind
        old = self._line(slot, day, today[slot], ())
        new = self._line(slot, day, duty, after)
        leave = self._leave(slot, day)
        rules = self._rules[kind.staff.name]
        if rules and self._breaches(rules, slot, day, new, leave) > self._breaches(
            rules, slot, day, old, leave
        ):
            return False
        if not team.problem.pairings:
            return True
        return self._bonds(day, today, {slot: new}) <= self._bonds(day, today, {slot: old})

    def _line(self, slot: int, day: int, duty: int, after: Deviations) -> tuple[Duty, ...]:
        """Return a person's days of this round of the calendar: done, today's, and as planned."""
        team, duties = self._team, self._team.slots[slot].kind.duties
        start = day // team.days * team.days
        planned = dict(after)
        done = [duties[each] for each in self._given[slot][start + team.days :]]
        rest = range(day + 1, start + team.days)
        coming = [duties[planned.get(cell, team.published(slot, cell))] for cell in rest]
        return (*done, duties[duty], *coming)

    def _before(self, slot: int, day: int) -> tuple[Duty, ...]:
        team, duties = self._team, self._team.slots[slot].kind.duties
        start = day // team.days * team.days
        return tuple(duties[each] for each in self._given[slot][start : start + team.days])

    def _leave(self, slot: int, day: int) -> frozenset[int]:
        start = day // self._team.days * self._team.days
        gone = self._away[slot][start : day + 1]
        return frozenset(at for at, why in enumerate(gone) if why)

    def _breaches(
        self, rules: Sequence[Rule], slot: int, day: int, line: tuple[Duty, ...], leave: frozenset[int]
    ) -> int:
        team = self._team
        case = PersonCase(
            team.problem,
            Timeline(line, team.horizon, self._before(slot, day)),
            team.slots[slot].kind.staff,
            leave,
        )
        return sum(breach.count for rule in rules for breach in find(rule, case))

    def _bonds(self, day: int, today: Sequence[int], lines: dict[int, tuple[Duty, ...]]) -> int:
        """Return how often what is asked of people with one another is broken."""
        team = self._team
        everybody = range(len(team.slots))
        roster = Roster(
            tuple(Person(team.slots[at].name, team.slots[at].kind.staff.name) for at in everybody),
            team.horizon,
            tuple(lines.get(at) or self._line(at, day, today[at], ()) for at in everybody),
            before=tuple(self._before(at, day) for at in everybody),
        )
        gone = [
            Restriction(team.slots[at].name, Ban.DUTY, team.horizon.on(away), team.horizon.on(away))
            for at in everybody
            for away in self._leave(at, day)
        ]
        problem = replace(team.problem, restrictions=tuple(gone))
        return bonds_broken(problem, roster)


def over_dates(staff: StaffType) -> tuple[Rule, ...]:
    """Return the hard rules of a type that the machine leaves out: all but the averages, which are sums of hours."""
    return tuple(
        rule
        for rule in hard_rules(staff)
        if (isinstance(rule, Count) and (rule.least > 0 or not rule.by_sequence))
        or (isinstance(rule, OffBlock) and rule.longest is not None)
        or (not isinstance(rule, AVERAGES) and _unread(rule))
    )


def _unread(rule: Rule) -> bool:
    from roster.engine.automata import rule_automaton

    return rule_automaton(rule, {}) is None
