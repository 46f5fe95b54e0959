"""
What people read, in their language: catalogues under `text/<language>/<domain>.toml`.

A key is `domain.name`; a text is a Python format string whose fields are named. Catalogues are read when their
first text is asked for, so that a command pays only for what it prints. File columns and JSON keys are never
translated.
"""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from roster.readable import shown, shown_path

LANGUAGES = ("en", "zh")

GIVEN = frozenset({"value", "given", "name"})
"""Fields of texts that hold what somebody wrote, right or wrong: shown short and visible."""

_current: ContextVar[str] = ContextVar("language", default="en")


@cache
def catalogue(language: str, domain: str) -> dict[str, str]:
    """Return the texts of one domain in one language; raises KeyError for a language or domain not shipped."""
    path = files("roster") / "text" / language / f"{domain}.toml"
    if not path.is_file():
        raise KeyError(f"no texts for {domain!r} in {language!r}")
    return {key: str(text) for key, text in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def tr(key: str, /, **values: object) -> str:
    """
    Return the text of a key in the current language.

    >>> tr("common.day_names").split()[0]
    'Mon'
    """
    domain, _, name = key.partition(".")
    said = {field: _shown(field, value) for field, value in values.items()}
    return catalogue(_current.get(), domain)[name].format(**said)


def _shown(field: str, value: object) -> object:
    if isinstance(value, PurePath):
        return shown_path(str(value))
    return shown(value) if field in GIVEN and isinstance(value, str) else value


def listed(names: Iterable[str]) -> str:
    """
    Return names one after the other, apart enough where names have commas of their own.

    >>> listed(["Ann", "Bob"]), listed(["O'Connor, Seán", "Bob"])
    ('Ann, Bob', "O'Connor, Seán; Bob")
    """
    every = list(names)
    own = any(sign in name for name in every for sign in ",，、")
    return tr("common.semicolon" if own else "common.comma").join(every)


def counted(key: str, number: int, **values: object) -> str:
    """Return a text about so many things; what is said of one alone has a key of its own, ending in `_one`."""
    return tr(f"{key}_one" if number == 1 else key, number=number, **values)


def length(days: int) -> str:
    """
    Return how long so many days are: weeks where they are whole.

    >>> length(28), length(30)
    ('4 weeks', '30 days')
    """
    return counted("common.days", days) if days % 7 else counted("common.weeks", days // 7)


def span(first: object, last: object) -> str:
    """
    Return from when to when, or the one day.

    >>> span("2027-01-04", "2027-01-06"), span("2027-01-04", "2027-01-04")
    ('2027-01-04 to 2027-01-06', '2027-01-04')
    """
    return str(first) if first == last else tr("common.span", first=first, last=last)


def language() -> str:
    """Return the language people read now: `en` or `zh`."""
    return _current.get()


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak another language inside a `with` block."""
    token = _current.set(name)
    try:
        yield
    finally:
        _current.reset(token)


def locale_language() -> str:
    """Return `zh` where the user's environment is Chinese, else `en`."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh" if value.lower().startswith("zh") else "en"
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
