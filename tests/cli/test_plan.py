"""`roster plan`: what goes where, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from roster.domain.outcome import Outcome, SolveOptions, Status
from roster.output.folders.plan import FILES
from tests.cli.conftest import Answer, Run
from tests.output import sample

KEYS = {
    "scenario",
    "status",
    "headcount",
    "bound",
    "proof",
    "ladder",
    "cost",
    "limits",
    "seconds",
    "versions",
    "seed",
    "files",
}
"""Promised in design.md section 5; more may be added."""


def status(given: Status) -> Answer:
    return lambda problem, options, progress: sample.outcome(problem, given)


@pytest.mark.parametrize(
    ("given", "code"),
    [(Status.OPTIMAL, 0), (Status.FEASIBLE, 0), (Status.INFEASIBLE, 1), (Status.UNKNOWN, 3)],
)
@pytest.mark.parametrize("flags", [(), ("--json",), ("--quiet",)])
def test_the_status_decides_the_exit_code(
    run: Run, answers: Callable[[Answer], None], given: Status, code: int, flags: tuple[str, ...]
) -> None:
    answers(status(given))
    assert run("plan", "a.yaml", *flags).exit_code == code


@pytest.mark.parametrize("given", Status)
def test_json_is_one_document_with_the_promised_keys_and_nothing_else(
    run: Run, answers: Callable[[Answer], None], given: Status
) -> None:
    answers(status(given))
    result = run("plan", "a.yaml", "--json")
    document = json.loads(result.stdout)
    assert set(document) >= KEYS
    assert document["status"] == given.value
    assert result.stderr == ""


def test_the_document_says_how_many_and_why(run: Run, answers: Callable[[Answer], None]) -> None:
    answers(status(Status.OPTIMAL))
    document = json.loads(run("plan", "a.yaml", "--json", "--seed", "7").stdout)
    assert document["headcount"]["total"] == document["bound"] == 8
    assert document["headcount"]["seats"] == {"desktop-seat": 1}
    assert document["proof"] == {
        "kind": "arithmetic",
        "reason": "The desk needs 168 h a week; one person supplies 34.4 h: 5 people.",
        "confirmed": "confirmed by HiGHS",
        "scope": "every roster",
    }
    assert document["ladder"][0] == {"name": "bare", "status": "optimal", "headcount": 7, "bound": 7}
    assert document["seed"] == 7
    assert document["files"] == []
    assert set(document["versions"]) >= {"roster", "python", "ortools"}


def test_the_document_is_the_same_in_every_language(run: Run, answers: Callable[[Answer], None]) -> None:
    answers(status(Status.OPTIMAL))
    assert json.loads(run("plan", "a.yaml", "--json", "--lang", "zh").stdout) == json.loads(
        run("plan", "a.yaml", "--json").stdout
    )


def test_options_reach_the_question(run: Run, answers: Callable[[Answer], None]) -> None:
    seen: list[SolveOptions] = []

    def answer(problem: object, options: SolveOptions, progress: object) -> Outcome:
        seen.append(options)
        assert progress is None, "nobody watches a pipe"
        return sample.outcome(sample.problem())

    answers(answer)
    run("plan", "a.yaml", "--time-limit", "2.5", "--workers", "3", "--seed", "4")
    assert seen == [SolveOptions(2.5, 3, 4)]
    run("plan", "a.yaml", "--time-limit", "2.5", "--polish", "30")
    assert (seen[-1].polish_s, seen[-1].time_limit_s) == (30.0, 32.5)


def test_files_are_written_and_told_on_stderr(
    run: Run, answers: Callable[[Answer], None], tmp_path: Path
) -> None:
    answers(status(Status.OPTIMAL))
    result = run("plan", "a.yaml", "--out", tmp_path / "result")
    assert sorted(file.name for file in (tmp_path / "result").iterdir()) == sorted(FILES)
    assert "roster.csv, grid.csv" in result.stderr
    assert "8 people in-house" in result.stdout
    document = json.loads((tmp_path / "result" / "plan.json").read_text(encoding="utf-8"))
    assert document["files"] == [str(tmp_path / "result" / name) for name in FILES]


def test_an_impossible_scenario_leaves_older_files_and_says_so(
    run: Run, answers: Callable[[Answer], None], tmp_path: Path
) -> None:
    (tmp_path / "roster.csv").write_text("mine")
    answers(status(Status.INFEASIBLE))
    result = run("plan", "a.yaml", "--out", tmp_path)
    assert (tmp_path / "roster.csv").read_text() == "mine"
    assert "no part of this one: roster.csv" in result.stderr
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["files"] == [
        str(tmp_path / "report.html"),
        str(tmp_path / "plan.json"),
        str(tmp_path / "proof.json"),
    ]


def test_a_folder_that_cannot_be_written_is_bad_input(
    run: Run, answers: Callable[[Answer], None], tmp_path: Path
) -> None:
    answers(status(Status.OPTIMAL))
    (tmp_path / "file").write_text("mine")
    result = run("plan", "a.yaml", "--out", tmp_path / "file" / "result")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.output


def test_quiet_is_one_line(run: Run, answers: Callable[[Answer], None], tmp_path: Path) -> None:
    answers(status(Status.OPTIMAL))
    result = run("plan", "a.yaml", "--quiet", "--out", tmp_path)
    assert result.stdout == "8 people in-house, 1 vendor seat: the proven minimum.\n"
    assert result.stderr == ""


def test_a_roster_that_breaks_a_rule_never_leaves_the_program(
    run: Run, answers: Callable[[Answer], None], tmp_path: Path
) -> None:
    def answer(problem: object, options: object, progress: object) -> Outcome:
        outcome = sample.outcome(sample.problem())
        assert outcome.plan is not None
        roster = outcome.plan.roster
        off = tuple(sample.OFF for _ in roster.duties[0])
        broken = replace(roster, duties=(off, *roster.duties[1:]))
        return replace(outcome, plan=replace(outcome.plan, roster=broken))

    answers(answer)
    result = run("plan", "a.yaml", "--out", tmp_path / "result")
    assert result.exit_code == 70
    assert "fails the independent check" in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "result").exists()


def test_files_written_through_a_link_are_told_by_the_folder_they_are_in(
    run: Run, answers: Callable[[Answer], None], tmp_path: Path
) -> None:
    answers(status(Status.OPTIMAL))
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    result = run("plan", "a.yaml", "--out", link / "result")
    assert result.exit_code == 0
    assert str(real / "result") in result.stderr
    assert str(link) not in result.stderr
    document = json.loads(run("plan", "a.yaml", "--json", "--out", link).stdout)
    assert str(real / "roster.csv") in document["files"]
