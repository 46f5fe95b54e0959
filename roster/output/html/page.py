"""The templates: escaped throughout, in the reader's language, with nothing invisible in any text."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from roster.language import tr
from roster.output.words.text import one_line
from roster.version import __version__

LAST_WORD = 6
"""Signs of a name's last word that stays where there is no room for all of the name."""

LONG_NAME = 16
"""Signs of a name that fit."""


def render(template: str, **views: object) -> str:
    """Return a page drawn by one of the templates, in the current language."""
    tag = tr("language.tag")
    return _environment().get_template(template).render(lang=tag, version=__version__, **views)


def environment(package: str) -> Environment:
    """Return the templates of a package: escaped throughout, with nothing invisible in any text."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _environment() -> Environment:
    made = environment("roster.output.html")
    made.globals.update(t=_text, asset=_asset, fingerprint=_fingerprint, halves=_halves)
    made.filters["coded"] = _coded
    return made


def _text(key: str, **values: object) -> str:
    """Return a text of the page; a key with a dot is of another catalogue."""
    return tr(key if "." in key else f"page.{key}", **values)


def _harmless(value: object) -> object:
    """Take what moves, hides or turns text out of every value before it is escaped."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return one_line(value)


def _coded(text: str) -> Markup:
    """
    Return a text with what stands between backticks set as code, everything in it escaped.

    >>> _coded("see `roster <x>`")
    Markup('see <code>roster &lt;x&gt;</code>')
    """
    pieces = one_line(text).split("`")
    if len(pieces) % 2 == 0:
        return escape(one_line(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if at % 2 else escape(piece)
        for at, piece in enumerate(pieces)
    )


def _halves(name: str) -> tuple[str, str]:
    """
    Return a name and the number at its end, which stays where there is no room for all of it: it tells people apart.

    >>> _halves("network_application-12"), _halves("Li Na"), _halves("engineer_days-1")
    (('network_application', '-12'), ('Li Na', ''), ('engineer', '_days-1'))
    """
    stem, dash, number = one_line(name).rpartition("-")
    if not (stem and number.isdecimal()):
        # The ends of long names that begin alike stay apart.
        long = len(one_line(name)) > LONG_NAME
        return (one_line(name)[:-LAST_WORD], one_line(name)[-LAST_WORD:]) if long else (name, "")
    # A short last word stays too: engineer_days-1 and engineer_part-1 must not look the same.
    first, sign, word = stem.rpartition("_")
    if first and len(word) <= LAST_WORD:
        return first, f"{sign}{word}{dash}{number}"
    return stem, dash + number


def _asset(name: str) -> Markup:
    """Return a style sheet or script of ours as it is: no text of anybody else's is ever in one."""
    return Markup(_read(name))


@cache
def _read(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0]


def _fingerprint(name: str) -> str:
    """Return what a browser compares a script with before it runs it."""
    digest = hashlib.sha256(_read(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
