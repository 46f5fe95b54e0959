"""Wishes of people, granted or not, in a section of a report."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.language import tr
from roster.output.terminal.console import section
from roster.output.terminal.prose import bullet
from roster.output.words.wishes import wishes_told


def wish_section(problem: Problem, roster: Roster) -> Iterator[Group]:
    """Yield how many of the wished-for days are granted, wish by wish; nothing where nobody wishes for anything."""
    sentences, note = wishes_told(problem, roster)
    if sentences:
        yield section(tr("plan.wishes"), *map(bullet, sentences), note=note)
