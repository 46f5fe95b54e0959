"""`roster swap` and `roster diff` on the command line: options understood, files written, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import roster.scenario
from roster.rosters.rows import write_roster
from tests.cli.conftest import Run
from tests.output import sample

NAMES = ("Li Na", "Li Wei", "Wang Fang", "赵敏", "Chen", "Sun", "Zhou", "Wu")


@pytest.fixture
def csv_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    problem = sample.problem(NAMES)
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: problem)
    write_roster(problem, sample.roster(problem), tmp_path / "roster.csv")
    return tmp_path / "roster.csv"


def test_a_swap_is_found_written_and_checked(run: Run, csv_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("swap", "a.yaml", csv_file, "--person", "wang fang", "--date", "2027-02-01", "--out", out)
    assert result.exit_code == 0, result.output
    assert "Wang Fang can hand over N on 2027-02-01 Mon" in " ".join(result.stdout.split())
    assert run("check", "a.yaml", out / "roster.csv", "-q").exit_code == 0
    found = json.loads(run("diff", "a.yaml", csv_file, out / "roster.csv", "--json").stdout)
    assert ("Wang Fang", "2027-02-01") in {(cell["person"], cell["date"]) for cell in found["cells"]}
    assert found["came"] == []


def test_with_somebody_the_rule_against_it_is_told(run: Run, csv_file: Path) -> None:
    arguments = ("swap", "a.yaml", csv_file, "--person", "Wang Fang", "--date", "2027-02-02", "--with", "Sun")
    result = run(*arguments)
    assert result.exit_code == 1
    assert "Sun takes N" in result.stdout
    document = json.loads(run(*arguments, "--json").stdout)
    assert document["options"]
    assert all(option["broken"] for option in document["options"])


def test_a_file_of_requests_is_answered_together(run: Run, csv_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_text("person,date,with,for\nWang Fang,2027-02-01,,\nLi Na,2027/2/4,,\n", encoding="utf-8")
    result = run("swap", "a.yaml", csv_file, "--requests", file, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "2 of 2 requests granted" in result.stdout
    assert run("check", "a.yaml", tmp_path / "out" / "roster.csv", "-q").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name --person and --date"),
        (("--person", "Li Naa", "--date", "2027-02-01"), "did you mean 'Li Na'"),
        (("--person", "Li Na", "--date", "2027-02-01"), "Li Na has no duty on 2027-02-01"),
        (("--person", "Li Na", "--date", "2028-02-01"), "outside the calendar"),
        (("--person", "Li Na", "--date", "soon"), "is not a date"),
        (("--person", "Li Na", "--date", "soon"), "swap: 1 fault"),
        (
            ("--person", "Wang Fang", "--date", "2027-02-01", "--with", "Wang Fang"),
            "Wang Fang cannot exchange with Wang Fang",
        ),
    ],
)
def test_what_cannot_be_asked_is_one_message(
    run: Run, csv_file: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = run("swap", "a.yaml", csv_file, *arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_two_rosters_are_compared_in_text_json_and_on_a_page(
    run: Run, csv_file: Path, tmp_path: Path
) -> None:
    same = run("diff", "a.yaml", csv_file, csv_file)
    assert same.exit_code == 0
    assert "The two rosters are the same." in same.stdout
    lines = csv_file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    (tmp_path / "b.csv").write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    result = run("diff", "a.yaml", csv_file, tmp_path / "b.csv", "--out", tmp_path / "out")
    assert "Findings that came" in result.stdout
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["diff.html", "diff.json"]
    assert run("diff", "a.yaml", csv_file, tmp_path / "b.csv", "-q").stdout.startswith("1 cell differ")
