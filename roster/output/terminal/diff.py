"""The answer of `roster diff` as a report."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.problem import Problem
from roster.language import tr
from roster.output.terminal.console import BAD, FAINT, GOOD, STRONG, ReportConsole, section, table
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.diff import FIGURES, change_text, gains, seat_sentences, verdict
from roster.output.words.duties import named
from roster.output.words.text import LONGEST_NAME, one_line, short_name
from roster.questions.diff import CellChange, RosterDiff

MOST_CELLS = 60


def print_diff(console: ReportConsole, problem: Problem, found: RosterDiff) -> None:
    """
    Print what differs: cells, people, vendor seats, findings.

    Parameters
    ----------
    console, problem : Where it is printed, and the scenario.
    found : What differs.
    """
    console.show(_parts(problem, found))


def _parts(problem: Problem, found: RosterDiff) -> Iterator[ConsoleRenderable]:
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    yield Prose(verdict(found), mark="  ")
    if found.cells:
        yield _cells(found)
        yield _people(found)
    if sentences := seat_sentences(found):
        yield section(tr("diff.seats"), *map(bullet, sentences))
    for key, violations, style in (("came", found.came, BAD), ("went", found.went, GOOD)):
        if violations:
            lines = [bullet(one.sentence) for one in violations]
            yield section(tr(f"diff.{key}"), *lines, note=Text(str(len(violations)), style).plain)


def _cells(found: RosterDiff) -> Group:
    made = table(*(tr(f"what_if.{head}") for head in ("date", "person", "change")))
    names = tr("common.day_names").split()
    by_date = sorted(found.cells, key=lambda cell: cell.day)
    for cell in by_date[:MOST_CELLS]:
        made.add_row(*_row(found, cell, names))
    parts: list[ConsoleRenderable] = [made]
    if (left := len(by_date) - MOST_CELLS) > 0:
        parts.append(Text(tr("what_if.more", number=left), FAINT))
    return section(tr("diff.changed"), *parts)


def _row(found: RosterDiff, cell: CellChange, names: list[str]) -> tuple[str, str, str]:
    on = found.after.horizon.on(cell.day)
    who = short_name(cell.person, LONGEST_NAME).rstrip()
    return f"{on} {names[on.weekday()]}", who, f"{named(cell.before)} -> {named(cell.after)}"


def _people(found: RosterDiff) -> Group:
    heads = [tr(f"diff.{figure}") for figure in FIGURES]
    made = table(tr("what_if.person"), *heads, "", numbers=(1, 2, 3, 4))
    for change in found.people:
        made.add_row(short_name(change.person, LONGEST_NAME).rstrip(), *gains(change), change_text(change))
    return section(tr("diff.gains"), made, note=tr("diff.gains_note"))
