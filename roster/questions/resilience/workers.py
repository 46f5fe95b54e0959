"""
Who does the work of resilience: processes of our own, or whatever executor the caller gives.

Nothing of OR-Tools travels: a worker is told the scenario and the roster once, and builds its own programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass

from roster.errors import EngineError
from roster.language import tr
from roster.questions.executors import Inline, begin_worker, own_processes
from roster.questions.resilience.batches import Batch, Setting, solve
from roster.questions.resilience.cases import CaseAnswer
from roster.questions.resilience.journal import State

AHEAD = 64
"""Batches handed over before the first of them must be finished."""

TellCount = Callable[[int], None]
"""Takes how many more cases are answered."""


def solve_all(batches: Sequence[Batch], state: State, workers: Workers, tell: TellCount) -> list[CaseAnswer]:
    """
    Answer all batches that are not answered yet; return the answers of all, in the order given.

    Parameters
    ----------
    batches, state : What is to be answered, and what was kept, which grows.
    workers : Who does the work.
    tell : Takes how many more cases are answered.

    Raises
    ------
    EngineError
        A worker process died.
    """
    todo = [batch for batch in batches if state.get(batch.key) is None]
    tell(sum(_answered(state.get(batch.key) or ()) for batch in batches))
    running: dict[Future[tuple[CaseAnswer, ...]], Batch] = {}

    def take_in(most: int) -> None:
        while len(running) > most:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                batch = running.pop(future)
                answers = future.result()
                state.add(batch.key, answers)
                tell(_answered(answers))

    try:
        for batch in todo:
            running[workers.submit(batch)] = batch
            take_in(0 if workers.at_once else AHEAD)
        take_in(0)
    except BrokenProcessPool as error:
        raise EngineError(tr("resilience.worker_died")) from error
    finally:
        for future in running:
            future.cancel()
    return [answer for batch in batches for answer in state.get(batch.key) or ()]


def _answered(answers: Iterable[CaseAnswer]) -> int:
    """Return how many cases are answered: those left are asked again."""
    return sum(not answer.left for answer in answers)


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work; `given` where they were not told the setting when they started."""

    executor: Executor
    given: Setting | None = None

    @property
    def at_once(self) -> bool:
        """Whether a batch is finished when it has been handed over."""
        return isinstance(self.executor, Inline)

    def submit(self, batch: Batch) -> Future[tuple[CaseAnswer, ...]]:
        """Hand over a batch."""
        if self.given is None:
            return self.executor.submit(_solve_here, batch)
        return self.executor.submit(solve, batch, self.given)


@contextmanager
def at_work(setting: Setting, processes: int, executor: Executor | None = None) -> Iterator[Workers]:
    """
    Yield who works: the caller's executor, this process alone, or processes of our own.

    Parameters
    ----------
    setting : What every worker is told once.
    processes : How many of our own.
    executor : The caller's; used instead where given.
    """
    if executor is not None or processes == 1:
        yield Workers(executor or Inline(), setting)
        return
    with own_processes(processes, _begin, setting) as pool:
        yield Workers(pool)


_HERE: list[Setting] = []
"""What this worker process was told when it started."""


def _begin(setting: Setting) -> None:
    """Start a worker process: told once what it is about, and gone with its parent, however that ended."""
    begin_worker()
    _HERE[:] = [setting]


def _solve_here(batch: Batch) -> tuple[CaseAnswer, ...]:
    return solve(batch, _HERE[0])
