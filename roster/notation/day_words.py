"""Days by their words: `weekdays`, `mon`, and lists of these."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roster.domain.problem import DAILY, Days
from roster.language import tr
from roster.notation.values import WEEKDAYS, listed
from roster.readable import show
from roster.suggestions import did_you_mean

DAY_WORDS = ("daily", "weekdays", "weekends", "ordinary_weekends", "holidays")


def days(value: object) -> Days:
    """
    Return the days a post is needed from one word or a list of words.

    >>> days("weekdays").workdays, sorted(days(["tue", "thu"]).weekdays)
    (True, [1, 3])
    """
    words = listed(value)
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise ValueError(tr("scenario.bad_days", value=show(value)))
    known = (*DAY_WORDS, *WEEKDAYS)
    for word in words:
        if word not in known:
            raise ValueError(tr("scenario.unknown_day", value=show(word)) + meant(word, known))
    if "daily" in words:
        return DAILY
    return Days(
        workdays="weekdays" in words,
        restdays="weekends" in words or "ordinary_weekends" in words,
        holidays="holidays" in words,
        weekdays=frozenset(WEEKDAYS.index(word) for word in words if word in WEEKDAYS),
        ordinary="ordinary_weekends" in words and "weekends" not in words,
    )


def meant(word: str, known: Sequence[str]) -> str:
    """
    Return what somebody may have meant by a word that is no day: a run of days has a list of them.

    Parameters
    ----------
    word, known : What was written, and the words that there are.
    """
    first, _, last = (part.strip().lower()[:3] for part in re.sub(r"\.\.|–|to", "-", word).partition("-"))
    if first not in WEEKDAYS or last not in WEEKDAYS:
        return did_you_mean(word, known)
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    run = [WEEKDAYS[(start + number) % 7] for number in range((end - start) % 7 + 1)]
    return tr("scenario.days_listed", days=", ".join(run))


def weekdays(value: object) -> list[int]:
    """
    Return the numbers of weekdays, 0 Monday, from one word or a list.

    >>> weekdays("mon"), weekdays(["fri", "mon"])
    ([0], [0, 4])
    """
    words = listed(value)
    if not isinstance(words, list):
        raise ValueError(tr("scenario.bad_weekdays", value=show(value)))
    for word in words:
        if word not in WEEKDAYS:
            raise ValueError(tr("scenario.bad_weekdays", value=show(word)) + meant(show(word), WEEKDAYS))
    return sorted({WEEKDAYS.index(word) for word in words})
