"""A break in a shift is no part of its length: who is there from eight to five with an hour's break works 8 hours."""

from __future__ import annotations

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.checker import check_roster
from roster.domain.horizon import Horizon
from roster.domain.outcome import Roster, Status
from roster.domain.problem import OFF, Duty, Person, Shift
from roster.domain.rules import ShiftLength
from roster.engine.automata.rules import shift_length
from roster.errors import Faults
from roster.questions.plan.answer import plan_headcount
from tests.small import ONE_WORKER, staff, world

OFFICE = """
name: office
calendar: {{start: 2027-03-01, weeks: 1}}
employers: {{h: {{regime: cn_public_institution}}}}
roles: {{it: {{}}}}
shifts:
  D: {{start: 08:00, end: "17:00", work: {work}}}
  S: {{start: 08:00, length: 4h}}
posts: {{desk: {{role: it, days: [mon], window: 08:00-17:00, shifts: D}}}}
staff_types: {{it: {{skills: it}}}}
absence: gross
"""


def test_the_law_lets_eight_hours_of_work_last_nine() -> None:
    outcome = plan_headcount(problem_of(OFFICE.format(work="8h")), ONE_WORKER)
    assert outcome.status is Status.OPTIMAL
    with pytest.raises(Faults, match="nobody can be there"):
        problem_of(OFFICE.format(work="8h 15min"))


@pytest.mark.parametrize(("minutes", "lawful"), [(480, True), (479, False)])
def test_search_and_check_leave_breaks_out_of_the_length_of_a_shift(minutes: int, lawful: bool) -> None:
    day = Shift("D", "D", 480, 540, work_minutes=480, breaks=True)
    rule = ShiftLength(minutes=minutes)
    assert shift_length(rule, lambda *_: 0).step(None, 0, Duty(day)) == (None, int(not lawful))
    small = world(staff("a", "D", rule))
    made = Roster((Person("a-1", "a"),), Horizon(7), ((Duty(day), *(OFF,) * 6),))
    found = [one.rule for one in check_roster(small, made) if one.rule == ShiftLength.key]
    assert found == ([] if lawful else [ShiftLength.key])


def test_a_sum_of_presence_says_how_much_of_it_is_work() -> None:
    text = OFFICE.format(work="8h").replace("days: [mon]", "days: daily")
    assert (
        "one person supplies at most 45 h, 40 h of it work"
        in plan_headcount(problem_of(text), ONE_WORKER).proof.reason
    )
    plain = text.replace('end: "17:00", work: 8h', "length: 8h").replace("17:00, shifts", "16:00, shifts")
    assert (
        "one person supplies at most 40 h: 2 people"
        in plan_headcount(problem_of(plain), ONE_WORKER).proof.reason
    )
