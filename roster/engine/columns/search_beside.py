"""
What another process does for a search: it anneals the best calendar, and searches for itself once that gains nothing.

It is told the team and the best calendar on its standard input, tells its best on its standard output whenever it has
done something, and is told the best one again. It ends with its input, and so outlives nobody, however that ended.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from queue import SimpleQueue

from roster.engine.columns.cooling import Cooling
from roster.engine.columns.generate import Deadline
from roster.engine.columns.search import run
from roster.engine.columns.state import State
from roster.engine.columns.team import Line

VAIN, LONG = 3, 60.0
"""Coolings in a row that gain nothing, and seconds left, from which on it searches for itself."""


def _listen(told: SimpleQueue[tuple[Line, ...]]) -> None:
    """Hear what the search tells; end this process with it."""
    try:
        while True:
            told.put(pickle.load(sys.stdin.buffer))
    except (OSError, EOFError, pickle.UnpicklingError):
        os._exit(0)


def main() -> None:
    """Better the calendar told on standard input until time is up, or the input ends."""
    team, seed, lines, seconds = pickle.load(sys.stdin.buffer)
    state = State(team, seed, Deadline(time.monotonic() + seconds), bounding=False)
    state.offer(lines, "told")
    told: SimpleQueue[tuple[Line, ...]] = SimpleQueue()
    threading.Thread(target=_listen, args=(told,), daemon=True).start()

    def exchange() -> None:
        pickle.dump(state.lines, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        state.offer(told.get(), "told")

    cooling, vain = Cooling.of(team), 0
    while not state.deadline.passed:
        if vain >= VAIN and state.deadline.left > LONG:
            state.exchange = exchange
            run(state, state.deadline.left, state.lines)
        before = state.best
        cooling.run(state)
        vain = 0 if state.best < before else vain + 1
        exchange()
