"""Times on call out to the tools that page people and back: a second reader agrees, and so does the import."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from openpyxl import Workbook, load_workbook

from roster.domain.problem import DAILY, Duty, Problem
from roster.errors import Faults, FileFault
from roster.output.examined_roster import Examined, examine
from roster.output.folders.roster import Export, export
from roster.output.on_call_stretches import overrides, stretches
from roster.rosters.oncall_duties import roster_on_call, schedules_of
from roster.rosters.oncall_files import read_on_call
from tests.output import sample

NAMES = ("Li Na", "Li Wei", "Wang Fang", "赵敏", "Chen", "Sun", "Zhou", "Wu")
Moments = set[tuple[str, datetime]]
"""Who is on call at which half hour of the world's clock."""


def team(zone: str = "Asia/Shanghai") -> Problem:
    problem = sample.problem(NAMES)
    return replace(problem, seats=(), dates=replace(problem.dates, time_zone=zone))


def examined(problem: Problem) -> Examined:
    return examine(problem, replace(sample.roster(problem), seats=()))


def expected(found: Examined, schedule: str) -> Moments:
    """Straight from who holds what: each row of the cover, minute by minute."""
    problem = found.problem
    zone, start = ZoneInfo(problem.dates.time_zone), problem.dates.start
    moments: Moments = set()
    for row in found.cover:
        post = problem.post[row.post]
        if schedule != (f"{post.chain}-{post.level}" if post.chain else post.name):
            continue
        midnight = datetime(start.year, start.month, start.day) + timedelta(days=row.day)
        first = (midnight + timedelta(minutes=row.start)).replace(tzinfo=zone).astimezone(UTC)
        last = (midnight + timedelta(minutes=row.end)).replace(tzinfo=zone).astimezone(UTC)
        while first < last:
            moments |= {(name, first) for name in row.by[: row.required]}
            first += timedelta(minutes=30)
    return moments


def halves(who: str, start: datetime, end: datetime) -> Moments:
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    count = int((end - start) / timedelta(minutes=30))
    return {(who, start + timedelta(minutes=30 * number)) for number in range(count)}


def pagerduty(text: str) -> Moments:
    """A second reader, by the fields of the interface's reference alone."""
    found: Moments = set()
    for one in json.loads(text)["overrides"]:
        assert set(one) == {"start", "end", "user"}
        assert one["user"]["type"] == "user_reference"
        found |= halves(
            one["user"]["id"], datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])
        )
    return found


def opsgenie(text: str) -> Moments:
    found: Moments = set()
    bodies = json.loads(text)
    assert len({one["alias"] for one in bodies}) == len(bodies)
    for one in bodies:
        assert set(one) == {"alias", "user", "startDate", "endDate"}
        assert one["user"]["type"] == "user"
        start, end = (datetime.fromisoformat(one[key]) for key in ("startDate", "endDate"))
        found |= halves(one["user"]["username"], start, end)
    return found


def grafana(text: str) -> Moments:
    bodies = json.loads(text)
    assert len({one["name"] for one in bodies}) == len(bodies)
    return shifts(bodies)


REQUIRED = {"name", "type", "start", "duration"}
OPTIONAL = {"level", "time_zone", "users", "team_id", "frequency", "interval", "by_day", "week_start"}
"""Fields of a shift by the interface's reference and the provider's documentation."""


def shifts(bodies: list[Any]) -> Moments:
    found: Moments = set()
    for one in bodies:
        assert set(one) >= REQUIRED
        assert set(one) <= REQUIRED | OPTIONAL
        assert one["type"] == "single_event"
        assert "+" not in one["start"]
        start = (
            datetime.fromisoformat(one["start"]).replace(tzinfo=ZoneInfo(one["time_zone"])).astimezone(UTC)
        )
        found |= halves(one["users"][0], start, start + timedelta(seconds=one["duration"]))
    return found


def ics(text: str) -> Moments:
    found: Moments = set()
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        found |= halves(str(event["SUMMARY"]), event.decoded("DTSTART"), event.decoded("DTEND"))
    return found


READERS: dict[str, tuple[str, Callable[[str], Moments]]] = {
    "pagerduty": ("pagerduty/{}.json", pagerduty),
    "opsgenie": ("opsgenie/{}.json", opsgenie),
    "grafana": ("grafana/{}.json", grafana),
    "ics": ("oncall/{}.ics", ics),
}


def written(found: Examined, folder: Path, tool: str, **more: Any) -> Path:
    export(Export(found, folder / "a.yaml", folder / "out", folder / "roster.csv", **more), [tool])
    return folder / "out"


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("tool", READERS)
def test_a_second_reader_finds_everybody_on_call_at_every_moment(
    tmp_path: Path, tool: str, zone: str
) -> None:
    problem = team(zone)
    if zone != "Asia/Shanghai":  # the clocks change on 14 March and 28 March 2027
        problem = replace(problem, dates=replace(problem.dates, start=datetime(2027, 3, 8).date(), weeks=4))
    found = examined(problem)
    file, reader = READERS[tool]
    out = written(found, tmp_path, tool)
    for schedule in stretches(found):
        text = (out / file.format(schedule)).read_text(encoding="utf-8")
        assert reader(text) == expected(found, schedule)


