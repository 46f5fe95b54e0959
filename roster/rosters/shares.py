"""
After how long all are even: what a calendar leaves over, and how many periods like it take that back.

Whoever had too much can be spared no more in a period than a fair share of it. That gives the fewest periods; whether
the rules let everybody else take over so soon is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roster.domain.fairness import Account, Carried, Share, shares_of_had, unit_of
from roster.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Uneven:
    """
    A measure of which somebody has over a unit more or less than is fair, with all that the ledger carries.

    `away` is how much too much (or, below zero, too little) the person has who is farthest away: minutes, or tenths;
    `periods` how many more like this one it takes at least.
    """

    measure: str
    person: str
    away: int
    periods: int


@dataclass(frozen=True, slots=True)
class Shared:
    """What was shared: everybody's share, what they have (minutes, or tenths), and what stays uneven after it."""

    shares: tuple[Share, ...]
    had: Mapping[tuple[str, str], int]
    uneven: tuple[Uneven, ...]
    carried: bool


def shared(problem: Problem, shares: Sequence[Share], had: Mapping[tuple[str, str], int]) -> Shared:
    """
    Return what a calendar has shared out, and what it leaves over.

    Parameters
    ----------
    problem, shares : The scenario with the ledger before, and what is fair.
    had : What everybody has, by person and measure.
    """
    before, shares = _sums(problem.ledger), shares_of_had(shares, had)
    measures = dict.fromkeys(share.measure for share in shares)
    found = [_uneven([share for share in shares if share.measure == one], had, before) for one in measures]
    return Shared(shares, had, tuple(one for one in found if one), bool(problem.ledger))


def shared_in(problem: Problem, after: Sequence[Account]) -> Shared | None:
    """Return what was shared in a calendar, read off the accounts before and after it; None without any."""
    before, prices = _sums(problem.ledger), {one.measure: one.price for one in problem.fairness}
    named = {person.name: person.type for person in problem.people}
    shares: list[Share] = []
    had: dict[tuple[str, str], int] = {}
    for account in (one for one in after if one.person in named):
        staff = named[account.person]
        sharing = {fairness.measure for fairness in problem.fairness if fairness.concerns(staff)}
        for one in (one for one in account.sums if one.measure in sharing):
            old = before.get((account.person, one.measure), Carried(one.measure, 0, 0))
            fair, has = one.fair - old.fair, one.had - old.had
            target = fair - (old.had - old.fair)
            if fair or has:
                shares.append(Share(account.person, one.measure, target, fair, prices[one.measure]))
                had[account.person, one.measure] = has
    return shared(problem, shares, had) if shares else None


def _sums(accounts: Sequence[Account]) -> dict[tuple[str, str], Carried]:
    return {(account.person, one.measure): one for account in accounts for one in account.sums}


def _uneven(
    shares: Sequence[Share], had: Mapping[tuple[str, str], int], before: Mapping[tuple[str, str], Carried]
) -> Uneven | None:
    """Return who is farthest from even of one measure; None where all are within a unit."""
    worst: Uneven | None = None
    for share in shares:
        old = before.get((share.person, share.measure))
        away = had[share.person, share.measure] - share.fair + (old.had - old.fair if old else 0)
        beyond = abs(away) - unit_of(share.measure)
        if beyond <= 0:
            continue
        periods = -(-beyond // share.fair) if away > 0 and share.fair else 1
        if worst is None or (periods, abs(away)) > (worst.periods, abs(worst.away)):
            worst = Uneven(share.measure, share.person, away, periods)
    return worst
