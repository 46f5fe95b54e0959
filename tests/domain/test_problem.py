"""What a problem remembers is its own."""

from __future__ import annotations

from dataclasses import replace

from roster.domain.problem import Control
from tests.small import BY_LETTER, post, staff, world


def test_a_changed_problem_lists_the_duties_of_its_own_shifts() -> None:
    problem = world(staff("a", "D"), posts=(post("p", 8, 8),))
    assert [duty.letters for duty in problem.duties(problem.types[0])] == ["-", "D"]
    more = replace(problem, shifts=(BY_LETTER["D"], BY_LETTER["N"]), types=(staff("a", "DN"),))
    assert [duty.letters for duty in more.duties(more.types[0])] == ["-", "D", "N"]


def test_vendors_are_directed_by_people_in_house_with_the_role_asked_for() -> None:
    lead, plain = staff("lead", "D"), staff("plain", "D")
    bought = replace(lead, name="bought", employer="vendor")
    anybody = world(lead, plain, bought)
    asked = replace(anybody, control=Control(10, "lead"))
    assert [anybody.may_direct(each) for each in anybody.types] == [True, True, False]
    assert [asked.may_direct(each) for each in asked.types] == [True, False, False]
