"""Rosters written for spreadsheets and read back from them: the round trip, hand-edited files, and every refusal."""

from __future__ import annotations

import csv
import string
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.domain.horizon import calendar
from roster.domain.outcome import Roster, SeatUse
from roster.domain.problem import DAILY, Days, Person, Post, Presence, Problem, Seat
from roster.errors import Faults, FileFault
from roster.language import speaking
from roster.rosters.csv_sheet import COLUMNS, guarded, unguarded
from roster.rosters.dates import parse_date, parse_time
from roster.rosters.files import read_roster
from roster.rosters.rows import roster_rows, write_roster
from tests.checker.worlds import roster_of, staff, word, world

POSTS = (
    Post("desk", ("ops",), 8 * 60, 8 * 60, vendor=True),
    Post("call", ("ops",), 16 * 60, 16 * 60, presence=Presence.STANDBY, response=30),
)
OPS = staff()
NET = staff(name="net", shifts=("D", "N"), skills=frozenset({"net"}))
SEATS = (Seat("bought desk", "desk", 1000, maximum=3, employer="vendor"),)


def desk(*names: str, weeks: int = 1) -> Problem:
    people = tuple(Person(name, "ops") for name in names)
    return world(OPS, NET, posts=POSTS, seats=SEATS, people=people, weeks=weeks)


