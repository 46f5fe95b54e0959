"""
What another process does for a search: it anneals the best calendar, and searches for itself once that gains nothing.

First from nothing, without what it is told meanwhile: two searches that go on from one another's best end in the same
place, two from nothing rarely do. Then it goes on from the better of both.

It is told the team and the best calendar on its standard input, tells its best on its standard output whenever it has
done something, and is told the best one again. It ends with its input, and so outlives nobody, however that ended.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from dataclasses import dataclass
from queue import SimpleQueue

from roster.engine.columns.cooling import Cooling
from roster.engine.columns.generate import Deadline
from roster.engine.columns.search import run
from roster.engine.columns.state import State
from roster.engine.columns.team import Line

VAIN, LONG = 3, 60.0
"""Coolings in a row that gain nothing, and seconds left, from which on it searches for itself."""

APART = 0.6
"""Share of the time left that it searches from nothing: enough to come as far as the other one has."""


@dataclass(frozen=True)
class _Other:
    """
    The search that this process works for.

    Parameters
    ----------
    told : What it tells, once for each calendar that it is told.
    """

    told: SimpleQueue[tuple[Line, ...]]

    def exchange(self, state: State) -> tuple[Line, ...]:
        """Tell the best calendar; return the best of the other."""
        pickle.dump(state.lines, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return self.told.get()

    def listen(self) -> None:
        """Hear what it tells; end this process with it."""
        try:
            while True:
                self.told.put(pickle.load(sys.stdin.buffer))
        except (OSError, EOFError, pickle.UnpicklingError):
            os._exit(0)


def main() -> None:
    """Better the calendar told on standard input until time is up, or the input ends."""
    team, seed, lines, seconds = pickle.load(sys.stdin.buffer)
    state = State(team, seed, Deadline(time.monotonic() + seconds), bounding=False)
    state.offer(lines, "told")
    other = _Other(SimpleQueue())
    threading.Thread(target=other.listen, daemon=True).start()

    def exchange() -> None:
        state.offer(other.exchange(state), "told")

    cooling, vain = Cooling.of(team), 0
    while not state.deadline.passed:
        if vain >= VAIN and state.deadline.left > LONG:
            _from_nothing(state, seed + 1, other)
            state.exchange = exchange
            exchange()
            run(state, state.deadline.left, state.lines)
        before = state.best
        cooling.run(state)
        vain = 0 if state.best < before else vain + 1
        exchange()


def _from_nothing(state: State, seed: int, other: _Other) -> None:
    """Search for a calendar of its own for a while, and offer it."""
    seconds = APART * state.deadline.left
    fresh = State(state.team, seed, Deadline(time.monotonic() + seconds), bounding=False)

    def tell() -> None:
        if fresh.lines:
            other.exchange(fresh)  # What it says of its own is left aside.

    fresh.exchange = tell
    run(fresh, seconds)
    tell()
    if fresh.lines:
        state.offer(fresh.lines, "from nothing")
