"""
Ways out when leave cannot be covered, each found by solving.

Overtime within the law, a vendor's people for single days, one more person, a shorter leave, other dates, one rule
relaxed: whatever works, with what it costs where the scenario tells.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from roster.engine.repair import Repaired, coverable, repair
from roster.engine.solver import Search
from roster.engine.sweep import Sweep
from roster.language import tr
from roster.plan import Roster
from roster.problem import OFF, Person, StaffType
from roster.questions.absence import OVERTIME, VENDOR, Absence, Case, overtime_minutes, shares, vendor_prices
from roster.questions.relaxed_rules import relaxations
from roster.rules import hours

FARTHEST = 14
"""Most days that a leave is moved."""

SECONDS, EACH, MOST = 1.5, 0.5, 6.0
"""Wall time for the ways out of one leave, for each of them, and for those of many leaves; people wait for it."""

LONGEST_CALENDAR = 100
"""Days up to which all other leaves are asked of one program of the whole calendar."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """
    A change after which everything can be covered, in a sentence.

    `kind` is `refused` (one leave of several), `overtime`, `vendor`, `hire`, `shorter`, `moved` or `rule`; `person`
    whom it concerns, empty where nobody in particular; `cost` what it costs once (a hire: a month), None where the
    scenario does not tell; `law` whether a limit of law would have to be relaxed.
    """

    kind: str
    person: str
    sentence: str
    absence: Absence | None = None
    cost: int | None = None
    law: bool = False


def ways_out(case: Case, posts: set[str], search: Search) -> tuple[WayOut, ...]:
    """Return the ways out of a case whose posts stay empty, those that could be decided in time."""
    seconds = min(MOST, SECONDS * len(case.absences))
    short = replace(search, deadline=min(search.deadline, time.monotonic() + seconds))
    leaves = _Leaves(case, short)
    found = [
        *_refused(case, leaves),
        *_shorter(case, leaves),
        *_moved(case, leaves),
        *_overtime(case, short),
        *_vendor(case, short),
    ]
    found += [*_hired(case, posts, short), *_relaxed(case, short)]
    return tuple(sorted(found, key=lambda way: (way.law, _ORDER.index(way.kind))))


_ORDER = ("refused", "shorter", "moved", "overtime", "rule", "vendor", "hire")
"""Kinds of ways out, what costs nothing first."""


def _works(case: Case, search: Search) -> bool:
    if search.seconds_left <= 0:
        return False
    short = replace(search, deadline=min(search.deadline, time.monotonic() + EACH))
    return all(coverable(share.ask, short) for share in shares(case))


class _Leaves:
    """Other leaves of the same people, asked of one program where that can be; each is asked once."""

    def __init__(self, case: Case, search: Search) -> None:
        self.case, self.search = case, search
        self._hopeless = [case.absences]
        self._sweeps: list[tuple[Sweep, frozenset[str]]] | None = None

    def works(self, absences: tuple[Absence, ...]) -> bool:
        """Whether everything can be covered with these leaves instead; no where time ran out."""
        if self.search.seconds_left <= 0 or any(_within(known, absences) for known in self._hopeless):
            return False
        answer = self._swept(absences) if self._one_program(absences) else None
        if answer is None:
            answer = _works(replace(self.case, absences=absences), self.search)
        if not answer:
            self._hopeless.append(absences)
        return answer

    def _one_program(self, absences: tuple[Absence, ...]) -> bool:
        case = self.case
        people = [one.person for one in absences]
        plain = case.frozen_until is None and not case.mend and not case.allow
        return (
            plain and len(set(people)) == len(people) and case.published.horizon.days <= LONGEST_CALENDAR
        ) and not case.published.stand_ins

    def _swept(self, absences: tuple[Absence, ...]) -> bool | None:
        horizon = self.case.published.horizon
        away = {one.person: one.days(horizon) for one in absences}
        answers = [
            sweep.holds({name: days for name, days in away.items() if name in names}, self.search)
            for sweep, names in self._made()
        ]
        if False in answers:
            return False
        return None if None in answers else True

    def _made(self) -> list[tuple[Sweep, frozenset[str]]]:
        if self._sweeps is None:
            self._sweeps = []
            for share in shares(self.case):
                people = [person.name for person in share.ask.wanted.people]
                gone = [one.person for one in self.case.absences if one.person in people]
                part = replace(share.ask.problem, restrictions=self.case.problem.restrictions)
                self._sweeps.append(
                    (Sweep(part, share.ask.wanted, list(dict.fromkeys(gone)), self.search), frozenset(gone))
                )
        return self._sweeps


def _within(known: tuple[Absence, ...], absences: tuple[Absence, ...]) -> bool:
    """Whether leaves ask for all that others, known to fail, ask for, or more."""
    return len(known) == len(absences) and all(
        one.person == more.person and more.first <= one.first and one.last <= more.last
        for one, more in zip(known, absences, strict=True)
    )


def _instead(case: Case, at: int, absence: Absence) -> tuple[Absence, ...]:
    return (*case.absences[:at], absence, *case.absences[at + 1 :])


def _refused(case: Case, leaves: _Leaves) -> Iterator[WayOut]:
    """Yield each leave of several without which the others can be covered."""
    for at, absence in enumerate(case.absences if len(case.absences) > 1 else ()):
        others = (*case.absences[:at], *case.absences[at + 1 :])
        if leaves.works(others):
            words = {"person": absence.person, "first": absence.first, "last": absence.last}
            yield WayOut("refused", absence.person, tr("leave.way_refused", **words), None, 0)


def _shorter(case: Case, leaves: _Leaves) -> Iterator[WayOut]:
    """Yield the longest beginning and the longest end of each leave that can be covered."""
    for at, absence in enumerate(case.absences):
        for beginning in (True, False):
            longest = _longest(case, at, leaves, beginning=beginning)
            if longest:
                left = _part(absence, longest, beginning=beginning)
                words = {"person": left.person, "first": left.first, "last": left.last}
                sentence = tr("leave.way_shorter", days=longest, all=absence.length, **words)
                yield WayOut("shorter", left.person, sentence, left, 0)


def _longest(case: Case, at: int, leaves: _Leaves, *, beginning: bool) -> int:
    """Halve the lengths: a leave that can be covered can be covered in part."""
    low, high = 0, case.absences[at].length - 1
    while low < high:
        middle = (low + high + 1) // 2
        if leaves.works(_instead(case, at, _part(case.absences[at], middle, beginning=beginning))):
            low = middle
        else:
            high = middle - 1
    return low


def _part(absence: Absence, days: int, *, beginning: bool) -> Absence:
    if beginning:
        return replace(absence, last=absence.first + timedelta(days=days - 1))
    return replace(absence, first=absence.last - timedelta(days=days - 1))


def _moved(case: Case, leaves: _Leaves) -> Iterator[WayOut]:
    """Yield for each leave the nearest dates on which it can be covered."""
    steps = [sign * step for step in range(1, FARTHEST + 1) for sign in (1, -1)]
    for at, absence in enumerate(case.absences):
        for step in steps:
            moved = absence.moved(step)
            if _fits(case, at, moved) and leaves.works(_instead(case, at, moved)):
                words = {"person": moved.person, "first": moved.first, "last": moved.last}
                key = "leave.way_later" if step > 0 else "leave.way_earlier"
                yield WayOut("moved", moved.person, tr(key, days=abs(step), **words), moved, 0)
                break


def _fits(case: Case, at: int, moved: Absence) -> bool:
    """Whether moved leave lies in the part of the calendar that may change, apart from that person's other leave."""
    horizon = case.published.horizon
    first, last = horizon.number(moved.first), horizon.number(moved.last)
    earliest = 0 if case.frozen_until is None else case.frozen_until + 1
    others = (one for number, one in enumerate(case.absences) if number != at and one.person == moved.person)
    return (
        earliest <= first
        and last < horizon.days
        and all(one.last < moved.first or moved.last < one.first for one in others)
    )


