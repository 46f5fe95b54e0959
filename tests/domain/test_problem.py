"""What a problem remembers is its own."""

from __future__ import annotations

from dataclasses import replace

from tests.small import BY_LETTER, post, staff, world


def test_a_changed_problem_lists_the_duties_of_its_own_shifts() -> None:
    problem = world(staff("a", "D"), posts=(post("p", 8, 8),))
    assert [duty.letters for duty in problem.duties(problem.types[0])] == ["-", "D"]
    more = replace(problem, shifts=(BY_LETTER["D"], BY_LETTER["N"]), types=(staff("a", "DN"),))
    assert [duty.letters for duty in more.duties(more.types[0])] == ["-", "D", "N"]
