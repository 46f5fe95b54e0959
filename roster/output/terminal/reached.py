"""The share answered in time that a roster reaches, on a terminal and as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.demand.posts import percent
from roster.demand.reached import Reached
from roster.language import tr
from roster.output.documents.plan import Document
from roster.output.terminal.console import BAD, GOOD, one_line, section, table
from roster.output.terminal.prose import Prose
from roster.output.words.demand import kind_words


def reached_words(one: Reached) -> str:
    """Return whether every hour reaches the target, and which is the lowest."""
    role, target = (
        one_line(one.role.role),
        {"share": percent(one.role.share), "within": f"{one.role.within:g}"},
    )
    known = [hour for hour in one.hours if hour.level is not None]
    if not known:
        return tr("demand.answered_endless", role=role)
    low = min(known, key=lambda hour: hour.level or 0.0)
    when = f"{kind_words(low.kind)} {low.hour:02}-{low.hour + 1:02}"
    if not one.short:
        return tr("demand.answered_good", role=role, level=percent(low.level), when=when, **target)
    return tr(
        "demand.answered_short",
        role=role,
        hours=len(one.short),
        level=percent(low.level),
        when=when,
        **target,
    )


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


def reached_document(one: Reached) -> Document:
    """Return the levels of a role by kind of day and hour."""
    return {
        "role": one.role.role,
        "share": one.role.share,
        "within": one.role.within,
        "sentence": reached_words(one),
        "hours": [
            {
                "kind": hour.kind.value,
                "hour": hour.hour,
                "people": hour.people,
                "level": None if hour.level is None else round(hour.level, 6),
                "dates_below": hour.below,
                "dates": hour.dates,
            }
            for hour in one.hours
        ],
    }
