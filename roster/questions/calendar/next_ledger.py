"""The ledger after a calendar: what everybody had before, and what this period adds."""

from __future__ import annotations

from collections.abc import Sequence

from roster.checker import leave_days
from roster.domain.fairness import MEASURES, Account, Carried, Share, shares_of_had
from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.penalties import amounts, had


def next_ledger(problem: Problem, roster: Roster, shares: Sequence[Share]) -> tuple[Account, ...]:
    """
    Return everybody's account at the end of a calendar.

    What is not shared out is fair as it is; of what is, the share that counts is that of all that the group has. People
    who are in the ledger and not in the roster stay as they were.

    Parameters
    ----------
    problem, roster : The scenario with the ledger before, and the calendar.
    shares : What would have been fair.
    """
    before = {account.person: account for account in problem.ledger}
    of_had = shares_of_had(shares, amounts(problem, roster, shares))
    fair = {(share.person, share.measure): share.fair for share in of_had}
    found = []
    for index, person in enumerate(roster.people):
        old = before.pop(person.name, Account(person.name, problem.dates.start, 0))
        sums = {one.measure: one for one in old.sums}
        present = roster.horizon.days - len(leave_days(problem, person.name, roster.horizon))
        after = []
        for measure in MEASURES:
            has = had(problem, roster, index, measure)
            one = sums.get(measure, Carried(measure, 0, 0))
            share = fair.get((person.name, measure), has)
            after.append(Carried(measure, one.had + has, one.fair + share))
        found.append(Account(person.name, old.since, old.days + present, tuple(after)))
    return (*found, *before.values())
