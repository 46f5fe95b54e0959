"""The level of service that simulated weeks of tickets reach, in words."""

from __future__ import annotations

from roster.demand.answered_in_time import Reached
from roster.demand.posts import percent
from roster.language import tr
from roster.output.words.demand import kind_words
from roster.output.words.text import one_line


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
