"""Turns of phrase that several faults share."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from roster.language import tr
from roster.readable import shown


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """
    Return the way out of a misspelt name: the nearest known one, or all of them where they are few.

    >>> did_you_mean("Nihgt", ["Day", "Night"])
    "; did you mean 'Night'?"
    """
    names = list(known)
    lowered = {each.lower(): each for each in names}
    near = get_close_matches(value.lower()[:80], list(lowered), n=1, cutoff=0.6)
    if near:
        return tr("scenario.did_you_mean", name=lowered[near[0]])
    if names and len(names) <= 12:
        return tr("scenario.one_of", names=", ".join(sorted(map(shown, names))))
    return ""