def saved(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refused(problem: Problem, path: Path) -> str:
    with pytest.raises(Faults) as caught:
        read_roster(problem, path)
    return str(caught.value)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_duty_of_two_parts_is_two_rows_and_a_day_off_none(tmp_path: Path) -> None:
    problem = desk("Li Na")
    roster = replace(roster_of(problem, "Ds - - N - - -"), people=problem.people)
    path = tmp_path / "roster.csv"
    write_roster(problem, roster, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdate,weekday,person,")
    first, second, third = rows_of(path)
    assert tuple(first) == COLUMNS
    assert list(first.values()) == [
        "2027-01-04", "Mon", "Li Na", "ops", "hospital", "D+s", "on_site",
        "2027-01-04T08:00+08:00", "2027-01-04T16:00+08:00", "desk",
    ]  # fmt: skip
    assert (second["presence"], second["posts"]) == ("standby", "call")
    assert (second["start"], second["end"]) == ("2027-01-04T16:00+08:00", "2027-01-05T08:00+08:00")
    assert (third["date"], third["end"]) == ("2027-01-07", "2027-01-08T06:00+08:00")
    assert read_roster(problem, path) == roster


def test_vendor_seats_are_rows_of_their_own(tmp_path: Path) -> None:
    problem = replace(desk("Li Na"), seats=(replace(SEATS[0], days=Days(restdays=True)),))
    roster = replace(roster_of(problem, "D------", seats=(SeatUse("bought desk", 2),)), people=problem.people)
    rows = [row for row in roster_rows(problem, roster) if row["type"] == "seat"]
    assert [(row["date"][-2:], row["person"]) for row in rows] == [
        ("09", "bought desk #1"), ("09", "bought desk #2"), ("10", "bought desk #1"), ("10", "bought desk #2"),
    ]  # fmt: skip
    assert rows[0]["employer"] == "vendor"
    path = tmp_path / "roster.csv"
    write_roster(problem, roster, path)
    assert read_roster(problem, path) == roster


def test_people_without_any_duty_are_known_again(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    problem = desk("Li Na", "Wang Wei")
    roster = replace(roster_of(problem, "D------", "-------"), people=problem.people)
    write_roster(problem, roster, path)
    assert len(rows_of(path)) == 1
    assert read_roster(problem, path) == roster
    unnamed = desk()
    numbered = tuple(Person(f"OPS-{number}", "ops") for number in (1, 2, 3))
    roster = replace(roster_of(unnamed, "-------", "D------", "-------"), people=numbered)
    write_roster(unnamed, roster, path)
    assert read_roster(unnamed, path) == roster


LETTERS = st.text(st.sampled_from(string.ascii_letters + "李娜=+-@'\"＝;, \t"), min_size=1, max_size=8)
NAMES = LETTERS.map(str.strip).filter(bool)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Problem, Roster]:
    names = draw(st.lists(NAMES, unique=True, max_size=4))
    problem = desk(weeks=2)
    everybody = [Person(name, draw(st.sampled_from(("ops", "net")))) for name in names]
    if everybody and draw(st.booleans()):
        problem = problem.with_people(everybody)
    else:
        everybody = []
    hires = [
        Person(f"{kind}-{number + 1}", kind)
        for kind in ("ops", "net")
        for number in range(draw(st.integers(0 if everybody or kind == "net" else 1, 3)))
    ]
    people = tuple(everybody + [hire for hire in hires if hire.name not in names])
    duties = []
    for person in people:
        choice = st.sampled_from(problem.duties(problem.type[person.type]))
        duties.append(draw(st.lists(choice, min_size=14, max_size=14)))
    duties[0][0] = duties[0][13] = problem.duties(problem.type[people[0].type])[1]
    seats = tuple(SeatUse("bought desk", number) for number in [draw(st.integers(0, 3))] if number)
    return problem, Roster(people, calendar(problem.dates), tuple(map(tuple, duties)), seats)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(rosters())
def test_what_is_written_is_read_back(case: tuple[Problem, Roster]) -> None:
    problem, roster = case
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        write_roster(problem, roster, path)
        assert read_roster(problem, path) == roster


@settings(derandomize=True, deadline=None)
@given(st.text(st.sampled_from("'=+-@\t\r\n＝ a'")))
def test_cells_never_start_a_formula_and_are_restored(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


HEAD = "date,person,duty\n"
FEW = "2027-01-04,ops-1,D\n2027-01-05,ops-1,N\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (HEAD + FEW, "utf-8"),
        (HEAD + FEW, "utf-8-sig"),
        (HEAD + FEW, "utf-16"),
        ("remark,duty,person,date\n\nok,D,ops-1,2027-01-04\n,N,ops-1,2027-01-05\n,,,\n", "utf-8"),
        ("date;person;duty\r\n2027/1/5;ops-1;N\r\n2027/1/4;ops-1;D\r\n", "utf-8"),
        ("sep=;\ndate;person;duty\n2027-1-4;ops-1;d\n2027-1-5;ops-1;N\n", "utf-8"),
        ("Date\tPerson \tDUTY\n2027.1.4\tops-1\tD\n5-Jan-2027\tops-1\tN\n", "utf-8"),
        ("date,person,duty\n2027年1月4日,ops-1,D\n2027年1月5日,ops-1,N\n", "gbk"),
        (HEAD + "46391,ops-1,D\n46392,ops-1,N\n", "utf-8"),
        (HEAD + FEW + "2027-01-06,ops-1,off\n", "utf-8"),
        ("date,person,duty,weekday\n2027-01-04,ops-1,D,周一\n2027-01-05,ops-1,N,Tuesday\n", "utf-8"),
        ("date,person,duty,start\n2027-01-04,ops-1,D,8:00\n2027-01-05,ops-1,N,2027/1/5 22:00\n", "utf-8"),
    ],
)
def test_hand_edited_spreadsheets_are_read(tmp_path: Path, text: str, encoding: str) -> None:
    roster = read_roster(desk(), saved(tmp_path, text, encoding))
    assert roster.duties == (word("DN-----"),)
    assert roster.people == (Person("ops-1", "ops"),)


def test_chinese_names_in_gbk_and_a_type_column(tmp_path: Path) -> None:
    path = saved(tmp_path, "date,person,type,duty\n2027-01-04,李娜,net,D\n", "gbk")
    assert read_roster(desk(), path).people == (Person("李娜", "net"),)


def test_one_row_of_a_two_part_duty_is_enough(tmp_path: Path) -> None:
    path = saved(tmp_path, HEAD + "2027-01-04,ops-1,D+s\n2027-01-05,ops-1,D+s\n2027-01-05,ops-1,D+s\n")
    assert read_roster(desk(), path).duties == (word("Ds Ds - - - - -"),)


def test_all_faults_come_at_once_with_line_and_column(tmp_path: Path) -> None:
    text = HEAD + (
        "2027-01-04,Li Naa,D\n"
        "2027-01-05,Li Na,E\n"
        "2027-02-30,Li Na,D\n"
        "2027-02-03,Li Na,D\n"
        "01/02/2027,Li Na,D\n"
        "45000,Li Na,D\n"
        ",Li Na,D\n"
        "2027-01-06,,D\n"
        "2027-01-07,Li Na,\n"
        "2027-01-08,Li Naa,D\n"
    )
    message = refused(desk("Li Na"), saved(tmp_path, text))
    assert "9 faults" in message
    for words in (
        "line 2  person: 'Li Naa' is not a person of the scenario; did you mean 'Li Na'? (and on 1 more lines)",
        "line 3  duty: 'E' is not a duty of ops",
        "line 4  date: '2027-02-30' is no day",
        "line 5  date: 2027-02-03 is outside the scenario's calendar, 2027-01-04 to 2027-01-10 (1 week)",
        "line 6  date: '01/02/2027' may mean day and month either way round",
        "line 7  date: '45000' is a spreadsheet's day number",
        "line 8  date: date is empty",
        "line 9  person: person is empty",
        "line 10  duty: duty is empty",
    ):
        assert words in message


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        ("date,person,duty", ["2027-01-04,ops-1,D", "2027-01-04,ops-1,N"], "line 3  duty: ops-1 has N here and D on"),
        ("date,person,duty", ["2027-01-04,ops-1,D", "2027-01-04,ops-1,D"], "line 3  person: ops-1 has D on this date"),
        ("date,person,duty,presence", ["2027-01-04,ops-1,D+s,on_site"] * 2, "line 3  person: ops-1 has D+s on this"),
        ("date,person,duty", ["2027-01-04,net-1,L"], "'L' is not a duty that net may be given; allowed: off, D, N"),
        ("date,person,duty,weekday", ["2027-01-04,ops-1,D,Tue"], "weekday: 'Tue' contradicts 2027-01-04, a Mon"),
        ("date,person,duty,start", ["2027-01-04,ops-1,D,09:00"], "start: '09:00' is not when D starts"),
        ("date,person,duty,start", ["2027-01-04,ops-1,D,2027-01-05T08:00+08:00"], "is not when D starts"),
        ("date,person,duty,end", ["2027-01-04,ops-1,N,2027-01-04T06:00+08:00"], "is not when N ends"),
        ("date,person,duty,start", ["2027-01-04,ops-1,D,early"], "start: 'early' is not a time"),
        ("date,person,duty,type", ["2027-01-04,ops-1,D,opps"], "type: 'opps' is not a staff type"),
        ("date,person,duty,type", ["2027-01-04,ops-1,D,net"], "type: ops-1 is of type ops in the scenario, not net"),
        ("date,person,duty,type", ["2027-01-04,desk #1,desk,seat"], "duty: 'desk' is not a vendor seat on offer"),
        ("date,person,duty", ["2027-01-04,Li Na,D"], "person: 'Li Na' has no staff type"),
    ],
)  # fmt: skip
def test_rows_that_contradict_are_refused(tmp_path: Path, header: str, rows: list[str], words: str) -> None:
    assert words in refused(desk(), saved(tmp_path, "\n".join([header, *rows, ""])))


