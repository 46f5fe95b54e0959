"""What the sweep may do, as the command line says it: fees, posts for sale, minimums let go; all faults at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roster.domain.problem import Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.questions.frontier.offers import Market, buyable, market
from roster.questions.service import known

MOST_MONEY = 10**9
DISPATCH_PERCENT = 10
"""Dispatched workers are at most a tenth of all whom an employer uses (劳务派遣暂行规定 art. 4)."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """
    What was asked besides the scenario.

    `fees` are `NAME=AMOUNT`; `may_buy` posts that a vendor may hold besides those that say so; `release` staff types
    that may fall below their minimum; `staff` all the people of the employer, of whom a tenth may be dispatched.
    """

    fees: Sequence[str] = ()
    may_buy: Sequence[str] = ()
    release: Sequence[str] = ()
    staff: int | None = None


def parse_market(problem: Problem, wishes: Wishes) -> tuple[Problem, Market]:
    """
    Return the problem and the market that are meant.

    Raises
    ------
    Faults
        Names that lead nowhere, fees that cannot be, core work offered to vendors.
    """
    wrong: list[Fault] = []
    for name in wishes.may_buy:
        wrong += known("--may-buy", name, problem.post, "unknown_post")
        if name in problem.post and not buyable(problem, replace(problem.post[name], vendor=True)):
            wrong.append(Fault(None, "--may-buy", tr("frontier.core", value=name)))
    for name in wishes.release:
        wrong += known("--release", name, problem.type, "unknown_type")
    if wishes.staff is not None and wishes.staff < 1:
        wrong.append(Fault(None, "--staff", tr("frontier.no_staff", number=wishes.staff)))
    changed = _changed(problem, wishes)
    fees = _fees(changed, wishes.fees, wrong)
    if wrong:
        raise Faults(tr("frontier.what_was_asked"), wrong)
    return changed, market(changed, fees)


def _changed(problem: Problem, wishes: Wishes) -> Problem:
    types = [replace(one, minimum=0) if one.name in wishes.release else one for one in problem.types]
    if wishes.staff is not None:
        most = wishes.staff * DISPATCH_PERCENT // 100
        types = [
            replace(one, minimum=min(one.minimum, most), maximum=min(one.maximum, most))
            if problem.is_vendor(one)
            else one
            for one in types
        ]
    posts = tuple(replace(one, vendor=True) if one.name in wishes.may_buy else one for one in problem.posts)
    return replace(problem, types=tuple(types), posts=posts)


def _fees(problem: Problem, texts: Sequence[str], wrong: list[Fault]) -> dict[str, int]:
    found: dict[str, int] = {}
    offered = market(problem)
    names = [
        *(offer.name for offer in offered.offers),
        *dict.fromkeys(offer.post for offer in offered.offers),
    ]
    for text in texts:
        name, sign, figure = (part.strip() for part in text.replace("＝", "=").rpartition("="))
        if not sign or not name or not figure.isdecimal() or int(figure) > MOST_MONEY:
            wrong.append(Fault(None, "--fee", tr("frontier.malformed", value=text, most=f"{MOST_MONEY:,}")))
            continue
        wrong += known("--fee", name, names, "unknown_offer")
        if name in found:
            wrong.append(Fault(None, "--fee", tr("service.twice", value=name)))
        found[name] = int(figure)
    return found
