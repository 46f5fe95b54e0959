"""Where somebody has no lawful days at all, a plan says who, and not that the time was too short."""

from __future__ import annotations

from datetime import timedelta

from roster.domain.outcome import Status
from roster.domain.problem import Ban, Person, Restriction
from roster.domain.rules import Count, Counted, NoOverlap, Per
from roster.language import speaking
from roster.questions.plan.answer import plan_headcount
from tests.small import MONDAY, ONE_WORKER, post, staff, world


def test_who_has_no_lawful_days_even_with_posts_empty_is_named() -> None:
    one_night = Count(of=Counted.NIGHTS, per=Per.CALENDAR, least=1)
    problem = world(
        staff("a", "DN", rules=(NoOverlap(), one_night)),
        people=(Person("Ann", "a"), Person("Bob", "a"), Person("Cid", "a")),
        posts=(post("p", 22, 8, "a"),),
        weeks=1,
    ).with_restrictions([Restriction("Bob", Ban.NIGHTS, MONDAY, MONDAY + timedelta(days=6))])
    with speaking("en"):
        outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.status is Status.INFEASIBLE
    assert outcome.plan is None
    assert "no lawful days from 2027-03-01 for Bob:" in outcome.reason
