"""Sites on clocks of their own: what a time means there on each date, whose holidays hold, and where clocks part."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from roster.checker import check_roster, coverage
from roster.domain.horizon import DayKind, calendar
from roster.domain.outcome import Roster, Status
from roster.domain.problem import OFF, Person, Problem
from roster.errors import Faults
from roster.language import speaking
from roster.output.csv.coverage import coverage_rows
from roster.questions.plan.answer import plan_headcount
from roster.rosters.files import read_roster
from roster.rosters.rows import write_roster
from roster.scenario import load
from tests.small import ONE_WORKER

# US clocks change on 14 March, UK clocks on 28 March 2027.
DESK = """
name: support
calendar: {start: 2027-03-01, weeks: 5, country: GB, time_zone: Europe/London}
employers: {firm: {regime: eu_directive}}
roles: {support: {}}
sites:
  london: {}
  pacific: {time_zone: America/Los_Angeles, country: US}
shifts: {U: {start: 06:00, length: 8h}, P: {start: 11:00, length: 8h}}
posts:
  morning: {role: support, site: london, days: weekdays, window: 06:00-14:00, chain: sun}
  evening: {role: support, site: pacific, days: weekdays, window: 11:00-19:00, chain: sun}
staff_types:
  london: {skills: support, sites: [london], shifts: [U]}
  pacific: {skills: support, sites: [pacific], shifts: [P]}
absence: gross
rules: {off_block: off}
"""


def of(folder: Path, text: str = DESK) -> Problem:
    (folder / "desk.yaml").write_text(text, encoding="utf-8")
    return load(folder / "desk.yaml")


def planned(problem: Problem) -> Roster:
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    roster = outcome.plan.roster
    assert roster is not None
    assert not check_roster(problem, roster)
    return roster


def test_a_shift_stays_at_its_hour_where_it_is_worked(tmp_path: Path) -> None:
    problem = of(tmp_path)
    roster = planned(problem)
    write_roster(problem, roster, tmp_path / "roster.csv")
    with (tmp_path / "roster.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for duty, zone, hour in (("P", "America/Los_Angeles", 11), ("U", "Europe/London", 6)):
        starts = [datetime.fromisoformat(row["start"]) for row in rows if row["duty"] == duty]
        assert len(starts) > 20
        assert {start.astimezone(ZoneInfo(zone)).hour for start in starts} == {hour}
    # In Greenwich Mean Time the Pacific shift begins at 19:00, and at 18:00 once the clocks there have changed.
    utc = {
        datetime.fromisoformat(row["start"]).astimezone(ZoneInfo("UTC")).hour
        for row in rows
        if row["duty"] == "P"
    }
    assert utc == {18, 19}
    assert read_roster(problem, tmp_path / "roster.csv").duties == roster.duties
    cover = list(coverage_rows(problem, coverage(problem, roster), roster.horizon))
    assert {str(row[1])[11:16] for row in cover if row[3] == "evening"} == {"11:00"}


def test_nobody_holds_a_post_on_another_clock(tmp_path: Path) -> None:
    problem = of(tmp_path)
    london, pacific = problem.types
    morning, evening = problem.posts
    held = [[problem.is_eligible(staff, post) for post in (morning, evening)] for staff in (london, pacific)]
    assert held == [[True, False], [False, True]]
    horizon = calendar(problem.dates)
    duty = next(duty for duty in problem.duties(london) if duty.name == "U")
    line = tuple(duty if horizon.needs(morning.days, day) else OFF for day in range(horizon.days))
    broken = check_roster(problem, Roster((Person("london-1", "london"),), horizon, (line,)))
    assert {one.sentence.split()[1] for one in broken if one.rule == "post"} == {"evening"}


def test_each_site_keeps_its_own_holidays(tmp_path: Path) -> None:
    # Good Friday in London; Memorial Day is the 31st of May in the United States.
    problem = of(tmp_path, DESK.replace("2027-03-01, weeks: 5", "2027-03-22, weeks: 11"))
    horizon, (morning, evening) = calendar(problem.dates), problem.posts
    easter, memorial = 4, 70
    assert horizon.kind(easter) is DayKind.HOLIDAY
    assert horizon.kind(easter, "US") is DayKind.WORKDAY
    assert [horizon.needs(post.days, easter) for post in (morning, evening)] == [False, True]
    assert horizon.on(memorial).isoformat() == "2027-05-31"
    assert horizon.kind(memorial, "US") is DayKind.HOLIDAY
    part = horizon.part(2, 12)
    assert [part.needs(post.days, 2) for post in (morning, evening)] == [False, True]
    roster = planned(problem)
    for line, person in zip(roster.duties, roster.people, strict=True):
        if person.type == "london":
            assert not line[easter].works
    assert any(line[easter].works for line in roster.duties)


def test_a_chain_along_two_clocks_says_when_they_leave_a_gap(tmp_path: Path) -> None:
    # 08:00-20:00 in London and 12:00-24:00 in Los Angeles: around the clock but for the weeks when clocks differ.
    text = (
        DESK.replace("days: weekdays, window: 06:00-14:00", "window: 08:00-20:00")
        .replace("days: weekdays, window: 11:00-19:00", "window: 12:00-24:00")
        .replace(
            "U: {start: 06:00, length: 8h}, P: {start: 11:00, length: 8h}",
            "U: {start: 08:00, length: 12h}, P: {start: 12:00, length: 12h}",
        )
    )
    notes = [note for note in of(tmp_path, text).notes if "sun" in note]
    assert len(notes) == 1
    assert "07:00 to 08:00" in notes[0]
    assert "2027-03-15" in notes[0]
    assert "2027-03-27" in notes[0]
    assert any("America/Los_Angeles" in note for note in of(tmp_path, text).notes)


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("America/Los_Angeles", "America/Los_Angels", "sites.pacific.time_zone", "time zone"),
        ("country: US", "country: QQ", "sites.pacific.country", "QQ"),
        ("sites: [pacific]", "sites: [pacific, london]", "staff_types.pacific.sites", "different clocks"),
        (
            "absence: gross",
            "absence: gross\npeople: {Ann: london, Bo: pacific}\napart: [[Ann, Bo]]",
            "apart[0]",
            "clocks",
        ),
        ("site: pacific, ", "", "posts.evening.window", "14:00"),
        ("sites: [london], shifts", "sites: [pacific], shifts", "posts.morning.role", "do not serve london"),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    with pytest.raises(Faults) as caught:
        of(tmp_path, DESK.replace(old, new))
    assert any(fault.key == key and message in fault.message for fault in caught.value.faults), (
        caught.value.faults
    )


def test_a_post_around_the_world_needs_one_for_each_clock_and_says_so(tmp_path: Path) -> None:
    text = DESK.replace("site: london, ", "").replace("sites: [london], shifts", "sites: [pacific], shifts")
    with speaking("en"), pytest.raises(Faults) as caught:
        of(tmp_path, text)
    (fault,) = (one for one in caught.value.faults if one.key == "posts.morning.role")
    for kind in ("london", "pacific"):
        assert f"{kind}: live by America/Los_Angeles, the post by Europe/London" in fault.message
    assert "`site`" in fault.message
