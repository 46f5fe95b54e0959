"""What an answer rests on: the limits in force with their sources, the assumptions made, and how it was found."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group
from rich.text import Text

from roster.domain.outcome import Outcome
from roster.domain.problem import Problem
from roster.domain.rules import Origin
from roster.language import tr
from roster.output.terminal.console import FAINT, STRONG, section, table
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.limits import by_employers, whom
from roster.version import __version__

_MARKS = {Origin.LAW: "bold green", Origin.POLICY: "cyan", Origin.SCENARIO: "magenta"}


def basis_sections(problem: Problem) -> Iterator[Group]:
    """Yield the limits used and what the rota assumes, as far as there are any."""
    if problem.limits:
        yield _limits_section(problem)
    if problem.notes:
        yield _notes_section(problem)


def _limits_section(problem: Problem) -> Group:
    """Return every limit used with where it comes from, what holds for all first; and that this is no legal advice."""
    made = table("", "", "", wrap=(1, 2))
    made.show_header = False
    made.columns[1].ratio, made.columns[2].ratio = 1, 1
    for number, (employers, limits) in enumerate(by_employers(problem).items()):
        if number:
            made.add_row()
        made.add_row("", Prose(whom(problem, employers), STRONG))
        for limit in limits:
            origin = Origin(limit.origin)
            mark = Text(tr(f"plan.origin_{origin}"), _MARKS[origin])
            made.add_row(mark, Prose(limit.sentence), Prose(limit.source, FAINT))
    return section(tr("plan.limits"), made, Text(" "), Text(tr("plan.not_legal_advice"), FAINT))


def _notes_section(problem: Problem) -> Group:
    """Return what the rota assumes."""
    said = tr("scenario.note_no_advice")
    return section(tr("plan.assumes"), *(bullet(note) for note in problem.notes if note != said))


def solver_line(outcome: Outcome) -> Text:
    """Return how long it took and what found it."""
    took = tr("plan.took", seconds=f"{outcome.seconds:.1f}", solver=outcome.solver, version=__version__)
    return Text(f"\n  {took}", FAINT)
