"""Where two shifts of one day are given as a duty, the message says how a split shift is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.errors import Faults
from roster.language import speaking
from roster.rosters.files import read_roster
from roster.scenario import load

HOME = """
name: home
calendar: {start: 2027-03-01, weeks: 1, time_zone: Asia/Tokyo}
employers: {h: {regime: eu_directive}}
roles: {a: {}}
shifts: {M: {start: 07:00, length: 4h}, A: {start: 16:00, length: 4h}, L: {start: 10:00, length: 4h}}
posts: {m: {role: a, window: 07:00-11:00}, e: {role: a, window: 16:00-20:00}}
staff_types: {a: {skills: a}}
people: {Ann: a}
absence: gross
"""
SPLIT = "a split shift is one shift: `shifts: {MA: {stretches: [07:00-11:00, 16:00-20:00]}}`"
HEAD = "date,weekday,person,type,employer,duty,presence,start,end,posts\n"
DAY = "2027-03-01,,Ann,a,h,{},on_site,,,\n"


def _told(tmp_path: Path, scenario: str, roster: str = "") -> str:
    path, file = tmp_path / "home.yaml", tmp_path / "roster.csv"
    path.write_text(scenario, encoding="utf-8")
    file.write_text(roster, encoding="utf-8")
    with speaking("en"), pytest.raises(Faults) as refused:
        read_roster(load(path), file)
    return " ".join(fault.message for fault in refused.value.faults)


@pytest.mark.parametrize("cell", ["M+A", "A+M", "MA", "M/A", "M A"])
def test_a_cell_of_two_shifts_is_told_how_to_write_a_split_shift(tmp_path: Path, cell: str) -> None:
    said = _told(tmp_path, HOME, HEAD + DAY.format(cell))
    assert SPLIT.partition("MA")[2] in said


def test_two_rows_of_a_day_are_too(tmp_path: Path) -> None:
    assert SPLIT in _told(tmp_path, HOME, HEAD + DAY.format("M") + DAY.format("A"))


def test_a_pin_of_two_shifts_is_too(tmp_path: Path) -> None:
    pinned = HOME.replace("Ann: a", "Ann: {type: a, pins: [{dates: 2027-03-02, duty: M+A}]}")
    assert SPLIT in _told(tmp_path, pinned)


@pytest.mark.parametrize("cell", ["M+L", "M+X", "Q"])
def test_shifts_at_the_same_time_and_unknown_ones_are_not(tmp_path: Path, cell: str) -> None:
    said = _told(tmp_path, HOME, HEAD + DAY.format(cell))
    assert "is not a duty" in said
    assert "split shift" not in said
