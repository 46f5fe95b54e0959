"""The answer of `roster what-if` in sentences, and the figures of people before and after."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from roster.checker import days_text, leave_minutes
from roster.domain.outcome import Roster, Status
from roster.domain.problem import DAY, Restriction
from roster.domain.rules import clock, hours
from roster.language import counted, span, tr
from roster.questions.absences import Absence, LeaveCase
from roster.questions.what_if import WhatIf, on_day
from roster.scores import PersonScore, score_people


def verdict(answer: WhatIf) -> str:
    """Return the answer in one line."""
    if answer.broken:
        return counted("what_if.verdict_broken", len(answer.broken))
    if answer.status is Status.UNKNOWN:
        return tr("what_if.verdict_unknown")
    if answer.roster is None:
        return tr("what_if.verdict_no_roster")
    if answer.status is Status.INFEASIBLE:
        minutes = sum((end - start) * people for _, start, end, people in answer.empty)
        posts = {post for post, *_ in answer.empty}
        return counted("what_if.verdict_empty", len(posts), hours=hours(minutes))
    if not answer.changed:
        return tr("what_if.verdict_nothing")
    shifts = counted("what_if.shifts", len(answer.changes))
    people = counted("what_if.people", len(answer.people))
    overtime = (
        tr("what_if.some_overtime", hours=hours(answer.overtime))
        if answer.overtime
        else tr("what_if.no_overtime")
    )
    sent = sum(each.number for each in answer.hired)
    vendor = counted("what_if.vendor_days", sent) if sent else ""
    return tr("what_if.verdict_coverable", shifts=shifts, people=people, overtime=overtime, vendor=vendor)


def away_texts(case: LeaveCase) -> list[str]:
    """Return who is away when, for how long, and how many hours that takes; a sentence an absence."""
    return [_away(one, leave) for one, leave in zip(case.absences, case.granted(case.absences), strict=True)]


def _away(one: Absence, leave: Restriction) -> str:
    begins = f"{one.first} {clock(one.start)}" if one.start else str(one.first)
    ends = f"{one.last} {clock(one.end)}" if one.end < DAY else str(one.last)
    days = counted("common.days", one.length) if one.whole else tr("what_if.part_of_days")
    taken = hours(leave.minutes or 0)
    return tr("what_if.away", person=one.person, when=span(begins, ends), days=days, hours=taken)


def proof(answer: WhatIf) -> str:
    """Return how far the number of changes is proven, in one sentence; empty where there is nothing to prove."""
    if answer.roster is None:
        return ""
    changed = answer.changed
    if not changed and not answer.empty:
        return ""
    if not changed:
        return tr("what_if.proof_least_empty")
    if answer.bound is None or answer.bound < changed:
        return tr("what_if.proof_open", bound=answer.bound or 0, changed=changed)
    key = "whole" if answer.whole else "near"
    best = tr(f"what_if.proof_{key}", changed=changed)
    return tr("what_if.proof_empty", best=best) if answer.empty else best


def empty_texts(answer: WhatIf) -> list[str]:
    """Return the empty places in words: the post, the hours, how many are missing, and all the days it is alike."""
    alike: dict[tuple[str, int, int, int], list[int]] = {}
    for place in answer.empty:
        day, start, end = on_day(place)
        alike.setdefault((place[0], start, end, place[3]), []).append(day)
    return [
        tr(
            "what_if.place",
            post=answer.case.problem.post[post].called,
            start=clock(start),
            end=clock(end),
            people=counted("what_if.people", people),
            days=days_text(answer.case.published.horizon, days, most=None),
        )
        for (post, start, end, people), days in alike.items()
    ]


def way_sentences(answer: WhatIf) -> list[str]:
    """Return the ways out, or that there is none."""
    none = "what_if.ways_none" if answer.decided else "what_if.ways_none_yet"
    return [way.sentence for way in answer.ways] or [tr(none)]


def effects(answer: WhatIf, roster: Roster) -> list[tuple[PersonScore, PersonScore]]:
    """Return the figures of everybody whose days differ, before and after."""
    pairs = zip(
        score_people(answer.case.problem, answer.case.published),
        score_people(answer.case.asked, roster),
        strict=True,
    )
    lines = zip(answer.case.published.duties, roster.duties, strict=True)
    return [pair for pair, (old, new) in zip(pairs, lines, strict=True) if old != new]


def slack(answer: WhatIf, roster: Roster) -> dict[str, int]:
    """Return for each person the minutes they could still work over the calendar, what leave takes left out."""
    asked = answer.case.asked
    found = {}
    for person in score_people(asked, roster):
        staff = asked.type[person.type]
        taken = leave_minutes(asked, person.name, staff, roster.horizon)
        limit = floor(Fraction(staff.calendar_minutes * roster.horizon.days, 7) - taken)
        found[person.name] = max(0, limit - person.minutes)
    return found
