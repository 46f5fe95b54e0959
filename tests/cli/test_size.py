"""`roster size`: what goes where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from roster.scenario import load
from tests.cli.conftest import Run
from tests.output.pages import sound
from tests.sizing.helpers import GOOD

KEYS = {
    "profile",
    "status",
    "range",
    "levels",
    "guidance",
    "tensions",
    "answering",
    "lead_time",
    "drivers",
    "files",
}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "clinic.yaml"
    file.write_text(f"{GOOD}go_live: 2027-09-01\n", encoding="utf-8")
    return file


def test_it_reports_and_writes_three_scenarios_that_load(run: Run, profile: Path, tmp_path: Path) -> None:
    out = tmp_path / "made" / "my.yaml"
    result = run("size", profile, "--out", out, "--today", "2026-11-22")
    assert result.exit_code == 0, result.output
    for words in (
        "How many",
        "What others have",
        "said plainly",
        "What it takes, and why",
        "Lead time to 2027-09-01",
    ):
        assert words in result.stdout
    names = {"my.yaml": "recommended", "my_lean.yaml": "lean", "my_comfortable.yaml": "comfortable"}
    assert {file.name for file in out.parent.iterdir()} == {*names, "my.html"}
    page = sound(out.with_suffix(".html").read_text(encoding="utf-8"), "en")
    assert f"{page.id('figure').attributes['value']} recommended" in page.one("p", "sentence").text
    assert len(page.id("range").all("svg")) == 7
    assert len(page.id("posts").one("tbody").all("tr")) == len(load(out).posts)
    for name, level in names.items():
        assert load(out.with_name(name)).name == f"clinic_{level}"
        assert name in result.stderr


def test_json_is_one_document_and_nothing_else(run: Run, profile: Path) -> None:
    result = run("size", profile, "--json", "--today", "2026-11-22")
    document = json.loads(result.stdout)
    assert set(document) >= KEYS
    assert result.stderr == ""
    assert document["status"] == "optimal"
    assert list(document["range"]) == ["lean", "recommended", "comfortable"]
    assert document["files"] == []
    assert all(post["reason"] for level in document["levels"] for post in level["posts"])


def test_quiet_is_one_line(run: Run, profile: Path) -> None:
    lines = run("size", profile, "-q").stdout.splitlines()
    assert len(lines) == 1
    assert "recommended" in lines[0]


def test_an_existing_file_is_kept_unless_forced(run: Run, profile: Path, tmp_path: Path) -> None:
    there = tmp_path / "my_lean.yaml"
    there.write_text("mine", encoding="utf-8")
    result = run("size", profile, "--out", tmp_path / "my.yaml")
    assert result.exit_code == 2
    assert "my_lean.yaml" in result.stderr
    assert there.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "my.yaml").exists()


def test_the_profile_is_never_overwritten(run: Run, profile: Path) -> None:
    before = profile.read_text(encoding="utf-8")
    result = run("size", profile, "--out", profile, "--force")
    assert result.exit_code == 2
    assert "the profile itself" in result.stderr
    assert profile.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["folder", "my.csv"])
def test_out_names_a_scenario_file(run: Run, profile: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    result = run("size", profile, "--out", tmp_path / name)
    assert result.exit_code == 2
    assert "such as my.yaml" in result.stderr


def test_all_faults_come_at_once_and_nothing_is_solved(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(GOOD.replace("beds: 300", "beds: 0") + "posts: {ai: 1}\nbudgt: 5\n", encoding="utf-8")
    result = run("size", file)
    assert result.exit_code == 2
    assert result.stdout == ""
    for words in ("3 faults", "beds", "posts.ai", "did you mean 'budget'"):
        assert words in result.stderr


def test_too_little_time_is_no_answer_and_not_an_impossibility(run: Run, profile: Path) -> None:
    result = run("size", profile, "--time-limit", "0.0001")
    assert result.exit_code == 3
    assert "impossible" not in result.stdout


def test_what_nobody_can_hold_is_a_no(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "few.yaml"
    few = "hire: {one: {skills: [ops, network, application, interface, security], most: 1}}\n"
    file.write_text(GOOD + few, encoding="utf-8")
    result = run("size", file)
    assert result.exit_code == 1
    assert "impossible" in result.stdout