def roster_line(problem: Problem) -> list[Duty]:
    return [next(duty for duty in problem.duties(problem.types[1]) if duty.name == "W")] * 28


def test_a_stretch_without_a_break_is_one(tmp_path: Path) -> None:
    found = examined(team())
    for name, known in stretches(found).items():
        ends = {(one.who, one.end) for one in known}
        assert not any((one.who, one.start) in ends for one in known), name
    problem = replace(team(), posts=tuple(replace(post, days=DAILY, length=1440) for post in team().posts))
    line = tuple(roster_line(problem))
    alone = replace(found.roster, people=problem.people[5:6], duties=(line,))
    (whole,) = stretches(examine(problem, alone))["apps-call"]
    assert whole.end - whole.start > 27 * 1440


@pytest.mark.parametrize("tool", READERS)
def test_what_goes_out_is_read_back_as_the_same_duties(tmp_path: Path, tool: str) -> None:
    problem = team()
    found = examined(problem)
    out = written(found, tmp_path, tool)
    files = sorted(out.rglob("oncall/*.ics" if tool == "ics" else "*.json"))
    frame = problem.dates.start, found.roster.horizon.on(found.roster.horizon.days - 1)
    zone, known = problem.dates.time_zone, schedules_of(problem)
    entries = [one for file in files for one in read_on_call(file, tool, zone, frame, known)]
    again = roster_on_call(problem, entries, {}, files[0]).roster
    assert again.people == found.roster.people
    assert stretches(examine(problem, again)) == stretches(found)


def test_only_what_changed_goes_out_as_overrides(tmp_path: Path) -> None:
    problem = team()
    before = examined(problem)
    lines = list(before.roster.duties)
    lines[0], lines[3] = (*lines[3][:7], *lines[0][7:]), (*lines[0][:7], *lines[3][7:])
    after = examine(problem, replace(before.roster, duties=tuple(lines)))
    text = (written(after, tmp_path, "pagerduty", since=before) / "pagerduty" / "desk-day.json").read_text(
        "utf-8"
    )
    changed = expected(after, "desk-day") - expected(before, "desk-day")
    assert pagerduty(text) == changed
    assert changed
    assert not any(overrides(stretches(before), stretches(before)).values())


def test_terraform_holds_the_same_shifts_and_no_expression(tmp_path: Path) -> None:
    problem = sample.problem(("${x}", *NAMES[1:]))
    found = examine(problem, sample.roster(problem))
    document = json.loads((written(found, tmp_path, "terraform") / "oncall.tf.json").read_text("utf-8"))
    made = document["resource"]["grafana_oncall_on_call_shift"]
    schedules = document["resource"]["grafana_oncall_schedule"]
    assert len(schedules) == len(stretches(found))
    for schedule in schedules.values():
        assert set(schedule) == {"name", "type", "time_zone", "shifts"}
        keys = [
            text.removeprefix("${grafana_oncall_on_call_shift.").removesuffix(".id}")
            for text in schedule["shifts"]
        ]
        named = {(who.replace("$${", "${"), at) for who, at in shifts([made[key] for key in keys])}
        assert named == expected(found, schedule["name"])


def test_users_of_the_tool_stand_for_people(tmp_path: Path) -> None:
    found = examined(team())
    out = written(found, tmp_path, "grafana", users={"Li Na": "U123"})
    texts = [file.read_text("utf-8") for file in out.rglob("*.json")]
    assert any('"U123"' in text for text in texts)


FINAL = {
    "pagerduty": {
        "schedule": {
            "name": "desk",
            "final_schedule": {
                "rendered_schedule_entries": [
                    {
                        "start": "2027-02-01T00:00:00Z",
                        "end": "2027-02-01T08:00:00Z",
                        "user": {"summary": "li na"},
                    }
                ]
            },
        }
    },
    "opsgenie": {
        "data": {
            "finalTimeline": {
                "rotations": [
                    {
                        "name": "r",
                        "periods": [
                            {
                                "startDate": "2027-02-01T08:00:00+08:00",
                                "endDate": "2027-02-01T16:00:00+08:00",
                                "recipient": {"type": "user", "name": "Li Na"},
                            }
                        ],
                    }
                ]
            }
        }
    },
    "grafana": {
        "results": [
            {
                "user_pk": "U1",
                "user_email": "na@example.org",
                "user_username": "na",
                "shift_start": "2027-02-01T00:00:00Z",
                "shift_end": "2027-02-01T08:00:00Z",
            }
        ]
    },
}


