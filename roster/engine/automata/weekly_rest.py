"""
The machine of weekly rest: each week takes the earliest piece of unbroken rest that can be its own.

A piece has exactly the least length, half of it at least lies in its week, and no two weeks share any of it. Taking the
earliest piece leaves the most for the weeks to come.
"""

from __future__ import annotations

from roster.domain.elapsed import DayClock
from roster.domain.horizon import SUNDAY
from roster.domain.problem import DAY, Duty
from roster.domain.rules import WeeklyRest
from roster.engine.automata.automaton import RuleAutomaton, State, timed

MONDAY = 0
NEEDS, HAD, OWES = range(3)
"""What a week has come to: it needs its rest, has had it, or the one before still waits for the rest in progress."""

Rest = tuple[int | None, int]
"""From when a piece may begin, in minutes of the day about to be read (None: before it matters); and which of these."""


def weekly_rest(rule: WeeklyRest, forward: int = 0) -> RuleAutomaton:
    """
    Remember since when the person rests, and whether the week has had its rest.

    Where clocks go `forward` on some day, its week ends so much sooner, and rest from before then still matters.
    """
    length, before, after = rule.minutes, rule.minutes // 2, -(-rule.minutes // 2)

    def taken(rest: Rest, begin: int, until: int) -> Rest:
        """Take the pieces that a rest up to a minute holds: the last week's first; and from `begin` on this one's."""
        since, state = rest
        if state == HAD or since is None:
            return rest
        if state == OWES and until - since >= length:
            since, state = since + length, NEEDS
        # It ends today, so at least half of it lies in this week.
        first = max(since, begin)
        if state == NEEDS and until - first >= length:
            return first + length, HAD
        return since, state

    def step(rest: Rest, weekday: int, duty: Duty, clock: DayClock) -> tuple[State, int]:
        breaches, day = 0, clock.length
        begin = clock.earlier - weekday * DAY - before
        if (span := duty.work_span) is not None:
            since, state = taken(rest, begin, span[0])
            if state == OWES:
                breaches, state = 1, NEEDS
            rest = span[1] if since is None else max(since, span[1]), state
        since, state = taken(rest, begin, day)
        if weekday != SUNDAY:
            since = None if since is None else since - day
            if state == HAD:
                # The next week's piece begins later than this, so how much earlier the rest began says nothing.
                matters = (6 - weekday) * DAY - before - forward
                return (None if since is None or since <= matters else since, state), breaches
            # A rest that last week waits for is longer than what this week could take of it.
            early = since is not None and state == NEEDS and since < begin - day
            return (begin - day if early else since, state), breaches
        if state == NEEDS:
            assert since is not None
            first = max(since, begin)
            if first <= day - after:
                return (first - day, OWES), breaches
            breaches += 1
        return (-before if since is None else max(since - day, -before), NEEDS), breaches

    return timed(lambda weekday: (-before, NEEDS) if weekday == MONDAY else (None, HAD), step)
