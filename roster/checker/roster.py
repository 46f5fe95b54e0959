"""A roster on dates held against everything that is asked of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby

from roster.checker.cover.stretches import cover_of_roster
from roster.checker.kinds import check_kinds
from roster.checker.person import breaches, hard_rules, leave_days, leave_minutes, pinned, restricted
from roster.checker.posts_column import Stated, stated_posts
from roster.checker.rules.breach import Breach, OnDay
from roster.checker.rules.pairings import bound
from roster.checker.rules.timeline import PersonCase, Timeline
from roster.checker.sentences import empty_posts, said
from roster.domain.outcome import Roster, SeatUse, Violation
from roster.domain.problem import OFF, Duty, Problem
from roster.language import tr


def check_roster(problem: Problem, roster: Roster, stated: Stated | None = None) -> list[Violation]:
    """
    Return everything in which a roster breaks what is asked: rules, restrictions, posts; never an exception.

    What lies before the first day is given the benefit of the doubt, unless the roster carries it in.

    Parameters
    ----------
    problem, roster : The scenario, and the roster read.
    stated : Posts that the roster itself gives people, by (person, day, part): they hold those alone.
    """
    roster, found = _well_formed(roster)
    for index in range(len(roster.people)):
        found += check_person(problem, roster, index)
    for pairing in problem.pairings:
        for who, same in groupby(bound(problem, roster, pairing), key=lambda pair: pair[0]):
            found += said(roster.horizon, pairing.key, who, [breach for _, breach in same])
    found += check_seats(problem, roster.seats)
    found += check_stand_ins(problem, roster)
    found += check_kinds(problem, roster)
    cover = cover_of_roster(problem, roster, stated)
    if stated:
        found += stated_posts(problem, roster, stated, cover)
    return found + empty_posts(problem, roster.horizon, cover.rows)


def check_person(problem: Problem, roster: Roster, index: int) -> list[Violation]:
    """
    Return everything in which one person's days break what is asked of that person alone.

    Parameters
    ----------
    problem, roster : The scenario, and the roster, with a duty for each day.
    index : The person's place in it.
    """
    person, horizon = roster.people[index], roster.horizon
    staff = problem.type.get(person.type)
    if staff is None:
        sentence = tr("checker.unknown_type", who=person.name, type=person.type)
        return [Violation("unknown_type", person.name, (), sentence)]
    leave = leave_days(problem, person.name, horizon)
    line = Timeline(roster.duties[index], horizon, roster.history(index))
    case = PersonCase(problem, line, staff, leave, leave_minutes(problem, person.name, staff, horizon))
    found = [*said(horizon, "unknown_duty", person.name, not_allowed(problem, case))]
    afresh = replace(case, line=replace(line, before=()))
    for rule in hard_rules(staff):
        judged = case if roster.counts_before(index, rule.key) else afresh
        found += said(horizon, rule.key, person.name, breaches(rule, judged))
    found += said(horizon, "pin", person.name, list(pinned(problem, person.name, case)))
    banned: dict[str, list[Breach]] = {}
    for kind, breach in restricted(problem, person.name, case):
        banned.setdefault(kind, []).append(breach)
    for kind, broken in banned.items():
        found += said(horizon, kind, person.name, broken)
    return found


def not_allowed(problem: Problem, case: PersonCase) -> list[Breach]:
    """Return the days on which people of a type are given a duty that is not theirs."""
    allowed = frozenset(problem.duties(case.staff)) if case.staff is not None else frozenset()
    return [
        Breach(
            "unknown_duty",
            (day,),
            figures={"duty": duty.name, "type": case.staff.name if case.staff else "", "day": OnDay(day)},
        )
        for day, duty in enumerate(case.line.duties)
        if duty not in allowed
    ]


def check_seats(problem: Problem, seats: tuple[SeatUse, ...]) -> list[Violation]:
    """Return vendor seats that are not on offer, or taken more often than they are."""
    offers = {seat.name: seat for seat in problem.seats}
    found = []
    for name, number in sum((Counter({use.seat: use.number}) for use in seats), Counter[str]()).items():
        offer = offers.get(name)
        if offer is None:
            found.append(Violation("seat", None, (), tr("checker.seat_unknown", seat=name)))
        elif number > offer.maximum:
            sentence = tr("checker.seat_many", seat=name, found=number, limit=offer.maximum)
            found.append(Violation("seat", None, (), sentence))
    return found


def check_stand_ins(problem: Problem, roster: Roster) -> list[Violation]:
    """Return the vendor's people for single days whom a post does not let in, or does not need."""
    found = []
    for each in roster.stand_ins:
        post = problem.post.get(each.post)
        inside = 0 <= each.day < roster.horizon.days
        if post is None or not post.vendor or not inside or not roster.horizon.needs(post.days, each.day):
            on = roster.horizon.on(each.day)
            found.append(
                Violation("stand_in", None, (each.day,), tr("checker.stand_in", post=each.post, day=on))
            )
    return found


def _well_formed(roster: Roster) -> tuple[Roster, list[Violation]]:
    """Return the roster with a row of duties for each person and a duty for each day, and what was amiss."""
    horizon = roster.horizon
    if horizon.kinds and len(horizon.kinds) != horizon.days:
        horizon = replace(horizon, kinds=())
    days = max(horizon.days, 0)
    found, rows = [], []
    for index, person in enumerate(roster.people):
        row = tuple(roster.duties[index]) if index < len(roster.duties) else ()
        if len(row) != days:
            sentence = tr("checker.shape", who=person.name, found=len(row), limit=days)
            found.append(Violation("shape", person.name, (), sentence))
        rows.append(_fitted(row, days))
    names = Counter(person.name for person in roster.people)
    for name, number in names.items():
        if number > 1:
            found.append(Violation("shape", name, (), tr("checker.same_name", who=name, found=number)))
    people = len(roster.people)
    if len(roster.duties) > people:
        sentence = tr("checker.rows", found=len(roster.duties), limit=people)
        found.append(Violation("shape", None, (), sentence))
    before = tuple(tuple(row) for row in roster.before[:people])
    before += ((),) * (people - len(before)) if roster.before else ()
    return replace(roster, horizon=replace(horizon, days=days), duties=tuple(rows), before=before), found


def _fitted(row: tuple[Duty, ...], days: int) -> tuple[Duty, ...]:
    return row[:days] + (OFF,) * (days - len(row))


def bonds_broken(problem: Problem, roster: Roster) -> int:
    """Return how often a roster breaks what is asked of people with one another."""
    return sum(breach.count for pairing in problem.pairings for _, breach in bound(problem, roster, pairing))
