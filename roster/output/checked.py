"""The answer of `roster check` as a report."""

from __future__ import annotations

from rich.text import Text

from roster.language import tr
from roster.output.answer import people
from roster.output.cover import cover_section
from roster.output.examined import Examined
from roster.output.findings import scope, verdict_section
from roster.output.people import people_section
from roster.output.terminal import FAINT, STRONG, ReportConsole, one_line


def print_check(console: ReportConsole, examined: Examined) -> None:
    """Print what is broken, what was looked at, and the roster in figures."""
    problem, scores = examined.problem, examined.scores
    console.print(Text(one_line(problem.title or problem.name), STRONG), Text(), sep="\n", end="")
    console.print(verdict_section(examined.violations))
    if examined.violations:
        console.print()
    minutes = sum(post.wanted for post in scores.posts)
    console.print(Text(scope(problem, examined.roster, minutes), FAINT))
    console.print(Text(tr("output.people_found", people=people(scores.headcount)), FAINT))
    console.print(cover_section(problem, examined.roster, examined.cover))
    console.print(people_section(scores.people))
