"""The share answered in time that a roster reaches, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.demand.answered_in_time import Reached
from roster.language import tr
from roster.output.terminal.console import BAD, GOOD, section, table
from roster.output.terminal.prose import Prose
from roster.output.words.answered_in_time import reached_words
from roster.output.words.demand import kind_words


def reached_sections(answers: Sequence[Reached]) -> Iterator[ConsoleRenderable]:
    """Return the sentence of each role, and its levels by kind of day and hour."""
    for one in answers:
        made = table("", *(f"{hour:02}" for hour in range(24)), numbers=tuple(range(1, 25)))
        made.padding = (0, 1, 0, 0)
        for kind in dict.fromkeys(hour.kind for hour in one.hours):
            there = {hour.hour: hour for hour in one.hours if hour.kind is kind}
            cells = []
            for at in range(24):
                level = there[at].level if at in there else None
                text = "" if level is None else f"{100 * level - 0.5:.0f}"
                cells.append(Text(text, BAD if at in there and there[at].below else ""))
            made.add_row(kind_words(kind), *cells)
        said = Prose(reached_words(one), BAD if one.short else GOOD)
        yield section(tr("demand.answered_in_time"), said, made)
