"""What so many people cost at least: a rota of two weeks reaches it where a weekly one does not, none goes below."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.domain.problem import Problem
from roster.engine.integer_program import worth
from roster.engine.rotation.decompose import split
from roster.engine.rotation.least_cost import most_saved
from roster.engine.rotation.minimum import fewest
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from roster.scenario.loader import load

TERTIARY = Path(__file__).parents[3] / "scenarios" / "city_tertiary.yaml"


def costs(problem: Problem) -> tuple[int, int]:
    """Money a month of the fewest people's rota, and the most that another rota of as many could save."""
    now, cost, saved = time.monotonic(), 0, 0
    run = SearchRun(now, Search(SolveOptions(), now + 60), lambda _: None)
    for part in split(problem):
        found = fewest(part, run)
        assert found.model is not None
        cost += worth(found.model.cost, found.values)
        saved += most_saved(part, found, run)
    return cost, saved


def test_a_longer_rota_reaches_the_least_cost_of_as_many_people() -> None:
    problem = load(TERTIARY)
    cost, saved = costs(problem)
    assert (cost, saved) == (242_500, 7_000)
    assert costs(replace(problem, rotation_weeks=2)) == (cost - saved, 0)
