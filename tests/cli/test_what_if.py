"""`roster what-if` on the command line: verdict, exit codes, documents, files, and everything that is bad input."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import roster.scenario
from roster.cli import main
from roster.domain.problem import OFF, Problem
from roster.rosters.files import read_roster
from roster.rosters.leave_list import LeaveText, split_leave
from roster.rosters.rows import write_roster
from tests.cli.conftest import Run
from tests.output import sample

NAMES = ("Li Na", "Li Wei", "Wang Fang", "赵敏", "Chen", "Sun", "Zhou", "Wu")
CALM = "Li Na:2027-02-04..2027-02-05"
ALL_DESK = tuple(f"--leave={name}:2027-02-08..2027-02-09" for name in NAMES[:5])


@pytest.fixture
def problem(monkeypatch: pytest.MonkeyPatch) -> Problem:
    found = sample.problem(NAMES)
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: found)
    return found


@pytest.fixture
def csv_file(problem: Problem, tmp_path: Path) -> Path:
    write_roster(problem, sample.roster(problem), tmp_path / "roster.csv")
    return tmp_path / "roster.csv"


@pytest.fixture
def broken_file(problem: Problem, tmp_path: Path) -> Path:
    """A roster in which the first evening is nobody's."""
    lawful = sample.roster(problem)
    index = next(at for at, line in enumerate(lawful.duties) if line[0].name == "E")
    rows = list(lawful.duties)
    rows[index] = (OFF, *rows[index][1:])
    write_roster(problem, replace(lawful, duties=tuple(rows)), tmp_path / "broken.csv")
    return tmp_path / "broken.csv"


def test_leave_that_can_be_covered_exits_0_with_the_verdict_first(run: Run, csv_file: Path) -> None:
    result = run("what-if", "a.yaml", csv_file, "--leave", CALM)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[2].strip().startswith("Coverable:")
    assert "no rule broken" in result.stdout
    assert "Proof:" in result.stdout


def test_the_document_has_its_keys(run: Run, csv_file: Path) -> None:
    document = json.loads(run("what-if", "a.yaml", csv_file, "--leave", CALM, "--json").stdout)
    assert {"status", "verdict", "changed", "bound", "changes", "uncovered", "ways_out"} <= set(document)
    assert document["status"] == "optimal"
    assert document["changed"] == document["bound"] == len(document["changes"]) > 0
    assert {"date", "person", "from", "to", "why"} <= set(document["changes"][0])
    assert document["uncovered"] == document["ways_out"] == []


