"""The answer first: how many people, whether that is proven, why fewer cannot do, and what they cost."""

from __future__ import annotations

from rich.console import ConsoleRenderable, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from roster.domain.outcome import Outcome, Rung, SeatUse
from roster.domain.problem import Problem, StaffType
from roster.domain.rules import hours
from roster.language import tr
from roster.output.terminal.console import FAINT, STATUS_STYLES, STRONG, section, table
from roster.output.terminal.parts.survive import relief_lines, survival_lines
from roster.output.terminal.prose import Prose
from roster.output.words.plan import employer_title, headline, rung_name, searched
from roster.output.words.proof import why
from roster.output.words.text import one_line
from roster.scores import Scores


def answer_section(problem: Problem, outcome: Outcome) -> Group:
    """Return the head of the report: the scenario, the answer, its proof or its reason, and the ladder."""
    lines: list[ConsoleRenderable] = [Prose(headline(problem, outcome), STATUS_STYLES[outcome.status])]
    lines += [Prose(sentence) for sentence in why(outcome)]
    if outcome.plan is not None or outcome.ladder:
        lines += [Text(" "), *(_rung(rung) for rung in outcome.ladder), *relief_lines(problem, outcome)]
    lines += survival_lines(outcome)
    lines += [Prose(sentence) for sentence in searched(outcome)]
    title = Text(one_line(problem.called), STRONG)
    return Group(title, Text(), Padding(Group(*lines), (0, 0, 0, 2), expand=False))


def _rung(rung: Rung) -> Text:
    """Draw one step of the ladder: its number flush right, then what it means, then how sure it is."""
    known = rung.headcount if rung.headcount is not None else rung.bound
    number = "?" if known is None else str(known) if rung.headcount is not None else f"{known}+"
    text = Text().append(f"{number:>4}  ", STRONG)
    text.append(rung_name(rung.name))
    return text.append(f"  {tr(f'plan.rung_{rung.status}')}", FAINT)


def staff_section(problem: Problem, scores: Scores) -> Group:
    """Return people by type and employer, vendor seats, and the monthly cost."""
    names = ("staff", "employer", "number", "weekly_hours", "each", "per_month")
    made = table(*(tr(f"plan.{name}") for name in names), numbers=(2, 3, 4, 5))
    for staff in problem.types:
        if number := scores.headcount.by_type.get(staff.name, 0):
            _add_type(made, problem, staff, number)
    for use in scores.headcount.seats:
        _add_seat(made, problem, use)
    if scores.cost.control:
        made.add_row(tr("plan.control"), "", "", "", "", f"{scores.cost.control:,}")
    total = Text(f"{scores.cost.total:,}", STRONG)
    made.add_row(Text(tr("plan.total"), STRONG), "", str(scores.headcount.total), "", "", total)
    return section(tr("plan.who"), made, note=tr("plan.who_note", currency=problem.currency))


def _add_type(made: Table, problem: Problem, staff: StaffType, number: int) -> None:
    made.add_row(
        one_line(staff.called),
        employer_title(problem, staff.employer),
        str(number),
        f"{hours(staff.net_minutes)} / {hours(staff.weekly_minutes)}",
        f"{staff.cost:,}",
        f"{staff.cost * number:,}",
    )


def _add_seat(made: Table, problem: Problem, use: SeatUse) -> None:
    seat = next(seat for seat in problem.seats if seat.name == use.seat)
    made.add_row(
        tr("plan.seat", name=one_line(seat.called)),
        employer_title(problem, seat.employer or ""),
        str(use.number),
        "",
        f"{seat.cost:,}",
        f"{seat.cost * use.number:,}",
    )
