"""Sheets as planners have them: whatever the layout, the same roster is read; what cannot be told is asked."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.domain.horizon import calendar
from roster.domain.outcome import Roster
from roster.domain.problem import Person, Problem
from roster.errors import Faults, FileFault, InputError
from roster.rosters.files import read_found, read_roster
from roster.rosters.notation import Notation, read_letters
from roster.rosters.previous import with_before
from roster.rosters.workbook import read_sheets
from tests.checker.worlds import word
from tests.rosters import sheets
from tests.rosters.sheets import LAYOUTS
from tests.rosters.test_files import NET, desk
from tests.rosters.test_workbook import saved as book

PEOPLE = ("张伟", "Li Na", "Zoë", "王 芳")
ASK = Notation(ask=True)


def team(start: date = date(2027, 1, 4), weeks: int = 2) -> Problem:
    problem = desk(*PEOPLE, weeks=weeks)
    return replace(problem, dates=replace(problem.dates, start=start))


@st.composite
def rosters(draw: st.DrawFn) -> tuple[Problem, Roster]:
    start = date(2027, 1, 4) + timedelta(days=draw(st.integers(0, 700)))
    problem = team(start, draw(st.integers(1, 4)))
    choice = st.sampled_from(problem.duties(problem.types[0]))
    days = problem.dates.weeks * 7
    lines = [draw(st.lists(choice, min_size=days, max_size=days)) for _ in PEOPLE]
    at_work = problem.duties(problem.types[0])[1]
    # A list of rows says of its first and last week that it was made for these dates only by what stands there.
    lines[0][0] = lines[0][-1] = at_work
    return problem, Roster(problem.people, calendar(problem.dates), tuple(map(tuple, lines)))


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(derandomize=True, deadline=None, max_examples=12)
@given(case=rosters())
def test_every_layout_and_encoding_gives_the_same_roster_back(
    layout: str, case: tuple[Problem, Roster]
) -> None:
    problem, roster = case
    with TemporaryDirectory() as folder:
        path = LAYOUTS[layout](Path(folder) / layout, roster)
        assert read_roster(problem, path) == roster


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252", "gb18030"])
def test_names_tell_encodings_apart(tmp_path: Path, encoding: str) -> None:
    text = "date,person,duty\n2027-01-04,Zoë,D\n2027-01-05,Jürgen Groß,N\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    found = read_roster(desk("Zoë", "Jürgen Groß"), tmp_path / "a.csv")
    assert found.duties == (word("D------"), word("-N-----"))


def test_traditional_chinese_in_big5(tmp_path: Path) -> None:
    text = "date,person,duty\n2027-01-04,張偉,D\n2027-01-05,陳靜怡,N\n"
    (tmp_path / "a.csv").write_bytes(text.encode("big5"))
    assert read_roster(desk("張偉", "陳靜怡"), tmp_path / "a.csv").duties[1] == word("-N-----")


@pytest.mark.parametrize(
    "given", ["O Connor", "SEÁN O’CONNOR", "Sea\u0301n O'Connor", "O'Connor, Seán", "Seán O'Connor "]
)
def test_a_name_is_known_however_it_is_written(tmp_path: Path, given: str) -> None:
    path = book(tmp_path, ("", *(f"2027-01-0{day}" for day in range(4, 10)), "2027-01-10"), (given, "D"))
    if given == "O Connor":
        with pytest.raises(Faults, match="is not a person"):
            read_roster(desk("Seán O'Connor"), path)
    else:
        assert read_roster(desk("Seán O'Connor"), path).duties == (word("D------"),)


HEAD = ("姓名", *(f"1月{day}日" for day in range(4, 11)))


def one(tmp_path: Path, *cells: object) -> Path:
    return book(tmp_path, HEAD, ("张伟", *cells))


def named(roster: Roster) -> str:
    """The first person's duties by name."""
    return " ".join("-" if duty.is_off else duty.name for duty in roster.duties[0])


def titled() -> Problem:
    problem = desk("张伟")
    titles = {"D": "白班", "N": "大夜班"}
    return replace(problem, shifts=tuple(replace(s, title=titles.get(s.name, "")) for s in problem.shifts))


