"""Dates, times and limits that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from roster.domain.problem import DAY, WEEK
from roster.language import tr
from roster.readable import show
from roster.scenario.build.calendar import UnknownCountry, country_days, each_day
from roster.scenario.build.clocks import zone_of
from roster.scenario.build.defaults import night_window, shift_span, shift_stretches
from roster.scenario.build.effect import rule_sections
from roster.scenario.checks.findings import FIRST_YEAR, LAST_YEAR, MOST_DAYS, Check, Finding, Known
from roster.scenario.schema import sections as schema
from roster.scenario.schema.rule_limits import RunLimit
from roster.scenario.schema.sections import Scenario
from roster.yaml.tree import Path_

LONGEST_CALENDAR = 731
"""Days: two years, one of them a leap year."""


def _calendar(scenario: Scenario, known: Known) -> Iterator[Finding]:
    calendar = scenario.calendar
    begins, ends = calendar.first, calendar.last
    key = "month" if calendar.month is not None else "start"
    yield from _length_of(calendar)
    if begins is None or ends is None:
        yield ("calendar",), tr("scenario.no_dates")
    elif not FIRST_YEAR <= begins.year <= LAST_YEAR:
        first, last = FIRST_YEAR, LAST_YEAR
        yield ("calendar", key), tr("scenario.year_range", value=begins, first=first, last=last)
    elif calendar.end is not None and ends < begins:
        yield ("calendar", "end"), tr("scenario.end_before_start", value=ends, start=begins)
    elif (ends - begins).days >= LONGEST_CALENDAR:
        days = (ends - begins).days + 1
        key = "month" if calendar.month is not None else "end"
        yield ("calendar", key), tr("scenario.calendar_too_long", days=days, most=LONGEST_CALENDAR)
    elif calendar.country is not None:
        try:
            country_days(calendar.country, (begins.year,))
        except UnknownCountry:
            yield ("calendar", "country"), tr("scenario.unknown_country", value=show(calendar.country))
    try:
        ZoneInfo(calendar.time_zone)
    except (KeyError, ValueError, OSError):
        yield ("calendar", "time_zone"), tr("scenario.unknown_zone", value=show(calendar.time_zone))


def _length_of(calendar: schema.Calendar) -> Iterator[Finding]:
    """Find dates that are said twice: a month says all, and one of weeks, days and end is enough."""
    said = [key for key in ("weeks", "days", "end") if getattr(calendar, key) is not None]
    if calendar.month is not None:
        said += ["start"] if calendar.start is not None else []
        yield from ((("calendar", key), tr("scenario.month_says_all", key=key)) for key in said)
    else:
        for key in said[1:]:
            yield ("calendar", key), tr("scenario.length_twice", key=key, other=said[0])


def _sites(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find clocks and countries of sites that are unknown, and people who would live by two clocks."""
    for name, site in scenario.sites.items():
        if site.time_zone is not None and not _is_zone(site.time_zone):
            yield ("sites", name, "time_zone"), tr("scenario.unknown_zone", value=show(site.time_zone))
        if site.country is not None and not _is_country(site.country):
            yield ("sites", name, "country"), tr("scenario.unknown_country", value=show(site.country))
    for name, staff in scenario.staff_types.items():
        zones = {site: zone_of(scenario, site) for site in staff.sites or scenario.sites}
        if len(set(zones.values())) > 1:
            named = ", ".join(f"{site} ({zone})" for site, zone in zones.items())
            yield ("staff_types", name, "sites"), tr("scenario.two_clocks", sites=named)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_country(name: str) -> bool:
    try:
        country_days(name, (FIRST_YEAR,))
    except UnknownCountry:
        return False
    return True


def _special_days(scenario: Scenario, known: Known) -> Iterator[Finding]:
    calendar, long = scenario.calendar, False
    for key in ("holidays", "workdays", "statutory"):
        for index, (first, last) in enumerate(getattr(calendar, key)):
            if (last - first).days >= MOST_DAYS:
                long = True
                yield ("calendar", key, index), tr("scenario.span_too_long", most=MOST_DAYS)
    if not long:
        for on in sorted(each_day(calendar.holidays) & each_day(calendar.workdays)):
            yield ("calendar", "workdays"), tr("scenario.holiday_and_workday", date=on)


