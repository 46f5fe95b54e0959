"""The attack: a sample of every kind agrees, planted faults are seen, and what it once found stays decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from roster.benchmark.attack import draw_rules, edits, files, leaves, proofs, rule_cases, scenarios, stops
from roster.benchmark.attack.differences import Difference, Tally
from roster.benchmark.attack.draw import problem_of, scenario
from roster.benchmark.attack.plain import Plain
from roster.benchmark.attack.planned import planned
from roster.benchmark.attack.run import attack_document, attack_line, attack_report, run_attack
from roster.domain.horizon import ring
from roster.domain.outcome import Outcome, Status
from roster.domain.problem import Person
from roster.questions.plan.answer import plan_headcount
from tests.small import ONE_WORKER

BY_HAND = {
    # Two types, one that may not follow a night with a night: one person, Monday's and Wednesday's nights.
    1: """
name: two_nights
calendar: {start: 2027-01-04, weeks: 2}
employers: {own: {regime: eu_directive}}
roles: {a: {}}
shifts: {Q: {start: 13:00, length: 5h}, n: {start: 22:00, length: 8h}}
posts: {p: {role: a, days: [mon, wed], window: 22:00-06:00, load: 0.6}}
staff_types:
  t: {skills: a, count: [0, 3], share: 0.8, rules: {min_rest: 12h, max_nights: 2, forbidden: [n n, n Q]}}
  u: {skills: a, count: [0, 2], rules: {min_rest: off, rest_after_nights: 24h, work_block: {longest: 2}}}
""",
    # Two days of rest after each day of work, and two days of work at least: everybody alternates, four in all.
    4: """
name: every_other_day
calendar: {start: 2027-01-04, weeks: 2}
employers: {own: {regime: eu_directive}}
roles: {a: {}}
shifts: {P: {start: 12:00, length: 8h}, Z: {start: 18:00, length: 6h}, H: {start: 08:00, length: 4h}}
posts: {p: {role: a, window: 18:00-24:00}}
staff_types:
  t: {skills: a, count: [0, 3]}
  u: {skills: a, count: 2}
rules: {min_rest: 24h, work_block: {shortest: 2, longest: 4}, forbidden: [H H, H - Z]}
absence: gross
night: {at_least: 6h}
""",
}


@pytest.mark.parametrize("least", BY_HAND)
def test_what_was_decided_by_hand_stays(least: int) -> None:
    outcome = plan_headcount(problem_of(BY_HAND[least]), ONE_WORKER)
    assert (outcome.status, outcome.bound) == (Status.OPTIMAL, least)
    assert scenarios.attack(0, BY_HAND[least]) == "optimal"


def test_least_cost_decided_by_hand_stays() -> None:
    """Three standbys a week are too many for one person; two take turns in a rota of two weeks, in none of one."""
    text = """
name: turns
calendar: {start: 2027-01-10, weeks: 4}
employers: {own: {regime: cn_public_institution}}
roles: {a: {}}
shifts: {Q: {start: 13:00, length: 5h}}
standbys: {U: {start: 17:00, length: 7h, response: 15min}}
posts: {p: {role: a, days: [tue, thu, sat], window: 18:00-23:00, presence: standby, load: 0.5}}
staff_types:
  t: {skills: a, count: [0, 1], cost: 150}
  u: {skills: a, count: [0, 3], weekly_hours: 36h, cost: 150}
rules: {min_rest: 30h, max_nights: 1, off_block: {longest: 1}, shift_runs: {U: {longest: 1}}}
objective: cost
"""
    problem = problem_of(text)
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.plan is not None
    assert (outcome.status, outcome.bound, outcome.plan.cost) == (Status.OPTIMAL, 300, 300)
    people = [
        Person(f"{staff.name}-{n}", staff.name) for staff in problem.types for n in range(staff.maximum)
    ]
    lawful = {}
    for most, weeks in ((1, 1), (1, 2), (1, 4), (2, 1), (2, 2)):
        plain = Plain(problem, ring(weeks), people, all_used=False)
        plain.cover()
        plain.numbers(most)
        lawful[most, weeks], _ = plain.solve(3.0)
    assert lawful == {(1, 1): False, (1, 2): False, (1, 4): False, (2, 1): False, (2, 2): True}


def test_one_person_may_work_days_that_no_post_needs() -> None:
    """Three days off at least, five at most: a shift in the middle of the week keeps Monday's only worker lawful."""
    text = """
name: mondays
calendar: {start: 2027-01-04, weeks: 2}
employers: {own: {regime: cn_comprehensive}}
roles: {a: {}}
shifts: {E: {start: 16:00, length: 8h}, A: {start: 06:00, length: 6h}}
posts: {p: {role: a, days: [mon], window: 06:00-12:00}}
staff_types: {t: {skills: a, count: [0, 3]}}
rules: {off_block: {shortest: 3, longest: 5}, shift_runs: {A: {longest: 1}}}
"""
    assert plan_headcount(problem_of(text), ONE_WORKER).bound == 1
    assert scenarios.attack(0, text) == "optimal"


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(1564, id="two leaves of one person that overlap take their hours once"),
        pytest.param(3079, id="duties of use only to whoever stays are counted by one list of the type"),
    ],
)
def test_leaves_once_answered_wrongly_agree(seed: int) -> None:
    assert leaves.attack(seed) in ("optimal", "infeasible")