def _best(case: Case, search: Search) -> Roster | None:
    """Return the nearest roster of a case; None where some post stays empty or time ran out."""
    if not _works(case, search):
        return None
    duties, stand_ins = list(case.published.duties), list(case.published.stand_ins)
    for share in shares(case):
        found: Repaired = repair(share.ask, search)
        if found.roster is None or found.empty:
            return None
        for index, line in zip(share.among, found.roster.duties, strict=True):
            duties[index] = line
        stand_ins = [each for each in stand_ins if each.post not in share.ask.problem.post]
        stand_ins += found.roster.stand_ins
    return replace(case.published, duties=tuple(duties), stand_ins=tuple(stand_ins))


def _overtime(case: Case, search: Search) -> Iterator[WayOut]:
    """Yield overtime within the law, where that is enough."""
    if OVERTIME in case.allow:
        return
    roster = _best(replace(case, allow=case.allow | {OVERTIME}), search)
    if roster is None:
        return
    before, after = (overtime_minutes(case.problem, each) for each in (case.published, roster))
    more = {name: minutes - before.get(name, 0) for name, minutes in after.items()}
    names = tr("leave.comma").join(name for name, minutes in more.items() if minutes > 0)
    total = hours(sum(minutes for minutes in more.values() if minutes > 0))
    yield WayOut("overtime", "", tr("leave.way_overtime", hours=total, people=names), None, None)


