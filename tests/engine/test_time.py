"""A time limit is kept: by solvers that look at the clock too seldom, and by sums over many kinds of staff."""

from __future__ import annotations

import threading
import time

import pytest
from ortools.linear_solver.python import model_builder_helper as helper

from roster.domain.outcome import SolveOptions, Status
from roster.engine.integer_program import Program
from roster.engine.rotation import hours_bound as bounds
from roster.engine.solvers import mip as solver
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER, H, post, staff, world


def small() -> Program:
    program = Program()
    program.at_least([(program.variable(0, 3), 2)], 3, "row")
    return program


def test_out_of_time_no_solver_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "ModelSolverHelper", None)
    assert branch_and_bound(small(), [(0, 1)], 0.0).status is Status.UNKNOWN


def test_a_solver_that_comes_too_late_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    come = threading.Event()

    class Late(helper.ModelSolverHelper):  # type: ignore[misc]
        def solve(self, _model: object) -> None:
            come.wait()

    monkeypatch.setattr(helper, "ModelSolverHelper", Late)
    monkeypatch.setattr(solver, "LARGE", 0)
    monkeypatch.setattr(solver, "LATE_SECONDS", 0.01)
    assert branch_and_bound(small(), [(0, 1)], 0.01).status is Status.UNKNOWN
    assert solver.left_alone()
    come.set()
    for thread in threading.enumerate():
        if thread.name == solver.LEFT_ALONE:
            thread.join()
    assert not solver.left_alone()


def test_a_large_program_is_answered_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "LARGE", 0)
    found = branch_and_bound(small(), [(0, 1)], 10.0)
    assert (found.status, found.objective) == (Status.OPTIMAL, 2)


def test_time_may_have_begun_before_the_question() -> None:
    assert SolveOptions(10.0).ends(5.0) == 15.0
    assert SolveOptions(10.0, until=12.0).ends(5.0) == 12.0


def test_sums_over_many_kinds_of_staff_end() -> None:
    """Trying every four of the 511 sums of nine posts would take hours: none of them share nobody."""
    names = [f"r{n}" for n in range(9)]
    people = [staff(name, "D", net_minutes=40 * H) for name in names]
    everybody = staff("all", "D", skills=frozenset(names), net_minutes=40 * H)
    problem = world(*people, everybody, posts=[post(name, 8, 8, name) for name in names])
    search = Search(ONE_WORKER, time.monotonic() + 30)
    sums = bounds.by_arithmetic(problem, {one.name: 1 for one in problem.types}, search)
    assert sums is not None
    # Nine posts of 56 h a week, 40 h of each person.
    assert sums.bound == 13


def test_the_fewest_sums_that_share_nobody_add_up() -> None:
    told = [
        (frozenset("ab"), 3, "ab"),
        (frozenset("a"), 2, "a"),
        (frozenset("c"), 4, "c"),
        (frozenset("d"), 1, "d"),
        (frozenset("bc"), 5, "bc"),
    ]

    def sentences(bound: int) -> list[str] | None:
        found = bounds._disjoint(told, bound)
        return None if found is None else sorted(sentence for *_, sentence in found)

    assert sentences(5) == ["bc"]
    assert sentences(7) == ["a", "bc"] == sorted(["bc", "a"])
    assert sentences(8) == ["a", "bc", "d"] or sentences(8) == ["ab", "c", "d"]
    assert sentences(9) is None
