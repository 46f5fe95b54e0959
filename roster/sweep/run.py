"""
The jobs of a sweep handed out, a few at a time, and taken in as they are done.

A worker that dies takes down what it was at work on and nothing else: those jobs are handed out again, and given up
when it has happened to them twice more.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import AbstractContextManager

from roster.language import tr
from roster.sweep.jobs import AnswerRow, Job
from roster.sweep.journal import Journal
from roster.sweep.one_scenario import answered

Open = Callable[[], AbstractContextManager[Executor]]
TellJobs = Callable[[int, int, int, float | None], None]
"""Takes how many are done, of how many, how many of them failed, and the seconds left as far as they can be told."""

MOST_DEATHS = 3
"""Times that a job may have been in work when a worker died."""


def sweep(
    jobs: Sequence[Job], journal: Journal, open_: Open, ahead: int, tell: TellJobs | None = None
) -> list[AnswerRow]:
    """
    Answer every job that the journal has no answer to; return all rows, in the order of the jobs.

    Parameters
    ----------
    jobs, journal : All jobs, and the answers kept, which grow.
    open_ : Opens the executor; called again where all its workers are gone.
    ahead : Jobs in work or waiting at the workers: what may have to be done again after an interruption.
    tell : Takes how many are done, of how many.
    """
    todo = deque(job for job in jobs if job.key not in journal.rows)
    counting = _Counting(len(jobs), len(todo), tell or (lambda *_: None))
    deaths: Counter[str] = Counter()
    while todo:
        with open_() as executor:
            for row in _hand_out(todo, executor, ahead, deaths):
                counting.add(journal.add(row))
    return [journal.rows[job.key] for job in jobs]


class _Counting:
    def __init__(self, total: int, todo: int, tell: TellJobs) -> None:
        self.total, self.todo, self.tell = total, todo, tell
        self.done = self.failed = 0
        self.began = time.monotonic()
        tell(total - todo, total, 0, None)

    def add(self, row: AnswerRow) -> None:
        self.done += 1
        self.failed += not row.answered
        spent = time.monotonic() - self.began
        left = spent / self.done * (self.todo - self.done)
        self.tell(self.total - self.todo + self.done, self.total, self.failed, left)


def _hand_out(todo: deque[Job], executor: Executor, ahead: int, deaths: Counter[str]) -> Iterator[AnswerRow]:
    """Yield rows as they are done, until all are, or the executor has broken; what it lost is put back."""
    running: dict[Future[AnswerRow], Job] = {}
    broken = False
    try:
        while (todo and not broken) or running:
            while todo and len(running) < ahead and not (broken or any(each.done() for each in running)):
                job = todo.popleft()
                try:
                    running[executor.submit(answered, job)] = job
                except BrokenExecutor:
                    todo.appendleft(job)
                    broken = True
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                error = future.exception() if not future.cancelled() else CancelledError()
                if error is None:
                    yield future.result()
                    continue
                broken |= isinstance(error, BrokenExecutor)
                deaths[job.key] += 1
                if deaths[job.key] >= MOST_DEATHS:
                    yield AnswerRow(job.name, job.key, fault=tr("sweep.worker_died"), lost=True)
                else:
                    todo.appendleft(job)
    finally:
        for future in running:
            future.cancel()
