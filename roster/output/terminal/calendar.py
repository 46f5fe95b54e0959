"""The answer of `roster calendar` on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import ConsoleRenderable, Group
from rich.padding import Padding
from rich.text import Text

from roster.domain.outcome import Status
from roster.domain.problem import Problem
from roster.language import tr
from roster.output.examined_roster import Examined
from roster.output.terminal.console import BAD, DOUBTFUL, FAINT, GOOD, STRONG, ReportConsole, section, table
from roster.output.terminal.parts.cover import cover_section
from roster.output.terminal.parts.limits import basis_sections
from roster.output.terminal.parts.people import people_section
from roster.output.terminal.parts.shares import shares_section
from roster.output.terminal.parts.wishes import wish_section
from roster.output.terminal.plan import calendar_section, check_section, empty_section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.calendar import (
    calendar_headline,
    fewest_sentences,
    refused_text,
    solved_by,
    term_rows,
)
from roster.output.words.text import one_line
from roster.questions.calendar import CalendarAnswer
from roster.questions.conflict import WayOut


def print_calendar(
    console: ReportConsole, answer: CalendarAnswer, examined: Examined | None, ways: Sequence[WayOut] = ()
) -> None:
    """
    Print an answer: what was found and what it costs, then the calendar, then who has what.

    Parameters
    ----------
    console : Where it is printed.
    answer, examined : The calendar found, and the same with what is said of it; None without one.
    ways : What would hold the posts that it leaves empty.
    """
    console.show(_parts(answer, examined, ways))


def _parts(
    answer: CalendarAnswer, examined: Examined | None, ways: Sequence[WayOut]
) -> Iterator[ConsoleRenderable]:
    problem = answer.problem
    style = BAD if answer.empty_minutes else GOOD if answer.status is Status.OPTIMAL else DOUBTFUL
    head = Padding(Prose(calendar_headline(answer), style), (0, 0, 0, 2), expand=False)
    few = [Padding(Prose(one), (0, 0, 0, 2), expand=False) for one in fewest_sentences(answer)]
    yield Group(Text(one_line(problem.called), STRONG), Text(), head, *few)
    if examined is not None and answer.roster is not None:
        yield terms_section(problem, answer)
        yield calendar_section(examined)
        yield from wish_section(problem, answer.roster)
        yield from refused_section(answer)
        yield from shares_section(examined.shares)
        yield from empty_section(examined)
        if ways:
            said = [bullet(way.sentence) for way in ways]
            yield section(tr("what_if.ways"), *said, note=tr("calendar.ways_note"))
        yield cover_section(problem, examined.roster, examined.cover)
        yield people_section(examined.scores.people)
        yield check_section(examined)
    yield from basis_sections(problem)
    yield Text()
    yield Text("  " + solved_by(answer), FAINT)


def terms_section(problem: Problem, answer: CalendarAnswer) -> Group:
    """Return what the points are made of, the dearest first."""
    heads = [tr(f"calendar.{name}") for name in ("term", "number", "points", "at_least")]
    made = table(*heads, numbers=(1, 2, 3))
    for row in term_rows(problem, answer.terms, answer.fewest_breaches):
        made.add_row(*row)
    return section(tr("calendar.terms"), made, note=tr("calendar.terms_note"))


def refused_section(answer: CalendarAnswer) -> Iterator[Group]:
    """Yield the requests that are not granted: what granting each would cost, and what stands against it."""
    if answer.refused:
        lines = [bullet(refused_text(answer, one)) for one in answer.refused]
        yield section(tr("calendar.refused"), *lines, note=tr("calendar.refused_note"))