SAMPLES: list[tuple[ModuleType, range]] = [
    (scenarios, range(5)),
    (rule_cases, range(1, 5)),
    (leaves, range(12)),
    (edits, range(40)),
    (proofs, range(150)),
    (files, range(150)),
    (stops, range(1)),
]


@pytest.mark.parametrize(("kind", "seeds"), SAMPLES, ids=lambda value: getattr(value, "KIND", ""))
def test_a_sample_of_every_kind_agrees(kind: ModuleType, seeds: range) -> None:
    found = [kind.attack(seed) for seed in seeds]
    assert [one for one in found if isinstance(one, Difference)] == []


def test_equal_seeds_draw_equal_cases() -> None:
    assert scenario(7) == scenario(7) != scenario(8)
    first = planned(0)
    planned.cache_clear()
    again = planned(0)
    assert first is not None
    assert again is not None
    assert first.text == again.text


def test_every_newer_rule_is_drawn() -> None:
    drawn = "".join(draw_rules.scenario(seed) for seed in range(120))
    wanted = (
        *(
            "counts:",
            "gaps:",
            "rolling: true",
            "average:",
            "whole_weekends:",
            "starts:",
            "handovers:",
            "stretches:",
        ),
        *(
            "no_standby_after_nights:",
            "apart:",
            "together:",
            "supervised:",
            "days_off:",
            "leave:",
            "share: 0.5",
        ),
        *("no_nights:", "no_standby:", "blocks: true", "per: month", "of: weekends", "of: hours"),
    )
    assert [key for key in wanted if key not in drawn] == []
    assert draw_rules.scenario(7) == draw_rules.scenario(7) != draw_rules.scenario(8)


def too_high(answer: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """A program that proves one more than is needed."""

    def lie(*args: Any) -> Outcome:
        found = answer(*args)
        return replace(found, bound=(found.bound or 0) + 1)

    return lie


def test_a_bound_too_high_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenarios, "plan_headcount", too_high(plan_headcount))
    assert isinstance(scenarios.attack(0, BY_HAND[1]), Difference)


def test_a_checker_that_sees_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "check_roster", lambda *_: [])
    assert any(isinstance(edits.attack(seed), Difference) for seed in range(20))


def test_a_checker_that_knows_no_rule_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_cases, "check_roster", lambda *_: [])
    assert any(isinstance(rule_cases.attack(seed), Difference) for seed in range(1, 6))


def test_needless_changes_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "_found", lambda answer: (0, answer.changed + 1))
    assert isinstance(leaves.attack(1), Difference)


def test_a_reader_that_fails_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(files, "_samples", lambda: (("a.csv", b"a,b\n1,2\n", fail),))
    assert isinstance(files.attack(1), Difference)


def test_a_verifier_that_believes_all_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    class Believes:
        refused, impossible, bound = False, False, 99

    monkeypatch.setattr(proofs, "verify", lambda *_: Believes())
    assert any(isinstance(proofs.attack(seed), Difference) for seed in range(10))


def test_counts_and_differences_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def attack(seed: int) -> Difference | str:
        if seed == 3:
            raise ZeroDivisionError
        return Difference("files", seed, "differs") if seed == 2 else "read"

    monkeypatch.setitem(run_attack.__globals__["KINDS"], "files", attack)
    (tally,) = run_attack(["files"], 1, 4, lambda _: None)
    assert (tally.cases, tally.outcomes["read"], len(tally.differences)) == (4, 2, 2)
    assert attack_line([tally]) == "4 cases, 2 different, 0 open."
    assert len(attack_report([tally])) == 3
    document = attack_document([tally, Tally("edits")], 1)
    assert [kind["cases"] for kind in document["kinds"]] == [4, 0]  # type: ignore[index]
