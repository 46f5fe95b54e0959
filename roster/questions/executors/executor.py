"""
Executors by name: `processes`, or `dask://HOST:PORT` for a scheduler of Dask that runs somewhere.

Workers get plain data and send plain data back: nothing of a solver travels, so the answers are the same wherever they
are worked out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from roster.errors import Fault, Faults, InputError
from roster.language import tr

PROCESSES, DASK = "processes", "dask://"
CONNECT_S = 10
"""Seconds after which a scheduler that does not answer is taken for none."""


class Inline(Executor):
    """An executor that works at once and here, for one process and for tests."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """
        Do it, and return it as done.

        Parameters
        ----------
        fn, args, kwargs : What is called at once, and with what.
        """
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def opened(name: str, processes: int | None = None) -> Iterator[Executor]:
    """
    Yield the executor of a name.

    Raises
    ------
    InputError
        The name is none, the package of clusters is not installed, or no scheduler answers.
    """
    if name == PROCESSES:
        with own_processes(processes or os.cpu_count() or 1) as executor:
            yield executor
    elif name.startswith(DASK):
        with _cluster(name) as executor:
            yield executor
    else:
        raise bad_name(name)


@contextmanager
def elsewhere(name: str) -> Iterator[Executor | None]:
    """Yield the executor of a cluster; None where the work is to be done here, as the question does it by itself."""
    if name == PROCESSES:
        yield None
        return
    with opened(name) as executor:
        yield executor


def bad_name(name: str) -> Faults:
    """Return what is wrong with a name that is no executor's."""
    return Faults(
        tr("sweep.what_was_asked"), [Fault(None, "--executor", tr("sweep.no_executor", value=name))]
    )


def known(name: str) -> bool:
    """Whether a name could be an executor's."""
    host, _, port = name.removeprefix(DASK).rpartition(":")
    return name == PROCESSES or (name.startswith(DASK) and bool(host) and port.isascii() and port.isdecimal())


def begin_worker() -> None:
    """Start a worker process: deaf to interrupts from the keyboard, and gone with its parent, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def own_processes(number: int, begin: Callable[..., object] = begin_worker, *told: Any) -> Iterator[Executor]:
    """
    Yield so many processes of our own, which end with this one; of one, this process itself.

    Parameters
    ----------
    number : How many.
    begin, told : What each of them does first, and what that is told.
    """
    if number == 1:
        yield Inline()
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(number, context, initializer=begin, initargs=told)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _cluster(name: str) -> Iterator[Executor]:
    if not known(name):
        raise bad_name(name)
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(tr("sweep.no_cluster_package")) from error
    try:
        client = Client(f"tcp://{name.removeprefix(DASK)}", timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(tr("sweep.no_scheduler", address=name)) from error
    with client:
        yield client.get_executor(pure=False, retries=2)  # type: ignore[no-untyped-call]
