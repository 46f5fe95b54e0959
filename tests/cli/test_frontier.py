"""`roster frontier` on the command line: documents, files, exit codes, and everything that is bad input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
DESK = SCENARIOS / "desk_24x7.yaml"
TERTIARY = SCENARIOS / "city_tertiary.yaml"
BUY = ("--may-buy", "seat")


def test_the_document_has_its_keys_and_the_costs_add_up(run: Run, tmp_path: Path) -> None:
    result = run("frontier", DESK, *BUY, "--fee", "seat=20000", "--json", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["status"] == "optimal"
    assert document["points"]
    for point in document["points"]:
        assert {"in_house", "vendor", "cost", "bought"} <= set(point)
        assert point["cost"] == sum(point["costs"].values())
        assert point["costs"]["seats"] == sum(offer["fee"] for offer in point["bought"])
        assert point["in_house"] == sum(point["by_type"].values())
    assert {one["fee_origin"] for one in document["break_even"]} == {"option"}
    assert all(one["pays"] is (one["fee"] < one["break_even"]) for one in document["break_even"])
    rows = list(csv.DictReader((tmp_path / "frontier.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [int(row["cost"]) for row in rows] == [point["cost"] for point in document["points"]]
    assert {file.name for file in tmp_path.iterdir()} == {
        "frontier.csv",
        "break_even.csv",
        "report.html",
        "frontier.json",
    }


def test_the_report_says_the_answer_first_and_what_is_assumed(run: Run) -> None:
    english = run("frontier", DESK, *BUY)
    assert (
        english.stdout.splitlines()[2].strip().startswith("5 people in-house")
        or "From 5 people" in english.stdout
    )
    assert "Fees marked * are assumed" in english.stdout
    chinese = run("frontier", DESK, *BUY, "--lang", "zh")
    assert "带 * 的费用为假设" in chinese.stdout
    assert "assumed" not in chinese.stdout


def test_a_plan_has_make_or_buy_beside_it(run: Run, tmp_path: Path) -> None:
    scenario, out, alone = tmp_path / "desk.yaml", tmp_path / "out", tmp_path / "alone"
    text = DESK.read_text(encoding="utf-8").replace(
        "role: monitor, window", "vendor: true, role: monitor, window"
    )
    scenario.write_text(text, encoding="utf-8")
    assert run("frontier", scenario, "--out", alone).exit_code == 0
    result = run("plan", scenario, "--frontier", "--out", out)
    assert result.exit_code == 0, result.output
    for name in ("frontier.csv", "break_even.csv"):
        assert (out / name).read_bytes() == (alone / name).read_bytes()
    rows = list(csv.DictReader((out / "frontier.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) > 1
    assert int(rows[0]["in_house"]) == 5
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count('class="point"') == len(rows)
    for row in rows:
        assert f"{int(row['cost']):,}" in page
        assert f"{int(row['cost']):,}" in result.stdout
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert [point["cost"] for point in document["frontier"]["points"]] == [int(row["cost"]) for row in rows]
    assert str(out / "frontier.csv") in document["files"]
    assert run("plan", scenario, "--out", out).exit_code == 0
    told = run("plan", scenario, "--out", out)
    assert "frontier.csv" in told.stderr
    assert 'class="point"' not in (out / "report.html").read_text(encoding="utf-8")


def test_nothing_for_sale_is_said(run: Run) -> None:
    result = run("frontier", DESK, "--quiet")
    assert (result.exit_code, result.stdout[:22]) == (0, "Nothing may be bought:")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--may-buy", "securty"), ("did you mean 'security'?",)),
        (("--may-buy", "security"), ("core work or of an exclusive role",)),
        (("--release", "opss"), ("did you mean 'ops'?",)),
        (("--fee", "monitor_seat"), ("not of the form NAME=AMOUNT",)),
        (("--fee", "monitor_seat=-5"), ("not of the form NAME=AMOUNT",)),
        (("--fee", "monitor_servce=5"), ("did you mean 'monitor_service'?",)),
        (("--fee", "monitor_seat=5", "--fee", "monitor_seat=6"), ("there twice",)),
        (("--staff", "0", "--release", "x"), ("has at least 1", "2 faults")),
    ],
)
def test_bad_input_is_told_with_a_way_out(run: Run, options: tuple[str, ...], words: tuple[str, ...]) -> None:
    result = run("frontier", TERTIARY, *options)
    assert result.exit_code == 2
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr


def test_out_of_time_exits_3(run: Run) -> None:
    result = run("frontier", DESK, *BUY, "--time-limit", "0.000001", "--quiet")
    assert (result.exit_code, "No answer within the time limit" in result.stdout) == (3, True)
