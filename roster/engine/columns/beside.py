"""
Other processes that better the best calendar meanwhile: each a fresh interpreter, which does as `search_beside` says.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from queue import SimpleQueue

from roster.child_environment import child_environment
from roster.engine.columns.state import State
from roster.engine.columns.team import Line

WORTH = 8.0
"""Seconds below which the start of a process, half a second of work, is not worth it."""

MOST = 3
"""Processes at most beside this one."""

PROGRAM = "from roster.engine.columns.search_beside import main; main()"

Lines = tuple[Line, ...]


def spare_cores() -> int:
    """Return how many cores this process may use beside the one it works on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) - 1
    return (os.cpu_count() or 1) - 1


class Beside:
    """
    Processes that search for better calendars beside a search.

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
        """Start them with the best calendar of a search, where there is one and enough time is left."""
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
            state.offer(self._found.get(), "another process")
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
        try:
            with told, tells:  # Closing fails, too, where what was told last has not been read.
                told.write(task)
                told.flush()
                while True:
                    self._found.put(pickle.load(tells))
                    pickle.dump(self._best, told)
                    told.flush()
        except (OSError, EOFError, pickle.UnpicklingError):
            return


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env=child_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
