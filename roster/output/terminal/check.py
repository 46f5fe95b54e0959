"""The answer of `roster check` as a report."""

from __future__ import annotations

from rich.text import Text

from roster.language import tr
from roster.output.examined_roster import Examined
from roster.output.terminal.console import FAINT, STRONG, ReportConsole
from roster.output.terminal.parts.cover import cover_section
from roster.output.terminal.parts.findings import verdict_section
from roster.output.terminal.parts.people import people_section
from roster.output.terminal.parts.wishes import wish_section
from roster.output.terminal.prose import Prose
from roster.output.words.findings import forgiven_sentences, scope
from roster.output.words.plan import people
from roster.output.words.text import one_line


def print_check(console: ReportConsole, examined: Examined) -> None:
    """Print what is broken, what was looked at, and the roster in figures."""
    problem, scores = examined.problem, examined.scores
    minutes = sum(post.wanted for post in scores.posts)
    console.show(
        [
            Text(one_line(problem.called), STRONG),
            Text(),
            verdict_section(examined.violations, examined.problem, examined.roster),
            Text(),
            Prose(scope(problem, examined.roster, minutes), FAINT),
            *(Prose(sentence) for sentence in forgiven_sentences(examined.roster)),
            Prose(tr("plan.people_found", people=people(scores.headcount)), FAINT),
            cover_section(problem, examined.roster, examined.cover),
            people_section(scores.people),
            *wish_section(problem, examined.roster),
        ]
    )
