"""What the machine of a rule is: it reads one day's duty after the other and counts breaches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from roster.domain.problem import Duty

State = Any
"""Whatever a machine must remember; hashable."""
Travel = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class RuleAutomaton:
    """
    A start state for each weekday, and a step: (state, weekday, duty) to (state, breaches).

    `carry` is what a state becomes on the first day of a roster, for breaches that the days before have completed.
    """

    start: Callable[[int], State]
    step: Callable[[State, int, Duty], tuple[State, int]]
    carry: Callable[[State], State] = lambda state: state
