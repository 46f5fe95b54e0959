"""Wishes of people, granted or not, in a section of a report."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.language import tr
from roster.output.terminal.console import section
from roster.output.terminal.prose import bullet
from roster.output.words.duties import wish_text
from roster.scores import wishes_granted


def wish_section(problem: Problem, roster: Roster) -> Iterator[Group]:
    """Yield how many of the wished-for days are granted, wish by wish; nothing where nobody wishes for anything."""
    found = wishes_granted(problem, roster)
    if not found:
        return
    lines = []
    for wish, granted, days in found:
        words = {"person": wish.person, "first": wish.first, "last": wish.last}
        lines.append(
            bullet(tr("plan.wish_granted", duty=wish_text(wish), granted=granted, days=days, **words))
        )
    total = sum(granted for _, granted, _ in found), sum(days for _, _, days in found)
    yield section(tr("plan.wishes"), *lines, note=tr("plan.wishes_note", granted=total[0], days=total[1]))
