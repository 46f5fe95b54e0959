"""Public holidays and worked weekends, from a country's data and from the scenario."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from roster.domain.horizon import DayKind, day_kind
from roster.errors import Faults
from roster.scenario import load
from tests.scenario.helpers import changed, loaded

ROW = "calendar: {start: 2026-09-14, weeks: 4, country: CN}"


def calendar(folder: Path, content: str):  # type: ignore[no-untyped-def]
    return loaded(folder, changed(ROW, f"calendar: {{{content}}}"))


def test_china_2026_has_its_days_off_and_its_worked_weekends(tmp_path: Path) -> None:
    dates = calendar(tmp_path, "start: 2026-01-05, country: CN").dates
    worked = {
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    }
    assert dates.workdays == worked
    assert day_kind(dates, date(2026, 9, 20)) is DayKind.WORKDAY
    assert day_kind(dates, date(2026, 10, 6)) is DayKind.HOLIDAY  # swapped day off
    assert day_kind(dates, date(2026, 9, 26)) is DayKind.RESTDAY  # an ordinary Saturday


def test_the_thirteen_statutory_days_are_known_apart(tmp_path: Path) -> None:
    dates = calendar(tmp_path, "start: 2026-01-05, country: CN").dates
    expected = [(1, 1), (2, 16), (2, 17), (2, 18), (2, 19), (4, 5), (5, 1), (5, 2), (6, 19), (9, 25)]
    expected += [(10, 1), (10, 2), (10, 3)]
    assert dates.statutory == {date(2026, month, day) for month, day in expected}
    assert dates.statutory < dates.holidays


def test_a_year_without_swap_data_is_said(tmp_path: Path) -> None:
    problem = calendar(tmp_path, "start: 2027-01-04, country: CN")
    assert any(note.startswith("2027: the made-up working weekends") for note in problem.notes)
    assert len(problem.dates.statutory) == 13
    assert problem.dates.workdays == frozenset()
    assert not any("made-up" in note for note in calendar(tmp_path, "start: 2026-01-05, country: CN").notes)


def test_the_scenarios_own_dates_win_for_the_year_they_touch(tmp_path: Path) -> None:
    problem = calendar(
        tmp_path, "start: 2026-12-28, country: CN, holidays: [2027-01-01..2027-01-02], workdays: [2027-01-03]"
    )
    dates = problem.dates
    assert {on for on in dates.holidays if on.year == 2027} == {date(2027, 1, 1), date(2027, 1, 2)}
    assert dates.statutory & {date(2027, 1, 1), date(2027, 5, 1)} == {date(2027, 1, 1)}
    assert date(2026, 10, 1) in dates.holidays
    assert date(2027, 1, 3) in dates.workdays
    assert any(
        note.startswith("2027: holidays and worked weekends are the scenario's own") for note in problem.notes
    )
    assert not any("made-up" in note for note in problem.notes)


def test_a_calendar_over_new_year_knows_both_years(tmp_path: Path) -> None:
    dates = calendar(tmp_path, "start: 2025-12-29, weeks: 2, country: CN").dates
    assert {date(2025, 10, 1), date(2026, 1, 1)} <= dates.holidays


def test_other_countries_and_their_parts(tmp_path: Path) -> None:
    bavaria = calendar(tmp_path, "start: 2027-01-04, country: DE-BY").dates
    berlin = calendar(tmp_path, "start: 2027-01-04, country: DE").dates
    assert date(2027, 1, 6) in bavaria.holidays - berlin.holidays
    assert bavaria.statutory == frozenset()


def test_without_a_country_only_stated_dates_are_holidays(tmp_path: Path) -> None:
    problem = calendar(tmp_path, "start: 2026-09-14")
    assert (problem.dates.holidays, problem.dates.weeks) == (frozenset(), 4)
    assert any("No public holidays" in note for note in problem.notes)
    stated = calendar(
        tmp_path, "start: 2026-09-16, statutory: [2026-10-01], holidays: [2026-10-01..2026-10-03]"
    )
    assert len(stated.dates.holidays) == 3
    assert stated.dates.statutory == {date(2026, 10, 1)}
    assert stated.dates.start == date(2026, 9, 16)


@pytest.mark.parametrize(
    ("calendar", "first", "last"),
    [
        ("{month: 2027-04}", "2027-04-01", "2027-04-30"),
        ("{month: 2028-02}", "2028-02-01", "2028-02-29"),
        ("{month: 2027-12..2028-01}", "2027-12-01", "2028-01-31"),
        ("{start: 2027-04-01, end: 2027-04-30}", "2027-04-01", "2027-04-30"),
        ("{start: 2027-04-01, days: 30}", "2027-04-01", "2027-04-30"),
        ("{start: 2027-04-03, days: 1}", "2027-04-03", "2027-04-03"),
        ("{start: 2027-04-03}", "2027-04-03", "2027-04-30"),
        ('{start: 2027-04-03, weeks: "1"}', "2027-04-03", "2027-04-09"),
        ("{start: 2027-01-01, days: 731}", "2027-01-01", "2028-12-31"),
    ],
)
def test_calendars_are_of_any_dates(tmp_path: Path, calendar: str, first: str, last: str) -> None:
    dates = loaded(tmp_path, changed(ROW, f"calendar: {calendar}")).dates
    assert (str(dates.start), str(dates.last)) == (first, last)
    assert dates.days == (dates.last - dates.start).days + 1


@pytest.mark.parametrize(
    ("calendar", "key", "message"),
    [
        ("{weeks: 4}", "calendar", "needs `month: 2027-04`"),
        ("{month: 2027-13}", "calendar.month", "2027-13 is not in the calendar"),
        ("{month: April}", "calendar.month", "April is not a month"),
        ("{month: 2027-04, start: 2027-04-01}", "calendar.start", "`month` says all dates"),
        ("{start: 2027-04-01, weeks: 4, days: 30}", "calendar.days", "`weeks` says already"),
        ("{start: 2027-04-01, end: 2027-03-31}", "calendar.end", "is before the first date"),
        ("{start: 2027-04-01, end: 2029-04-01}", "calendar.end", "732 days are more"),
        ("{start: 2027-04-01, days: 732}", "calendar.days", "732 is more than 731"),
    ],
)
def test_dates_that_cannot_be_are_said(tmp_path: Path, calendar: str, key: str, message: str) -> None:
    with pytest.raises(Faults) as raised:
        loaded(tmp_path, changed(ROW, f"calendar: {calendar}"))
    (fault,) = raised.value.faults
    assert fault.key == key
    assert message in fault.message


@pytest.mark.parametrize(
    "over", ["{month: 2027-04}", "{end: 2027-04-30}", "{days: 30}", "{start: 2027-04-01}"]
)
def test_dates_over_a_base_take_the_place_of_its_own(tmp_path: Path, over: str) -> None:
    for base in ("{month: 2027-03}", "{start: 2027-04-01, weeks: 2}", "{start: 2027-04-01, end: 2027-04-05}"):
        if base.startswith("{month") and not over.startswith(("{month", "{start")):
            continue
        (tmp_path / "base.yaml").write_text(changed(ROW, f"calendar: {base}"), encoding="utf-8")
        path = tmp_path / "over.yaml"
        path.write_text(f"base: base.yaml\ncalendar: {over}\n", encoding="utf-8")
        assert str(load(path).dates.start) == "2027-04-01"


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        ("{start: 2027-03-22, weeks: 1, time_zone: Europe/London}", "forward by 1 h on 2027-03-28"),
        ("{start: 2026-10-19, weeks: 1, time_zone: Europe/London}", "back by 1 h on 2026-10-25"),
        ("{start: 2026-10-26, weeks: 1, time_zone: Europe/London}", ""),
        ("{start: 2027-03-22, weeks: 1, time_zone: Asia/Shanghai}", ""),
    ],
)
def test_a_change_of_clocks_is_said(tmp_path: Path, calendar: str, said: str) -> None:
    notes = loaded(tmp_path, changed(ROW, f"calendar: {calendar}")).notes
    told = [note for note in notes if "clocks go" in note]
    assert len(told) == bool(said)
    assert all(said in note for note in told)
