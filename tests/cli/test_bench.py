"""`roster bench`: what it prints, and by which exit code it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from roster.benchmark.calendar.run import Case
from roster.benchmark.rws.format import dumps
from roster.benchmark.rws.generate import SMALL, generate, walked
from roster.cli import bench_calendar
from tests.cli.conftest import Run


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    file = tmp_path / "walked.txt"
    file.write_text(dumps(walked(1, SMALL)), encoding="utf-8")
    return file


def test_a_table_and_its_summary(run: Run, instance: Path) -> None:
    result = run("bench", "rws", instance, "--fewest", "--weekends")
    assert result.exit_code == 0
    assert "free weekends" in result.stdout
    assert "1 instances: 1 with a rota, 0 proven to have none, 0 undecided" in result.stdout


def test_generated_instances_need_no_files(run: Run) -> None:
    first, second = (run("bench", "rws", "--generated", "3", "--seed", "5", "--json") for _ in range(2))
    documents = [json.loads(result.stdout) for result in (first, second)]
    names = [[(case["instance"], case["status"]) for case in document["cases"]] for document in documents]
    assert names[0] == names[1]
    assert len(names[0]) == 3


def test_ways_out_are_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "none.txt"
    file.write_text(dumps(generate(3).with_employees(2)), encoding="utf-8")
    result = run("bench", "rws", file, "--explain")
    assert "2 employees are too few" in result.stdout


@pytest.mark.parametrize("text", ["", "7\n3\n", "7\n3\n1\n1 1 1 1 1 1 x\n"])
def test_a_broken_file_is_one_message_with_its_line_and_exit_code_2(
    run: Run, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "broken.txt"
    file.write_text(text, encoding="utf-8")
    result = run("bench", "rws", file)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "broken.txt: 1 fault\n  line " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_file_is_exit_code_2(run: Run, tmp_path: Path) -> None:
    assert run("bench", "rws", tmp_path / "no.txt").exit_code == 2


def test_an_open_answer_is_exit_code_3(run: Run, instance: Path) -> None:
    assert run("bench", "rws", instance, "--time-limit", "1e-9").exit_code == 3


def test_rotas_go_to_a_folder(run: Run, instance: Path, tmp_path: Path) -> None:
    assert run("bench", "rws", instance, "--out", tmp_path / "out").exit_code == 0
    assert {len(line) for line in (tmp_path / "out" / "walked.txt").read_text().splitlines()} == {7}


def test_the_same_instance_a_hundredfold(run: Run, instance: Path) -> None:
    result = run("bench", "scale", instance, "--json")
    assert [case["status"] for case in json.loads(result.stdout)["cases"]] == ["optimal"] * 5


def test_the_engine_beside_other_models(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tiny.txt"
    file.write_text(dumps(walked(2, (2, 3))), encoding="utf-8")
    result = run("bench", "compare", file, "--time-limit", "1")
    assert result.exit_code == 0
    assert "add_automaton on the word" in result.stdout


def test_a_year_is_measured_without_cross_training(run: Run) -> None:
    """Of a calendar long enough for classes, not every case is searched for itself."""
    scenario = Path(__file__).parents[2] / "scenarios" / "county_two_people.yaml"
    result = run("bench", "resilience", scenario, "--weeks", "1,9", "--workers", "1", "--json")
    assert result.exit_code == 0, result.output
    week, longer = json.loads(result.stdout)["cases"]
    assert (week["days"], longer["days"]) == (7, 63)
    assert week["asked"] == week["absences"] == week["people"] * (7 + 1)
    assert 0 < longer["asked"] < longer["absences"]
    assert week["training_wall_s"] == 0


@pytest.mark.parametrize("weeks", ["x", "4,,5", "0", "105"])
def test_weeks_that_are_none_exit_2(run: Run, weeks: str) -> None:
    result = run("bench", "resilience", "--weeks", weeks)
    assert result.exit_code == 2
    assert "no list of weeks" in result.stderr


def test_seven_digits_of_points_are_shown_whole_and_apart() -> None:
    case = Case(
        name="team 500",
        people=500,
        days=28,
        status="feasible",
        value=1163840.25,
        given=0.0,
        empty_hours=0.0,
        filled_s=1.0,
        claimed=1163840.25,
        bound=1157190.004,
        best_known=None,
        wall_s=120.0,
        cpu_s=230.0,
        reached_s=119.0,
        reached_cpu_s=119.0,
        first_s=4.0,
        columns=9,
        broken=(),
    )
    assert bench_calendar._row(case).split()[2:6] == ["500", "28", "1163840.25", "1157190"]
