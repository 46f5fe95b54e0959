"""`roster service` on the command line: documents, files, exit codes, and everything that is bad input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from roster.output.folders.service import ROSTER
from roster.scenario import load
from tests.cli.conftest import Run

COUNTY = Path(__file__).parents[2] / "scenarios" / "county_hospital.yaml"


def test_the_document_has_its_keys_and_its_figures_add_up(run: Run, tmp_path: Path) -> None:
    result = run("service", COUNTY, "--headcount", 2, "--json", "--out", tmp_path, "--time-limit", 10)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert {"held", "partly", "empty", "next_hire", "levels"} <= set(document)
    assert document["status"] in ("optimal", "feasible")
    posts = [post for state in ("held", "partly", "empty") for post in document[state]]
    assert {post["post"] for post in posts} == set(load(COUNTY).post)
    missing = sum(post["wanted_minutes"] - post["held_minutes"] for post in posts)
    assert missing == sum(level["empty_minutes"] for level in document["levels"]) > 0
    assert all(level["bound_minutes"] <= level["empty_minutes"] for level in document["levels"])
    assert set(document["next_hire"]["best"]) <= set(load(COUNTY).type)
    files = {"service.csv", "rotation.csv", "service.json"}
    assert {file.name for file in tmp_path.iterdir()} == {*files, *ROSTER}
    checked = run("check", COUNTY, tmp_path / "roster.csv", "--json")
    found = json.loads(checked.stdout)
    assert {one["rule"] for one in found["violations"]} <= {"post"}
    assert found["empty"] == document["partial"]["empty"]
    rows = list(csv.DictReader((tmp_path / "service.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["post"] for row in rows if row["weekday"]} == {
        post["post"] for post in (*document["partly"], *document["empty"])
    }


def test_the_report_says_the_answer_first_in_both_languages(run: Run) -> None:
    english = run("service", COUNTY, "--by-type", "ops_duty=1", "--time-limit", 60)
    assert english.stdout.splitlines()[2].strip().startswith("With 1 person:")
    assert "Priority 1: 64 h a week stay empty" in english.stdout
    chinese = run("service", COUNTY, "--by-type", "ops_duty＝1", "--lang", "zh", "--time-limit", 60)
    assert "1 人" in chinese.stdout.splitlines()[2]
    assert "proven" not in chinese.stdout


def test_enough_people_hold_everything(run: Run) -> None:
    result = run("service", COUNTY, "--headcount", 4, "--quiet")
    assert (result.exit_code, "every post is held" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), ("who is there?",)),
        (("--headcount", "0"), ("at least 1",)),
        (("--headcount", "-3"), ("at least 1",)),
        (("--headcount", "1000000"), ("at most 100000",)),
        (
            ("--by-type", "ops_dutty=2,x,network_application=-1"),
            ("did you mean 'ops_duty'?", "'x' is not", "3 faults"),
        ),
        (("--by-type", "ops_duty=0"), ("at least 1",)),
        (("--by-type", "ops_duty=1,ops_duty=2"), ("there twice",)),
        (("--people", "Li Na"), ("names nobody",)),
        (("--headcount", "2", "--by-type", "ops_duty=1"), ("in two ways",)),
        (("--headcount", "2", "--first", "night_cal"), ("did you mean 'night_call'?",)),
    ],
)
def test_bad_input_is_told_with_a_way_out(run: Run, options: tuple[str, ...], words: tuple[str, ...]) -> None:
    result = run("service", COUNTY, *options)
    assert result.exit_code == 2
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr


def test_people_are_called_by_name(run: Run, tmp_path: Path) -> None:
    text = COUNTY.read_text(encoding="utf-8") + "\npeople: {Li Na: ops_duty, 王芳: network_application}\n"
    file = tmp_path / "named.yaml"
    file.write_text(text.replace("count: {min: 1}", ""), encoding="utf-8")
    named = json.loads(run("service", file, "--people", "王芳", "--json", "--time-limit", 10).stdout)
    assert named["given"] == {"total": None, "by_type": {"network_application": 1}}
    everybody = json.loads(run("service", file, "--json", "--time-limit", 10).stdout)
    assert everybody["given"]["by_type"] == {"ops_duty": 1, "network_application": 1}
    wrong = run("service", file, "--people", "Li Nq")
    assert (wrong.exit_code, "did you mean 'Li Na'?" in wrong.stderr) == (2, True)