def _night(scenario: Scenario, known: Known) -> Iterator[Finding]:
    night = scenario.night
    if night.start == DAY:
        yield ("night", "from"), tr("scenario.starts_at_24")
    elif night.start == night.end:
        yield ("night", "to"), tr("scenario.night_empty")
    else:
        found = night_window(scenario)
        if not 1 <= night.at_least <= found.end - found.start:
            yield ("night", "at_least"), tr("scenario.night_at_least", most=(found.end - found.start) // 60)


def _shifts(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, shift in scenario.shifts.items():
        path: Path_ = ("shifts", name)
        yield from _span(path, shift)
        if shift.work is not None and shift.weight is not None:
            yield (*path, "weight"), tr("scenario.work_and_weight")
        length = _length(shift)
        if shift.work is not None and length is not None and shift.work > length:
            yield (*path, "work"), tr("scenario.work_above_length")
    for name, standby in scenario.standbys.items():
        yield from _span(("standbys", name), standby)


def _stretches(path: Path_, shift: schema.Shift) -> Iterator[Finding]:
    """Find stretches of a split shift that cannot be."""
    if any(value is not None for value in (shift.start, shift.length, shift.end)):
        yield (*path, "stretches"), tr("scenario.stretches_alone")
    if len(shift.stretches) < 2:
        yield (*path, "stretches"), tr("scenario.stretches_two")
    if shift_span(shift)[1] > DAY:
        yield (*path, "stretches"), tr("scenario.stretches_order")


def _length(shift: schema.Shift | schema.Standby) -> int | None:
    if isinstance(shift, schema.Shift) and shift.stretches:
        return sum(end - start for start, end in shift_stretches(shift))
    if shift.start is None:
        return None
    if shift.length is not None:
        return shift.length
    if shift.end is None:
        return None
    return shift.end - shift.start if shift.end > shift.start else shift.end + DAY - shift.start


def _span(path: Path_, shift: schema.Shift | schema.Standby) -> Iterator[Finding]:
    if isinstance(shift, schema.Shift) and shift.stretches:
        yield from _stretches(path, shift)
        return
    if shift.start is None:
        yield path, tr("scenario.start_or_stretches")
        return
    if shift.start == DAY:
        yield (*path, "start"), tr("scenario.starts_at_24")
    if (shift.length is None) == (shift.end is None):
        yield path, tr("scenario.length_or_end")
    elif shift.length is not None and not 1 <= shift.length <= DAY:
        yield (*path, "length"), tr("scenario.shift_too_long")


def _rules(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for path, rules in rule_sections(scenario):
        runs: dict[Path_, RunLimit | None] = {
            (*path, "work_block"): rules.work_block,
            (*path, "off_block"): rules.off_block,
        }
        runs |= {(*path, "shift_runs", name): run for name, run in (rules.shift_runs or {}).items()}
        for place, run in runs.items():
            if run is not None and run.longest is not None and run.longest < run.shortest:
                yield (
                    (*place, "longest"),
                    tr("scenario.run_backwards", longest=run.longest, shortest=run.shortest),
                )
            if run is not None and run.per_day and run.price is None:
                yield (*place, "per_day"), tr("scenario.per_day_hard")
        if rules.standby_share is not None and rules.standby_share.price is not None:
            yield (*path, "standby_share", "price"), tr("scenario.always_hard")
        for key in ("week_hours", "weekly_rest", "min_rest", "rest_after_nights", "shift_length"):
            limit, most = getattr(rules, key), DAY if key == "shift_length" else WEEK
            if limit is not None and limit.value > most:
                yield (*path, key, "value"), tr("scenario.limit_too_long", most=most // 60)


CHECKS: tuple[Check, ...] = (_calendar, _sites, _special_days, _night, _shifts, _rules)
