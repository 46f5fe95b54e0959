"""Duties by their letters, and by the part of the day that they fall into."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from roster.domain.problem import Duty, Presence, Shift, Wish
from roster.language import tr

OFF_LETTER = "."
"""A day off in grids, on screen and in files: `-` could start a formula in a spreadsheet."""


EVENING = 14 * 60


def letters(duty: Duty) -> str:
    """
    Return a duty as it stands in grids.

    >>> letters(Duty())
    '.'
    """
    return duty.letters if not duty.is_off else OFF_LETTER


def named(duty: Duty) -> str:
    """Return a duty's letters, or the word for a day off."""
    return tr("common.off") if duty.is_off else letters(duty)


def part_of_day(shift: Shift) -> str:
    """Return `day`, `evening`, `night` or `standby`: what the colour says."""
    if shift.presence is Presence.STANDBY:
        return "standby"
    if shift.night:
        return "night"
    return "evening" if shift.start >= EVENING else "day"


def widest(duties: Iterable[Duty]) -> int:
    """Return how many columns the widest of these duties takes."""
    return max((cell_len(letters(duty)) for duty in duties), default=1)


def wish_text(wish: Wish) -> str:
    """Return what is wished for: `D`, `D or E`, `not N`."""
    duty = tr("explain.or").join(tr("common.off") if name == "off" else name for name in wish.duties)
    return tr("calendar.not", duty=duty) if wish.against else duty
