"""What the independent check found in a roster, said rule by rule."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Roster, Violation
from roster.domain.pairing import BONDS
from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.terminal.console import BAD, FAINT, GOOD, one_line, section
from roster.output.terminal.prose import Prose, bullet

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


def sources(problem: Problem, roster: Roster, violation: Violation) -> list[str]:
    """Return the limits that a violation breaks, each with where it comes from, as far as the scenario says that."""
    if violation.rule in BONDS:
        found = {one.sentence: one.source for one in problem.pairings if one.key == violation.rule}
    else:
        types = {person.name: person.type for person in roster.people}
        staff = problem.type.get(types.get(violation.person or "", ""))
        own = [rule for rule in staff.rules if rule.hard and rule.key == violation.rule] if staff else []
        found = {rule.sentence: rule.source for rule in own}
    return [tr("plan.limit_source", limit=limit, source=source) for limit, source in found.items() if source]


def verdict_section(
    violations: Iterable[Violation], problem: Problem | None = None, roster: Roster | None = None
) -> Group:
    """Return the verdict, then every violation in a sentence, by rule; with the limit's source where both are given."""
    found = list(violations)
    parts: list[ConsoleRenderable] = [Text(verdict(found), BAD if found else GOOD)]
    by_rule: dict[str, list[Violation]] = {}
    for violation in found:
        by_rule.setdefault(violation.rule, []).append(violation)
    for rule, group in by_rule.items():
        sentences: list[ConsoleRenderable] = [
            bullet(violation.sentence) for violation in group[:MOST_SENTENCES]
        ]
        if (left := len(group) - MOST_SENTENCES) > 0:
            sentences.append(Text(tr("plan.check_more", number=left), FAINT))
        if problem is not None and roster is not None:
            told = dict.fromkeys(line for one in group for line in sources(problem, roster, one))
            sentences += [Prose(line, FAINT, mark="    ") for line in told]
        parts.append(section(rule_title(rule), *sentences, note=str(len(group))))
    return Group(*parts)


def forgiven_sentences(roster: Roster) -> list[str]:
    """Return of which rules the days before do not count for whom, because they broke them for good."""
    return [
        tr("plan.forgiven", who=one_line(person.name), rule=rule_title(key), date=roster.horizon.on(0))
        for person, keys in zip(roster.people, roster.forgiven, strict=False)
        for key in sorted(keys)
    ]


def scope(problem: Problem, roster: Roster, post_minutes: int) -> str:
    """Return what a check has looked at, in one sentence."""
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
