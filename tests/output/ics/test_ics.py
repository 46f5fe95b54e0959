"""Calendars read again by two other parsers; versions that update instead of doubling; names that no system refuses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from roster.checker import posts_held
from roster.domain.outcome import Roster
from roster.domain.problem import OFF, Problem
from roster.language import speaking
from roster.output.examined_roster import examine
from roster.output.formats import CALENDAR, ON_CALL, PEOPLE
from roster.output.ics import write_calendars
from roster.output.ics.lines import folded, plain, text, unfolded
from roster.output.ics.names import file_names
from roster.rosters.rows import roster_rows
from tests.output import sample

NAMES = ("李娜", "Wang Wei", "欧阳小明", "Zhao", "Qian", "Sun", "Zhou", "Wu")
HOSTILE = (
    "../../etc/passwd", "CON", "a/b\\c:d", "Li\r\nDTSTART:19700101T000000", "li", "LI",
    "\u202eevil \u200f; x, y", "👩‍⚕️" * 70,
)  # fmt: skip


def written(folder: Path, problem: Problem, roster: Roster, *earlier: Path) -> Path:
    folder.mkdir()
    write_calendars(folder, earlier, examine(problem, roster))
    return folder


def events(file: Path) -> dict[str, Event]:
    found = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found), "identifiers are unique"
    return by_uid


def of(problem: Problem, roster: Roster, person: str, day: int, letters: str) -> Roster:
    """The same roster, somebody's duty on one day another."""
    index = next(at for at, one in enumerate(roster.people) if one.name == person)
    duties = problem.duties(problem.type[roster.people[index].type])
    given = next((duty for duty in duties if duty.letters == letters), OFF)
    rows = list(roster.duties)
    rows[index] = (*rows[index][:day], given, *rows[index][day + 1 :])
    return replace(roster, duties=tuple(rows))


@pytest.fixture
def problem() -> Problem:
    return sample.problem(NAMES)


@pytest.fixture
def roster(problem: Problem) -> Roster:
    return sample.roster(problem)


