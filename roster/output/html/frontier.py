"""The page of `frontier`: the choices as a plot and a table, who stays, and below which fee each seat pays."""

from __future__ import annotations

from dataclasses import dataclass

from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.html.page import render
from roster.output.html.parts import facts
from roster.output.html.parts.people import Bar
from roster.output.html.parts.plot import Plot, plot
from roster.output.words.frontier import (
    bought,
    cheapest,
    cheapest_said,
    money,
    notes,
    offer_title,
    proof,
    verdict,
)
from roster.questions.frontier import BreakEven, Frontier, Point


@dataclass(frozen=True, slots=True)
class Choice:
    """A point of the frontier as a row."""

    in_house: int
    vendor: int
    cost: str
    people: str
    seats: str
    control: str
    bought: str
    cheapest: bool


@dataclass(frozen=True, slots=True)
class Market:
    """Make or buy beside a plan: the choices as a plot (of more than one) and as rows, and what they say."""

    sentence: str
    currency: str
    plot: Plot | None
    choices: tuple[Choice, ...]
    said: tuple[str, ...]


def frontier_page(answer: Frontier) -> str:
    """Return the page of an answer to "make or buy?"."""
    problem, points = answer.problem, answer.points
    figure = (
        facts.HeadlineFigure(str(len(points)), counted("page.unit_choices", len(points))) if points else None
    )
    shown = market(answer)
    return render(
        "frontier.html.jinja",
        title=problem.called,
        span=facts.span(problem),
        answer=facts.HeadlineAnswer(figure, shown.sentence, str(answer.status), tuple(_reasons(answer))),
        currency=shown.currency,
        plot=shown.plot,
        choices=shown.choices,
        staffing=_staffing(answer),
        fees=_fees(answer),
        notes=notes(answer) if points else [],
        seconds=f"{answer.seconds:.1f}",
        solver=answer.solver,
    )


def market(answer: Frontier) -> Market:
    """Return make or buy as a view."""
    points, least = answer.points, cheapest(answer)
    return Market(
        verdict(answer),
        answer.problem.currency,
        plot([_mark(answer, point) for point in points]) if len(points) > 1 else None,
        tuple(_choice(answer, point, cheapest=point is least) for point in points),
        (verdict(answer), *_reasons(answer), *(notes(answer) if points else [])),
    )


def _reasons(answer: Frontier) -> list[str]:
    """Say what is cheapest, and how far all is proven."""
    return [*cheapest_said(answer), proof(answer)] if answer.points else []


def _mark(answer: Frontier, point: Point) -> tuple[int, int, str, str]:
    label = tr("page.point", in_house=point.headcount.in_house, vendor=point.vendor)
    title = f"{bought(answer.problem, point)}: {money(point.cost.total, answer.problem.currency)}"
    return point.headcount.in_house, point.cost.total, label, title


def _choice(answer: Frontier, point: Point, *, cheapest: bool) -> Choice:
    star = "*" if any(offer.assumed for offer in point.purchase.offers) else ""
    cost = point.cost
    return Choice(
        point.headcount.in_house,
        point.vendor,
        f"{cost.total:,}",
        f"{cost.people:,}",
        f"{cost.seats:,}{star}",
        f"{cost.control:,}",
        bought(answer.problem, point),
        cheapest,
    )


def _staffing(answer: Frontier) -> list[tuple[str, list[int]]]:
    """Return the in-house people of each choice by type."""
    rows = []
    for staff in answer.problem.types:
        numbers = [point.headcount.by_type.get(staff.name, 0) for point in answer.points]
        if any(numbers) and not answer.problem.is_vendor(staff):
            rows.append((staff.called, numbers))
    return rows


def _fees(answer: Frontier) -> list[tuple[str, str, str, str, int, Bar]]:
    """Return each seat with its hours, fee, worth, the people it saves, and the two amounts as a bar with a tick."""
    most = max((max(one.fee, one.offer.fee) for one in answer.break_even), default=1) * 1.02 or 1.0
    return [
        (
            offer_title(answer.problem, one.offer),
            hours(one.offer.minutes * one.offer.places),
            f"{one.offer.fee:,}{'*' if one.offer.assumed else ''}",
            f"{one.fee:,}" if one.fee > 0 else "–",
            one.saved,
            _bar(one, most),
        )
        for one in answer.break_even
    ]


def _bar(one: BreakEven, most: float) -> Bar:
    words = {"fee": f"{one.offer.fee:,}", "worth": f"{max(one.fee, 0):,}"}
    return Bar(
        round(100 * max(one.fee, 0) / most, 2),
        round(100 * one.offer.fee / most, 2),
        tr("page.pays" if one.pays else "page.pays_not"),
        tr("page.fee_title", **words),
    )
