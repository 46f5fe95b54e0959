"""
What may follow what somebody did, one day at a time, for people of one staff type.

The rules are the engine's automata, read together; states get numbers as they are met, and every step is worked
out once. What leave makes less strict (longest runs of days off, least counts) and what is a sum over dates is left
out here: see `team`.
"""

from __future__ import annotations

from roster.domain.problem import Problem, StaffType
from roster.domain.rules import NoOverlap, OffBlock
from roster.engine.automata import RuleAutomaton, State, rule_automaton, while_away

LAWFUL, OVERTIME, UNLAWFUL = 0, 1, 2
"""How far a step is lawful: as it is, only with overtime, not at all."""


class TypeAutomaton:
    """
    The machine of a staff type; `duties` are numbered as in the problem, 0 is off.

    `runs_off` are the parts of its states that count days off: going away is no idleness, and begins them anew.
    """

    def __init__(self, problem: Problem, staff: StaffType) -> None:
        self.duties = problem.duties(staff)
        loose = while_away(staff)
        more = loose.with_overtime()
        self._rules: list[tuple[RuleAutomaton, bool, bool, bool]] = []
        for rule, long in zip(loose.rules, more.rules, strict=True):
            if not rule.hard and not isinstance(rule, NoOverlap):
                continue
            for each, plain, extra in ((rule, True, rule == long), (long, False, True)):
                made = rule_automaton(each, problem.travel_minutes) if plain or rule != long else None
                if made is not None:
                    self._rules.append((made, plain, extra, isinstance(rule, OffBlock)))
        self._states: list[tuple[State, ...]] = []
        self._numbers: dict[tuple[State, ...], int] = {}
        self._steps: dict[tuple[int, int, int], tuple[int, int]] = {}
        self._gone: dict[tuple[int, int], int] = {}

    def start(self, weekday: int) -> int:
        """Return the state in which nothing is known of the days before."""
        return self._number(tuple(rule.start(weekday) for rule, *_ in self._rules))

    def step(self, state: int, weekday: int, duty: int) -> tuple[int, int]:
        """
        Return the state after a day with a duty, and how far that is lawful.

        Parameters
        ----------
        state, duty : Their numbers.
        weekday : 0 is Monday.
        """
        key = (state, weekday, duty)
        found = self._steps.get(key)
        if found is None:
            found = self._steps[key] = self._step(state, weekday, duty)
        return found

    def _step(self, state: int, weekday: int, duty: int) -> tuple[int, int]:
        after: list[State] = []
        plain = extra = False
        given = self.duties[duty]
        for (rule, in_plain, in_extra, _), own in zip(self._rules, self._states[state], strict=True):
            new, breaches = rule.step(own, weekday, given)
            after.append(new)
            plain |= bool(breaches and in_plain)
            extra |= bool(breaches and in_extra)
        return self._number(tuple(after)), UNLAWFUL if extra else OVERTIME if plain else LAWFUL

    def away(self, state: int, weekday: int) -> int:
        """Return the state after a day away; what that breaks is nobody's doing."""
        key = (state, weekday)
        found = self._gone.get(key)
        if found is None:
            after, _ = self.step(state, weekday, 0)
            fresh = tuple(
                rule.start((weekday + 1) % 7) if runs_off else own
                for (rule, _, _, runs_off), own in zip(self._rules, self._states[after], strict=True)
            )
            found = self._gone[key] = self._number(fresh)
        return found

    def _number(self, state: tuple[State, ...]) -> int:
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
        return number
