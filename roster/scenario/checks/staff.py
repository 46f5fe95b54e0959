"""Staff types, people and vendor seats that contradict their roles, employers or numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from roster.domain.problem import DAY, WEEK
from roster.domain.rules import ShiftLength, hours
from roster.domain.split import as_split_shift
from roster.language import tr
from roster.scenario.build.calendar import each_day
from roster.scenario.build.contracts import type_stated
from roster.scenario.build.defaults import (
    allowed_shifts,
    employer_of,
    full_time,
    head_range,
    regime_of,
    shift_span,
    shift_stretches,
    type_rules,
)
from roster.scenario.build.net_hours import supply
from roster.scenario.build.regimes import names as regime_names
from roster.scenario.checks.findings import Check, Finding, Known
from roster.scenario.schema.sections import Scenario, Shift, StaffType
from roster.suggestions import did_you_mean
from roster.yaml.tree import Path_


def _skills(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, staff in scenario.staff_types.items():
        path: Path_ = ("staff_types", name, "skills")
        skills = set(staff.skills)
        for skill in sorted(skills & set(scenario.roles)):
            role = scenario.roles[skill]
            if role.exclusive and len(skills) > 1:
                yield path, tr("scenario.exclusive", role=skill)
            for other in sorted(skills & set(role.incompatible)):
                if other == skill or (other < skill and skill in _incompatible(scenario, other)):
                    continue
                yield path, tr("scenario.incompatible", role=skill, other=other)
            if role.in_house == "required" and _is_vendor(scenario, staff):
                yield path, tr("scenario.in_house", role=skill)
    for skill, role in scenario.roles.items():
        if skill in role.incompatible:
            yield ("roles", skill, "incompatible"), tr("scenario.incompatible_self", role=skill)


def _incompatible(scenario: Scenario, role: str) -> list[str]:
    return scenario.roles[role].incompatible if role in scenario.roles else []


def _is_vendor(scenario: Scenario, staff: StaffType) -> bool:
    employer = scenario.employers.get(employer_of(scenario, staff))
    return employer is not None and employer.vendor


def _numbers(scenario: Scenario, known: Known) -> Iterator[Finding]:
    named = Counter(person.type for person in scenario.people.values())
    for name, staff in scenario.staff_types.items():
        path: Path_ = ("staff_types", name)
        count = staff.count
        if staff.hire is not None and count is not None and count.max is not None:
            yield (*path, "hire"), tr("scenario.hire_and_max")
            continue
        least, most = head_range(scenario, name)
        if count is not None and count.max is not None and count.min > count.max:
            yield (*path, "count"), tr("scenario.min_above_max", min=count.min, max=count.max)
        elif named[name] > most:
            # Who has a contract of their own is of another type by now, and was taken off the count.
            apart = sum(number for kind, number in named.items() if type_stated(kind) == name != kind)
            words = tr("scenario.too_many_people", named=named[name] + apart, most=most + apart)
            yield (*path, "count"), words
        elif least > most:
            yield (*path, "count"), tr("scenario.min_above_max", min=least, max=most)


def _hours(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, staff in scenario.staff_types.items():
        path: Path_ = ("staff_types", name)
        if staff.weekly_hours is not None and staff.weekly_hours > WEEK:
            yield (*path, "weekly_hours"), tr("scenario.week_has", hours=hours(staff.weekly_hours))
            continue
        if not _has_regime(scenario, staff):
            continue
        weekly = full_time(scenario, staff)
        if weekly * staff.share < 100 * 60:
            yield (*path, "weekly_hours"), tr("scenario.hours_too_few", hours=hours(weekly))
        elif supply(scenario.absence, regime_of(scenario, staff), weekly, staff.share).net <= 0:
            yield (*path, "weekly_hours"), tr("scenario.nothing_left", hours=hours(weekly))


def _has_regime(scenario: Scenario, staff: StaffType) -> bool:
    employer = scenario.employers.get(employer_of(scenario, staff))
    return employer is not None and employer.regime in regime_names()


def _shift_lengths(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find types whose working shifts are all longer than their rules allow."""
    for name, staff in scenario.staff_types.items():
        if not _has_regime(scenario, staff):
            continue
        names = [each for each in allowed_shifts(scenario, staff) if each in scenario.shifts]
        shifts = [scenario.shifts[each] for each in names]
        if any(each.length is None and each.end is None and not each.stretches for each in shifts):
            continue
        lengths = [without_breaks(each) for each in shifts]
        limit = longest_shift(scenario, staff)
        if limit is not None and lengths and all(limit.minutes < length <= DAY for length in lengths):
            yield (
                ("staff_types", name, "shifts"),
                tr(
                    "scenario.all_too_long",
                    hours=hours(limit.minutes),
                    source=limit.source or limit.origin.value,
                ),
            )


