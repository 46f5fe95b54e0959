"""What the machine of a rule is: it reads one day's duty after the other and counts breaches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from roster.domain.elapsed import PLAIN, DayClock
from roster.domain.problem import Duty

State = Any
"""Whatever a machine must remember; hashable."""
Travel = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class RuleAutomaton:
    """
    A start state for each weekday, and a step: (state, weekday, duty) to (state, breaches).

    `carry` is what a state becomes on the first day of a roster, for breaches that the days before have completed.
    `by_day`, of rules on elapsed time, is the step on a day with a clock of its own, of a duty as long as it really is.
    """

    start: Callable[[int], State]
    step: Callable[[State, int, Duty], tuple[State, int]]
    carry: Callable[[State], State] = lambda state: state
    by_day: Callable[[State, int, Duty, DayClock], tuple[State, int]] | None = None


def timed(
    start: Callable[[int], State],
    by_day: Callable[[State, int, Duty, DayClock], tuple[State, int]],
    carry: Callable[[State], State] = lambda state: state,
) -> RuleAutomaton:
    """
    Return the machine of a rule on elapsed time.

    Parameters
    ----------
    start : The state on a weekday before which nothing is known.
    by_day : The step: (state, weekday, duty, clock of the day) to (state, breaches).
    carry : What a state becomes on the first day of a roster.
    """
    return RuleAutomaton(
        start, lambda state, weekday, duty: by_day(state, weekday, duty, PLAIN), carry, by_day
    )