def test_words_for_duties_days_off_and_leave_are_known(tmp_path: Path) -> None:
    path = one(tmp_path, "白班", "大夜", "休", "年休", "年休", "SL", "Ｄ + s")
    found = read_found(titled(), path)
    assert named(found.roster) == "D N - - - - D+s"
    assert [(each.first.day, each.last.day, each.reason) for each in found.leave] == [
        (7, 8, "年休"),
        (9, 9, "SL"),
    ]


def test_a_map_goes_before_everything_else(tmp_path: Path) -> None:
    problem = replace(titled(), letters=(("值", "s"), ("休", "D")))
    path = one(tmp_path, "值", "休", "下", "公", "", "", "")
    notation = Notation({"休": "off", "下": "off", "公": "public leave"})
    found = read_found(problem, path, notation)
    assert named(found.roster) == "s - - - - - -"
    assert [each.first.day for each in found.leave] == [7]
    assert read_found(replace(problem, letters=()), one(tmp_path, "D")).leave == ()


def test_unknown_letters_are_listed_once_and_a_map_is_written(tmp_path: Path) -> None:
    path = one(tmp_path, "下", "下", "甲", "D", "下", "", "")
    with pytest.raises(Faults) as caught:
        read_roster(titled(), path, ASK)
    message = str(caught.value)
    assert "3 faults" in message
    assert "Sheet1!B2: '下' is not a duty of ops; allowed: M, D, " in message
    assert "(3 cells)" in message
    assert "Sheet1!D2: '甲'" in message
    made = tmp_path / "hand.letters.yaml"
    assert str(made) in message
    with pytest.raises(Faults, match="is not filled in"):
        read_letters(titled(), made)
    filled = made.read_text(encoding="utf-8").replace('"?"', "N", 1).replace('"?"', "sick leave", 1)
    (tmp_path / "map.yaml").write_text(filled, encoding="utf-8")
    found = read_found(titled(), path, Notation(read_letters(titled(), tmp_path / "map.yaml"), ask=True))
    assert named(found.roster) == "N N - D N - -"
    assert len(found.leave) == 1
    with pytest.raises(Faults):
        read_roster(titled(), path, ASK)
    assert sorted(file.name for file in tmp_path.glob("*.yaml")) == ["hand.letters.yaml", "map.yaml"]


def test_a_letter_that_may_be_a_day_off_or_a_shift_is_asked_about(tmp_path: Path) -> None:
    assert "X" in titled().shift
    assert named(read_roster(titled(), one(tmp_path, "X"))) == "X - - - - - -"
    with pytest.raises(Faults, match="'x' is not a duty of ops"):
        read_roster(titled(), one(tmp_path, "x"))


def test_a_map_that_leads_nowhere_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("下: off\n甲: Day\n", encoding="utf-8")
    with pytest.raises(Faults, match=r"line 2  甲: 'Day' is no duty; write one of M, D, "):
        read_letters(titled(), tmp_path / "map.yaml")


def test_a_month_is_asked_for_where_two_fit_and_never_guessed(tmp_path: Path) -> None:
    problem = team(date(2027, 2, 1), weeks=8)
    rows = [("", *range(1, 29)), ("张伟", "D")]
    path = book(tmp_path, *rows)
    with pytest.raises(Faults, match=r"2027-02-01\.\.2027-02-28 or 2027-03-01\.\.2027-03-28; name the month"):
        read_roster(problem, path)
    short = team(date(2027, 2, 1), weeks=4)
    assert read_roster(short, path).duties[0][0].name == "D"
    with pytest.raises(Faults, match="2027-03-01 is outside"):
        read_roster(short, path, Notation(month=(2027, 3)))
    path = book(tmp_path, ("2027年3月",), *rows)
    with pytest.raises(Faults, match=r"2027-03-01 is outside .* \(and 27 more columns\)"):
        read_roster(short, path)


def test_weekdays_that_contradict_the_days_are_a_fault(tmp_path: Path) -> None:
    week = ("", *("一二三四五六日"[(day + 1) % 7] for day in range(7)))
    with pytest.raises(Faults, match="the days contradict each other"):
        read_roster(titled(), book(tmp_path, HEAD, week, ("张伟", "D")))


