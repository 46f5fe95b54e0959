"""What a plan survives, and the relief factor, as lines beside the staffing ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.domain.outcome import Outcome
from roster.domain.problem import Problem
from roster.output.terminal.console import FAINT
from roster.output.terminal.prose import Prose
from roster.output.words.survive import relief_sentences, survival_sentences

if TYPE_CHECKING:
    pass


def survival_lines(outcome: Outcome) -> list[ConsoleRenderable]:
    """Return what was tried as lines, set off from what stands above them."""
    said = survival_sentences(outcome)
    return [Text(" "), *(Prose(sentence) for sentence in said)] if said else []


def relief_lines(problem: Problem, outcome: Outcome) -> list[ConsoleRenderable]:
    """Return the relief factor in the form of the ladder's steps, and below it what it cannot see."""
    found = relief_sentences(problem, outcome)
    if found is None:
        return []
    number, sentence, blind = found
    line = Text(f"{number:>4}  ", FAINT).append(sentence, FAINT)
    return [line, Prose(blind, FAINT, mark="      ")]