def without_breaks(shift: Shift) -> int:
    """Return the minutes of a shift as the limit on their length counts them."""
    return sum(end - start for start, end in shift_stretches(shift)) if shift.work is None else shift.work


def longest_shift(scenario: Scenario, staff: StaffType) -> ShiftLength | None:
    """Return the hard limit on the length of a type's shifts, None where there is none."""
    found = [rule for rule in type_rules(scenario, staff) if isinstance(rule, ShiftLength) and rule.hard]
    return min(found, key=lambda rule: rule.minutes) if found else None


def _seats(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, seat in scenario.vendor_seats.items():
        path: Path_ = ("vendor_seats", name)
        if (seat.cost is None) == (seat.cost_per_hour is None):
            yield path, tr("scenario.cost_once")
        employer = scenario.employers.get(seat.employer) if seat.employer is not None else None
        if employer is not None and not employer.vendor:
            yield (*path, "employer"), tr("scenario.not_a_vendor", name=seat.employer)
        post = scenario.posts.get(seat.post)
        if post is not None and not post.vendor:
            yield (*path, "post"), tr("scenario.no_vendors", post=seat.post)


def _settled(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find pins and wishes for duties that a person is never given, and dates pinned twice."""
    for name, person in scenario.people.items():
        staff = scenario.staff_types.get(person.type)
        if staff is None:
            continue
        names = duty_names(scenario, staff)
        spans = {one: _begins_and_ends(shift) for one, shift in scenario.shifts.items() if one in names}
        asked: list[tuple[Path_, str]] = [
            (("pins", number, "duty"), pin.duty) for number, pin in enumerate(person.pins)
        ]
        for number, wish in enumerate(person.wishes):
            key = "duty" if wish.avoid is None else "not"
            if wish.avoid is not None and "duty" in wish.model_fields_set:
                yield ("people", name, "wishes", number, "not"), tr("scenario.wish_twice")
            if wish.rank is not None and "price" in wish.model_fields_set:
                yield ("people", name, "wishes", number, "rank"), tr("scenario.wish_ranked")
            asked += [(("wishes", number, key, at), duty) for at, duty in enumerate(wish.avoid or wish.duty)]
        for path, duty in asked:
            if duty.partition("@")[0] not in names:
                text = tr("scenario.no_such_duty", value=duty, type=person.type)
                way_out = as_split_shift(duty, spans) or did_you_mean(duty, names)
                yield ("people", name, *path), text + way_out
        stated = [[one for one in pin.dates if not isinstance(one, int)] for pin in person.pins]
        days = Counter(day for dates in stated for day in each_day(dates))
        if twice := [day for day, times in sorted(days.items()) if times > 1]:
            yield ("people", name, "pins"), tr("scenario.pinned_twice", date=twice[0])
        if away := sorted(set(days) & each_day((one.first, one.last) for one in person.leave)):
            yield ("people", name, "pins"), tr("scenario.pinned_leave", date=away[0])


def _begins_and_ends(shift: Shift) -> tuple[int, int]:
    start, length = shift_span(shift)
    return start, start + length


def duty_names(scenario: Scenario, staff: StaffType) -> list[str]:
    """Return the names of the duties of a type: off, each shift and standby, and a standby after a shift."""
    allowed = allowed_shifts(scenario, staff)
    worked = {name: sum(shift_span(shift)) for name, shift in scenario.shifts.items() if name in allowed}
    called = {name: shift_span(standby)[0] for name, standby in scenario.standbys.items() if name in allowed}
    both = [f"{a}+{b}" for a, end in worked.items() for b, start in called.items() if end <= start]
    return ["off", *worked, *called, *both]


CHECKS: tuple[Check, ...] = (_skills, _numbers, _hours, _shift_lengths, _seats, _settled)
