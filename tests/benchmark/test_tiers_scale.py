"""Whole plans timed, and the headcount question at multiplied demand."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from roster.benchmark.growth import ROWS, problem_of
from roster.benchmark.rws.generate import walked
from roster.benchmark.scale import FACTORS, ScaleCase, answer, compared, scale_instance, scale_problem, scaled
from roster.benchmark.scale_report import largest, scale_line
from roster.benchmark.tiers import ProcessRun, Timed, run_roster, scenarios_of
from roster.cli import main
from roster.domain.outcome import SolveOptions, Status
from roster.domain.problem import Goal, Problem
from roster.errors import EngineError, FileFault
from roster.scenario import load

SCENARIOS = Path(__file__).parents[2] / "scenarios"
QUICK = SolveOptions(time_limit_s=30.0)


@pytest.fixture(scope="module")
def desk() -> Problem:
    return load(SCENARIOS / "desk_24x7.yaml")


def test_a_desk_of_two_seats_needs_as_many_as_the_hours_say(desk: Problem) -> None:
    # 2 x 168 h / 34.43 h = 9.8
    found = answer(scaled(desk, 2), QUICK)
    assert (found.status, found.value, found.bound) == (Status.OPTIMAL, 10, 10)


def test_scaling_multiplies_posts_people_and_seats_and_nothing_else() -> None:
    problem = load(SCENARIOS / "city_tertiary.yaml")
    larger = scaled(problem, 3)
    assert [post.people for post in larger.posts] == [3 * post.people for post in problem.posts]
    assert [(staff.minimum, staff.maximum) for staff in larger.types] == [
        (3 * staff.minimum, 3 * staff.maximum) for staff in problem.types
    ]
    assert [seat.maximum for seat in larger.seats] == [3 * seat.maximum for seat in problem.seats]
    assert replace(larger, posts=problem.posts, types=problem.types, seats=problem.seats) == problem
    assert scaled(replace(problem, goal=Goal.COST), 1).goal is Goal.IN_HOUSE


def test_a_rota_that_breaks_a_rule_stops_the_measuring(
    desk: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.benchmark.scale.rotations", lambda *_: [])
    with pytest.raises(EngineError):
        answer(desk, QUICK)


def test_every_factor_is_measured_against_the_first(desk: Problem) -> None:
    told: list[str] = []
    cases = scale_problem(desk, QUICK, 1, told.append)
    assert [case.factor for case in cases] == list(FACTORS)
    assert told == [f"desk_24x7 x{factor}" for factor in FACTORS]
    assert all(case.status is Status.OPTIMAL and case.value == case.bound for case in cases)
    assert [case.ratio for case in cases] == [case.wall_s / cases[0].wall_s for case in cases]


def test_a_published_instance_grows_with_its_employees() -> None:
    cases = scale_instance(walked(1), QUICK, 1)
    assert [case.value for case in cases] == [factor * (cases[0].value or 0) for factor in FACTORS]
    assert [case.ratio for case in cases] == [case.search_s / cases[0].search_s for case in cases]


def test_the_largest_factor_of_each_instance_is_what_counts() -> None:
    def case(name: str, factor: int, seconds: float) -> ScaleCase:
        return ScaleCase(name, factor, Status.OPTIMAL, 1, 1, seconds, seconds, seconds, seconds)

    cases = [
        *compared([case("a", 1, 2.0), case("a", 100, 3.0)]),
        *compared([case("b", 1, 4.0), case("b", 100, 2.0)]),
    ]
    assert [(found.instance, found.factor) for found in largest(cases)] == [("a", 100), ("b", 100)]
    assert scale_line(cases) == "a=x100:1.50 b=x100:0.50"


def test_a_process_is_timed_by_its_best_and_its_median_run() -> None:
    timed = Timed((ProcessRun(3.0, 1.0), ProcessRun(1.0, 2.0), ProcessRun(2.0, 6.0)))
    assert (timed.best_s, timed.wall_s, timed.cpu_s) == (1.0, 2.0, 2.0)


def test_tiers_plans_in_processes_of_their_own_and_keeps_the_files(tmp_path: Path) -> None:
    args = ["bench", "tiers", str(SCENARIOS / "desk_24x7.yaml"), "--repeat", "1", "--json"]
    found = CliRunner().invoke(main, [*args, "--out", str(tmp_path)])
    assert found.exit_code == 0, found.output
    document = json.loads(found.stdout)
    (case,) = document["cases"]
    assert case["instance"] == "desk_24x7"
    assert (case["status"], case["value"], case["bound"], case["proof"]) == ("optimal", 5, 5, "arithmetic")
    assert case["wall_s"] > document["summary"]["help"]["wall_s"] > 0
    assert document["summary"]["undecided"] == 0
    assert (tmp_path / "desk_24x7" / "roster.csv").is_file()


def test_a_table_of_tiers_is_printed_in_both_languages(tmp_path: Path) -> None:
    args = ["bench", "tiers", str(SCENARIOS / "desk_24x7.yaml"), "--repeat", "1"]
    english = CliRunner().invoke(main, ["--lang", "en", *args]).stdout
    assert "roster --help" in english
    assert "median" in english
    assert "最短" in CliRunner().invoke(main, ["--lang", "zh", *args]).stdout


@pytest.mark.parametrize("columns", ["80", "100"])
def test_the_scale_table_names_what_is_wanted(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    args = ["bench", "scale", str(SCENARIOS / "desk_24x7.yaml"), "--repeat", "1"]
    found = CliRunner().invoke(main, ["--lang", "en", *args])
    assert found.exit_code == 0, found.output
    assert [line.split()[:4] for line in found.stdout.splitlines() if line.startswith("desk")][-1] == [
        "desk_24x7",
        "x100",
        "488",
        "488",
    ]
    assert "at most 1.5" in " ".join(found.stdout.split())


def test_without_a_checkout_the_way_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="name scenario files"):
        scenarios_of(folder=tmp_path)
    (tmp_path / "county_hospital.yaml").touch()
    with pytest.raises(FileFault, match="name scenario files"):
        scenarios_of(folder=tmp_path)
    assert scenarios_of((), folder=tmp_path) == [tmp_path / "county_hospital.yaml"]


def test_a_faulty_scenario_is_bad_input_and_not_measured(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: [", encoding="utf-8")
    with pytest.raises(FileFault, match=r"a\.yaml"):
        run_roster("plan", str(tmp_path / "a.yaml"))


def test_the_package_runs_as_a_module() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "roster", "--help"], capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith("Usage: roster ")


@pytest.mark.parametrize("grows", ROWS)
def test_what_grows_is_as_large_as_said_and_nothing_else_is(grows: str) -> None:
    make, (small, *_, large) = ROWS[grows]
    fewer, more = (problem_of(grows, make(size)) for size in (small, large))
    counted = {
        "types": lambda problem: len(problem.types) - 1,
        "shifts": lambda problem: len(problem.shifts),
        "posts": lambda problem: len(problem.posts),
        "campuses": lambda problem: len(problem.sites),
        "weeks": lambda problem: problem.dates.weeks,
    }
    assert (counted[grows](fewer), counted[grows](more)) == (small, large)
    if grows in ("shifts", "posts", "weeks"):
        assert len(fewer.types) == len(more.types) == 1


def test_growth_is_told_beside_what_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roster.benchmark.growth.ROWS", {"posts": (ROWS["posts"][0], (1, 3))})
    result = CliRunner().invoke(main, ["bench", "scale", "--growth", "--json"])
    assert result.exit_code == 0
    cases = json.loads(result.stdout)["cases"]
    # A seat around the clock takes 168 h / 34.43 h = 4.9 people; two of them and one by day 392 h / 34.43 h = 11.4.
    assert [(case["value"], case["bound"], case["linear"]) for case in cases] == [(5, 5, 1), (12, 12, 3)]
    assert cases[0]["ratio"] == 1
    assert cases[1]["ratio"] == pytest.approx(cases[1]["cpu_s"] / cases[0]["cpu_s"], rel=0.01)