def _vendor(case: Case, search: Search) -> Iterator[WayOut]:
    """Yield a vendor's people for single days, where that is enough."""
    prices = vendor_prices(case.problem)
    if VENDOR in case.allow or not prices:
        return
    roster = _best(replace(case, allow=case.allow | {VENDOR}), search)
    if roster is None:
        return
    sent = [each for each in roster.stand_ins if each not in case.published.stand_ins]
    days = sum(each.number for each in sent)
    minutes = sum(each.number * case.problem.post[each.post].length for each in sent)
    unknown = any(not prices[each.post] for each in sent)
    cost = None if unknown else sum(each.number * prices[each.post] for each in sent)
    priced = "" if cost is None else tr("leave.way_price", cost=f"{cost:,}", currency=case.problem.currency)
    posts = tr("leave.comma").join(
        dict.fromkeys(case.problem.post[each.post].title or each.post for each in sent)
    )
    sentence = tr("leave.way_vendor", days=days, hours=hours(minutes), posts=posts, price=priced)
    yield WayOut("vendor", "", sentence, None, cost)


def _hired(case: Case, posts: set[str], search: Search) -> Iterator[WayOut]:
    """Yield the staff types of which one more person is enough; nothing of theirs is frozen but days gone by."""
    able = [
        (staff, name)
        for staff in sorted(case.problem.types, key=lambda staff: staff.cost)
        if any(case.problem.can_hold(staff, case.problem.post[post]) for post in posts)
        and (name := _next_name(case.published, staff))
    ]
    everybody = case.published
    for staff, name in able:
        everybody = _joined(everybody, Person(name, staff.name))
    if not able or not _works(replace(case, published=everybody), search):
        return
    for staff, name in able:
        if _works(replace(case, published=_joined(case.published, Person(name, staff.name))), search):
            title = staff.title or staff.name
            price = (
                tr("leave.way_month", cost=f"{staff.cost:,}", currency=case.problem.currency)
                if staff.cost
                else ""
            )
            sentence = tr("leave.way_hire", type=title, person=name, price=price)
            yield WayOut("hire", name, sentence, None, staff.cost or None)


def _next_name(roster: Roster, staff: StaffType) -> str:
    """Return what one more person of a type is called; nothing where there may be none."""
    here = {person.name for person in roster.people if person.type == staff.name}
    if len(here) >= staff.maximum:
        return ""
    return next(name for number in count(1) if (name := f"{staff.name}-{number}") not in here)


def _joined(roster: Roster, person: Person) -> Roster:
    """Return a roster with one more person, who has no duties yet."""
    return replace(
        roster,
        people=(*roster.people, person),
        duties=(*roster.duties, (OFF,) * roster.horizon.days),
        before=(*roster.before, ()) if roster.before else (),
    )


def _relaxed(case: Case, search: Search) -> Iterator[WayOut]:
    """Yield the single rules whose relaxing is enough, each by as little as does; limits of law last."""
    asks = [share.ask for share in shares(case)]
    if len(asks) != 1:
        return
    found = relaxations(asks[0], lambda other: search.seconds_left > 0 and bool(coverable(other, search)))
    for relaxed in sorted(found, key=lambda each: each.law):
        key = "leave.way_law" if relaxed.law else "leave.way_rule"
        sentence = tr(key, rule=relaxed.before, instead=relaxed.after, people=relaxed.whom)
        yield WayOut("rule", "", sentence, None, None, relaxed.law)
