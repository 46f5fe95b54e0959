"""Who could take a duty: every option judged against the checker, none that is lawful missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.checker import check_roster
from roster.domain.outcome import Roster
from roster.domain.problem import OFF, Ban, Days, Post, Problem, Restriction
from roster.domain.rules import MaxNights, MinRest
from roster.output.words.swap import effects, verdict, what
from roster.questions.swap import answer as module
from roster.questions.swap.answer import swaps
from roster.questions.swap.options import SwapRequest
from roster.questions.swap.requests_together import swap_together
from tests.checker.worlds import MONDAY, roster_of, staff, word, world

DESK = Post("desk", ("ops",), 8 * 60, 8 * 60, days=Days(workdays=True))


def small() -> Problem:
    rules = (MinRest(minutes=660), MaxNights(nights=2))
    return world(staff(*rules, shifts=("D", "N")), posts=(DESK,))


def test_lawful_ones_come_first_then_fewest_cells() -> None:
    problem = small()
    roster = roster_of(problem, "D-D-D--", "-D-D---", "--NN---")
    found = swaps(problem, roster, SwapRequest("P1", 0))
    kinds = [(option.lawful, len(option.move.cells)) for option in found.options]
    assert kinds == sorted(kinds, key=lambda kind: (not kind[0], kind[1]))
    best = found.best
    assert best is not None
    assert what(best, found.request, roster) == "P2 takes D"
    assert "P1 -8 h" in effects(best)
    assert best.roster.duties[:2] == (word("--D-D--"), word("DD-D---"))


def test_the_rule_that_stands_against_it_is_told() -> None:
    problem = small()
    roster = roster_of(problem, "D------", "-------", before=("-", "N"))
    found = swaps(problem, roster, SwapRequest("P1", 0, "P2"))
    assert found.best is None
    assert "0 of 3 ways" not in verdict(found, roster)
    assert {violation.rule for option in found.options for violation in option.broken} >= {"min_rest"}


def test_what_was_broken_before_stands_against_nothing() -> None:
    problem = small()
    roster = roster_of(problem, "D--NNN-", "-------")
    found = swaps(problem, roster, SwapRequest("P1", 0))
    assert found.best is not None


def brute(problem: Problem, roster: Roster, request: SwapRequest) -> set[tuple[tuple[str, ...], ...]]:
    """Every roster that differs in the two people's cells as a swap may, judged by the checker alone."""
    known = {violation.sentence for violation in check_roster(problem, roster)}
    lawful = set()
    days = roster.horizon.days
    for other, back in product(range(1, len(roster.people)), range(days)):
        lines = [list(line) for line in roster.duties]
        mine, theirs = lines[0][request.day], lines[other][request.day]
        if back == request.day:
            if mine == theirs:
                continue
            lines[0][request.day], lines[other][request.day] = theirs, mine
        elif theirs.is_off and not lines[other][back].is_off and lines[0][back].is_off:
            lines[0][request.day], lines[other][request.day] = OFF, mine
            lines[0][back], lines[other][back] = lines[other][back], OFF
        else:
            continue
        after = replace(roster, duties=tuple(map(tuple, lines)))
        if all(violation.sentence in known for violation in check_roster(problem, after)):
            lawful.add(tuple(tuple(duty.name for duty in line) for line in lines))
    return lawful


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.text("DN-", min_size=7, max_size=7), min_size=2, max_size=4))
def test_all_that_is_lawful_is_found_and_nothing_else(words: list[str]) -> None:
    problem = small()
    roster = roster_of(problem, f"D{words[0][1:]}", *words[1:])
    request = SwapRequest("P1", 0)
    found = swaps(problem, roster, request)
    lawful = [option for option in found.options if option.lawful and not option.move.chain]
    expected = brute(problem, roster, request)
    made = {tuple(tuple(duty.name for duty in line) for line in option.roster.duties) for option in lawful}
    assert made <= expected
    assert made == expected or (found.more and len(made) == module.MOST_LAWFUL)


def ringed() -> tuple[Problem, Roster]:
    """P1 by day and never by night, P2 by night, P3 just after one: only all three together can free P1."""
    monday = Days(dates=frozenset({MONDAY}))
    posts = (replace(DESK, days=monday), Post("night", ("ops",), 22 * 60, 8 * 60, days=monday))
    problem = world(staff(MinRest(minutes=660), shifts=("D", "N")), posts=posts)
    day = Restriction("P1", Ban.NIGHTS, MONDAY, MONDAY + timedelta(days=6))
    return problem.with_restrictions([day]), roster_of(
        problem, "D------", "N------", "-------", before=("-", "-", "N")
    )


def test_where_no_two_can_settle_it_the_shortest_chain_is_found() -> None:
    problem, roster = ringed()
    assert not check_roster(problem, roster)
    found = swaps(problem, roster, SwapRequest("P1", 0))
    best = found.best
    assert best is not None
    assert best.move.chain
    assert not check_roster(problem, best.roster)
    assert best.roster.duties[0][0].name != "D"
    assert "chain" in what(best, found.request, roster)
    # No roster that differs in fewer cells is lawful.
    cells = list(product(range(3), range(7)))
    duties = problem.duties(problem.types[0])
    for chosen in combinations(cells, len(best.move.cells) - 1):
        if (0, 0) not in chosen:
            continue
        for made in product(duties, repeat=len(chosen)):
            lines = [list(line) for line in roster.duties]
            for (person, day), duty in zip(chosen, made, strict=True):
                lines[person][day] = duty
            if lines[0][0] != roster.duties[0][0]:
                assert check_roster(problem, replace(roster, duties=tuple(map(tuple, lines))))


def test_with_somebody_asked_for_no_third_is_drawn_in() -> None:
    problem, roster = ringed()
    assert swaps(problem, roster, SwapRequest("P1", 0, "P2")).best is None


def test_requests_are_answered_in_one_roster() -> None:
    problem = small()
    roster = roster_of(problem, "DD-----", "--DDD--", "-------")
    requests = [SwapRequest("P1", 0), SwapRequest("P1", 1), SwapRequest("P2", 2)]
    found = swap_together(problem, roster, requests)
    assert found.number == 3
    assert check_roster(problem, found.roster) == check_roster(problem, roster)
    assert all(found.roster.duties[0][day].is_off for day in (0, 1))
    assert found.roster.duties[1][2].is_off


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_order_of_requests_costs_nobody_a_grant(order: tuple[int, int]) -> None:
    problem = replace(small(), types=(staff(MaxNights(nights=1), shifts=("D", "N")),), posts=())
    roster = roster_of(problem, "N------", "-N-----", "-------")
    requests = [SwapRequest("P1", 0, "P3"), SwapRequest("P2", 1, "P3")]
    found = swap_together(problem, roster, [requests[at] for at in order])
    assert found.number >= 1
    assert not check_roster(problem, found.roster)


def test_two_who_are_at_work_on_both_days_exchange_their_duties_on_each() -> None:
    problem = replace(small(), posts=())
    roster = roster_of(problem, "D-----D", "N-----N", "-------")
    asked = SwapRequest("P1", 0, "P2", 6)
    found = swaps(problem, roster, asked)
    assert found.best is not None
    assert found.best.roster.duties[:2] == (word("N-----N"), word("D-----D"))
    said = what(found.best, asked, roster)
    assert [said.count(name) for name in ("P1", "P2")] == [2, 2], "every cell that changes is said"
    nothing = swaps(problem, roster, SwapRequest("P1", 0, "P3", 6))
    assert nothing.tried == 0
    assert "nothing to take in return" in verdict(nothing, roster)
