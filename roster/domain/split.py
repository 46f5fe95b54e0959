"""How a split shift is written, for those who wrote two shifts of one day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from roster.domain.rule import clock
from roster.language import tr


def as_split_shift(value: str, spans: Mapping[str, tuple[int, int]]) -> str:
    """
    Return the way out where a duty is written as several shifts of one day: a split shift is one shift.

    Parameters
    ----------
    value : The duty as it is written.
    spans : The minutes [start, end) of each shift by its name, or letter, after the midnight of its day.

    >>> as_split_shift("M+A", {"M": (420, 660), "A": (960, 1200)})
    '; a split shift is one shift: `shifts: {MA: {stretches: [07:00-11:00, 16:00-20:00]}}`'
    >>> as_split_shift("M+A", {"M": (420, 660), "A": (600, 1200)})
    ''
    """
    names = [part for part in re.split(r"[+/&,;、，；\s]+", value) if part]
    if len(names) == 1:
        names = list(names[0])
    if len(names) < 2 or not spans.keys() >= set(names):
        return ""
    stretches = sorted(spans[name] for name in names)
    if any(first[1] >= second[0] for first, second in pairwise(stretches)):
        return ""
    shown_stretches = ", ".join(f"{clock(start)}-{clock(end)}" for start, end in stretches)
    return tr("scenario.split_shift", name="".join(names), stretches=shown_stretches)
