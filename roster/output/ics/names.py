"""File names from people's names: safe on every system, one for each person, the same every time."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

LONGEST = 120
"""Octets of a name without its ending; file systems take 255."""

_FORBIDDEN = '<>:"/\\|?*%'
_RESERVED = {
    "con", "prn", "aux", "nul", "conin$", "conout$",
    *(f"{device}{number}" for device in ("com", "lpt") for number in (*range(10), "¹", "²", "³")),
}  # fmt: skip
"""Names that Windows keeps for devices, whatever their ending."""


def file_names(names: Iterable[str]) -> dict[str, str]:
    """
    Return a file name, without its ending, for each name.

    A name that had to be altered, or that another shares but for its case, ends in a mark of its own.

    >>> file_names(["Li Na", "李娜"])
    {'Li Na': 'Li Na', '李娜': '李娜'}
    >>> file_names(["a/b"])
    {'a/b': 'a_b-c14cddc0'}
    """
    every = list(dict.fromkeys(names))
    safe = {name: _safe(name) for name in every}
    shared = Counter(_folded(stem) for stem in safe.values())
    return {
        name: stem if stem == name and shared[_folded(stem)] == 1 else f"{stem}-{_mark(name)}"
        for name, stem in safe.items()
    }


def _safe(name: str) -> str:
    kept = "".join(_sign(sign) for sign in unicodedata.normalize("NFC", name))
    cut = kept.encode("utf-8", "ignore")[:LONGEST].decode("utf-8", "ignore").strip(" .")
    if cut.partition(".")[0].rstrip().lower() in _RESERVED:
        return f"_{cut}"
    return cut or "_"


def _sign(sign: str) -> str:
    if sign in _FORBIDDEN or sign == "\ufffd":
        return "_"
    if sign.isprintable():
        return sign
    return " " if sign.isspace() else ""


def _folded(stem: str) -> str:
    """Names that a case-blind or normalising file system takes for one."""
    return unicodedata.normalize("NFKD", stem).casefold()


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
