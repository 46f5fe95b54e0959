"""What a check finds: where in the file, and a sentence; and the names that it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from roster.language import tr
from roster.readable import show
from roster.scenario.schema.sections import Scenario
from roster.suggestions import did_you_mean
from roster.yaml.tree import Path_

Finding = tuple[Path_, str]
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 400
RESERVED_TYPES = ("seat",)
"""Staff types that `roster.csv` would confuse with rows of its own."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names a file gives to things, also to those that could not be read."""

    employers: frozenset[str]
    roles: frozenset[str]
    sites: frozenset[str]
    shifts: frozenset[str]
    standbys: frozenset[str]
    posts: frozenset[str]
    types: frozenset[str]

    @classmethod
    def of(cls, data: Any) -> Known:
        """Return the names in the data of a file."""
        sections = ("employers", "roles", "sites", "shifts", "standbys", "posts", "staff_types")
        return cls(*(_keys(data.get(section)) for section in sections))


def _keys(section: Any) -> frozenset[str]:
    return frozenset(section) if isinstance(section, dict) else frozenset()


Check = Callable[[Scenario, Known], Iterator[Finding]]


def unknown(path: Path_, value: str, known: Iterable[str], kind: str) -> Iterator[Finding]:
    """
    Yield a finding if a name is not among those known; `kind` is the key of the word for what it should be.

    Parameters
    ----------
    path, value : Where it stands, and the name.
    known, kind : Names there are, and the key of the word for what it should be.
    """
    names = list(known)
    if value not in names:
        text = tr("scenario.unknown_name", value=show(value), kind=tr(f"scenario.kind_{kind}"))
        yield path, text + did_you_mean(value, names)