def test_leave_merged_over_days_counts_for_each(tmp_path: Path) -> None:
    rows = [["姓名", *(f"1/{day}" for day in range(4, 11))], ["张伟", "D", "病假", "", "", "N", "", ""]]
    path = sheets.book(tmp_path / "a.xlsx", rows, [(1, 2, 1, 4)])
    found = read_found(titled(), path)
    assert named(found.roster) == "D - - - N - -"
    assert [(each.first.day, each.last.day) for each in found.leave] == [(5, 7)]


def test_working_days_alone_need_no_columns_for_days_off(tmp_path: Path) -> None:
    path = book(tmp_path, HEAD[:6], ("张伟", "D", "D"))
    assert named(read_roster(titled(), path)) == "D D - - - - -"


def test_people_without_a_type_are_of_the_only_one(tmp_path: Path) -> None:
    problem = desk()
    path = book(tmp_path, HEAD, ("张伟", "D"), ("李娜", "N"))
    with pytest.raises(Faults, match="'张伟' has no staff type"):
        read_roster(problem, path)
    alone = replace(problem, types=tuple(one for one in problem.types if one != NET))
    assert read_roster(alone, path).people == (Person("张伟", "ops"), Person("李娜", "ops"))


def test_rows_that_are_no_people_are_named_not_read(tmp_path: Path) -> None:
    path = book(
        tmp_path, HEAD, ("张伟", "D"), ("合计", *[1] * 7), ("备注：白班 8 点", None), ("制表人", "王")
    )
    found = read_found(titled(), path)
    assert found.roster.people == (Person("张伟", "ops"),)
    assert "合计" in found.remarks[0]
    assert "制表人" in found.remarks[0]
    with pytest.raises(Faults, match="'李四' is not a person"):
        read_found(titled(), book(tmp_path, HEAD, ("张伟", "D"), ("李四", "D")))


def test_the_last_period_is_read_from_any_grid(tmp_path: Path) -> None:
    problem = team(date(2027, 1, 11), weeks=1)
    rows = [["", *(f"1/{day}" for day in range(4, 11))], ["张伟", *"DDN"], ["gone", "D"]]
    for path in (book(tmp_path, *map(tuple, rows)), sheets.text(tmp_path / "a.csv", rows)):
        found = with_before(problem, path)
        assert dict(found.carried)["张伟"] == word("DDN----")
        assert "gone" in found.notes[-1]
    with pytest.raises(Faults, match="it must reach 2027-01-12"):
        with_before(team(date(2027, 1, 13), weeks=1), path)


def test_formulas_without_results_are_not_taken_for_days_off(tmp_path: Path) -> None:
    path = book(tmp_path, HEAD, ("张伟", "D", "N", "D"))
    made = tmp_path / "made.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.namelist():
            raw = old.read(entry)
            if entry == "xl/worksheets/sheet1.xml":
                start = raw.index(b'<c r="C2"')
                end = raw.index(b"</c>", start) + 4
                raw = raw[:start] + b'<c r="C2" t="str"><f>B2</f><v></v></c>' + raw[end:]
            new.writestr(entry, raw)
    with pytest.raises(Faults, match=r"Sheet1!C2: the formula has no result in the file \(1 such cells\)"):
        read_roster(titled(), made)


