"""The answer of `roster plan` as a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.checker import days_text
from roster.domain.outcome import Outcome, Plan
from roster.domain.problem import Duty, Problem
from roster.language import counted, length, tr
from roster.output.examined import Examined
from roster.output.terminal.console import FAINT, GOOD, ReportConsole, section
from roster.output.terminal.parts.answer import answer_section, staff_section
from roster.output.terminal.parts.calendar import Calendar
from roster.output.terminal.parts.cover import cover_section
from roster.output.terminal.parts.findings import forgiven_sentences, scope, verdict
from roster.output.terminal.parts.limits import limits_section, notes_section, solver_line
from roster.output.terminal.parts.people import people_section
from roster.output.terminal.parts.quality import quality_section
from roster.output.terminal.parts.rotation import rotation_section
from roster.output.terminal.parts.wishes import wish_section
from roster.output.terminal.prose import Prose, bullet
from roster.output.terminal.tiles import letters

MOST_REPAIRS = 20


def print_plan(
    console: ReportConsole,
    problem: Problem,
    outcome: Outcome,
    examined: Examined | None,
    why: Iterable[ConsoleRenderable] = (),
    market: Iterable[ConsoleRenderable] = (),
) -> None:
    """
    Print an answer: what was found first, then the rota, or why there is none, then what it rests on.

    `why` tells why there is none, `market` what work at vendors would change.
    """
    console.show(_parts(problem, outcome, examined, why, market))


def _parts(
    problem: Problem,
    outcome: Outcome,
    examined: Examined | None,
    why: Iterable[ConsoleRenderable],
    market: Iterable[ConsoleRenderable],
) -> Iterator[ConsoleRenderable]:
    yield answer_section(problem, outcome)
    yield from why
    if outcome.plan is not None and examined is not None:
        yield staff_section(problem, examined.scores)
        yield rotation_section(problem, outcome.plan.rotations)
        yield from quality_section(problem, outcome)
        yield calendar_section(examined)
        yield from _repairs(outcome.plan)
        yield from wish_section(problem, examined.roster)
        yield cover_section(problem, examined.roster, examined.cover)
        yield people_section(examined.scores.people)
        yield from market
        yield check_section(examined)
    if problem.limits:
        yield limits_section(problem)
    if problem.notes:
        yield notes_section(problem)
    yield solver_line(outcome)


def calendar_section(examined: Examined) -> Group:
    """Return the rota laid over the dates."""
    dates, horizon = examined.problem.dates, examined.roster.horizon
    days = [horizon.on(day) for day in range(horizon.days)]
    note = tr(
        "plan.calendar_note",
        first=dates.start.isoformat(),
        last=days[-1].isoformat(),
        length=length(dates.days),
    )
    parts: list[ConsoleRenderable] = [Calendar(examined.problem, examined.roster)]
    if not (dates.holidays | dates.workdays).isdisjoint(days):
        parts.append(Text(tr("plan.marks_legend"), FAINT))
    return section(tr("plan.calendar"), *parts, note=note)


def _repairs(plan: Plan) -> Iterator[Group]:
    """Return where the calendar departs from the rotation, and why."""
    sentences = repair_sentences(plan)
    lines: list[ConsoleRenderable] = [bullet(sentence) for sentence in sentences[:MOST_REPAIRS]]
    if (left := len(sentences) - MOST_REPAIRS) > 0:
        lines.append(Text(tr("plan.more_repairs", number=left), FAINT))
    if lines:
        yield section(tr("plan.repairs"), *lines, note=counted("plan.repairs_note", len(plan.repairs)))


def repair_sentences(plan: Plan) -> list[str]:
    """Return where the calendar departs from the rotation; the same change on several days in one sentence."""
    alike: dict[tuple[str, str, str, str], list[int]] = {}
    for repair in plan.repairs:
        change = (repair.person, _named(repair.planned), _named(repair.given), repair.why)
        alike.setdefault(change, []).append(repair.day)
    return [
        tr(
            "plan.repair",
            person=person,
            planned=planned,
            given=given,
            why=why,
            days=days_text(plan.roster.horizon, days),
        )
        for (person, planned, given, why), days in alike.items()
    ]


def _named(duty: Duty) -> str:
    return tr("common.off") if duty.is_off else letters(duty)


def check_section(examined: Examined) -> Group:
    """Return what the independent check says of the calendar."""
    minutes = sum(post.wanted for post in examined.scores.posts)
    return section(
        tr("plan.checked"),
        Text(verdict(examined.violations), GOOD),
        Prose(scope(examined.problem, examined.roster, minutes), FAINT),
        *(Prose(sentence) for sentence in forgiven_sentences(examined.roster)),
        note=tr("plan.checked_note"),
    )