def test_every_part_of_every_duty_is_one_entry_with_its_times(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    found = events(written(tmp_path / "a", problem, roster) / CALENDAR).values()
    wanted = Counter(
        (row["person"], row["start"], row["end"])
        for row in roster_rows(problem, roster)
        if row["type"] != "seat"
    )
    assert wanted == Counter(
        (
            str(event["X-ROSTER-PERSON"]),
            event["DTSTART"].dt.isoformat(timespec="minutes"),
            event["DTEND"].dt.isoformat(timespec="minutes"),
        )
        for event in found
    )


def test_another_parser_reads_the_same(tmp_path: Path, problem: Problem, roster: Roster) -> None:
    file = written(tmp_path / "a", problem, roster) / CALENDAR
    ours = events(file)
    read = vobject.readOne(file.read_text(encoding="utf-8"))
    assert {event.uid.value for event in read.vevent_list} == set(ours)
    for event in read.vevent_list[::17]:
        same = ours[event.uid.value]
        assert event.dtstart.value == same["DTSTART"].dt
        assert event.summary.value == str(same["SUMMARY"])
        assert event.description.value == str(same["DESCRIPTION"])


def test_standby_is_free_and_says_level_and_posts(tmp_path: Path, problem: Problem, roster: Roster) -> None:
    found = events(written(tmp_path / "a", problem, roster) / CALENDAR).values()
    first = min(
        (event for event in found if str(event["X-ROSTER-DUTY"]) == "D+S"), key=lambda one: one["DTSTART"].dt
    )
    same_day = [
        event
        for event in found
        if event["X-ROSTER-DATE"] == first["X-ROSTER-DATE"]
        and event["X-ROSTER-PERSON"] == first["X-ROSTER-PERSON"]
    ]
    at_work, on_call = sorted(same_day, key=lambda event: event["DTSTART"].dt)
    assert (at_work["TRANSP"], on_call["TRANSP"]) == ("OPAQUE", "TRANSPARENT")
    assert str(on_call["SUMMARY"]) == "Sun · 夜间待命"
    assert str(on_call["DESCRIPTION"]).splitlines() == [
        "On call from home, answers within 30 min",
        "apps-call: level 1, 16:00-08:00",
        "Ds in the roster of 示例医院 Sample hospital",
    ]


def test_the_time_zone_is_in_the_file_and_means_the_same(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    for number, zone in enumerate(("Asia/Shanghai", "Europe/Berlin", "UTC", "America/New_York")):
        here = replace(
            problem, dates=replace(problem.dates, time_zone=zone, start=problem.dates.start.replace(month=3))
        )
        found = Calendar.from_ical(
            (
                written(tmp_path / str(number), here, replace(sample.roster(here), duties=roster.duties))
                / CALENDAR
            ).read_bytes()
        )
        (described,) = found.walk("VTIMEZONE")
        assert str(described["TZID"]) == zone
        own = described.to_tz()
        for event in found.walk("VEVENT"):
            wall = event["DTSTART"].dt.replace(tzinfo=None)
            assert wall.replace(tzinfo=own).utcoffset() == wall.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_each_person_has_a_file_with_the_same_entries(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    folder = written(tmp_path / "a", problem, roster)
    everybody = events(folder / CALENDAR)
    files = sorted(file.stem for file in (folder / PEOPLE).iterdir())
    assert files == sorted(NAMES)
    together: dict[str, Event] = {}
    for name in NAMES:
        own = events(folder / PEOPLE / f"{name}.ics")
        assert {str(event["X-ROSTER-PERSON"]) for event in own.values()} == {name}
        together |= own
    assert together == everybody


def test_equal_rosters_make_equal_files_also_over_earlier_ones(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    first = written(tmp_path / "a", problem, roster)
    again = written(tmp_path / "b", problem, roster)
    over = written(tmp_path / "c", problem, roster, first)
    files = sorted(file.relative_to(first) for file in first.rglob("*.ics"))
    assert len(files) == 1 + len(NAMES) + len(problem.posts)
    for other in (again, over):
        assert [(first / file).read_bytes() for file in files] == [
            (other / file).read_bytes() for file in files
        ]


def test_a_changed_roster_updates_and_calls_off_and_touches_nothing_else(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    first = written(tmp_path / "a", problem, roster)
    changed = of(problem, roster, "Zhao", 0, "N")  # a day becomes a night
    day = next(at for at, duty in enumerate(roster.duties[4]) if duty.works)
    changed = of(problem, changed, "Qian", day, ".")
    second = written(tmp_path / "b", problem, changed, first)
    before, after = events(first / CALENDAR), events(second / CALENDAR)
    assert set(before) <= set(after)
    versions = Counter(int(after[uid]["SEQUENCE"]) - int(before[uid]["SEQUENCE"]) for uid in before)
    assert versions == {1: 2, 0: len(before) - 2}
    (gone,) = [event for event in after.values() if event["STATUS"] == "CANCELLED"]
    assert (str(gone["X-ROSTER-PERSON"]), gone["TRANSP"]) == ("Qian", "TRANSPARENT")
    assert str(gone["SUMMARY"]).startswith("Cancelled: Qian")
    assert gone["DTSTAMP"].dt > before[str(gone["UID"])]["DTSTAMP"].dt
    assert str(gone["UID"]) in events(second / PEOPLE / "Qian.ics")


def test_a_duty_that_comes_back_is_the_same_entry_confirmed_again(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    day = next(at for at, duty in enumerate(roster.duties[4]) if duty.works)
    first = written(tmp_path / "a", problem, roster)
    second = written(tmp_path / "b", problem, of(problem, roster, "Qian", day, "."), first)
    third = written(tmp_path / "c", problem, roster, second)
    again, before = events(third / CALENDAR), events(first / CALENDAR)
    assert {uid for uid in again if again[uid]["STATUS"] == "CONFIRMED"} == set(before)
    (back,) = [uid for uid in before if int(again[uid]["SEQUENCE"])]
    assert (int(again[back]["SEQUENCE"]), again[back]["STATUS"]) == (2, "CONFIRMED")
    assert again[back]["SUMMARY"] == before[back]["SUMMARY"]


def test_the_highest_version_counts_of_several_folders(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    day = next(at for at, duty in enumerate(roster.duties[4]) if duty.works)
    first = written(tmp_path / "a", problem, roster)
    second = written(tmp_path / "b", problem, of(problem, roster, "Qian", day, "."), first)
    third = written(tmp_path / "c", problem, roster, first, second)
    assert max(int(event["SEQUENCE"]) for event in events(third / CALENDAR).values()) == 2


def test_other_periods_and_other_scenarios_are_not_called_off(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    first = written(tmp_path / "a", problem, roster)
    later = replace(problem, dates=replace(problem.dates, start=problem.dates.start + timedelta(days=28)))
    second = written(tmp_path / "b", later, sample.roster(later), first)
    kept = events(second / CALENDAR)
    assert all(event["STATUS"] == "CONFIRMED" for event in kept.values())
    assert set(events(first / CALENDAR)) < set(kept)
    other = replace(problem, name="another")
    third = written(tmp_path / "c", other, roster, first)
    assert set(events(third / CALENDAR)).isdisjoint(events(first / CALENDAR))


def test_somebody_who_left_keeps_a_file_with_the_duties_called_off(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    first = written(tmp_path / "a", problem, roster)
    fewer = replace(roster, people=roster.people[:-1], duties=roster.duties[:-1])
    second = written(tmp_path / "b", problem.with_people(problem.people[:-1]), fewer, first)
    left = events(second / PEOPLE / "Wu.ics")
    assert left
    assert all(event["STATUS"] == "CANCELLED" for event in left.values())


def test_on_call_files_name_the_holder_and_nothing_is_called_off_in_them(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    chained = tuple(
        replace(post, chain="incident", level=2 if post.name == "apps" else 1) for post in problem.posts
    )
    problem = replace(problem, posts=chained)
    first = written(tmp_path / "a", problem, roster)
    assert sorted(file.name for file in (first / ON_CALL).iterdir()) == ["incident-1.ics", "incident-2.ics"]
    found = events(first / ON_CALL / "incident-2.ics").values()
    held = posts_held(problem, roster)
    holders = {roster.people[index].name for (index, _, _), posts in held.items() if "apps" in posts}
    assert {str(event["SUMMARY"]) for event in found} == holders
    assert all("level 2" in str(event["DESCRIPTION"]) for event in found)
    day = next(at for at, duty in enumerate(roster.duties[5]) if duty.letters == "Ds")
    second = written(tmp_path / "b", problem, of(problem, roster, "Sun", day, "."), first)
    assert all(
        event["STATUS"] == "CONFIRMED"
        for file in (second / ON_CALL).iterdir()
        for event in events(file).values()
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_names_stay_texts_and_make_harmless_files(tmp_path: Path, language: str) -> None:
    problem = sample.problem(HOSTILE)
    with speaking(language):
        folder = written(tmp_path / "a", problem, sample.roster(problem))
    assert {file.parent.name for file in tmp_path.rglob("*.ics")} == {"a", PEOPLE, ON_CALL}
    assert len(list((folder / PEOPLE).iterdir())) == len(HOSTILE)
    found = events(folder / CALENDAR)
    assert min(event["DTSTART"].dt for event in found.values()).year == 2027
    assert all("\u202e" not in str(event["SUMMARY"]) for event in found.values())
    raw = (folder / CALENDAR).read_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert raw.count(b"\n") == raw.count(b"\r\n")
    raw.decode("utf-8")
    for line in raw.split(b"\r\n"):
        line.decode("utf-8")


def test_an_earlier_file_that_somebody_spoilt_does_no_harm(
    tmp_path: Path, problem: Problem, roster: Roster
) -> None:
    first = written(tmp_path / "a", problem, roster)
    good = (first / CALENDAR).read_bytes().decode()
    for number, bad in enumerate(
        (
            good.replace("SEQUENCE:0", "SEQUENCE:many"),
            good.replace("X-ROSTER-DATE:2027", "X-ROSTER-DATE:20x7"),
            good.replace("PRODID:-//roster", "PRODID:-//other"),
            good[: len(good) // 2],
            "",
        )
    ):
        (first / CALENDAR).write_text(bad, encoding="utf-8", newline="")
        found = events(written(tmp_path / f"b{number}", problem, roster, first) / CALENDAR)
        assert all(event["STATUS"] == "CONFIRMED" for event in found.values())


ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(ANY)
def test_texts_are_folded_and_come_back(value: str) -> None:
    line = f"SUMMARY:{text(value)}"
    assert unfolded(folded(line)) == line
    assert all(len(piece.encode()) <= 75 for piece in folded(line).split("\r\n"))
    kept = "".join(sign for sign in value if sign in "\t\n" or (sign >= " " and not "\x7f" <= sign <= "\x9f"))
    assert plain(text(value)) == kept


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(
        st.one_of(
            ANY, st.sampled_from(["CON", "con", "nul.txt", "COM1", "a.", "a", "A", " ", "..", "é", "e\u0301"])
        ),
        unique=True,
        max_size=8,
    )
)
def test_file_names_are_safe_and_each_persons_own(names: list[str]) -> None:
    found = file_names(names)
    assert list(found) == names
    assert len({stem.casefold() for stem in found.values()}) == len(names)
    for stem in found.values():
        assert stem
        assert len(stem.encode()) < 200
        assert not set(stem) & set('<>:"/\\|?*')
        assert stem.isprintable()
        assert stem == stem.strip(" .")
        assert stem.partition(".")[0].lower() not in ("con", "nul", "com1")
    assert file_names(names) == found


def test_dates_in_the_files_are_those_of_the_roster(tmp_path: Path, problem: Problem, roster: Roster) -> None:
    found = events(written(tmp_path / "a", problem, roster) / CALENDAR)
    starts = {event["DTSTART"].dt for event in found.values()}
    assert min(starts) == datetime(2027, 2, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