def test_files_are_written_and_the_new_roster_is_the_changed_one(
    run: Run, csv_file: Path, problem: Problem, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run("what-if", "a.yaml", csv_file, "--leave", CALM, "--out", out).exit_code == 0
    names = {
        "changes.csv",
        "roster.csv",
        "grid.csv",
        "coverage.csv",
        "hours.csv",
        "report.html",
        "what-if.json",
        "roster.xlsx",
        "roster.ics",
        "calendars",
        "oncall",
    }
    assert {file.name for file in out.iterdir()} == names
    changes = list(csv.DictReader((out / "changes.csv").read_text(encoding="utf-8-sig").splitlines()))
    before, after = read_roster(problem, csv_file), read_roster(problem, out / "roster.csv")
    assert {(row["date"], row["person"], row["from"], row["to"]) for row in changes} == {
        (before.horizon.on(day).isoformat(), person.name, old.name, new.name)
        for person, was, now in zip(before.people, before.duties, after.duties, strict=True)
        for day, (old, new) in enumerate(zip(was, now, strict=True))
        if old != new and not (person.name == "Li Na" and day in (3, 4))
    }


def test_leave_of_everybody_exits_1_and_names_what_stays_empty(
    run: Run, csv_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.questions.what_if.ways_out.SECONDS", 0.3)
    result = run("what-if", "a.yaml", csv_file, *ALL_DESK, "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["status"] == "infeasible"
    assert {"date", "post"} <= set(document["uncovered"][0])
    assert {row["date"] for row in document["uncovered"]} >= {"2027-02-08", "2027-02-09"}


def test_a_roster_that_breaks_rules_exits_1_unless_repaired(run: Run, broken_file: Path) -> None:
    refused = run("what-if", "a.yaml", broken_file, "--leave", "Chen:2027-02-24", "--quiet")
    assert refused.exit_code == 1
    assert refused.stdout == "The published roster breaks 1 rule already; nothing was changed.\n"
    assert "2027-02-01" in run("what-if", "a.yaml", broken_file, "--leave", "Chen:2027-02-24").stdout
    mended = run("what-if", "a.yaml", broken_file, "--repair", "--quiet")
    assert (mended.exit_code, mended.stdout[:10]) == (0, "Coverable:")


def test_out_of_time_exits_3(run: Run, csv_file: Path) -> None:
    result = run("what-if", "a.yaml", csv_file, "--leave", CALM, "--time-limit", "0.000001")
    assert result.exit_code == 3
    assert "neither a roster nor a proof" in result.stdout


def test_frozen_days_are_said_and_kept(run: Run, csv_file: Path) -> None:
    result = run("what-if", "a.yaml", csv_file, "--leave", CALM, "--freeze-until", "2027-02-04", "--json")
    document = json.loads(result.stdout)
    assert document["frozen_until"] == "2027-02-04"
    assert all(change["date"] > "2027-02-04" for change in document["changes"])


@pytest.mark.parametrize(
    ("leave", "words"),
    [
        ("Li Nq:2027-02-01..2027-02-02", "did you mean 'Li Na'?"),
        ("Li:2027-02-01..2027-02-02", "may be any of Li Na, Li Wei"),
        ("Wang:2027-02-01..2027-02-02", "did you mean 'Wang Fang'?"),
        ("Li Na:2027-02-05..2027-02-02", "before it starts"),
        ("Li Na:2026-01-31..2026-02-02", "outside the calendar"),
        ("Li Na:2027-03-01..2027-03-02", "outside the calendar"),
        ("Li Na:2027-02-30..2027-03-01", "2027-02-30"),
        ("Li Na 2027-02-01", "not of the form"),
        ("Li Na:", "not of the form"),
        (":2027-02-01", "not of the form"),
        ("Li Na:2027-02-01..", "not of the form"),
    ],
)
def test_each_bad_leave_is_one_clear_message(run: Run, csv_file: Path, leave: str, words: str) -> None:
    result = run("what-if", "a.yaml", csv_file, "--leave", leave)
    assert result.exit_code == 2
    assert "what-if: 1 fault\n" in result.stderr
    assert words in result.stderr
    assert result.stdout == ""


def test_all_faults_are_said_at_once(run: Run, csv_file: Path) -> None:
    leaves = ("--leave", CALM, "--leave", "li na:2027-02-05..2027-02-06", "--leave", "Nobody:x..y")
    result = run("what-if", "a.yaml", csv_file, *leaves, "--freeze-until", "2027-02-05")
    assert result.exit_code == 2
    assert "what-if: 5 faults" in result.stderr
    for words in ("already away", "'Nobody' is not in this roster", "everything is still frozen"):
        assert words in result.stderr


def test_leave_for_nobody_says_how_to_name_somebody(run: Run, csv_file: Path) -> None:
    result = run("what-if", "a.yaml", csv_file)
    assert result.exit_code == 2
    assert "nobody goes away" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_leave_file_may_be_chinese(run: Run, csv_file: Path, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "leaves.csv"
    file.write_bytes("note,to,from,person\r\n,2027/2/3,2027-02-03,赵敏\r\n".encode(encoding))
    document = json.loads(run("what-if", "a.yaml", csv_file, "--leave-file", file, "--json").stdout)
    assert document["leave"] == [{"person": "赵敏", "from": "2027-02-03", "to": "2027-02-03"}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("person,from,to\nLi Na,2027-02-01,2027-02-02\nXu,2027-02-01,2027-02-02\n", ("line 3", "'Xu'")),
        ("person,from,to\n,2027-02-01,2027-02-02\n", ("line 2", "the name is missing")),
        ("person,from\nLi Na,2027-02-01\n", ("no column 'to'",)),
        ("person,from,to\n", ("no leave in it",)),
        ("", ("no leave in it",)),
    ],
)
def test_a_bad_leave_file_is_told_by_its_rows(
    run: Run, csv_file: Path, tmp_path: Path, content: str, words: tuple[str, ...]
) -> None:
    file = tmp_path / "leaves.csv"
    file.write_text(content, encoding="utf-8")
    result = run("what-if", "a.yaml", csv_file, "--leave-file", file)
    assert result.exit_code == 2
    assert "leaves.csv" in result.stderr
    for word in words:
        assert word in result.stderr


def test_chinese_is_spoken(csv_file: Path) -> None:
    from click.testing import CliRunner

    result = CliRunner().invoke(main, ["what-if", "a.yaml", str(csv_file), "--leave", CALM, "--lang", "zh"])
    assert "可以顶上" in result.stdout
    assert "Coverable" not in result.stdout


def test_a_colon_of_either_width_parts_name_and_dates() -> None:
    assert split_leave("赵敏：2027-02-03") == LeaveText("", None, "赵敏", "2027-02-03", "2027-02-03")


def test_a_vendor_stands_in_where_it_is_allowed_and_the_new_roster_says_so(
    run: Run, problem: Problem, csv_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_posts = tuple(replace(post, vendor=True) for post in problem.posts)
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: replace(problem, posts=open_posts))
    refused = run("what-if", "a.yaml", csv_file, *ALL_DESK, "--json")
    assert refused.exit_code == 1
    out = tmp_path / "out"
    result = run("what-if", "a.yaml", csv_file, *ALL_DESK, "--allow", "vendor", "--json", "--out", out)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    sent = sum(row["people"] for row in document["vendor_days"])
    assert sent > 0
    assert document["changed"] == document["bound"] == sent + len(document["changes"])
    found = read_roster(replace(problem, posts=open_posts), out / "roster.csv")
    assert sum(each.number for each in found.stand_ins) == sent
    rows = list(csv.DictReader((out / "changes.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert sum(row["to"] == "stand-in" for row in rows) == sent
    checked = run("check", "a.yaml", out / "roster.csv", "--json")
    # The leave is not in the scenario; posts are all held.
    assert all(each["rule"] != "post" for each in json.loads(checked.stdout)["violations"])


def test_what_may_be_used_is_overtime_and_vendors_only(run: Run, csv_file: Path) -> None:
    result = run("what-if", "a.yaml", csv_file, "--leave", CALM, "--allow", "overtime,holidays")
    assert result.exit_code == 2
    assert "holidays" in result.output


def test_the_last_period_goes_on(run: Run, problem: Problem, csv_file: Path, tmp_path: Path) -> None:
    gap = run("check", "a.yaml", csv_file, "--before", csv_file)
    assert gap.exit_code == 2
    assert "day before" in gap.output
    weeks = problem.dates.weeks
    earlier = replace(
        problem, dates=replace(problem.dates, start=problem.dates.start - timedelta(days=7 * weeks))
    )
    write_roster(earlier, sample.roster(earlier), tmp_path / "last.csv")
    alone = json.loads(run("check", "a.yaml", csv_file, "--json").stdout)["violations"]
    after = json.loads(run("check", "a.yaml", csv_file, "--before", tmp_path / "last.csv", "--json").stdout)
    assert len(after["violations"]) >= len(alone)


def test_overtime_is_what_check_is_told(run: Run, csv_file: Path) -> None:
    plain = run("check", "a.yaml", csv_file, "-q")
    longer = run("check", "a.yaml", csv_file, "--overtime", "-q")
    assert (plain.exit_code, longer.exit_code) == (0, 0)
