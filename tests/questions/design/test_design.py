"""Shifts chosen with the headcount: against every subset of kinds, against demand made of known shifts, and told."""

from __future__ import annotations

import json
import math
import random
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from roster.checker import check_roster
from roster.cli import main
from roster.domain.outcome import Outcome, Proof, ProofKind, SolveOptions, Status
from roster.domain.problem import Goal, Problem
from roster.engine.design.choose import Choice, bound, simplest
from roster.engine.design.pool import fitting
from roster.engine.design.shift_program import week_program
from roster.errors import Faults
from roster.questions.design.answer import Tried, design, settled
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load

QUICK = SolveOptions(20, 8, 1, polish_s=0.1)
TEXT = """
name: tiny
calendar: {{start: 2027-01-04, weeks: 2}}
employers: {{own: {{regime: eu_directive}}}}
roles: {{ops: {{}}}}
shifts: {{choose: {choose}}}
posts: {{desk: {{role: ops, demand: {demand}}}}}
staff_types:
  full: {{skills: ops, weekly_hours: 40, cost: 4000}}
  part: {{skills: ops, weekly_hours: 20, cost: 2100}}
objective: {goal}
"""


def scenario(folder: Path, choose: str, demand: str, goal: str = "people") -> Problem:
    (folder / "s.yaml").write_text(TEXT.format(choose=choose, demand=demand, goal=goal), encoding="utf-8")
    return load(folder / "s.yaml", held=False)


TWO_STEPS = "{weekdays: {08:00-12:00: 1, 12:00-16:00: 2}}"


@pytest.mark.parametrize(
    ("choose", "demand", "goal"),
    [
        ("{starts: [08:00, 12:00], lengths: [4h, 8h], at_most: 2}", "{weekdays: {08:00-16:00: 1}}", "people"),
        ("{starts: [08:00, 12:00], lengths: [4h, 8h], at_most: 1}", TWO_STEPS, "cost"),
        ("{starts: [06:00, 10:00, 14:00], lengths: [8h], at_most: 2}", "{daily: {06:00-22:00: 1}}", "cost"),
    ],
)  # fmt: skip
def test_it_is_the_best_of_every_subset(tmp_path: Path, choose: str, demand: str, goal: str) -> None:
    problem = scenario(tmp_path, choose, demand, goal)
    assert problem.design is not None
    found = design(problem, QUICK)
    assert found.outcome.plan is not None
    assert found.outcome.status is Status.OPTIMAL
    assert not check_roster(found.problem, found.outcome.plan.roster)

    def value(outcome) -> float:  # type: ignore[no-untyped-def]
        if outcome.plan is None:
            return math.inf
        return outcome.plan.cost if problem.goal is Goal.COST else outcome.plan.headcount.total

    every = {
        kinds: value(plan_headcount(settled(problem, kinds), QUICK))
        for size in range(1, problem.design.at_most + 1)
        for kinds in combinations(problem.design.candidates, size)
    }
    assert value(found.outcome) == min(every.values()) == found.bound
    assert len(found.kinds) == min(
        len(kinds) for kinds, number in every.items() if number == min(every.values())
    )


SHIFTS = [(6, 8), (9, 6), (14, 8), (8, 10), (12, 4), (17, 5)]


@pytest.mark.parametrize("seed", range(3))
def test_demand_made_of_known_shifts_is_held_without_idle_time(tmp_path: Path, seed: int) -> None:
    """The optimum is known: three kinds, and every minute at work is wanted."""
    draw = random.Random(seed)
    hidden = {(start, length): draw.randint(1, 4) for start, length in draw.sample(SHIFTS, 3)}
    numbers = [sum(n for (a, b), n in hidden.items() if a <= hour < a + b) for hour in range(24)]
    problem = scenario(
        tmp_path,
        "{starts: every 1h, lengths: [4h, 5h, 6h, 8h, 10h], at_most: 4}",
        f"{{weekdays: {numbers}}}",
    )
    found = simplest(fitting(problem), 4, 20)
    assert found is not None
    assert found.fewest_kinds
    assert len(found.kinds) <= 3
    least = bound(problem, 20)
    assert least.value == found.value
    wanted = 5 * sum(numbers)
    assert found.value >= math.ceil(wanted * 60 / problem.types[0].net_minutes)


