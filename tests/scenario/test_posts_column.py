"""The posts column and the other columns of a hand-edited roster.csv: they count as written, or are a fault."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from roster.domain.problem import Person, Post, Problem
from roster.errors import Faults
from roster.output.examined_roster import examine
from roster.output.folders.roster import Export, export
from roster.rosters.files import read_found, read_roster
from tests.checker.worlds import staff, world
from tests.rosters.test_files import desk, saved

HEAD = "date,person,duty,posts\n"


def wards() -> Problem:
    posts = (
        Post("ward1", ("ops",), 8 * 60, 8 * 60, title="Ward one"),
        Post("ward2", ("ops",), 8 * 60, 8 * 60, title="Ward two"),
    )
    return world(staff(), posts=posts, people=(Person("A", "ops"), Person("B", "ops")))


def every_day(first: str, second: str) -> str:
    days = [f"2027-01-{day:02d}" for day in range(4, 11)]
    return HEAD + "".join(f"{day},A,D,{first}\n{day},B,D,{second}\n" for day in days)


@pytest.mark.parametrize(
    "written", [("ward2", "ward1"), ("Ward two", "Ward one"), ("ward2", ""), (" ward2 ；", "ward1")]
)
def test_who_holds_what_is_as_written_and_exported_so(tmp_path: Path, written: tuple[str, str]) -> None:
    problem = wards()
    found = read_found(problem, saved(tmp_path, every_day(*written)))
    assert found.posts[0, 0, 0] == ("ward2",)
    examined = examine(problem, found.roster, found.posts)
    assert examined.violations == ()
    assert {row.post: row.by for row in examined.cover if row.day == 0} == {"ward1": ("B",), "ward2": ("A",)}
    export(Export(examined, tmp_path / "a.yaml", tmp_path / "out", tmp_path / "roster.csv"), ["csv"])
    with (tmp_path / "out" / "roster.csv").open(encoding="utf-8-sig") as stream:
        rows = [(row["person"], row["posts"]) for row in csv.DictReader(stream)]
    assert set(rows) == {("A", "ward2"), ("B", "ward1")}


def test_what_cannot_be_stays_as_written_and_is_a_finding(tmp_path: Path) -> None:
    problem = wards()
    found = read_found(problem, saved(tmp_path, every_day("ward1", "ward1")))
    examined = examine(problem, found.roster, found.posts)
    assert {violation.rule for violation in examined.violations} == {"posts_column", "post"}
    export(Export(examined, tmp_path / "a.yaml", tmp_path / "out", tmp_path / "roster.csv"), ["csv"])
    assert (tmp_path / "out" / "roster.csv").read_text(encoding="utf-8-sig").count(",ward1") == 14


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("employer", "hospital", ""),
        ("employer", "other", "'other' is not the employer of Li, who is hospital's"),
        ("start", "2027-01-04T08:00+08:00", ""),
        ("start", "2027-01-04T00:00Z", ""),
        ("start", "2027-01-04T08:00+01:00", "is not when D starts"),
        ("end", "2027-01-04T09:00+01:00", ""),
    ],
)
def test_an_employer_and_an_offset_may_not_contradict(
    tmp_path: Path, column: str, value: str, words: str
) -> None:
    path = saved(tmp_path, f"date,person,duty,{column}\n2027-01-04,Li,D,{value}\n")
    problem = desk("Li")
    if not words:
        assert read_roster(problem, path).duties[0][0].name == "D"
        return
    with pytest.raises(Faults, match=words):
        read_roster(problem, path)


def test_summer_time_of_the_zone_itself_is_no_contradiction(tmp_path: Path) -> None:
    problem = desk("Li")
    problem = replace(problem, dates=replace(problem.dates, time_zone="Europe/Berlin"))
    path = saved(tmp_path, "date,person,duty,start\n2027-01-04,Li,D,2027-01-04T08:00+01:00\n")
    assert read_roster(problem, path).duties[0][0].name == "D"
    wrong = saved(tmp_path, "date,person,duty,start\n2027-01-04,Li,D,2027-01-04T08:00+02:00\n")
    with pytest.raises(Faults, match="is not when D starts"):
        read_roster(problem, wrong)
