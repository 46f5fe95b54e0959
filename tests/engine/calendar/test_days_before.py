"""Days before a calendar that break a rule whatever follows: found exactly where the checker accepts no day after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster, Status
from roster.domain.problem import Ban, Problem, Restriction
from roster.domain.rules import MaxNights, MinRest, Rule, ShiftRun, WorkBlock
from roster.engine.calendar.days_before import forgiving
from roster.questions.absences.case import Absence, LeaveCase
from roster.questions.what_if.answer import what_if
from tests.small import MONDAY, ONE_WORKER, H, duty, post, roster, staff, word, words, world

ALPHABET = (duty("-"), duty("D"), duty("N"))
DAYS = 3
POSTS = (post("day", 8, 8, hard=False, price=1), post("night", 22, 8, hard=False, price=1))

RULES: tuple[tuple[Rule, ...], ...] = (
    (WorkBlock(shortest=2),),
    (WorkBlock(shortest=2, longest=3), MinRest(minutes=11 * H)),
    (ShiftRun(shift="N", shortest=2), WorkBlock(longest=2)),
    (MaxNights(nights=1), ShiftRun(shift="N", shortest=2)),
)


def case(rules: tuple[Rule, ...], before: str, weekday: int, leave: range) -> tuple[Problem, Roster]:
    """One person, three days from a weekday on, three days before them, and leave."""
    start = MONDAY + timedelta(days=weekday)
    problem = world(staff("a", "DN", *rules), posts=POSTS, start=start)
    away = [Restriction("a-0", Ban.DUTY, start + timedelta(leave.start), start + timedelta(leave.stop - 1))]
    problem = problem.with_leave(away if leave else [])
    return problem, roster(problem, [word("-" * DAYS)], before=(word(before),))


def lawful(problem: Problem, given: Roster) -> bool:
    """Whether the checker accepts anything at all on the days of a roster."""
    rows = words(ALPHABET, given.horizon.days)
    return any(not check_roster(problem, replace(given, duties=(row,))) for row in rows)


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: "+".join(rule.key for rule in rules))
def test_nothing_is_forgiven_unless_nothing_could_mend_it(rules: tuple[Rule, ...]) -> None:
    seen = set()
    for letters, weekday, leave in product(
        product("-DN", repeat=3), (0, 6), (range(0), range(1), range(1, 3))
    ):
        problem, given = case(rules, "".join(letters), weekday, leave)
        found = forgiving(problem, given)
        seen.add(bool(found.forgiven))
        fresh = replace(given, before=())
        assert bool(found.forgiven) == (not lawful(problem, given) and lawful(problem, fresh)), letters
        assert lawful(problem, found) == lawful(problem, fresh)
        for key in found.forgiven[0] if found.forgiven else ():
            other = replace(found, forgiven=(found.forgiven[0] - {key},))
            assert not lawful(problem, other), f"{key} need not be forgiven after {letters}"
    assert True in seen


LONE = (WorkBlock(shortest=2), MinRest(minutes=11 * H))


def test_a_run_left_too_short_is_mended_on_the_first_day_where_that_is_possible() -> None:
    problem = world(staff("a", "DN", *LONE), posts=(post("day", 8, 8),))
    days = ("-DDDDDD", "D------")
    given = roster(problem, [word(each) for each in days], before=(word("--D"), word("---")))
    assert [each.rule for each in check_roster(problem, given)] == ["work_block", "work_block"]
    answer = what_if(LeaveCase(problem, given, (), mend=True), ONE_WORKER)
    assert answer.status is Status.OPTIMAL
    assert answer.roster is not None
    assert answer.roster.duties[0][0] == duty("D")
    assert not answer.roster.forgiven


def test_a_run_cut_short_by_leave_is_nobodys_fault_and_rest_still_counts() -> None:
    problem = world(staff("a", "DN", *LONE), posts=(post("day", 8, 8),), start=MONDAY)
    given = roster(problem, [word("DDDDDDD"), word("-------")], before=(word("--D"), word("-NN")))
    answer = what_if(LeaveCase(problem, given, (Absence("a-0", MONDAY, MONDAY),)), ONE_WORKER)
    assert answer.roster is not None
    assert answer.roster.forgiven == (frozenset({"work_block"}), frozenset())
    # The other person's night before ends at 06:00: too late for Monday's day shift, which nobody can hold.
    assert answer.status is Status.INFEASIBLE
    assert answer.roster.duties[1][0] == duty("-")
