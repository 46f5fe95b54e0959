"""Limits on averages hold for each connected part of a rotation, and to the minute for each person on dates."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import product

import pytest

from roster.checker import check_roster, check_rotation, count_breaches
from roster.domain import rules
from roster.domain.horizon import ring
from roster.domain.outcome import Rotation, Status
from roster.domain.problem import Days, Problem
from roster.engine.rotation.average_cuts import broken_parts, forbid_broken_parts
from roster.engine.rotation.minimum import fewest
from roster.engine.rotation.model import build
from roster.engine.rotation.one_circuit import lawful
from roster.engine.rotation.read import rotations, rotations_of
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from tests.engine.rotation.test_agreement import laid, rotation
from tests.engine.settle import settled
from tests.small import ONE_WORKER, H, post, roster, staff, word, words, world

THREE_DAYS = Days(weekdays=frozenset({0, 2, 4}))


def two_camps(net: float, longest_line: int = 2) -> Problem:
    """Return a world in which early shifts never follow days, and days go on for more than two weeks or for ever."""
    return world(
        staff(
            "a",
            "DE",
            rules.MinRest(minutes=11 * H),
            rules.ShiftRun(shift="D", shortest=7 * longest_line + 1),
            net_minutes=round(net * H),
            maximum=4,
        ),
        posts=(post("p", 8, 8), post("q", 0, 8, days=THREE_DAYS)),
    )


LONG, SHORT = rotation("a", "DDDDDDD", "x"), rotation("a", "E-E-E--", "y")
"""56 h and 24 h a week: 40 h on average, and no day of one can be followed by a day of the other."""


def amounts(problem: Problem) -> tuple[object, ...]:
    model = build(problem)
    flow = model.flows["a"]
    found = laid(flow, [LONG, SHORT])
    assert found is not None
    return model, flow, found


def test_a_sum_that_keeps_the_average_hides_a_part_that_breaks_it() -> None:
    problem = two_camps(40)
    model, flow, taken = amounts(problem)
    fixed = dict(zip(flow.variables, taken, strict=True))
    assert settled(model.program, fixed)
    broken = list(broken_parts(flow, taken))
    assert [rule for rule, _, _ in broken] == ["average_hours"]
    read = rotations_of(flow, taken)
    assert sorted("".join(one.letters for one in each.word) for each in read) == ["DDDDDDD", "E-E-E--"]
    assert {violation.rule for violation in check_rotation(problem, read)} == {"average_hours"}
    values = [fixed.get(variable, 0) for variable in range(len(model.program.lower))]
    assert not lawful(model, values)
    assert forbid_broken_parts(model, model.program, values) == 1
    assert not settled(model.program, fixed)


def test_parts_that_each_keep_the_average_are_lawful() -> None:
    problem = two_camps(56)
    model, flow, taken = amounts(problem)
    assert not list(broken_parts(flow, taken))
    assert settled(model.program, dict(zip(flow.variables, taken, strict=True)))
    assert check_rotation(problem, rotations_of(flow, taken)) == []


# Two people's hours are enough from 40 h on. In a rota that repeats each week one of them would have to work days for
# ever, at 56 h; a line of days that ends needs 15 of them: 120 h, and 24 h of early shifts, are more than three
# people's 40 h. In one that repeats after three weeks they take turns: 21 days of days, a weekend off, then early
# shifts.
@pytest.mark.parametrize(
    ("net", "weeks", "people"), [(40, 1, 4), (55.9, 1, 3), (56, 1, 2), (40, None, 2), (55.9, None, 2)]
)
def test_nobody_is_saved_by_a_part_that_breaks_the_average(
    net: float, weeks: int | None, people: int
) -> None:
    problem = replace(two_camps(net), rotation_weeks=weeks)
    now = time.monotonic()
    found = fewest(problem, SearchRun(now, Search(ONE_WORKER, now + 30), lambda _: None))
    assert (found.status, found.value) == (Status.OPTIMAL, people)
    assert found.proof.weeks == (weeks if people > 2 else None)
    assert found.model is not None
    assert check_rotation(problem, rotations(found.model, found.values)) == []


@pytest.mark.parametrize(
    ("net", "weeks", "status"),
    [(55.9, 1, Status.INFEASIBLE), (56, 1, Status.OPTIMAL), (55.9, None, Status.OPTIMAL)],
)
def test_no_number_of_people_mends_a_part_that_goes_on_for_ever(
    net: float, weeks: int | None, status: Status
) -> None:
    problem = replace(two_camps(net, longest_line=4), rotation_weeks=weeks)
    now = time.monotonic()
    found = fewest(problem, SearchRun(now, Search(ONE_WORKER, now + 30), lambda _: None))
    assert found.status is status
    assert (found.proof.scope == "rotas of 1 week") == (status is Status.INFEASIBLE)


def test_a_share_of_standby_holds_for_each_part() -> None:
    problem = world(
        staff(
            "a",
            "Ds",
            rules.ShiftRun(shift="s", shortest=9),
            rules.OffBlock(longest=3),
            rules.StandbyShare(percent=50),
        ),
        posts=(post("p", 16, 16, presence="standby"), post("q", 8, 8)),
    )
    flow = build(problem).flows["a"]
    rota = [rotation("a", "Ds Ds Ds Ds Ds Ds Ds", "x"), rotation("a", "DDDDDDD", "y")]
    taken = laid(flow, rota)
    assert taken is not None
    assert [rule for rule, _, _ in broken_parts(flow, taken)] == ["standby_share"]
    assert sum(amount * worth for amount, worth in zip(taken, flow.excess()[0][1], strict=True)) <= 0
    assert {violation.rule for violation in check_rotation(problem, rota)} == {"standby_share"}


@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize("net", [12, 16, 20])
@pytest.mark.parametrize("percent", [14, 15, 40, 50])
def test_averages_of_a_ring_agree(lines: int, net: int, percent: int) -> None:
    hours, share = rules.AverageHours(), rules.StandbyShare(percent=percent)
    one = staff("a", "Ds", share, net_minutes=net * H)
    problem = world(one, posts=(post("p", 8, 8), post("q", 16, 16, presence="standby")))
    flow = build(problem).flows["a"]
    for text in words(word("- D Ds"), 7 * lines, (0, 3, 5, 6, 9)):
        taken = laid(flow, [Rotation("a", tuple(text[at : at + 7] for at in range(0, len(text), 7)))])
        assert taken is not None
        sums = {
            rule: sum(amount * each for amount, each in zip(taken, worth, strict=True))
            for rule, worth in flow.excess()
        }
        for rule in (hours, share):
            breaches = count_breaches(rule, text, ring(lines), problem, staff=one)
            assert (sums[rule.key] > 0) == bool(breaches)


def test_a_part_of_a_rotation_is_not_excused_by_another() -> None:
    problem = replace(two_camps(40), posts=())
    for texts in product(("DDDDD--", "DDDDDD-", "DDDD---"), repeat=2):
        rota = [rotation("a", text, name) for text, name in zip(texts, "xy", strict=True)]
        broken = {v.person for v in check_rotation(problem, rota) if v.rule == "average_hours"}
        assert broken == {f"a/{name}" for text, name in zip(texts, "xy", strict=True) if text.count("D") > 5}


def test_the_checker_counts_hours_on_dates_for_each_person() -> None:
    problem = world(staff("a", "D", weekly_minutes=40 * H), posts=())
    rows = [word("DDDDD--"), word("DDDDDD-")]
    assert [v.person for v in check_roster(problem, roster(problem, rows))] == ["a-1"]
