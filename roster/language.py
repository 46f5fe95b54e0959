"""
What people read, in their language: catalogues under `text/<language>/<domain>.toml`.

A language is a folder with a `language.toml`: its name, its tag on pages, its font in workbooks, and what the
environment calls it. A text that it lacks is said in English.

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

FALLBACK = "en"
"""The language of a text that another lacks."""


def _found() -> tuple[str, ...]:
    folders = (files("roster") / "text").iterdir()
    names = sorted(folder.name for folder in folders if (folder / "language.toml").is_file())
    return (FALLBACK, *(name for name in names if name != FALLBACK))


LANGUAGES = _found()
"""The languages there are, the fallback first."""

GIVEN = frozenset({"value", "given", "name"})
"""Fields of texts that hold what somebody wrote, right or wrong: shown short and visible."""

_current: ContextVar[str] = ContextVar("language", default="en")


@cache
def catalogue(language: str, domain: str) -> dict[str, str]:
    """
    Return the texts of one domain in one language, English ones where it has none of its own.

    Raises KeyError for a language that is not there, and for a domain that none has.
    """
    if language not in LANGUAGES:
        raise KeyError(f"no language {language!r}")
    found: dict[str, str] = {}
    for name in (FALLBACK, language):
        path = files("roster") / "text" / name / f"{domain}.toml"
        if path.is_file():
            read = tomllib.loads(path.read_text(encoding="utf-8"))
            found |= {key: str(text) for key, text in read.items()}
    if not found:
        raise KeyError(f"no texts for {domain!r} in {language!r}")
    return found


def tr(key: str, /, **values: object) -> str:
    """
    Return the text of a key in the current language.

    >>> tr("common.day_names").split()[0]
    'Mon'
    """
    domain, _, name = key.partition(".")
    said = {field: _shown(field, value) for field, value in values.items()}
    return catalogue(_current.get(), domain)[name].format(**said)


def optional(key: str) -> str:
    """
    Return a text that need not be there, empty where no language has it.

    >>> optional("classical.pitman_note"), bool(optional("classical.pitman_title"))
    ('', True)
    """
    domain, _, name = key.partition(".")
    return catalogue(_current.get(), domain).get(name, "")


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
    """
    Return a text about so many things; what is said of one alone has a key of its own, ending in `_one`.

    Parameters
    ----------
    key, number : Of the text, and how many there are.
    values : What the text names.
    """
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
    """Return the language people read now, by the name of its folder."""
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
    """Return the language of the user's environment, English where that is none of ours."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return language_called(value)
    return language_called(locale.getlocale()[0] or "")


def language_called(name: str) -> str:
    """
    Return the language that an environment or a browser names, English where there is none.

    >>> language_called("zh_CN.UTF-8"), language_called("Chinese_China"), language_called("C.UTF-8")
    ('zh', 'zh', 'en')
    """
    given = name.lower()
    for one in LANGUAGES:
        if any(given.startswith(start) for start in catalogue(one, "language")["locales"].split()):
            return one
    return FALLBACK
