"""The answer of `roster frontier` on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.rules import hours
from roster.language import tr
from roster.output.terminal.console import (
    FAINT,
    GOOD,
    STATUS_STYLES,
    STRONG,
    ReportConsole,
    files_line,
    section,
    table,
)
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.frontier import bought, cheapest_said, notes, offer_title, proof, verdict
from roster.output.words.text import one_line
from roster.questions.frontier import Frontier


def print_frontier(console: ReportConsole, answer: Frontier, files: tuple[Path, ...]) -> None:
    """
    Print an answer: the verdict, the choices, who stays, when seats pay, what it rests on.

    Parameters
    ----------
    console : Where it is printed.
    answer, files : The choices found, and the files written.
    """
    console.show(_parts(answer, files))


def market_sections(answer: Frontier) -> Iterator[ConsoleRenderable]:
    """Yield make or buy as part of another report: the choices, and what they say."""
    if answer.points:
        yield _points_section(answer)
    said = (verdict(answer), *cheapest_said(answer))
    yield section(tr("page.kind_frontier"), *(bullet(sentence) for sentence in said))


def _parts(answer: Frontier, files: tuple[Path, ...]) -> Iterator[ConsoleRenderable]:
    problem = answer.problem
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    yield Prose(verdict(answer), STATUS_STYLES[answer.status], mark="  ")
    if answer.points:
        yield from (Prose(sentence, mark="  ") for sentence in cheapest_said(answer))
        yield Prose(proof(answer), FAINT, mark="  ")
        yield _points_section(answer)
        yield _staffing_section(answer)
        if answer.break_even:
            yield _break_even_section(answer)
        yield section(tr("frontier.assumes"), *(bullet(note) for note in notes(answer)))
    yield Text()
    words = {"seconds": f"{answer.seconds:.1f}", "number": answer.solved, "solver": answer.solver}
    yield Text(tr("frontier.took", **words), FAINT)
    yield from files_line(files)


def _points_section(answer: Frontier) -> Group:
    heads = ("in_house", "vendor", "cost", "people_cost", "seat_cost", "control_cost", "bought")
    made = table(*(tr(f"frontier.{head}") for head in heads), numbers=(0, 1, 2, 3, 4, 5), wrap=(6,))
    for point in answer.points:
        star = "*" if any(offer.assumed for offer in point.purchase.offers) else ""
        made.add_row(
            Text(str(point.headcount.in_house), STRONG),
            str(point.vendor),
            f"{point.cost.total:,}",
            f"{point.cost.people:,}",
            f"{point.cost.seats:,}{star}",
            f"{point.cost.control:,}",
            Prose(bought(answer.problem, point)),
        )
    return section(
        tr("frontier.points"), made, note=tr("frontier.points_note", currency=answer.problem.currency)
    )


def _staffing_section(answer: Frontier) -> Group:
    """Show the people of each choice by type, types in columns of the choices."""
    problem = answer.problem
    in_house = [one for one in problem.types if not problem.is_vendor(one)]
    heads = [f"{point.headcount.in_house} / {point.vendor}" for point in answer.points]
    made = table(tr("service.type"), *heads, numbers=tuple(range(1, len(heads) + 1)))
    for one in in_house:
        numbers = [str(point.headcount.by_type.get(one.name, 0)) for point in answer.points]
        if any(number != "0" for number in numbers):
            made.add_row(one_line(one.called), *numbers)
    return section(tr("frontier.staffing"), made, note=tr("frontier.staffing_note"))


def _break_even_section(answer: Frontier) -> Group:
    heads = ("offer", "hours", "fee", "worth", "saved", "pays")
    made = table(*(tr(f"frontier.{head}") for head in heads), numbers=(1, 2, 3, 4), wrap=(0,))
    for one in answer.break_even:
        pays = tr("frontier.pays_yes" if one.pays else "frontier.pays_no")
        made.add_row(
            Prose(offer_title(answer.problem, one.offer)),
            hours(one.offer.minutes * one.offer.places),
            f"{one.offer.fee:,}{'*' if one.offer.assumed else ''}",
            f"{one.fee:,}" if one.fee > 0 else "-",
            str(one.saved),
            Text(pays, GOOD if one.pays else FAINT),
        )
    return section(tr("frontier.break_even"), made, note=tr("frontier.break_even_note"))
