"""What the independent check found in a roster, said rule by rule."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Roster, Violation
from roster.domain.problem import Problem
from roster.language import tr
from roster.output.terminal.console import BAD, FAINT, GOOD, section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.findings import MOST_SENTENCES, rule_title, sources, verdict


def verdict_section(
    violations: Iterable[Violation], problem: Problem | None = None, roster: Roster | None = None
) -> Group:
    """
    Return the verdict, then every violation in a sentence, by rule.

    Parameters
    ----------
    violations : What the check found.
    problem, roster : Where both are given, the limit's source is told, too.
    """
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