def test_a_known_bound_changes_no_choice_whether_it_can_be_reached_or_not(tmp_path: Path) -> None:
    choose = "{starts: [06:00, 08:00, 12:00, 16:00], lengths: [4h, 8h], at_most: 3}"
    pool = fitting(scenario(tmp_path, choose, TWO_STEPS, "cost"))
    plain = simplest(pool, 3, 20)
    assert plain is not None
    assert plain.fewest_kinds
    for known in (plain.value, plain.value - 1):
        other = simplest(pool, 3, 20, known)
        assert other is not None
        assert (other.value, len(other.kinds), other.fewest_kinds) == (plain.value, len(plain.kinds), True)


def test_the_bound_is_never_above_what_some_shifts_reach(tmp_path: Path) -> None:
    problem = scenario(tmp_path, "{starts: every 4h, lengths: [8h, 12h], at_most: 3}", "{daily: 1}")
    least = bound(problem, 20)
    outcome = plan_headcount(settled(problem, ("0000_8h", "0800_8h", "1600_8h")), QUICK)
    assert least.value is not None
    assert outcome.plan is not None
    assert least.value <= outcome.plan.headcount.total


def test_a_plan_names_its_shifts_and_its_roster_passes_the_check(tmp_path: Path) -> None:
    scenario(
        tmp_path, "{starts: [08:00, 12:00], lengths: [4h, 8h], at_most: 2}", "{weekdays: {08:00-16:00: 1}}"
    )
    args = ["plan", str(tmp_path / "s.yaml"), "--out", str(tmp_path / "out"), "--polish", "0.1"]
    result = CliRunner().invoke(main, [*args, "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)["shift_design"]
    assert [kind["name"] for kind in said["kinds"]] == ["0800_8h"]
    assert said["idle_hours"] == 0
    checked = CliRunner().invoke(
        main, ["check", str(tmp_path / "s.yaml"), str(tmp_path / "out" / "roster.csv")]
    )
    assert checked.exit_code == 0, checked.output
    proof = ["--proof", str(tmp_path / "out" / "proof.json")]
    verified = CliRunner().invoke(
        main, ["check", str(tmp_path / "s.yaml"), str(tmp_path / "out" / "roster.csv"), *proof]
    )
    assert verified.exit_code == 0, verified.output
    words = " ".join(verified.output.split())
    assert "Proof verified for every roster: people at least 2." in words
    assert (
        "The shifts are those that the roster has: 0800_8h. The proof is about rosters with these;" in words
    )
    alone = CliRunner().invoke(main, ["check", str(tmp_path / "s.yaml"), *proof])
    assert (alone.exit_code, "yet to be chosen" in alone.output) == (2, True)
    spoken = CliRunner().invoke(main, [*args, "--lang", "zh"]).output
    assert "选定的班次" in spoken


def test_without_a_roster_the_bound_told_is_that_of_every_choice(tmp_path: Path) -> None:
    problem = scenario(
        tmp_path, "{starts: [08:00, 12:00], lengths: [4h, 8h], at_most: 2}", "{weekdays: {08:00-16:00: 1}}"
    )

    def gives_up(one: Problem, options: SolveOptions) -> Outcome:
        return Outcome(Status.UNKNOWN, None, 99, Proof(ProofKind.SEARCH, "of this choice"))

    found = design(problem, QUICK, gives_up)
    assert found.outcome.plan is None
    assert found.outcome.bound == found.bound == 2


def test_what_so_few_kinds_cannot_hold_is_impossible_and_not_merely_unknown(tmp_path: Path) -> None:
    choose = "{{starts: [06:00, 12:00], lengths: [4h, 8h], at_most: {}}}"
    demand = "{weekdays: {08:00-20:00: 1}}"
    one = design(scenario(tmp_path, choose.format(1), demand), QUICK)
    assert (one.outcome.status, one.outcome.plan, one.bound) == (Status.INFEASIBLE, None, None)
    two = design(scenario(tmp_path, choose.format(2), demand), QUICK)
    assert (two.outcome.status, two.outcome.plan is not None) == (Status.OPTIMAL, True)


def test_more_kinds_than_may_be_are_a_violation(tmp_path: Path) -> None:
    problem = scenario(
        tmp_path, "{starts: [08:00, 12:00], lengths: [4h], at_most: 2}", "{weekdays: {08:00-16:00: 1}}"
    )
    plan = design(problem, QUICK).outcome.plan
    assert plan is not None
    assert problem.design is not None
    stricter = replace(problem, design=replace(problem.design, at_most=1))
    assert [one.rule for one in check_roster(stricter, plan.roster)] == ["shift_kinds"]
    assert not check_roster(problem, plan.roster)


@pytest.mark.parametrize(
    ("choose", "said"),
    [
        ("7", "7 is no choice of shifts"),
        ("{lengths: [4h]}", "a choice of shifts says starts"),
        ("{starts: every 7min, lengths: [4h]}", "every 7min is no start"),
        ("{starts: every 30min, lengths: [4h, 25h]}", r"shifts.choose.lengths\[1\]: 25h is no length"),
        ("{starts: every 5min, lengths: [4h, 5h, 6h]}", "864 shifts to choose from are more than"),
        ("{starts: every 30min, lengths: 4h, at_most: 0}", "0 is no number of kinds"),
        ("{starts: every 30min, lengths: 4h, atmost: 3}", "did you mean 'at_most'"),
    ],
)
def test_a_wrong_choice_is_told(tmp_path: Path, choose: str, said: str) -> None:
    with pytest.raises(Faults, match=said):
        scenario(tmp_path, choose, "{daily: 1}")


def test_no_choice_may_use_up_the_time_of_those_after_it(tmp_path: Path) -> None:
    """Where no roster comes of the first choices, others are planned, each with a share of the time that is left."""
    problem = scenario(
        tmp_path, "{starts: every 2h, lengths: [4h, 8h], at_most: 3}", "{weekdays: {08:00-20:00: 2}}", "cost"
    )
    given: list[float] = []

    def late(one: Problem, options: SolveOptions) -> Outcome:
        given.append(options.ends(0.0) - time.monotonic())
        if len(given) < 3:
            return Outcome(Status.UNKNOWN, None, None, Proof(ProofKind.NONE, ""))
        return plan_headcount(one, options)

    found = design(problem, replace(QUICK, time_limit_s=40), late)
    assert found.outcome.plan is not None
    assert all(seconds <= 20 for seconds in given)


def test_a_kind_that_the_roster_does_not_use_is_not_told_as_chosen(tmp_path: Path) -> None:
    problem = scenario(
        tmp_path, "{starts: [08:00, 12:00], lengths: [4h, 8h], at_most: 3}", "{weekdays: {08:00-16:00: 1}}"
    )
    kinds = ("0800_8h", "1200_8h")
    chosen = settled(problem, kinds)
    outcome = plan_headcount(chosen, QUICK)
    assert Tried(Choice(kinds, 2, False, 0.0), chosen, outcome).kinds == ("0800_8h",)
    fewer = settled(problem, ("1200_8h",), chosen)
    assert [shift.letter for shift in fewer.shifts] == [chosen.shift["1200_8h"].letter]


def test_a_kind_stands_for_no_more_people_than_are_wanted_while_it_lasts(tmp_path: Path) -> None:
    problem = scenario(tmp_path, "{starts: [08:00], lengths: [4h, 8h], at_most: 2}", TWO_STEPS)
    program = week_program(problem, at_most=2)
    short, long = program.used["0800_4h"], program.used["0800_8h"]
    most = {
        variable: -factor
        for row in program.program.rows
        if row.why == "kind"
        for variable, factor in row.terms
        if factor < 0
    }
    assert most == {short: 1, long: 2}


@pytest.mark.parametrize("command", ["explain", "frontier", "rotas", "service"])
def test_other_questions_ask_for_the_shifts_to_be_chosen_first(tmp_path: Path, command: str) -> None:
    scenario(tmp_path, "{starts: every 30min, lengths: [4h, 8h]}", "{daily: 1}")
    result = CliRunner().invoke(main, [command, str(tmp_path / "s.yaml")])
    assert result.exit_code == 2
    said = " ".join(result.output.split())
    assert "line 6 shifts.choose: the shifts are yet to be chosen: `roster plan s.yaml` chooses them" in said
