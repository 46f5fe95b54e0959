"""What every solver of this folder is asked with and answers with: a search, a solution, a report on the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from roster.domain.outcome import SolveOptions, Status

Report = Callable[[int | None, int | None], None]
"""Called with the best value and the bound so far, either None while unknown."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What a solver found: a value for each variable (empty without one), the objective and its proven bound."""

    status: Status
    values: tuple[int, ...]
    objective: int | None
    bound: int | None

    @property
    def found(self) -> bool:
        """Whether there are values."""
        return bool(self.values)


@dataclass(frozen=True, slots=True)
class Search:
    """
    Settings of one search: the shared options, a deadline on the monotonic clock, a start, a known bound.

    `subsolvers` names CP-SAT's searches that are run; its own choice where not given.
    """

    options: SolveOptions
    deadline: float
    hint: tuple[int, ...] = ()
    at_least: int | None = None
    deterministic: float | None = None
    report: Report | None = None
    subsolvers: tuple[str, ...] = ()

    @property
    def seconds_left(self) -> float:
        """Wall time left."""
        return max(0.0, self.deadline - time.monotonic())

    def within(self, seconds: float) -> Search:
        """Return the same with so many seconds from now at most."""
        return replace(self, deadline=min(self.deadline, time.monotonic() + seconds))
