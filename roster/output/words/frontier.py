"""The answer of `roster frontier` in sentences, as the terminal, the page and the document say it."""

from __future__ import annotations

from math import ceil

from roster.domain.outcome import Status, weakest
from roster.domain.problem import Problem
from roster.language import counted, tr
from roster.output.words.text import one_line
from roster.questions.frontier import DISPATCH_PERCENT, TIERS, Frontier, Offer, Point, buyable


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
