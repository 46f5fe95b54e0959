"""What a check found, in words: lawful or not, each rule by its title, what was forgiven."""

from __future__ import annotations

from collections.abc import Iterable

from roster.domain.outcome import Roster, Violation
from roster.domain.pairing import BONDS
from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.words.text import one_line

MOST_SENTENCES = 20
"""Most sentences shown for one rule; the rest is counted."""


def verdict(violations: Iterable[Violation]) -> str:
    """Return the result of a check in one line."""
    found = list(violations)
    if not found:
        return tr("plan.check_clean")
    return counted("plan.check_broken", len(found))


def rule_title(rule: str) -> str:
    """Return what a group of violations is called."""
    try:
        return tr(f"plan.rule_{rule}")
    except KeyError:
        return rule


def forgiven_sentences(roster: Roster) -> list[str]:
    """Return of which rules the days before do not count for whom, because they broke them for good."""
    return [
        tr("plan.forgiven", who=one_line(person.name), rule=rule_title(key), date=roster.horizon.on(0))
        for person, keys in zip(roster.people, roster.forgiven, strict=False)
        for key in sorted(keys)
    ]


def scope(problem: Problem, roster: Roster, post_minutes: int) -> str:
    """
    Return what a check has looked at, in one sentence.

    Parameters
    ----------
    problem, roster : The scenario, and the roster that was checked.
    post_minutes : Minutes of all posts, people counted, that were looked at.
    """
    types = {person.type for person in roster.people}
    rules = {rule for staff in problem.types if staff.name in types for rule in staff.rules if rule.hard}
    return tr(
        "plan.check_scope",
        people=len(roster.people),
        days=roster.horizon.days,
        first=roster.horizon.on(0).isoformat(),
        last=roster.horizon.on(roster.horizon.days - 1).isoformat(),
        rules=len(rules),
        posts=len(problem.posts),
        hours=hours(post_minutes),
    )


def sources(problem: Problem, roster: Roster, violation: Violation) -> list[str]:
    """
    Return the limits that a violation breaks, each with where it comes from, as far as the scenario says that.

    Parameters
    ----------
    problem, roster : The scenario, and the roster that was checked.
    violation : What it breaks.
    """
    if violation.rule in BONDS:
        found = {one.sentence: one.source for one in problem.pairings if one.key == violation.rule}
    else:
        types = {person.name: person.type for person in roster.people}
        staff = problem.type.get(types.get(violation.person or "", ""))
        own = [rule for rule in staff.rules if rule.hard and rule.key == violation.rule] if staff else []
        found = {rule.sentence: rule.source for rule in own}
    return [tr("plan.limit_source", limit=limit, source=source) for limit, source in found.items() if source]
