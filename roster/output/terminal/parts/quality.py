"""How good the rota is, in a section of a report."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group

from roster.domain.outcome import Outcome
from roster.domain.problem import Problem
from roster.language import counted, tr
from roster.output.terminal.console import section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.quality import quality_of, quality_sentences


def quality_section(problem: Problem, outcome: Outcome) -> Iterator[Group]:
    """Yield the points of the rota and what they are for; nothing where the scenario wishes for nothing."""
    found = quality_of(problem, outcome)
    if found is not None:
        verdict, *kinds = quality_sentences(problem, outcome)
        note = tr("quality.note", weeks=counted("common.weeks", found.weeks))
        yield section(tr("quality.title"), Prose(verdict), *map(bullet, kinds), note=note)
