"""Fair shares on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group

from roster.language import tr
from roster.output.shares import ShareTable
from roster.output.terminal.console import MOST_PEOPLE, section, table
from roster.output.terminal.prose import bullet
from roster.output.words.text import LONGEST_NAME, short_name


def shares_section(shares: ShareTable | None) -> Iterator[Group]:
    """Yield what everybody has of what is shared, beside the fair share, and after how long all are even."""
    if shares is None:
        return
    made = table(tr("plan.person"), *shares.heads, numbers=tuple(range(1, len(shares.heads) + 1)))
    for name, cells in shares.rows[:MOST_PEOPLE]:
        made.add_row(short_name(name, LONGEST_NAME).rstrip(), *cells)
    yield section(tr("calendar.shares"), made, *map(bullet, shares.even), note=shares.note)
