"""What every document has: its type, its text, and the versions that it was made with."""

from __future__ import annotations

import json
import platform
from typing import TYPE_CHECKING

from roster.version import __version__

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions

Document = dict[str, object]


_DISTRIBUTIONS = ("ortools", "pandas")


def as_text(document: Document, *, ascii_only: bool = False) -> str:
    """Return a document as text, ending with a line end; escaped throughout where the stream is not UTF-8."""
    return json.dumps(document, ensure_ascii=ascii_only, indent=2, default=str) + "\n"


def versions() -> dict[str, str]:
    """Return the versions of the program and of what it computes with; asked of the metadata, importing nothing."""
    from importlib.metadata import PackageNotFoundError, version  # with e-mail and sockets in tow: 15 ms

    found = {"roster": __version__, "python": platform.python_version()}
    for name in _DISTRIBUTIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def took(seconds: float, options: SolveOptions) -> Document:
    """Return what every answer tells of its search: how long it took, how it was set, and by which versions."""
    return {
        "seconds": round(seconds, 3),
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        "versions": versions(),
    }