def xml_book(path: Path, sheet: str, workbook: str = "") -> Path:
    """A workbook by hand, with whatever a hostile hand puts into it."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'{workbook}<workbook xmlns="{space}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def cells_of(*texts: str) -> str:
    found = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row>{found}</row>"


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY l "aaaaaaaaaa">]>'


def test_external_and_swelling_entities_are_never_expanded(tmp_path: Path) -> None:
    head = cells_of("姓名", *(f"1月{day}日" for day in range(4, 11)))
    for entity in ("&e;", "&l;"):
        sheet = (
            f'{ENTITY}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{head}'
            f"{cells_of(entity, 'D')}</sheetData></worksheet>"
        )
        path = xml_book(tmp_path / "a.xlsx", sheet)
        try:
            texts = [cell for each in read_sheets(path) for row in each.cells for cell in row]
            assert not any("root" in text or "aaa" in text for text in texts)
        except InputError:
            pass
        with pytest.raises(InputError) as caught:
            read_roster(titled(), path)
        assert "root:" not in str(caught.value)


def test_a_sheet_of_a_million_rows_is_refused_in_one_message(tmp_path: Path) -> None:
    rows = '<row><c t="n"><v>1</v></c></row>' * 1_000_000
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    with pytest.raises(FileFault, match="far larger than any roster"):
        read_roster(titled(), xml_book(tmp_path / "a.xlsx", sheet))
    (tmp_path / "a.csv").write_text("a,b\n" * 1_000_000, encoding="utf-8")
    with pytest.raises(InputError, match="far larger than any roster"):
        read_roster(titled(), tmp_path / "a.csv")


def test_a_packed_sheet_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + " " * 5_000_000
    )
    path = xml_book(tmp_path / "a.xlsx", sheet)
    raw = path.read_bytes()
    size = len(sheet).to_bytes(4, "little")
    assert raw.count(size) == 2
    path.write_bytes(raw.replace(size, (100).to_bytes(4, "little")))
    with pytest.raises(InputError):
        read_roster(titled(), path)


def test_cells_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    rows = [["", *(datetime(2027, 1, day) for day in range(4, 11))], ["=cmd|' /C calc'!A0", "D"]]
    with pytest.raises(Faults, match="is not a person of the scenario"):
        read_roster(titled(), sheets.text(tmp_path / "a.csv", rows))


@pytest.mark.parametrize(
    "days", ["Mo Di Mi Do Fr Sa So", "Mo Tu We Th Fr Sa Su", "Mon Tue Wed Thu Fri Sat Sun"]
)
@pytest.mark.parametrize("head", ["{0} {1}", "{0}. {1}.", "{1} ({0})"])
def test_two_letters_of_a_weekday_beside_a_day_are_understood(tmp_path: Path, days: str, head: str) -> None:
    start = date(2026, 12, 28)
    on = [start + timedelta(days=number) for number in range(14)]
    heads = [head.format(days.split()[each.weekday()], each.day) for each in on]
    (tmp_path / "g.csv").write_text(",".join(["", *heads]) + "\nLi Na,D" + "," * 13 + "D\n", encoding="utf-8")
    found = read_roster(team(start), tmp_path / "g.csv")
    line = found.duties[[person.name for person in found.people].index("Li Na")]
    assert [day for day, duty in enumerate(line) if not duty.is_off] == [0, 13]


def test_weeks_of_german_weekdays_are_dated_by_their_number(tmp_path: Path) -> None:
    week = "Montag,Dienstag,Mittwoch,Donnerstag,Freitag,Samstag,Sonntag"
    text = f"KW 53,{week}\nLi Na,D,,,,,,\nKW 1,{week}\nLi Na,,,,,,,D\n"
    (tmp_path / "g.csv").write_text(text, encoding="utf-8")
    found = read_roster(team(date(2026, 12, 28)), tmp_path / "g.csv")
    line = found.duties[[person.name for person in found.people].index("Li Na")]
    assert [day for day, duty in enumerate(line) if not duty.is_off] == [0, 13]


def test_weekdays_without_a_date_are_not_guessed(tmp_path: Path) -> None:
    week = tuple("一二三四五六日")
    short = book(tmp_path, ("姓名", *week), ("张伟", "D"))
    with pytest.raises(FileFault, match="no sheet has a row of dates"):
        read_roster(team(weeks=2), short)
    shifted = book(tmp_path, ("姓名", *week[1:], week[0]), ("张伟", "D"))
    with pytest.raises(FileFault, match="no sheet has a row of dates"):
        read_roster(desk("张伟"), shifted)


def test_who_is_named_in_a_cell_and_unknown_is_a_fault_at_that_cell(tmp_path: Path) -> None:
    path = book(tmp_path, ("班次", *HEAD[1:]), ("D", "张伟、李四"), ("N", "", "张伟"))
    with pytest.raises(Faults, match="'李四' is not a person") as caught:
        read_roster(desk("张伟"), path)
    assert "B2" in str(caught.value)
    assert len(caught.value.faults) == 1


def test_two_parts_of_a_duty_stand_in_one_cell(tmp_path: Path) -> None:
    assert named(read_roster(desk("张伟"), one(tmp_path, "D/s", "D、s", "D", "s", "/", "", "N"))) == (
        "D+s D+s D s - - N"
    )
