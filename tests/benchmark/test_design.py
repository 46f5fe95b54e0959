"""Demand made of hidden shifts: drawn as said, solved to the known optimum, and what is not proven is not called so."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from click.testing import CliRunner

from roster.benchmark.design import HIDDEN, DesignCase, drawn, run_design
from roster.cli import main
from roster.domain.outcome import SolveOptions
from roster.engine.design.week import needs


@pytest.fixture(scope="module")
def case() -> DesignCase:
    (found,) = run_design(SolveOptions(60, 1, 3), 1, lambda _: None)
    return found


def test_the_hours_drawn_are_those_of_the_week() -> None:
    problem, hours = drawn(3)
    wanted = needs(problem, problem.shifts)
    assert sum((need.end - need.start) * need.load for need in wanted) == hours * 60 * 100
    assert drawn(3) == drawn(3)
    assert drawn(4)[1] != hours


def test_the_fewest_are_proven_with_no_more_kinds_than_are_hidden(case: DesignCase) -> None:
    problem, hours = drawn(3)
    assert case.proven
    assert case.people == case.bound
    assert case.bound is not None
    assert case.bound >= math.ceil(hours * 60 / problem.types[0].net_minutes)
    assert case.kinds <= HIDDEN


def test_only_what_is_proven_is_called_so(case: DesignCase) -> None:
    assert case.people is not None
    worse = ({"people": case.people + 1}, {"people": None}, {"fewest_kinds": False}, {"kinds": HIDDEN + 1})
    assert not any(replace(case, **one).proven for one in worse)  # type: ignore[arg-type]


def test_too_little_time_is_told_and_no_success() -> None:
    result = CliRunner().invoke(main, ["bench", "design", "--cases", "1", "--time-limit", "0.001", "--json"])
    said = json.loads(result.output)
    assert (result.exit_code, said["summary"]["proven"]) == (3, 0)
