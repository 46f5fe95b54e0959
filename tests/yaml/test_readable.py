"""Faulty keys, names and values are shown short and visible, wherever they stand and whoever wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.errors import InputError
from roster.language import speaking
from roster.rosters.files import read_roster
from roster.rosters.leave_list import parse_leaves, read_leaves
from roster.scenario import load
from tests.scenario.helpers import GOOD_FILE

LONG = "x" * 300
WORDS = ("名字 " * 100).strip()
EVIL = "a\x07b\x1b[2Jc\u202ed"
READABLE = 420
"""Signs of a line of a message: one with all keys that there are is that long."""

SCENARIO = """
name: one
calendar: {start: 2027-01-04, weeks: 1}
employers: {own: {regime: cn_public_institution}}
roles: {a: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts: {p: {role: a, days: weekdays, window: 08:00-16:00}}
staff_types: {t: {skills: a}}
people: {Li: t}
absence: gross
"""

PLACES = [
    ("name: one", "name: one\n{}: 1"),
    ("{a: {}}", "{{}: {}}"),
    ("{D:", "{{}:"),
    ("{p:", "{{}:"),
    ("role: a,", "role: {},"),
    ("role: a,", "role: a, {}: 1,"),
    ("{t: {", "{{}: {"),
    ("skills: a", "skills: {}"),
    ("{Li:", "{{}:"),
    ("{Li: t", "{Li: {}"),
    ("cn_public_institution", "{}"),
    ("08:00-16:00", "{}"),
    ("2027-01-04", "{}"),
    ("absence: gross", "absence: gross\n{}: 1\n{}: 2"),
    ("absence: gross", "rules: {forbidden: [{}]}"),
    ("absence: gross", "title: !{} x"),
    ("name: one", "base: {}"),
]


def messages(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", [LONG, WORDS, EVIL], ids=["long", "words", "evil"])
@pytest.mark.parametrize(("place", "other"), PLACES)
def test_what_is_wrong_in_a_scenario_fits_a_screen(
    tmp_path: Path, place: str, other: str, name: str, language: str
) -> None:
    path = tmp_path / "one.yaml"
    quoted = '"' + name.replace("\x07", "\\a").replace("\x1b", "\\e").replace("\u202e", "\\u202e") + '"'
    quoted = LONG if "!" in other else quoted
    path.write_text(SCENARIO.replace(place, other.replace("{}", quoted, 2)), encoding="utf-8")
    with speaking(language):
        said = messages(path).replace(str(tmp_path), "")
    assert max(map(len, said.splitlines())) < READABLE
    assert all(sign.isprintable() or sign == "\n" for sign in said)
    if name is EVIL and "!" not in other:
        assert "U+0007" in said


ROWS = "date,person,type,duty\n{},{},{},{}\n"


@pytest.mark.parametrize("name", [LONG, WORDS, EVIL], ids=["long", "words", "evil"])
@pytest.mark.parametrize("place", range(4))
def test_what_is_wrong_in_a_roster_fits_a_screen(tmp_path: Path, place: int, name: str) -> None:
    problem, path = load(GOOD_FILE), tmp_path / "roster.csv"
    cells = [problem.dates.start.isoformat(), "Li", problem.types[0].name, "D"]
    cells[place] = name
    path.write_text(ROWS.format(*cells), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_roster(problem, path)
    said = str(caught.value).replace(str(tmp_path), "")
    assert max(map(len, said.splitlines())) < READABLE
    assert all(sign.isprintable() or sign == "\n" for sign in said)


@pytest.mark.parametrize("name", [LONG, EVIL], ids=["long", "evil"])
@pytest.mark.parametrize("place", range(3))
def test_what_is_wrong_in_a_list_of_leaves_fits_a_screen(tmp_path: Path, place: int, name: str) -> None:
    problem, path = load(GOOD_FILE), tmp_path / "leaves.csv"
    cells = ["Li", problem.dates.start.isoformat(), problem.dates.start.isoformat()]
    cells[place] = name
    path.write_text("person,from,to\n" + ",".join(cells) + "\n", encoding="utf-8")
    asked, faults = read_leaves(path)
    faults += parse_leaves(asked, ["Wu"], problem.dates)[1]
    assert faults
    for said in (str(fault).replace(str(tmp_path), "") for fault in faults):
        assert len(said) < READABLE
        assert said.isprintable()
