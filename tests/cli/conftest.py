"""A command line whose scenarios and answers are drawn by hand, so that only the command line is under test."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

import roster.scenario
from roster.cli import main
from roster.domain.outcome import Outcome, Progress, SolveOptions
from roster.domain.problem import Problem
from roster.questions.partial import from_answers as partial
from tests.output import sample

Run = Callable[..., Result]
Answer = Callable[[Problem, SolveOptions, Callable[[Progress], None] | None], Outcome]


@pytest.fixture
def run() -> Run:
    """Call the program with arguments, in English unless they say otherwise."""

    def call(*args: str | Path) -> Result:
        return CliRunner().invoke(main, ["--lang", "en", *map(str, args)])

    return call


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], None]:
    """Let any scenario be the sample, and the question be answered by a function."""

    def install(answer: Answer) -> None:
        module = ModuleType("roster.questions.design.planned")
        vars(module)["planned"] = lambda problem, options, progress=None, _days=None: (
            problem,
            answer(problem, options, progress),
            None,
        )
        monkeypatch.setitem(sys.modules, "roster.questions.design.planned", module)
        monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: sample.problem())
        # Whose best roster is sought is a question of its own.
        monkeypatch.setattr(partial, "team_of_outcome", lambda *_: None)

    return install
