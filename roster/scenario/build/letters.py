"""One sign for each shift, standby and site, so that a grid can be read."""

from __future__ import annotations

import string
from collections.abc import Iterable

from roster.notation.values import letter


def letters(wanted: Iterable[tuple[str, str | None, bool]]) -> dict[str, str]:
    """
    Return a letter for each name; each entry is a name, its own letter if stated, and whether it is upper case.

    Stated letters come first; the others take the first free sign of their name, then of the alphabet.

    >>> letters([("Day", None, True), ("Dusk", None, True), ("S", "s", False)])
    {'S': 's', 'Day': 'D', 'Dusk': 'U'}
    """
    entries = list(wanted)
    chosen = {name: own for name, own, _ in entries if own is not None}
    taken = set(chosen.values())
    for name, own, upper in entries:
        if own is not None:
            continue
        cased = str.upper if upper else str.lower
        signs = [*cased(name), *cased(string.ascii_lowercase), *string.digits, *string.ascii_letters]
        sign = next((sign for sign in signs if sign not in taken and _usable(sign)), "?")
        chosen[name] = sign
        taken.add(sign)
    return chosen


def _usable(sign: str) -> bool:
    try:
        return letter(sign) == sign
    except ValueError:
        return False
