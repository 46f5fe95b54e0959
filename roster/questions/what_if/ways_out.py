"""
Ways out when leave cannot be covered, each found by solving.

Overtime within the law, a vendor's people for single days, one more person, a shorter leave, some of its days given
back, other dates, one rule relaxed: whatever works, with what it costs where the scenario tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from roster.domain.costs import overtime_cost
from roster.domain.outcome import Roster
from roster.domain.problem import OFF, Person, Problem, StaffType
from roster.domain.rules import WeekHours, hours
from roster.domain.staff import numbered
from roster.engine.calendar import Repaired, coverable, repair
from roster.engine.solvers.search import Search
from roster.language import listed, tr
from roster.questions.absences import OVERTIME, VENDOR, LeaveCase, overtime_minutes, shares, vendor_prices
from roster.questions.conflict import Conflict, WayOut, holds
from roster.questions.what_if.days_given_back import given_back
from roster.questions.what_if.other_leaves import other_leaves
from roster.questions.what_if.relaxed_rules import relaxations
from roster.questions.what_if.trial import Trial
from roster.questions.wording import overtime_sources

SECONDS, EACH, MOST = 1.5, 0.5, 6.0
"""Wall time for the ways out of one leave, for each of them, and for those of many leaves or of dates."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out that were found; `decided` unless time ran out on one that was tried."""

    found: tuple[WayOut, ...]
    decided: bool


def find_ways_out(case: LeaveCase, posts: set[str], conflict: Conflict | None, search: Search) -> Ways:
    """
    Return the ways out of a case whose posts stay empty, those that could be decided in time.

    Where the smallest conflict is known, only what changes something in it is tried: with anything else it would be
    there still.

    Parameters
    ----------
    case, posts : The leave, and the names of the posts that stay empty.
    conflict : The smallest conflict; where it is known, only what changes something in it is tried.
    search : Deadline and settings.
    """
    seconds = min(MOST, SECONDS * len(case.absences)) if case.absences else MOST
    trial = Trial(search.within(seconds))
    found = list(other_leaves(case, conflict, trial))
    found += [*given_back(case, conflict, found, trial), *by_overtime(case, conflict, trial)]
    found += [*by_vendor(case, conflict, trial), *_hired(case, posts, conflict, trial)]
    found += _relaxed(case, conflict, trial)
    ordered = sorted(found, key=lambda way: (way.law, _ORDER.index(way.kind)))
    return Ways(tuple(ordered), not trial.undecided)


_ORDER = ("refused", "shorter", "given_back", "moved", "overtime", "rule", "vendor", "hire")
"""Kinds of ways out, what costs nothing first."""


def _works(case: LeaveCase, trial: Trial) -> bool:
    asks = [share.ask for share in shares(case)]
    return all(trial.yes(partial(coverable, ask), EACH) for ask in asks)


def _best(case: LeaveCase, trial: Trial) -> Roster | None:
    """Return the nearest roster of a case; None where some post stays empty or time ran out."""
    if not _works(case, trial):
        return None
    duties, stand_ins = list(case.published.duties), list(case.published.stand_ins)
    for share in shares(case):
        found: Repaired = repair(share.ask, trial.search)
        if found.roster is None or found.empty:
            trial.undecided = True
            return None
        for index, line in zip(share.among, found.roster.duties, strict=True):
            duties[index] = line
        stand_ins = [each for each in stand_ins if each.post not in share.ask.problem.post]
        stand_ins += found.roster.stand_ins
    return replace(case.published, duties=tuple(duties), stand_ins=tuple(stand_ins))


def by_overtime(case: LeaveCase, conflict: Conflict | None, trial: Trial) -> Iterator[WayOut]:
    """
    Yield overtime within the law, where that is enough.

    Parameters
    ----------
    case, conflict : The leave, and its smallest conflict where it was found.
    trial : The time there is.
    """
    about_hours = conflict is None or any(
        one.kind == "hours" or isinstance(one.rule, WeekHours) for one in conflict.conditions
    )
    if OVERTIME in case.allow or not about_hours:
        return
    roster = _best(replace(case, allow=case.allow | {OVERTIME}), trial)
    if roster is None:
        return
    before, after = overtime_minutes(case.problem, case.published), overtime_minutes(case.asked, roster)
    more = {name: minutes - before.get(name, 0) for name, minutes in after.items()}
    names = listed(name for name, minutes in more.items() if minutes > 0)
    total = hours(sum(minutes for minutes in more.values() if minutes > 0))
    types = {one.name: case.problem.type[one.type] for one in case.published.people}
    paid = {name: minutes for name, minutes in more.items() if minutes > 0}
    cost = sum(overtime_cost(types[name], minutes) for name, minutes in paid.items())
    known = all(types[name].cost for name in paid)
    words = {
        "price": tr("what_if.way_price", cost=f"{cost:,}", currency=case.problem.currency) if known else "",
        "source": overtime_sources(case.problem, (types[name] for name in paid)),
    }
    sentence = tr("what_if.way_overtime", hours=total, people=names, **words)
    yield WayOut("overtime", sentence, cost if known else None)


