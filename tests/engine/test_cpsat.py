"""A search of CP-SAT ends when a signal comes, and hands on what the handler raises."""

from __future__ import annotations

import os
import signal
import threading

import pytest
from ortools.sat.python import cp_model

from roster.engine.solvers.cpsat import solved

PIGEONS = 14
LIMIT_S = 60.0


def endless() -> tuple[cp_model.CpSolver, cp_model.CpModel]:
    """More pigeons than holes, which the search does not see: it goes on until its limit."""
    model = cp_model.CpModel()
    sits = [[model.new_bool_var("") for _ in range(PIGEONS - 1)] for _ in range(PIGEONS)]
    for pigeon in sits:
        model.add_bool_or(pigeon)
    for hole in zip(*sits, strict=True):
        for at, one in enumerate(hole):
            for other in hole[:at]:
                model.add_bool_or(one.negated(), other.negated())
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = LIMIT_S
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.symmetry_level = 0
    return solver, model


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_search_with_what_its_handler_raises(number: signal.Signals) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    threads = set(threading.enumerate())
    before = signal.signal(number, stop)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), number))
    try:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            solved(*endless())
    finally:
        timer.join()
        signal.signal(number, before)
    assert set(threading.enumerate()) <= threads, "the search goes on behind its caller"


def test_a_search_on_another_thread_ends_by_its_limit() -> None:
    solver, model = endless()
    solver.parameters.max_time_in_seconds = 0.2
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(solved(solver, model)))
    thread.start()
    thread.join()
    assert found == [cp_model.UNKNOWN]
