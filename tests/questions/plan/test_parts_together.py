"""Parts that share nobody each have a reason, and it is said whose: alike ones were taken for one."""

from __future__ import annotations

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.questions.plan.answer import plan_headcount
from tests.small import ONE_WORKER

SITES = """
name: sites
calendar: {{start: 2027-03-01, weeks: 1}}
employers: {{h: {{regime: cn_comprehensive}}}}
roles: {{op: {{}}}}
sites: {{{sites}}}
shifts: {{D: {{start: 08:00, length: 8h}}}}
posts: {{{posts}}}
staff_types: {{{types}}}
absence: gross
"""


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ((8,), "The posts of op need 56 h a week"),
        ((8, 8), "t0, t1, each: The posts of op need 56 h a week"),
        ((8, 4), "t0: The posts of op need 56 h a week; one person supplies at most 40 h: 2 people. t1: "),
        ((8,) * 5, "5 groups of people who share nobody, each: The posts"),
    ],
)
def test_each_reason_says_whose_it_is(hours: tuple[int, ...], told: str) -> None:
    text = SITES.format(
        sites=", ".join(f"s{at}: {{}}" for at in range(len(hours))),
        posts=", ".join(
            f"p{at}: {{role: op, site: s{at}, window: 08:00+{length}h}}" for at, length in enumerate(hours)
        ),
        types=", ".join(f"t{at}: {{skills: op, sites: [s{at}]}}" for at in range(len(hours))),
    )
    outcome = plan_headcount(problem_of(text), ONE_WORKER)
    assert outcome.proof.reason.startswith(told)
