"""The same instance with demand and employees multiplied: the time must not grow with the number of people."""

from __future__ import annotations

from collections.abc import Iterable

from roster.benchmark.rws.format import Instance
from roster.benchmark.rws.run import InstanceCase, InstanceQuestions, solve
from roster.domain.outcome import SolveOptions

FACTORS = (1, 3, 10, 30, 100)


def run_scale(
    instance: Instance, wanted: InstanceQuestions, options: SolveOptions, factors: Iterable[int] = FACTORS
) -> list[InstanceCase]:
    """
    Answer an instance with employees and demand times each factor.

    Parameters
    ----------
    instance, wanted : The instance, and what is asked.
    options : Time limit, workers and seed.
    factors : How many times as many people.
    """
    return [solve(instance.scaled(factor), wanted, options) for factor in factors]
