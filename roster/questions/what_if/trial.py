"""The time in which changes are tried after which leave could be covered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
            found = question(self.search.within(seconds))
        self.undecided |= found is None
        return found

    def yes(self, question: Callable[[Search], bool | None], seconds: float = float("inf")) -> bool:
        """Whether something holds, as far as time shows it."""
        return bool(self.answer(question, seconds))
