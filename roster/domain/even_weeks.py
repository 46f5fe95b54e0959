"""Weeks alike: how many working days a week may have that is close to what a staff type does on average."""

from __future__ import annotations

from collections.abc import Iterable

from roster.domain.counts import Count, Counted, Per
from roster.domain.outcome import Rotation
from roster.domain.rule import Origin

SOURCE = "HSE, HSG256"


def even_weeks(rotations: Iterable[Rotation], price: int) -> Count | None:
    """
    Return the wish that no week of a staff type is more than one working day from its average; None where it is none.

    A week of nothing beside one of five days is nobody's wish, and where two people share one post it costs no other.

    Parameters
    ----------
    rotations : All rotations of one staff type: the average is over all their lines.
    price : Points for each day above, and for each week below. 0 for no such wish.
    """
    lines = [line for rotation in rotations for line in rotation.lines]
    days = sum(duty.works for line in lines for duty in line)
    if not price or not days:
        return None
    return Count(
        of=Counted.DAYS,
        per=Per.WEEK,
        least=-(-days // len(lines)) - 1,
        most=days // len(lines) + 1,
        price=price,
        origin=Origin.POLICY,
        source=SOURCE,
    )
