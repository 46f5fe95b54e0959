"""What an answer rests on: the limits in force with their sources, the assumptions made, and how it was found."""

from __future__ import annotations

from rich.console import Group
from rich.table import Table
from rich.text import Text

from roster import __version__
from roster.language import tr
from roster.output.terminal import FAINT, STRONG, one_line, section, table
from roster.plan import Outcome
from roster.problem import Problem
from roster.rules import Origin

_MARKS = {Origin.LAW: "bold green", Origin.POLICY: "cyan", Origin.SCENARIO: "magenta"}


def limits_section(problem: Problem) -> Group:
    """Return every limit used, by employer, with where it comes from; and that this is not legal advice."""
    made = table("", "", "", wrap=(1, 2))
    made.show_header = False
    made.columns[1].ratio, made.columns[2].ratio = 3, 2
    for number, (limits, employers) in enumerate(_by_employers(problem).items()):
        if number:
            made.add_row()
        made.add_row("", Text(tr("output.comma").join(employers), STRONG))
        for origin, sentence, source in limits:
            mark = Text(tr(f"output.origin_{origin}"), _MARKS[Origin(origin)])
            made.add_row(mark, one_line(sentence), Text(one_line(source), FAINT))
    return section(tr("output.limits"), made, Text(" "), Text(tr("output.not_legal_advice"), FAINT))


def _by_employers(problem: Problem) -> dict[tuple[tuple[str, str, str], ...], list[str]]:
    """Gather employers whose limits are the same, in the order of the scenario."""
    by_employer: dict[str, list[tuple[str, str, str]]] = {}
    for limit in problem.limits:
        by_employer.setdefault(limit.employer, []).append((str(limit.origin), limit.sentence, limit.source))
    gathered: dict[tuple[tuple[str, str, str], ...], list[str]] = {}
    for name, limits in by_employer.items():
        gathered.setdefault(tuple(limits), []).append(_whose(problem, name))
    return gathered


def _whose(problem: Problem, name: str) -> str:
    """Return the titles of an employer, or of an employer and a staff type (`hospital / OPS`)."""
    employer, _, staff = name.partition(" / ")
    titles = [
        found.title or found.name
        for found in (problem.employer.get(employer), problem.type.get(staff))
        if found is not None
    ]
    return one_line(" / ".join(titles) or name)


def notes_section(problem: Problem) -> Group:
    """Return what the rota assumes."""
    said = tr("scenario.note_no_advice")
    return section(tr("output.assumes"), *(bullet(note) for note in problem.notes if note != said))


def bullet(sentence: str) -> Table:
    """Return a sentence as a point of a list; its further lines hang below its first word."""
    made = Table.grid(padding=(0, 1, 0, 0))
    made.add_row("-", one_line(sentence))
    return made


def solver_line(outcome: Outcome) -> Text:
    """Return how long it took and what found it."""
    took = tr("output.took", seconds=f"{outcome.seconds:.1f}", solver=outcome.solver, version=__version__)
    return Text(f"\n  {took}", FAINT)
