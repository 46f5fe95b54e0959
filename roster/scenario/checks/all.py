"""
What no single value can show to be wrong: names that lead nowhere, sums that cannot be, posts that nobody can hold.

Each check yields findings: where in the file, and a sentence. Order does not matter; the loader sorts by line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from roster.language import tr
from roster.scenario.schema.notations import show
from roster.scenario.schema.sections import Scenario
from roster.scenario.yaml.tree import Path_
from roster.suggestions import did_you_mean

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


def findings(scenario: Scenario, known: Known, *, whole: bool, held: bool = True) -> list[Finding]:
    """
    Return everything wrong that was not seen value by value.

    Parameters
    ----------
    whole
        Whether nothing had to be cut out of the file. Checks that look at the file as a whole run only then, and only
        when no name leads nowhere.
    held
        Whether it is a fault that nobody could hold a hard post.
    """
    from roster.scenario.build import pairings
    from roster.scenario.checks import (
        names as check_names,
    )
    from roster.scenario.checks import (
        posts as check_posts,
    )
    from roster.scenario.checks import (
        rules as check_rules,
    )
    from roster.scenario.checks import (
        staff as check_staff,
    )
    from roster.scenario.checks import (
        time as check_time,
    )

    found = [
        finding
        for checks in (
            check_names.CHECKS,
            check_time.CHECKS,
            check_rules.CHECKS,
            check_staff.CHECKS,
            pairings.CHECKS,
        )
        for check in checks
        for finding in check(scenario, known)
    ]
    if whole and not found:
        by_posts = (
            check_posts.CHECKS if held else tuple(c for c in check_posts.CHECKS if c is not check_posts.cover)
        )
        found = [finding for check in (*check_rules.WHOLE, *by_posts) for finding in check(scenario, known)]
    return found


def unknown(path: Path_, value: str, known: Iterable[str], kind: str) -> Iterator[Finding]:
    """Yield a finding if a name is not among those known; `kind` is the key of the word for what it should be."""
    names = list(known)
    if value not in names:
        text = tr("scenario.unknown_name", value=show(value), kind=tr(f"scenario.kind_{kind}"))
        yield path, text + did_you_mean(value, names)
