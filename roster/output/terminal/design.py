"""Chosen shifts on a terminal: which, and people wanted and there by hour of the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.domain.rules import clock
from roster.language import tr
from roster.output.terminal.console import FAINT, section, table
from roster.output.terminal.prose import Prose
from roster.output.words.by_hour import LITTLE, hours_sentences
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
    yield hours_section(tr("design.by_hour"), found.hours)


def hours_section(title: str, hours: Sequence[tuple[float, float]]) -> ConsoleRenderable:
    """Return people there by hour of the week, how many more or fewer than wanted, and what is idle in all."""
    names = tr("common.day_names").split()
    made = table("", *(f"{hour:02}" for hour in range(24)), numbers=tuple(range(1, 25)))
    made.padding = (0, 1, 0, 0)
    for day in range(7):
        of_day = hours[24 * day : 24 * day + 24]
        made.add_row(names[day], *(f"{there:.0f}" for _, there in of_day))
        over = [there - wanted for wanted, there in of_day]
        made.add_row("", *(Text(f"{more:+.0f}" if abs(more) > LITTLE else "", FAINT) for more in over))
    return section(title, made, *(Prose(words) for words in hours_sentences(hours)))
