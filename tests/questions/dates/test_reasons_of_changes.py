"""Where a calendar departs from the rota, it says why: what the scenario settles comes before what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from roster.domain.problem import Person, Pin
from roster.language import speaking
from roster.questions.plan.answer import plan_headcount
from tests.small import MONDAY, ONE_WORKER, post, staff, world


def test_a_settled_duty_is_no_consequence_of_another_change() -> None:
    problem = world(
        staff("a", "DA"),
        people=(Person("Ann", "a"), Person("Bob", "a")),
        posts=(post("p", 8, 8, "a"),),
        weeks=1,
    )
    on = MONDAY + timedelta(days=1)
    with speaking("en"):
        outcome = plan_headcount(replace(problem, pins=(Pin("Ann", "A", on, on),)), ONE_WORKER)
    assert outcome.plan is not None
    (ann,) = (one for one in outcome.plan.repairs if one.person == "Ann" and one.day == 1)
    assert (ann.given.name, ann.why) == ("A", "settled in the scenario")
