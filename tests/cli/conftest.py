"""A command line whose scenarios and answers are drawn by hand, so that only the command line is under test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import roster.scenario
from roster.cli import main
from roster.domain.outcome import Outcome, Progress, SolveOptions
from roster.domain.problem import Problem
from roster.questions import design
from roster.questions.partial_roster import from_answers as partial
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
        def planned(
            problem: Problem,
            options: SolveOptions,
            progress: Callable[[Progress], None] | None = None,
            _days: int | None = None,
        ) -> tuple[Problem, Outcome, None]:
            return problem, answer(problem, options, progress), None

        monkeypatch.setattr(design, "planned", planned)
        monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: sample.problem())
        # Whose best roster is sought is a question of its own.
        monkeypatch.setattr(partial, "team_of_outcome", lambda *_: None)

    return install
