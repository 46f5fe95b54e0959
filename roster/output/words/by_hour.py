"""People wanted and there by hour of the week, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from roster.language import tr

LITTLE = 0.05
"""People, below which an hour has as many as are wanted."""


def hours_sentences(hours: Sequence[tuple[float, float]]) -> list[str]:
    """
    Return how many hours a week are there and not wanted, at which hour most, and how many are wanted and not there.

    `hours` are people wanted and there in each hour of a week, Monday first.
    """
    idle = [max(0.0, there - wanted) for wanted, there in hours]
    short = sum(max(0.0, wanted - there) for wanted, there in hours)
    there = sum(number for _, number in hours)
    said = [tr("design.idle", idle=f"{sum(idle):.1f}", there=f"{there:.1f}")]
    if max(idle) > LITTLE:
        at = idle.index(max(idle))
        day = tr("common.day_names").split()[at // 24]
        said.append(tr("design.most_idle", day=day, hour=f"{at % 24:02}:00", people=f"{idle[at]:.1f}"))
    if short > LITTLE:
        said.append(tr("design.short", short=f"{short:.1f}"))
    return said
