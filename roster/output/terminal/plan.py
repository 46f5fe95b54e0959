"""The answer of `roster plan` as a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Outcome, Partial, Plan
from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.language import counted, length, tr
from roster.output.examined_roster import Examined
from roster.output.terminal.console import BAD, FAINT, GOOD, ReportConsole, section, table
from roster.output.terminal.parts.answer import answer_section, staff_section
from roster.output.terminal.parts.calendar import CalendarGrid
from roster.output.terminal.parts.cover import cover_section
from roster.output.terminal.parts.limits import basis_sections, solver_line
from roster.output.terminal.parts.people import people_section
from roster.output.terminal.parts.quality import quality_section
from roster.output.terminal.parts.rotation import rotation_section
from roster.output.terminal.parts.shares import shares_section
from roster.output.terminal.parts.wishes import wish_section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.findings import forgiven_sentences, scope, verdict
from roster.output.words.gaps import empty_days, empty_posts, lawful_sentence, partial_sentences, when_empty
from roster.output.words.plan import repair_sentences
from roster.output.words.text import one_line

MOST_REPAIRS = 20


def print_plan(
    console: ReportConsole,
    problem: Problem,
    outcome: Outcome,
    examined: Examined | None,
    why: Iterable[ConsoleRenderable] = (),
    market: Iterable[ConsoleRenderable] = (),
    partial: Partial | None = None,
) -> None:
    """
    Print an answer: what was found first, then the rota, or why there is none, then what it rests on.

    Parameters
    ----------
    console, problem : Where it is printed, and the scenario.
    outcome, examined : The plan, and the roster with what is said of it; None without one.
    why, market : Why there is no plan, and what work at vendors would change.
    partial : The best there can be without a plan.
    """
    if partial is not None and examined is not None:
        console.show(_partial_parts(outcome, examined, why, partial))
        return
    console.show(_parts(problem, outcome, examined, why, market))


def _partial_parts(
    outcome: Outcome, examined: Examined, why: Iterable[ConsoleRenderable], partial: Partial
) -> Iterator[ConsoleRenderable]:
    problem = examined.problem
    yield answer_section(problem, outcome)
    yield from why
    yield from partial_sections(examined, partial)
    yield from basis_sections(problem)
    yield solver_line(outcome)


def partial_sections(examined: Examined, partial: Partial) -> Iterator[ConsoleRenderable]:
    """Return the best roster of people who cannot hold everything."""
    problem = examined.problem
    sentences = [Prose(one) for one in partial_sentences(examined, partial)]
    yield section(tr("gaps.partial"), *sentences, note=tr("gaps.partial_note"))
    yield from empty_section(examined)
    yield calendar_section(examined)
    yield from wish_section(problem, examined.roster)
    yield cover_section(problem, examined.roster, examined.cover)
    yield people_section(examined.scores.people)
    yield check_section(examined)


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
        yield from shares_section(examined.shares)
        yield from market
        yield check_section(examined)
    yield from basis_sections(problem)
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
    parts: list[ConsoleRenderable] = [CalendarGrid(examined.problem, examined.roster, empty_days(examined))]
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


def empty_section(examined: Examined) -> Iterator[Group]:
    """Return what stays empty of posts that must be held, the most important first."""
    found = empty_posts(examined)
    if not found:
        return
    heads = ("post", "priority", "empty", "share", "when")
    made = table(*(tr(f"gaps.{head}") for head in heads), numbers=(1, 2, 3), wrap=(4,))
    for one in found:
        made.add_row(
            one_line(one.post.called),
            str(one.post.priority),
            Text(f"{hours(one.minutes)} h", BAD),
            f"{one.percent:g} %",
            Prose(when_empty(examined.roster.horizon, one.gaps), FAINT),
        )
    yield section(tr("gaps.title"), made, note=tr("gaps.note"))


def check_section(examined: Examined) -> Group:
    """Return what the independent check says of the calendar; every rule but cover where posts stay empty."""
    minutes = sum(post.wanted for post in examined.scores.posts)
    said = [Text(verdict(examined.violations), BAD if examined.violations else GOOD)]
    if examined.violations and examined.lawful:
        said = [Text(lawful_sentence(examined), GOOD)]
    return section(
        tr("plan.checked"),
        *said,
        Prose(scope(examined.problem, examined.roster, minutes), FAINT),
        *(Prose(sentence) for sentence in forgiven_sentences(examined.roster)),
        note=tr("plan.checked_note"),
    )
