"""Whom a limit is for: all people, or those of some employers."""

from __future__ import annotations

from roster.domain.problem import Limit, Problem
from roster.language import tr
from roster.output.words.text import one_line


def by_employers(problem: Problem) -> dict[tuple[str, ...], list[Limit]]:
    """Gather limits by the employers for whom they are the same, those that hold for most first."""
    for_whom: dict[tuple[str, str, str], list[str]] = {}
    kept: dict[tuple[str, str, str], Limit] = {}
    for limit in problem.limits:
        alike = (str(limit.origin), limit.sentence, limit.source)
        for_whom.setdefault(alike, []).append(limit.employer)
        kept.setdefault(alike, limit)
    gathered: dict[tuple[str, ...], list[Limit]] = {}
    for alike, employers in for_whom.items():
        gathered.setdefault(tuple(dict.fromkeys(employers)), []).append(kept[alike])
    return dict(sorted(gathered.items(), key=lambda item: -len(item[0])))


def whom(problem: Problem, employers: tuple[str, ...]) -> str:
    """Return for whom limits hold, in words."""
    if len(employers) > 1 and len(employers) == len({limit.employer for limit in problem.limits}):
        return tr("plan.every_employer")
    return tr("plan.comma").join(_whose(problem, employer) for employer in employers)


def _whose(problem: Problem, name: str) -> str:
    """Return the titles of an employer, or of an employer and a staff type (`hospital / OPS`)."""
    employer, _, staff = name.partition(" / ")
    titles = [
        found.called
        for found in (problem.employer.get(employer), problem.type.get(staff))
        if found is not None
    ]
    return one_line(" / ".join(titles) or name)