def test_missing_and_doubled_columns(tmp_path: Path) -> None:
    message = refused(desk(), saved(tmp_path, "day,person,person\n2027-01-04,ops-1,D\n"))
    assert "date: the column date is missing (found: day, person, person)" in message
    assert "duty: the column duty is missing" in message
    assert "person: there are two columns person" in message


def test_a_file_for_other_weeks_is_refused(tmp_path: Path) -> None:
    message = refused(desk(weeks=2), saved(tmp_path, HEAD + FEW))
    assert "the rows cover 2027-01-04 to 2027-01-05 only" in message
    assert "2027-01-04 to 2027-01-17 (2 weeks)" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"date,person,duty\n", "no rows"),
        (b"\x00\x01\x02\xff" * 20, "is not text"),
        (b"PK\x03\x04rest", "workbook"),
        (b"date,person,duty\n\xff\xfe\xff", "is not text"),
        (b'date,person,duty\n2027-01-04,"' + b"x" * 200_000 + b'",D\n', "cannot be read as CSV"),
    ],
)
def test_files_that_are_no_rosters(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    with pytest.raises(FileFault, match=words):
        read_roster(desk(), path)


def test_missing_files_folders_and_huge_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileFault, match="cannot be read"):
        read_roster(desk(), tmp_path / "none.csv")
    with pytest.raises(FileFault, match="is a folder"):
        read_roster(desk(), tmp_path)
    monkeypatch.setattr("roster.rosters.csv_sheet.LARGEST", 10)
    with pytest.raises(FileFault, match="is larger than"):
        read_roster(desk(), saved(tmp_path, HEAD + FEW))


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    target = tmp_path / "roster.csv"
    target.mkdir()
    with pytest.raises(FileFault, match="cannot be written"):
        write_roster(desk(), roster_of(desk(), "D------"), target)
    assert list(tmp_path.iterdir()) == [target]


def test_a_number_out_of_all_proportion_makes_no_crowd(tmp_path: Path) -> None:
    problem = replace(desk(), types=(replace(OPS, maximum=5), NET))
    roster = read_roster(problem, saved(tmp_path, HEAD + "2027-01-04,ops-999999,D\n"))
    assert len(roster.people) == 6


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.text(max_size=60))
def test_any_file_is_read_or_refused(raw: bytes, text: str) -> None:
    problem = desk("Li Na")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        for content in (raw, HEAD.encode() + raw, (HEAD + text).encode("utf-8", "replace")):
            path.write_bytes(content)
            with suppress(Faults, FileFault):
                assert len(read_roster(problem, path).duties[0]) == 7


def test_faults_are_said_in_chinese_too(tmp_path: Path) -> None:
    with speaking("zh"):
        assert "不在场景日历" in refused(desk("李娜"), saved(tmp_path, HEAD + "2027-03-01,李娜,D\n"))


@pytest.mark.parametrize(
    "text", ["4 January 2027", "4-Jan-27", "2027-01-04 00:00:00", "２０２７/1/4", "2027年01月04日"]
)
def test_dates_as_people_write_them(text: str) -> None:
    assert parse_date(text, desk().dates) == date(2027, 1, 4)


@pytest.mark.parametrize("text", ["x", "25:00", "8:60", "2027-13-01 08:00"])
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"2027|time"):
        parse_time(text, date(2027, 1, 4))


def test_every_day_counts_as_needed() -> None:
    assert SEATS[0].days == DAILY