@pytest.mark.parametrize("tool", FINAL)
def test_what_the_tools_give_is_read(tmp_path: Path, tool: str) -> None:
    problem = team()
    (tmp_path / "a.json").write_text(json.dumps(FINAL[tool]), encoding="utf-8")
    frame = problem.dates.start, problem.dates.start + timedelta(days=27)
    entries = read_on_call(tmp_path / "a.json", tool, problem.dates.time_zone, frame)
    found = roster_on_call(problem, entries, {"Li Na": "na"}, tmp_path / "a.json")
    assert found.roster.duties[0][0].name == "D"
    assert sum(not duty.is_off for line in found.roster.duties for duty in line) == 1
    if tool == "grafana":
        with pytest.raises(Faults, match="--users says who is who"):
            roster_on_call(problem, entries, {}, tmp_path / "a.json")


REPEATED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//
X-WR-CALNAME:Desk
BEGIN:VEVENT
UID:1
DTSTAMP:20270101T000000Z
SUMMARY:On call: Li Na
DTSTART;TZID=Asia/Shanghai:20270201T080000
DTEND;TZID=Asia/Shanghai:20270201T160000
RRULE:FREQ=DAILY;COUNT=3
EXDATE;TZID=Asia/Shanghai:20270202T080000
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20270101T000000Z
SUMMARY:Li Na
STATUS:CANCELLED
DTSTART;TZID=Asia/Shanghai:20270205T080000
DTEND;TZID=Asia/Shanghai:20270205T160000
END:VEVENT
END:VCALENDAR
"""


def test_repeated_entries_of_a_calendar_count_each_and_cancelled_ones_not(tmp_path: Path) -> None:
    problem = team()
    (tmp_path / "a.ics").write_text(REPEATED, encoding="utf-8")
    frame = problem.dates.start, problem.dates.start + timedelta(days=27)
    entries = read_on_call(tmp_path / "a.ics", "ics", problem.dates.time_zone, frame)
    found = roster_on_call(problem, entries, {}, tmp_path / "a.ics")
    assert [day for day, duty in enumerate(found.roster.duties[0]) if not duty.is_off] == [0, 2]


def test_time_that_no_duty_fits_is_told(tmp_path: Path) -> None:
    problem = team()
    body = {
        "overrides": [
            {
                "start": "2027-02-01T21:00:00+08:00",
                "end": "2027-02-01T23:00:00+08:00",
                "user": {"id": "Li Na"},
            }
        ]
    }
    (tmp_path / "a.json").write_text(json.dumps(body), encoding="utf-8")
    frame = problem.dates.start, problem.dates.start + timedelta(days=27)
    entries = read_on_call(tmp_path / "a.json", "pagerduty", problem.dates.time_zone, frame)
    found = roster_on_call(problem, entries, {}, tmp_path / "a.json")
    assert "2.0 h on call" in found.remarks[0]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"schedule": 3}', '{"overrides": [{"start": 1, "end": 2, "user": 3}]}', "[" * 5000],
)
def test_files_that_are_none_get_one_message(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    for tool in READERS:
        with pytest.raises(FileFault):
            read_on_call(tmp_path / "a.json", tool, "Asia/Shanghai", (datetime(2027, 1, 1).date(),) * 2)


def dingtalk(path: Path, people: tuple[str, ...], days: list[str]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "排班"
    sheet.append(["考勤组：信息科"])
    sheet.append(["姓名", "工号", "部门", *days])
    for number, name in enumerate(people):
        sheet.append([name, f"{number:03d}", "信息科", *("" for _ in days)])
    sheet["A1"].comment = None
    book.save(path)
    return path


def test_dingtalks_own_sheet_is_filled_and_nothing_else_changes(tmp_path: Path) -> None:
    problem = team()
    found = examined(problem)
    horizon = found.roster.horizon
    days = [
        f"{horizon.on(day):%Y-%m-%d} 星期{'一二三四五六日'[horizon.weekday(day)]}"
        for day in range(horizon.days)
    ]
    template = dingtalk(tmp_path / "exported.xlsx", (*reversed(NAMES), "经理"), days)
    out = written(found, tmp_path, "dingtalk", template=template, words={"N": "大夜"})
    sheet = load_workbook(out / "dingtalk.xlsx")["排班"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert sheet["A1"].value == "考勤组：信息科"
    assert rows["Li Na"][1:3] == ("007", "信息科")
    assert set(rows["经理"][3:]) == {None}
    called = {"D": "日班", "E": "中班", "N": "大夜", "off": "休息"}
    for person, duties in zip(found.roster.people, found.roster.duties, strict=True):
        for cell, duty in zip(rows[person.name][3:], duties, strict=True):
            assert cell == called.get(duty.name, cell)
    with pytest.raises(Faults, match="is not in the sheet"):
        written(found, tmp_path / "b", "dingtalk", template=dingtalk(tmp_path / "c.xlsx", NAMES[1:], days))
    with pytest.raises(Faults, match="has no columns for"):
        written(found, tmp_path / "b", "dingtalk", template=dingtalk(tmp_path / "c.xlsx", NAMES, days[:-1]))
