"""The proof of an answer: exact where it can be, and honest about what was searched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.domain import rules
from roster.domain.outcome import Outcome, Proof, ProofKind, SolveOptions, Status
from roster.domain.problem import Control, Days, Goal, Problem
from roster.engine.certificate import search as certificate
from roster.errors import EngineError
from roster.proof import EVERY_ROSTER, WEEKLY, Leaf, Scope, fingerprint, verify
from roster.questions.plan import proof as question
from roster.questions.plan.answer import plan_headcount
from roster.questions.plan.proof import prove
from tests.proof.test_proof_verify import DESK
from tests.questions.test_brute_force import PROBLEMS
from tests.small import ONE_WORKER, H, post, staff, world

OPTIONS = SolveOptions(time_limit_s=20, workers=1)


def outcome(*parts: dict[str, object]) -> Outcome:
    details: dict[str, object] = {"parts": list(parts)} if parts else {}
    return Outcome(Status.OPTIMAL, None, None, Proof(ProofKind.SEARCH, ""), details=details)


def answer(
    bound: int | None, status: Status = Status.OPTIMAL, scope: Scope = EVERY_ROSTER
) -> dict[str, object]:
    return {"status": status.value, "bound": bound, "confirmed": "CP-SAT agrees.", "scope": str(scope)}


def test_what_a_plan_found_is_proven_part_by_part() -> None:
    found = plan_headcount(DESK, ONE_WORKER)
    made = prove(DESK, found, ONE_WORKER)
    assert (made.bound, made.fingerprint) == (found.bound, fingerprint(DESK)) == (7, fingerprint(DESK))
    assert [(part.types, part.bound, part.searched) for part in made.parts] == [
        (("a",), 5, None),
        (("b",), 2, None),
    ]


def test_the_lowest_cost_is_one_number_in_the_answer_the_plan_and_the_proof() -> None:
    """Directing a vendor is 1 % of 105: 1.05, billed as 2 for each of five, not 5.25 rounded up to 6 for all."""
    problem = world(
        staff("a", "DEA", net_minutes=34 * H, cost=100, employer="vendor"),
        staff("boss", "D", cost=105),
        posts=(
            post("night", 0, 8, "a", vendor=True),
            post("day", 8, 8, "a", vendor=True),
            post("late", 14, 8, "a", vendor=True),
            post("office", 8, 8, "boss", days=Days(workdays=True)),
        ),
        control=Control(percent=1),
        goal=Goal.COST,
    )
    found = plan_headcount(problem, ONE_WORKER)
    assert found.plan is not None
    assert (found.status, found.bound, found.plan.cost) == (Status.OPTIMAL, 615, 615)
    assert prove(problem, found, ONE_WORKER).bound == 615


def test_without_word_of_the_parts_as_much_is_proven_as_can_be() -> None:
    assert prove(DESK, outcome(), OPTIONS).bound == 7


def test_a_bound_beyond_exact_arithmetic_is_said_to_be_searched_and_how() -> None:
    made = prove(DESK, outcome(answer(6), answer(2)), OPTIONS)
    assert made.bound == 8
    first, second = made.parts
    assert first.bound == 5
    assert first.searched is not None
    assert (first.searched.bound, first.searched.confirmed) == (6, "CP-SAT agrees.")
    assert "HiGHS" in first.searched.solver
    assert "seed=1" in first.searched.parameters
    assert second.searched is None
    verdict = verify(DESK, made)
    assert (verdict.bound, verdict.complete) == (7, False)


@pytest.mark.parametrize("bound", [6, None])
def test_what_an_answer_says_of_shorter_rotas_is_told_beside_the_proof_of_every_roster(
    bound: int | None,
) -> None:
    status = Status.OPTIMAL if bound else Status.INFEASIBLE
    made = prove(DESK, outcome(answer(bound, status, Scope(2)), answer(2)), OPTIONS)
    assert (made.bound, made.scope) == (7, EVERY_ROSTER)
    searched = made.parts[0].searched
    assert searched is not None
    assert (searched.bound, searched.scope) == (bound, Scope(2))
    assert verify(DESK, made).complete


def test_a_part_that_names_no_scope_has_that_of_the_answer() -> None:
    named = {key: value for key, value in answer(6).items() if key != "scope"}
    told = outcome(named, answer(2))
    searched = prove(DESK, replace(told, proof=replace(told.proof, weeks=4)), OPTIONS).parts[0].searched
    assert searched is not None
    assert searched.scope == Scope(4)


def test_two_who_take_turns_are_too_few_for_rotas_of_one_week_only() -> None:
    """Nine shifts of 8 h for one person each of two types, at 36 h: in turn four and five."""
    problem = world(
        *(staff(name, "D", skills=frozenset({"a"}), net_minutes=36 * H, maximum=1) for name in "ab"),
        posts=(
            post("p", 8, 8, "a"),
            post("q", 8, 8, "a", days=Days(workdays=False, restdays=True, holidays=False)),
        ),
    )
    none = outcome(answer(None, Status.INFEASIBLE, WEEKLY))
    made = prove(problem, none, OPTIONS)
    assert (made.bound, verify(problem, made).complete) == (2, True)
    assert made.parts[0].searched is not None
    assert (made.parts[0].searched.bound, made.parts[0].searched.scope) == (None, WEEKLY)


def test_rules_over_many_days_may_rest_on_search() -> None:
    """Two nights, then two days off: the nights of two posts take four people, of whom sums of days see three."""
    asked = (rules.MaxNights(nights=2), rules.OffBlock(shortest=2))
    problem = world(
        staff("a", "DANs", *asked, net_minutes=40 * H, maximum=12),
        posts=(post("p", 22, 8, people=2, load=40),),
    )
    found = plan_headcount(problem, ONE_WORKER)
    assert found.bound == 4
    (part,) = prove(problem, found, ONE_WORKER).parts
    assert part.bound == 3
    assert part.searched is not None
    assert part.searched.bound == 4


def test_a_bound_below_what_could_be_proven_is_the_one_claimed() -> None:
    assert prove(DESK, outcome(answer(3), answer(1)), OPTIONS).bound == 4


@pytest.mark.parametrize("name", ["nobody can", "a daily average that no rotation keeps"])
def test_the_impossible_is_proven_impossible(name: str) -> None:
    problem, expected = PROBLEMS[name]
    assert expected is None
    made = prove(problem, plan_headcount(problem, ONE_WORKER), ONE_WORKER)
    assert (made.bound, verify(problem, made).impossible) == (None, True)


def test_an_impossibility_that_only_search_found_is_not_called_proven() -> None:
    made = prove(DESK, outcome(answer(None, Status.INFEASIBLE), answer(2)), OPTIONS)
    assert made.bound is None
    verdict = verify(DESK, made)
    assert (verdict.impossible, verdict.complete, verdict.bound) == (False, False, 7)


def test_an_impossibility_without_word_of_the_parts_is_proven_or_said_to_be_searched() -> None:
    none = replace(outcome(), status=Status.INFEASIBLE)
    none = replace(none, proof=replace(none.proof, weeks=1))
    problem, _ = PROBLEMS["nobody can"]
    assert verify(problem, prove(problem, none, OPTIONS)).impossible
    made = prove(DESK, none, OPTIONS)
    assert (made.bound, verify(DESK, made).complete) == (7, True)
    assert made.parts[0].searched is not None
    assert (made.parts[0].searched.bound, made.parts[0].searched.scope) == (None, WEEKLY)


def test_where_no_proof_is_found_search_is_named_for_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "certified", lambda *_: None)
    made = prove(DESK, outcome(answer(5), answer(2)), OPTIONS)
    assert [(part.bound, part.tree) for part in made.parts] == [(0, Leaf(())), (0, Leaf(()))]
    assert verify(DESK, made).bound == 0


def test_a_proof_that_the_verifier_refuses_never_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_week: object, part: certificate.Part, *_: object) -> certificate.Part:
        return replace(part, bound=99)

    monkeypatch.setattr(question, "certified", wrong)
    with pytest.raises(EngineError, match="Part 1 claims 99"):
        prove(DESK, outcome(answer(99), answer(99)), OPTIONS)


def test_the_details_name_each_part() -> None:
    problem: Problem = DESK
    details = plan_headcount(problem, ONE_WORKER).details["parts"]
    assert isinstance(details, list)
    assert [(part["types"], part["bound"], part["proof"]) for part in details] == [
        (["a"], 5, "arithmetic"),
        (["b"], 2, "arithmetic"),
    ]