def by_vendor(case: LeaveCase, conflict: Conflict | None, trial: Trial) -> Iterator[WayOut]:
    """
    Yield a vendor's people for single days, where that is enough.

    Parameters
    ----------
    case, conflict : The leave, and its smallest conflict where it was found.
    trial : The time there is.
    """
    prices = vendor_prices(case.problem)
    if (
        VENDOR in case.allow
        or not prices
        or (conflict is not None and prices.keys().isdisjoint(_posts(conflict)))
    ):
        return
    roster = _best(replace(case, allow=case.allow | {VENDOR}), trial)
    if roster is None:
        return
    sent = [each for each in roster.stand_ins if each not in case.published.stand_ins]
    days = sum(each.number for each in sent)
    minutes = sum(each.number * case.problem.post[each.post].length for each in sent)
    unknown = any(not prices[each.post] for each in sent)
    cost = None if unknown else sum(each.number * prices[each.post] for each in sent)
    priced = "" if cost is None else tr("what_if.way_price", cost=f"{cost:,}", currency=case.problem.currency)
    posts = tr("what_if.comma").join(dict.fromkeys(case.problem.post[each.post].called for each in sent))
    sentence = tr("what_if.way_vendor", days=days, hours=hours(minutes), posts=posts, price=priced)
    yield WayOut("vendor", sentence, cost)


def _posts(conflict: Conflict) -> set[str]:
    return {one.names[0] for one in conflict.conditions if one.kind == "post"}


def _hired(case: LeaveCase, posts: set[str], conflict: Conflict | None, trial: Trial) -> Iterator[WayOut]:
    """Yield the staff types of which one more person is enough; nothing of theirs is frozen but days gone by."""
    able = [
        (staff, name)
        for staff in sorted(case.problem.types, key=lambda staff: staff.cost)
        if any(case.problem.is_eligible(staff, case.problem.post[post]) for post in posts)
        and (name := _next_name(case.problem, case.published, staff))
        and _may_help(conflict, Person(name, staff.name), trial.search)
    ]
    everybody = case.published
    for staff, name in able:
        everybody = _joined(everybody, Person(name, staff.name))
    if not able or (len(able) > 1 and not _works(replace(case, published=everybody), trial)):
        return
    for staff, name in able:
        if _works(replace(case, published=_joined(case.published, Person(name, staff.name))), trial):
            title = staff.called
            price = (
                tr("what_if.way_month", cost=f"{staff.cost:,}", currency=case.problem.currency)
                if staff.cost
                else ""
            )
            sentence = tr("what_if.way_hire", type=title, person=name, price=price)
            yield WayOut("hire", sentence, staff.cost or None, person=name)


def _may_help(conflict: Conflict | None, person: Person, search: Search) -> bool:
    """Whether the smallest conflict might be gone with one more person."""
    if conflict is None or conflict.question.case is None:
        return True
    case = conflict.question.case
    joined = replace(case, published=_joined(case.published, person))
    return holds(replace(conflict.question, case=joined), search) is not False


def _next_name(problem: Problem, roster: Roster, staff: StaffType) -> str:
    """Return what one more person of a type is called, as a plan would; nothing where there may be none."""
    here = {person.name for person in roster.people if person.type == staff.name}
    if len(here) >= staff.maximum:
        return ""
    numbers = numbered(staff.name, problem.people)
    return next(name for number in numbers if (name := f"{staff.name}-{number}") not in here)


def _joined(roster: Roster, person: Person) -> Roster:
    """Return a roster with one more person, who has no duties yet."""
    return replace(
        roster,
        people=(*roster.people, person),
        duties=(*roster.duties, (OFF,) * roster.horizon.days),
        before=(*roster.before, ()) if roster.before else (),
        forgiven=(*roster.forgiven, frozenset()) if roster.forgiven else (),
    )


def _relaxed(case: LeaveCase, conflict: Conflict | None, trial: Trial) -> Iterator[WayOut]:
    """Yield the single rules whose relaxing is enough, each by as little as does; limits of law last."""
    asks = [share.ask for share in shares(case)]
    if len(asks) != 1:
        return
    among = None if conflict is None else {one.rule for one in conflict.conditions if one.rule is not None}
    found = relaxations(asks[0], lambda other: trial.yes(partial(coverable, other)), among)
    for relaxed in sorted(found, key=lambda each: each.law):
        key = "what_if.way_law" if relaxed.law else "what_if.way_rule"
        sentence = tr(key, rule=relaxed.before, instead=relaxed.after, people=relaxed.whom)
        yield WayOut("rule", sentence, law=relaxed.law)
