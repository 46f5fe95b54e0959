"""Texts from files and command lines as they are shown in messages: short, on one line, with nothing that hides."""

from __future__ import annotations

import re
import unicodedata

MOST = 60
"""Signs of one value or key that are shown; no name may be longer."""

MOST_OF_PATH = 200
"""Signs of a file's name that are shown, the middle left out."""

_CODED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def visible(text: str) -> str:
    """
    Return a text with every sign that moves the cursor, hides or turns the line round as its code.

    >>> visible("Li\\x07 欧阳\\u202e")
    'Li<U+0007> 欧阳<U+202E>'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"<U+{ord(s):04X}>" if unicodedata.category(s) in _CODED else s for s in text)


def shown(text: str, most: int = MOST) -> str:
    """
    Return a value as it is shown in a message: visible, and cut where it would fill the screen.

    >>> shown("x" * 100, 8), shown("Li")
    ('xxxxxxx…', 'Li')
    """
    text = visible(text[: most + 1])
    return text if len(text) <= most else text[: most - 1] + "…"


def shown_key(path: str) -> str:
    """
    Return a path of keys with each of its steps as it is shown.

    >>> shown_key("posts." + "p" * 90 + ".role")[-10:]
    'pppp….role'
    """
    return ".".join(shown(step) for step in re.split(r"\.", path))


def shown_path(path: str) -> str:
    """Return a file's name as it is shown, cut in the middle where it is very long."""
    half = MOST_OF_PATH // 2
    path = path if len(path) <= MOST_OF_PATH else f"{path[:half]}…{path[-half:]}"
    return visible(path)


def show(value: object) -> str:
    """
    Return a value as the user wrote it, cut short.

    >>> show("x" * 100)[-1:], show(True), show(None), show({"a": 1})
    ('…', 'true', 'null', '{…}')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    return shown(str(value), 40)
