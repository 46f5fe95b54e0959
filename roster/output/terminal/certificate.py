"""A proof held against a scenario, as a report that can be read and redone."""

from __future__ import annotations

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.problem import Problem
from roster.language import tr
from roster.output.terminal.console import BAD, DOUBTFUL, FAINT, GOOD, STRONG, ReportConsole, section, table
from roster.output.terminal.prose import Prose
from roster.output.words.certificate import (
    bound_text,
    meaning_text,
    searched_text,
    step_sentences,
    verdict_text,
)
from roster.output.words.certificate_steps import end_text, posts_text, range_text, supposed_text, types_text
from roster.output.words.text import one_line
from roster.proof import End, Ordinary, Shown, Verdict

MOST_LINES = 16
"""Most inequalities of a case on screen; the rest is counted."""

MOST_CASES = 8
"""Most cases of a part on screen."""


def print_proof(
    console: ReportConsole, problem: Problem, verdict: Verdict, beside: str = "", *, below: bool = False
) -> None:
    """
    Print what was verified, every inequality with its multiplier and where it comes from.

    Parameters
    ----------
    console, problem, verdict : Where it is printed, the scenario, and what became of the proof.
    beside : What a roster and the proof say together.
    below : Whether the roster's own report stands above.
    """
    style = BAD if verdict.refused else DOUBTFUL if verdict.searched else GOOD
    title = Text(one_line(problem.called), STRONG)
    parts: list[ConsoleRenderable] = [section(tr("proof.heading")) if below else title]
    parts += [Text(), Prose(verdict_text(problem, verdict), style)]
    if beside:
        parts.append(Prose(beside))
    if not verdict.refused:
        parts.append(Prose(meaning_text(verdict), FAINT))
        parts.append(Prose(tr("proof.how"), FAINT))
        week = Ordinary.of(problem)
        parts += [
            _part(week, shown, number, len(verdict.shown)) for number, shown in enumerate(verdict.shown, 1)
        ]
    console.show(parts)


def _part(week: Ordinary, shown: Shown, number: int, total: int) -> Group:
    problem, part = week.problem, shown.part
    key = "proof.part_impossible" if part.bound is None else "proof.part"
    title = tr(key, number=number, total=total, bound=bound_text(part.bound))
    about = tr(
        "proof.speaks_of", types=types_text(problem, part.types), posts=posts_text(problem, part.posts)
    )
    lines: list[ConsoleRenderable] = [Prose(about, FAINT)]
    if len(shown.ends) > 1:
        lines.append(Prose(tr("proof.cases", total=len(shown.ends))))
    for at, end in enumerate(shown.ends[:MOST_CASES], 1):
        lines += _case(week, end, at, shown)
    if (left := len(shown.ends) - MOST_CASES) > 0:
        lines.append(Prose(tr("proof.more_cases", number=left), FAINT))
    if part.searched is not None:
        lines += [Text(), Prose(searched_text(shown), DOUBTFUL)]
    return section(title, *lines)


def _case(week: Ordinary, end: End, number: int, shown: Shown) -> list[ConsoleRenderable]:
    lines: list[ConsoleRenderable] = []
    if len(shown.ends) > 1:
        supposed = tr("proof.semicolon").join(supposed_text(week, each) for each in end.supposed)
        text = tr("proof.case", number=number, total=len(shown.ends), supposed=supposed)
        lines += [Text(), Prose(text)]
    added = step_sentences(week, end)
    drawn = table(tr("proof.times"), tr("proof.sentence"), numbers=(0,), wrap=(1,))
    for times, sentence in added[:MOST_LINES]:
        drawn.add_row(times, Prose(sentence))
    if added:
        lines.append(drawn)
    if (left := len(added) - MOST_LINES) > 0:
        lines.append(Prose(tr("proof.more_lines", number=left), FAINT))
    if end.ranges:
        ranges = tr("proof.comma").join(range_text(week, count) for count, _ in end.ranges[:MOST_LINES])
        lines.append(Prose(tr("proof.ranges", ranges=ranges)))
    return [*lines, Prose(end_text(week.problem, end, shown.part.bound), STRONG)]
