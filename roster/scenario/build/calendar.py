"""The dates of a scenario: public holidays and worked weekends, from a country's data and the scenario's own lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from roster.domain.problem import DateRange, Elsewhere
from roster.language import tr
from roster.scenario.schema.sections import Calendar

SATURDAY = 5
SUBSTITUTES = ("补假", "休息日")
"""What the Chinese names of days off say that are not statutory days themselves (facts: 13 days a year cost 300 %)."""


class UnknownCountry(Exception):
    """There is no holiday data for a country or a part of it."""


@dataclass(frozen=True, slots=True)
class CountryDays:
    """A country's days of some years: days off, the statutory ones among them, worked weekends, years without swaps."""

    holidays: frozenset[date] = frozenset()
    statutory: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    without_swaps: tuple[int, ...] = ()


def country_days(country: str, years: Iterable[int]) -> CountryDays:
    """Return what is known of a country's days; raises UnknownCountry."""
    import holidays  # 75 ms, so only where a scenario asks for it

    code, _, part = country.partition("-")
    wanted = tuple(years)
    chinese: dict[str, Any] = {"language": "zh_CN"} if code == "CN" else {}
    try:
        found = holidays.country_holidays(code, subdiv=part or None, years=wanted, **chinese)
    except NotImplementedError:
        raise UnknownCountry(country) from None
    off = frozenset(found)
    # The list also holds dates of other years, so it is cut to those asked for.
    worked = frozenset(on for on in getattr(found, "weekend_workdays", ()) if on.year in wanted)
    if code != "CN":
        return CountryDays(holidays=off, workdays=worked)
    statutory = frozenset(on for on, name in found.items() if not any(word in name for word in SUBSTITUTES))
    missing = tuple(year for year in wanted if not any(on.year == year for on in worked))
    return CountryDays(off, statutory, worked, missing)


def dated(dates: Iterable[tuple[date, date] | int], first: date, last: date) -> list[tuple[date, date]]:
    """
    Return stretches as they are, and each weekday as its dates from a first to a last.

    Parameters
    ----------
    dates : Stretches of dates, and weekdays by number.
    first, last : Dates between which the weekdays are meant, both included.
    """
    found: list[tuple[date, date]] = []
    for one in dates:
        if not isinstance(one, int):
            found.append(one)
            continue
        on = first + timedelta(days=(one - first.weekday()) % 7)
        while on <= last:
            found.append((on, on))
            on += timedelta(days=7)
    return found


def each_day(spans: Iterable[tuple[date, date]]) -> frozenset[date]:
    """Return every date of some stretches."""
    return frozenset(
        first + timedelta(days=number) for first, last in spans for number in range((last - first).days + 1)
    )


def date_range(calendar: Calendar, countries: Iterable[str | None] = ()) -> tuple[DateRange, list[str]]:
    """Return the dates of a scenario whose sites lie in some countries, and what the reader must know of them."""
    first, last = calendar.first, calendar.last
    assert first is not None
    assert last is not None
    days = (last - first).days + 1
    years = tuple(range(first.year, last.year + 1))
    own_off, own_worked = each_day(calendar.holidays), each_day(calendar.workdays)
    own_years = {on.year for on in own_off | own_worked}
    known = country_days(calendar.country, years) if calendar.country else CountryDays()
    off = own_off | {on for on in known.holidays if on.year not in own_years}
    worked = own_worked | {on for on in known.workdays if on.year not in own_years}
    statutory = each_day(calendar.statutory) or known.statutory & off
    dates = DateRange(
        start=first,
        weeks=days // 7,
        extra=days % 7,
        holidays=frozenset(off),
        workdays=frozenset(worked),
        statutory=frozenset(statutory),
        time_zone=calendar.time_zone,
        by_clock=calendar.hours == "clock",
        closed=calendar.last_run == "closed",
        elsewhere=tuple(
            Elsewhere(country, found.holidays, found.workdays)
            for country in dict.fromkeys(countries)
            if country is not None and country != calendar.country
            for found in [country_days(country, years)]
        ),
    )
    return dates, _notes(calendar, known, own_years, years)


def _notes(calendar: Calendar, known: CountryDays, own_years: set[int], years: tuple[int, ...]) -> list[str]:
    if calendar.country is None:
        return [] if own_years else [tr("scenario.note_no_holidays")]
    notes = [tr("scenario.note_no_swaps", year=year) for year in known.without_swaps if year not in own_years]
    notes += [tr("scenario.note_own_dates", year=year) for year in years if year in own_years]
    return notes
