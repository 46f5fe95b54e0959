"""Chosen shifts on a terminal: which, and people wanted and there by hour of the week."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.domain.rules import clock
from roster.language import tr
from roster.output.terminal.console import FAINT, section, table
from roster.output.terminal.prose import Prose
from roster.questions.design import Designed


def design_sections(found: Designed) -> Iterator[ConsoleRenderable]:
    """Return the shifts as a scenario writes them, and the load, the cover and the idle time by hour."""
    shifts = [found.problem.shift[name] for name in found.kinds]
    lines = [
        f"{shift.name}: {{start: {clock(shift.start)}, length: {shift.length / 60:g}h}}" for shift in shifts
    ]
    note = tr("design.kinds_note_least" if found.fewest_kinds else "design.kinds_note")
    parts: list[ConsoleRenderable] = [Text(line) for line in lines]
    yield section(tr("design.kinds"), *parts, Prose(tr("design.paste"), FAINT), note=note)
    if not found.hours:
        return
    names = tr("common.day_names").split()
    made = table("", *(f"{hour:02}" for hour in range(24)), numbers=tuple(range(1, 25)))
    made.padding = (0, 1, 0, 0)
    for day in range(7):
        cells = [f"{there:.0f}" for _, there in found.hours[24 * day : 24 * day + 24]]
        made.add_row(names[day], *cells)
        over = [there - wanted for wanted, there in found.hours[24 * day : 24 * day + 24]]
        made.add_row("", *(Text(f"+{more:.0f}" if more > 0.05 else "", FAINT) for more in over))
    there = sum(number for _, number in found.hours)
    words = tr("design.idle", idle=f"{found.idle:.1f}", there=f"{there:.1f}")
    yield section(tr("design.by_hour"), made, Prose(words))
