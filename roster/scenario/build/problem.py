"""From a scenario file that holds together to the problem the program works on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from roster.domain.fairness import (
    HOLIDAYS,
    HOURS,
    NIGHTS,
    STANDBY,
    STATUTORY,
    TENTHS,
    WEEKENDS,
    Fairness,
)
from roster.domain.problem import (
    DAY,
    Ban,
    Control,
    DateRange,
    Employer,
    Goal,
    Person,
    Pin,
    Problem,
    Restriction,
    Role,
    Shift,
    Site,
    StaffType,
)
from roster.domain.rules import Count, Gap, Handover, Rule, ShiftRun, Succession
from roster.scenario.build.calendar import date_range, dated, each_day
from roster.scenario.build.clock_changes import with_changes
from roster.scenario.build.clocks import clock_notes
from roster.scenario.build.contracts import type_stated
from roster.scenario.build.counts import countable, of_contract
from roster.scenario.build.defaults import (
    allowed_shifts,
    employer_of,
    full_time,
    head_range,
    night_window,
    regime_of,
    type_rules,
)
from roster.scenario.build.letters import letters
from roster.scenario.build.net_hours import planned, supply
from roster.scenario.build.pairings import pairings
from roster.scenario.build.posts import posts
from roster.scenario.build.provenance import limits, notes
from roster.scenario.build.quality import SINGLE_IN_CALENDAR, SINGLE_IN_ROTA, quality_rules
from roster.scenario.build.regimes import Regime
from roster.scenario.build.seats import seat
from roster.scenario.build.shifts import all_shifts
from roster.scenario.build.turns import evened
from roster.scenario.build.wishes import wishes
from roster.scenario.schema import sections as schema
from roster.scenario.schema.sections import Scenario


def problem(scenario: Scenario) -> Problem:
    """Return the problem a scenario states. The scenario has been checked: every name leads somewhere."""
    night = night_window(scenario)
    shifts = all_shifts(scenario, night)
    dates, date_notes = date_range(scenario.calendar, [site.country for site in scenario.sites.values()])
    dates, change_notes = with_changes(dates, [site.time_zone for site in scenario.sites.values()], shifts)
    types = tuple(_staff_type(scenario, name, shifts) for name in scenario.staff_types)
    site_letters = letters((name, site.letter, False) for name, site in scenario.sites.items())
    return Problem(
        name=scenario.name,
        title=scenario.title or scenario.name,
        dates=dates,
        shifts=shifts,
        posts=posts(scenario),
        types=types,
        roles=tuple(_role(name, role) for name, role in scenario.roles.items()),
        employers=tuple(_employer(name, employer) for name, employer in scenario.employers.items()),
        people=tuple(Person(name, person.type) for name, person in scenario.people.items()),
        restrictions=tuple(_restrictions(scenario, dates)),
        pins=tuple(_pins(scenario, dates)),
        wishes=tuple(wishes(scenario, dates)),
        pairings=pairings(scenario),
        seats=tuple(seat(scenario, name) for name in scenario.vendor_seats),
        sites=tuple(
            Site(name, site_letters[name], site.title, site.time_zone or "", site.country or "")
            for name, site in scenario.sites.items()
        ),
        travel=tuple((way.between[0], way.between[1], way.minutes) for way in scenario.travel),
        control=Control(scenario.control.share, scenario.control.role),
        goal=Goal(scenario.objective),
        rotation_weeks=scenario.rotation.weeks,
        likeness=scenario.rotation.likeness,
        night=night,
        quality=quality_rules(scenario.quality, shifts, SINGLE_IN_ROTA),
        calendar_quality=quality_rules(scenario.quality, shifts, SINGLE_IN_CALENDAR),
        standby_spread=scenario.quality.standby_spread,
        even_weeks=scenario.quality.even_weeks,
        fairness=_fairness(scenario, dates),
        currency=scenario.currency,
        limits=limits(scenario, types),
        notes=(*notes(scenario, types), *date_notes, *change_notes, *clock_notes(scenario, dates)),
        letters=tuple(scenario.letters.items()),
    )


def _pins(scenario: Scenario, dates: DateRange) -> Iterator[Pin]:
    for name, person in scenario.people.items():
        for pin in person.pins:
            for first, last in _pinned(person, pin, dates):
                yield Pin(name, pin.duty, first, last)


def _fairness(scenario: Scenario, dates: DateRange) -> tuple[Fairness, ...]:
    """
    Return what is shared: as stated, else what people look at first. Whoever has no figure shares what is left.

    Days off of a holiday that are paid as on no other day are shared on their own, where there are others beside them.
    """
    if scenario.fairness is None:
        off = {on for on in dates.holidays if dates.start <= on < dates.start + timedelta(days=dates.days)}
        best_paid = (STATUTORY,) if dates.statutory & off and off - dates.statutory else ()
        return tuple(Fairness(one) for one in (HOURS, NIGHTS, WEEKENDS, HOLIDAYS, *best_paid, STANDBY))
    stated = [one.of for one in scenario.fairness]
    found: list[Fairness] = []
    for one in scenario.fairness:
        among = tuple(name for name in scenario.staff_types if type_stated(name) in one.among)
        figures = tuple((name, _figure(one.of, kind, number)) for name, kind, number in one.share.figures)
        if any(name for name, _ in figures) and stated.count(one.of) == 1:
            found.append(Fairness(one.of, one.price, among))
        found.append(Fairness(one.of, one.price, among, one.share.by == "equal", figures))
    return tuple(found)


def _figure(of: str, kind: str, number: int) -> int:
    """Return a figure in minutes where it is of hours, else in tenths."""
    return number if kind == "minutes" else number * (60 if of == HOURS else TENTHS)


def _role(name: str, role: schema.Role) -> Role:
    return Role(name, role.title, role.exclusive, role.in_house == "required", tuple(role.incompatible))


def _employer(name: str, employer: schema.Employer) -> Employer:
    return Employer(name, employer.regime, employer.vendor, employer.title)


def _staff_type(scenario: Scenario, name: str, shifts: tuple[Shift, ...]) -> StaffType:
    staff = scenario.staff_types[name]
    names = allowed_shifts(scenario, staff)
    shipped = regime_of(scenario, staff)
    hours = supply(scenario.absence, shipped, full_time(scenario, staff), staff.share)
    least, most = head_range(scenario, name)
    rules = type_rules(scenario, staff)
    return StaffType(
        name=name,
        skills=frozenset(staff.skills),
        employer=employer_of(scenario, staff),
        weekly_minutes=hours.weekly,
        net_minutes=hours.net,
        cost=staff.cost,
        minimum=least,
        maximum=most,
        share=staff.share,
        shifts=names,
        sites=tuple(staff.sites or scenario.sites),
        rules=tuple(
            evened(scenario, of_contract(rule, hours.weekly), rules, shifts)
            for rule in rules
            if _concerns(rule, names, shifts)
        ),
        title=staff.title,
        overtime_week=shipped.overtime_week.value * staff.share // 100,
        overtime_average=_overtime_average(shipped, hours.weekly, staff.share),
        absence=planned(scenario.absence, shipped),
    )


def _overtime_average(regime: Regime, weekly: int, share: int) -> int:
    """Return by how much an average may be longer with overtime: never above what the regime lets anybody work."""
    usual = max(0, regime.most_weekly.value - regime.weekly.value) * share // 100
    return max(0, min(usual, regime.most_weekly.value - weekly))


def _concerns(rule: Rule, names: tuple[str, ...], shifts: tuple[Shift, ...]) -> bool:
    """Whether a rule can say anything to people who do only these shifts."""
    if isinstance(rule, Count | Gap):
        return countable(rule.of, rule.shifts, [shift for shift in shifts if shift.name in names])
    if isinstance(rule, ShiftRun):
        return rule.shift in names
    if isinstance(rule, Succession | Handover):
        return rule.first in names and rule.second in names
    return True


def _restrictions(scenario: Scenario, dates: DateRange) -> list[Restriction]:
    earliest, latest = dates.start, dates.last
    found: list[Restriction] = []
    for name, person in scenario.people.items():
        spans: dict[Ban, list[tuple[date, date]]] = {
            Ban.NIGHTS: person.no_nights,
            Ban.OVERTIME: person.no_overtime,
            Ban.STANDBY: person.no_standby,
        }
        for ban, stretches in spans.items():
            found += [
                Restriction(name, ban, max(first, earliest), min(last, latest), person.reason)
                if (first, last) == (date.min, date.max)
                else Restriction(name, ban, first, last, person.reason)
                for first, last in stretches
            ]
        found += [
            Restriction(name, Ban.DUTY, one.first, one.last, person.reason, one.start, one.end, one.minutes)
            for one in person.leave
        ]
        # A duty of the last day may not run into the day after it, either, nor a time off of the eve be forgotten.
        settled = _settled(person)
        found += [
            Restriction(name, Ban.OFF, on, on + timedelta(days=over), person.reason, off.start, until)
            for off in person.days_off
            for over, until in (divmod(off.end, DAY) if off.end > DAY else (0, off.end),)
            for on, _ in dated([off.weekday], earliest - timedelta(days=over), latest + timedelta(days=1))
            if on not in settled
        ]
    return found


def _settled(person: schema.Person) -> frozenset[date]:
    """Return the dates for which a file settles a person's duty by date: they go before what it says of weekdays."""
    stated = (one for pin in person.pins for one in pin.dates if not isinstance(one, int))
    return each_day(stated) | each_day((one.first, one.last) for one in person.leave)


def _pinned(person: schema.Person, pin: schema.Pin, dates: DateRange) -> list[tuple[date, date]]:
    """Return the dates of a pin; those of weekdays leave out what is settled by date, or leave."""
    stated = [one for one in pin.dates if not isinstance(one, int)]
    weekly = dated((one for one in pin.dates if isinstance(one, int)), dates.start, dates.last)
    settled = _settled(person)
    return stated + [(first, last) for first, last in weekly if first not in settled]
