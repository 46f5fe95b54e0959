"""What an answer is about: the scenario as the engine knows it, and where it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from roster.domain.problem import Problem
from roster.scenario.positions import Places


@dataclass(frozen=True, slots=True)
class Basis:
    """A problem; the file that it was read from, or what stands for one; and where things stand in that file."""

    problem: Problem
    source: Path = field(compare=False)
    places: Places = field(default_factory=Places, compare=False, repr=False)
