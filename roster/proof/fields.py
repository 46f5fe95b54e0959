"""The values of a JSON object, each asked for once and by its kind: nothing in a file is taken on trust."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

from roster.domain.problem import DAY
from roster.language import tr

MOST_DIGITS = 60
"""Most digits of a number."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_NUMBER = re.compile(rf"-?[0-9]{{1,{MOST_DIGITS}}}(?:/[1-9][0-9]{{0,{MOST_DIGITS - 1}}})?", re.ASCII)
_TIME = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


class Unreadable(Exception):
    """What is wrong with a file, in words."""


class Fields:
    """The keys of one object, each asked for once and by its kind."""

    def __init__(self, document: Any, place: str) -> None:
        if not isinstance(document, dict):
            raise Unreadable(tr("proof.no_object", key=place))
        self._left, self._place = dict(document), place

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str) -> Any:
        """Return a value of any kind."""
        if key not in self._left:
            raise Unreadable(tr("proof.no_key", key=f"{self._place}.{key}"))
        return self._left.pop(key)

    def wrong(self, key: str, value: Any) -> Unreadable:
        """Return the error for a value that cannot be."""
        shown = json.dumps(value, ensure_ascii=False, default=str)[:MOST_DIGITS]
        return Unreadable(tr("proof.wrong_value", key=f"{self._place}.{key}", value=shown))

    def text(self, key: str) -> str:
        """Return a text."""
        value = self.take(key)
        if not isinstance(value, str):
            raise self.wrong(key, value)
        return value

    def many(self, key: str) -> list[Any]:
        """Return a list."""
        value = self.take(key)
        if not isinstance(value, list):
            raise self.wrong(key, value)
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.many(key)
        if not all(isinstance(name, str) for name in value):
            raise self.wrong(key, value)
        return tuple(value)

    def whole(self, key: str) -> int:
        """Return a whole number."""
        value = self.take(key)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 10**MOST_DIGITS:
            raise self.wrong(key, value)
        return value

    def value(self, key: str) -> int | None:
        """Return a whole number, or None for null: impossible."""
        if self._left.get(key, 0) is None:
            self.take(key)
            return None
        return self.whole(key)

    def fraction(self, key: str) -> Fraction:
        """Return a whole number, or a fraction written as text."""
        value = self.take(key)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MOST_DIGITS:
            return Fraction(value)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return Fraction(value)
        raise self.wrong(key, value)

    def weekday(self, key: str) -> int:
        """Return a weekday, 0 Monday."""
        value = self.text(key)
        if value not in WEEKDAYS:
            raise self.wrong(key, value)
        return WEEKDAYS.index(value)

    def minute(self, key: str) -> int:
        """Return a minute of the week."""
        value = self.text(key)
        found = _TIME.fullmatch(value)
        if found is None:
            raise self.wrong(key, value)
        return WEEKDAYS.index(found[1]) * DAY + int(found[2]) * 60 + int(found[3])

    def left(self) -> list[str]:
        """Return what has not been asked for yet."""
        return list(self._left)

    def done(self) -> None:
        """Refuse what was not asked for: it would be claimed and never looked at."""
        if self._left:
            raise Unreadable(tr("proof.unknown_key", key=f"{self._place}.{min(self._left)}"))
