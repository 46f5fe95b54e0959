"""The time that a question has, shared by all its searches, and whom to tell how it goes."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from roster.domain.outcome import Progress, Tell
from roster.engine.solvers.search import Search
from roster.language import tr


@dataclass(frozen=True, slots=True)
class SearchRun:
    """
    When the question began, when it must end, and whom to tell how it goes.

    `settled` is the number of people and its bound, once they are found: they are told in later stages as well.
    """

    began: float
    search: Search
    tell: Tell
    settled: tuple[int | None, int | None] = (None, None)

    def report(self, stage: str, best: int | None, bound: int | None) -> None:
        """
        Pass on a sign of life.

        Parameters
        ----------
        stage : One of `search`, `quality`, `calendar`.
        best, bound : People found and proven needed so far; None where not known.
        """
        if best is None and bound is None:
            best, bound = self.settled
        self.tell(Progress(tr(f"engine.stage_{stage}"), best, bound, time.monotonic() - self.began))

    def left(self) -> float:
        """Seconds left."""
        return self.search.seconds_left


def hurried(run: SearchRun, share: float) -> SearchRun:
    """Return a clock that stops after a share of what is left."""
    return replace(run, search=run.search.within(run.left() * share))
