"""
What no single value can show to be wrong: names that lead nowhere, sums that cannot be, posts that nobody can hold.

Each check yields findings: where in the file, and a sentence. Order does not matter; the loader sorts by line.
"""

from __future__ import annotations

from roster.scenario.build import pairings
from roster.scenario.checks import names, posts, rules, staff, time
from roster.scenario.checks.findings import Finding, Known
from roster.scenario.schema.sections import Scenario


def findings(scenario: Scenario, known: Known, *, whole: bool, held: bool = True) -> list[Finding]:
    """
    Return everything wrong that was not seen value by value.

    Parameters
    ----------
    scenario, known : The file, and the names that it has.
    whole : Whether nothing had to be cut out of the file. Checks that look at the file as a whole run only then, and
        only when no name leads nowhere.
    held : Whether it is a fault that nobody could hold a hard post.
    """
    found = [
        finding
        for checks in (names.CHECKS, time.CHECKS, rules.CHECKS, staff.CHECKS, pairings.CHECKS)
        for check in checks
        for finding in check(scenario, known)
    ]
    if whole and not found:
        by_posts = posts.CHECKS if held else tuple(c for c in posts.CHECKS if c is not posts.cover)
        found = [finding for check in (*rules.WHOLE, *by_posts) for finding in check(scenario, known)]
    return found
