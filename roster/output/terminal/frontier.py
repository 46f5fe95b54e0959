"""The answer of `roster frontier`: in one line and as a report."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Status, weakest
from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.terminal.console import (
    BAD,
    DOUBTFUL,
    FAINT,
    GOOD,
    STRONG,
    ReportConsole,
    one_line,
    section,
    table,
)
from roster.output.terminal.prose import Prose, bullet
from roster.questions.frontier.answer import Frontier, Point
from roster.questions.frontier.offers import TIERS, Offer, buyable
from roster.questions.frontier.request import DISPATCH_PERCENT

_STYLES = {Status.OPTIMAL: GOOD, Status.FEASIBLE: DOUBTFUL, Status.INFEASIBLE: BAD, Status.UNKNOWN: DOUBTFUL}


def verdict(answer: Frontier) -> str:
    """Return the answer in one line."""
    if not answer.points:
        return tr(
            "frontier.verdict_impossible"
            if answer.status is Status.INFEASIBLE
            else "frontier.verdict_unknown"
        )
    currency = answer.problem.currency
    first, last = answer.points[0], answer.points[-1]
    key = "frontier.verdict"
    if not answer.market.offers and not answer.market.residents:
        key = "frontier.verdict_nothing"
    elif len(answer.points) == 1:
        key = "frontier.verdict_one"
    if answer.undecided and key != "frontier.verdict_nothing":
        key += "_decided"
    return tr(
        key,
        most=first.headcount.in_house,
        dear=money(first.cost.total, currency),
        fewest=last.headcount.in_house,
        cheap=money(last.cost.total, currency),
        points=len(answer.points),
        considered=answer.considered,
    )


def money(amount: int, currency: str) -> str:
    """Return an amount with its currency."""
    return f"{amount:,} {currency}"


def offer_title(problem: Problem, offer: Offer) -> str:
    """Return what an offer is in words."""
    post = problem.post[offer.post]
    words = {"post": post.called, "name": offer.called}
    title = one_line(tr(f"frontier.kind_{offer.kind}", **words))
    return tr("frontier.places", offer=title, number=offer.places) if offer.places > 1 else title


def bought(problem: Problem, point: Point) -> str:
    """Return what a point buys in words."""
    words = [offer_title(problem, offer) for offer in point.purchase.offers]
    for name, number in point.headcount.by_type.items():
        staff = problem.type[name]
        if number and problem.is_vendor(staff):
            words.append(tr("frontier.residents", number=number, type=one_line(staff.called)))
    return tr("frontier.plus").join(words) or tr("frontier.nothing")


def proof(answer: Frontier) -> str:
    """Return how far the points are proven, in one sentence; empty without points."""
    if not answer.points:
        return ""
    kind = weakest(point.kind for point in answer.points)
    said = [tr("frontier.proven", how=tr(f"frontier.how_{kind}"))]
    if answer.undecided:
        said.append(counted("frontier.undecided", answer.undecided))
    if answer.impossible:
        said.append(counted("frontier.impossible_some", answer.impossible))
    return " ".join(said)


def cheapest(answer: Frontier) -> Point | None:
    """Return the choice that costs least; None without choices."""
    return min(answer.points, key=lambda point: point.cost.total, default=None)


def cheapest_said(answer: Frontier) -> list[str]:
    """Say which choice costs least and how much, where there is any; what was not decided in time may cost less."""
    point = cheapest(answer)
    if point is None:
        return []
    cost = money(point.cost.total, answer.problem.currency)
    key = "frontier.cheapest_decided" if answer.undecided else "frontier.cheapest"
    return [tr(key, bought=bought(answer.problem, point), cost=cost)]


def print_frontier(console: ReportConsole, answer: Frontier, files: tuple[Path, ...]) -> None:
    """Print an answer: the verdict, the choices, who stays, when seats pay, what it rests on."""
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
    yield Prose(verdict(answer), _STYLES[answer.status], mark="  ")
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
    if files:
        names = ", ".join(file.name for file in files)
        yield Text(tr("plan.files_written", folder=files[0].parent, files=names), FAINT)


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


def notes(answer: Frontier) -> list[str]:
    """Return what the answer rests on, in sentences."""
    problem, market = answer.problem, answer.market
    said = []
    if any(offer.origin == "by_hour" for offer in market.offers):
        said.append(tr("frontier.by_hour"))
    if market.tier:
        tier = next(tier for tier in TIERS if tier.name == market.tier)
        prices = {"on_site": f"{tier.on_site:,}", "remote": f"{tier.remote:,}"}
        said.append(tr("frontier.tier", tier=tr(f"frontier.tier_{tier.name}"), **prices))
    if market.offers or market.residents:
        said.append(tr("frontier.control", percent=problem.control.percent))
        if least := _least(answer):
            said.append(tr("frontier.minimum", types=least))
    if most := _dispatched(answer):
        said.append(tr("frontier.dispatch", number=most, staff=ceil(most * 100 / DISPATCH_PERCENT)))
    kept = [post.called for post in problem.posts if post.on_site and not buyable(problem, post)]
    if kept:
        said.append(tr("frontier.kept", posts=tr("frontier.list_and").join(kept)))
    return [*said, tr("frontier.ordinary")]


def _least(answer: Frontier) -> str:
    """Return the minimums that hold the last choice back: of types that could hold something that was bought."""
    problem, last = answer.problem, answer.points[-1]
    sold = [problem.post[offer.post] for point in answer.points for offer in point.purchase.offers]
    held = [
        tr("frontier.at_least", number=one.minimum, type=one.called)
        for one in problem.types
        if 0 < one.minimum == last.headcount.by_type.get(one.name, 0)
        and not problem.is_vendor(one)
        and any(problem.is_eligible(one, post) for post in sold)
    ]
    return tr("frontier.list_and").join(held)


def _dispatched(answer: Frontier) -> int:
    """Return the most resident people of any choice, where a Chinese regime makes dispatch a question."""
    problem = answer.problem
    chinese = any(
        problem.is_vendor(one) and problem.employer[one.employer].regime.startswith("cn_")
        for one in problem.types
    )
    return max((point.headcount.vendor for point in answer.points), default=0) if chinese else 0
