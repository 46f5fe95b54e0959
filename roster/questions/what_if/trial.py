"""A change after which leave can be covered, and the time in which such changes are tried."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from roster.engine.solvers.search import Search

T = TypeVar("T")


@dataclass(slots=True)
class Trial:
    """Changes being tried; `undecided` where something of them was not settled in time."""

    search: Search
    undecided: bool = False

    def answer(self, question: Callable[[Search], T | None], seconds: float = float("inf")) -> T | None:
        """Return what a question comes to, which has some seconds at most; None where time ran out."""
        found = None
        if self.search.seconds_left > 0:
            deadline = min(self.search.deadline, time.monotonic() + seconds)
            found = question(replace(self.search, deadline=deadline))
        self.undecided |= found is None
        return found

    def yes(self, question: Callable[[Search], bool | None], seconds: float = float("inf")) -> bool:
        """Whether something holds, as far as time shows it."""
        return bool(self.answer(question, seconds))
