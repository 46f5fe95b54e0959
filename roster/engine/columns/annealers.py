"""
Other processes that anneal the best calendar meanwhile: annealing keeps one core busy and asks nothing of the rest.

Each is a fresh interpreter. It is told the team and the best calendar on its standard input, tells what it has found
after each cooling on its standard output, and is told the best one again. It ends with its input, and so outlives
nobody, however that ended.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import SimpleQueue

from roster.engine.columns.cooling import Cooling
from roster.engine.columns.generate import Deadline
from roster.engine.columns.state import State
from roster.engine.columns.team import Line

WORTH = 8.0
"""Seconds below which the start of a process, half a second of work, is not worth it."""

MOST = 3
"""Processes at most beside this one."""

PROGRAM = "from roster.engine.columns.annealers import main; main()"

Lines = tuple[Line, ...]


def spare_cores() -> int:
    """Return how many cores this process may use beside the one it works on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) - 1
    return (os.cpu_count() or 1) - 1


class Annealers:
    """
    Processes that anneal the best calendar of a search beside it.

    Parameters
    ----------
    number : How many: those for which there is a core, and `MOST` at most.
    """

    def __init__(self, number: int) -> None:
        self._number = min(number, MOST, spare_cores())
        self._processes: list[subprocess.Popen[bytes]] = []
        self._found: SimpleQueue[Lines] = SimpleQueue()
        self._best: Lines = ()

    def begin(self, state: State) -> None:
        """Start to anneal the best calendar of a search, where there is one and enough time is left."""
        if self._processes or not state.lines or state.done or state.deadline.left < WORTH:
            return
        self._best = state.lines
        for _ in range(self._number):
            seed = int(state.random.integers(1 << 30))
            task = pickle.dumps((state.team, seed, state.lines, state.deadline.left))
            try:
                process = _started()
            except OSError:
                return
            self._processes.append(process)
            threading.Thread(target=self._serve, args=(process, task), daemon=True).start()

    def exchange(self, state: State) -> None:
        """Offer a search what has been found, and keep what the processes are to go on from."""
        while not self._found.empty():
            state.offer(self._found.get(), "annealing beside")
        self._best = state.lines

    def end(self, state: State) -> None:
        """Stop the processes, and offer the search what they have found."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
        self._processes = []
        self.exchange(state)

    def _serve(self, process: subprocess.Popen[bytes], task: bytes) -> None:
        """Listen to a process until it ends."""
        told, tells = process.stdin, process.stdout
        assert told is not None
        assert tells is not None
        with told, tells:
            try:
                told.write(task)
                told.flush()
                while True:
                    self._found.put(pickle.load(tells))
                    pickle.dump(self._best, told)
                    told.flush()
            except (OSError, EOFError, pickle.UnpicklingError):
                return


def _started() -> subprocess.Popen[bytes]:
    source = str(Path(__file__).parents[3])
    paths = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _listen(told: SimpleQueue[Lines]) -> None:
    """Hear what the search tells; end this process with it."""
    try:
        while True:
            told.put(pickle.load(sys.stdin.buffer))
    except (OSError, EOFError, pickle.UnpicklingError):
        os._exit(0)


def main() -> None:
    """Anneal the calendar told on standard input until time is up, or the input ends."""
    team, seed, lines, seconds = pickle.load(sys.stdin.buffer)
    state = State(team, seed, Deadline(time.monotonic() + seconds))
    state.offer(lines, "told")
    told: SimpleQueue[Lines] = SimpleQueue()
    threading.Thread(target=_listen, args=(told,), daemon=True).start()
    cooling = Cooling.of(team)
    while not state.deadline.passed:
        cooling.run(state)
        pickle.dump(state.lines, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        state.offer(told.get(), "told")
