"""Equal types that take turns: as few people as where each is free, lawful for ever and on a calendar by itself."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from roster.checker import check_roster, check_rotation
from roster.domain import rules
from roster.domain.horizon import calendar
from roster.domain.outcome import Rotation, Status
from roster.domain.problem import Presence, Problem
from roster.engine.rotation import taking_turns
from roster.engine.rotation.even_windows import can_be_cut, cut_evenly
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.model import build
from roster.engine.rotation.people_in_turns import (
    TURNS,
    enough_whole_shifts,
    spreads,
)
from roster.engine.rotation.read import rotations
from roster.engine.rotation.search_run import SearchRun
from roster.engine.rotation.taking_turns import REPEAT, equal_types, in_turns, many_alike, turns_of
from roster.engine.solvers.search import Search
from roster.questions.dates.going_on import GoingOn
from roster.questions.dates.lay_out import LaidOut, unrolled
from roster.questions.plan import answer, plan_headcount
from roster.questions.plan.named_people import Named
from tests.small import ONE_WORKER, H, post, staff, word, world

CAMPUSES = ("a", "b", "c", "d")


def group(percent: int = 25, weeks: int = 4) -> Problem:
    """Four campuses with a desk each, and one call at night that any of them answers."""
    share = rules.StandbyShare(percent=percent)
    types = [staff(name, "Ds", share, net_minutes=40 * H, weekly_minutes=40 * H) for name in CAMPUSES]
    desks = [post(f"desk {name}", 8, 8, name) for name in CAMPUSES]
    calls = [post(f"call {n}", 16, 16, *CAMPUSES, presence=Presence.STANDBY, response=30) for n in range(3)]
    return world(*types, posts=(*desks, *calls), weeks=weeks)


def found(problem: Problem) -> Fewest:
    now = time.monotonic()
    answer = fewest(problem, SearchRun(now, Search(ONE_WORKER, now + 60), lambda _: None))
    assert answer.model is not None
    assert check_rotation(problem, rotations(answer.model, answer.values)) == []
    return answer


@pytest.mark.parametrize("percent", [20, 25, 40])
def test_types_that_take_turns_need_no_more_than_free_ones(
    percent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = group(percent)
    free = found(problem)
    monkeypatch.setattr(taking_turns, "LARGE", 0)
    assert many_alike(build(problem))
    turns = found(problem)
    assert (turns.status, turns.value, turns.bound) == (free.status, free.value, free.bound)
    assert free.status is Status.OPTIMAL


def test_where_rings_of_free_types_are_too_large_the_rota_is_told_with_the_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking_turns, "LARGE", 0)
    monkeypatch.setattr(taking_turns, "HOPELESS", 0)
    turns = found(group(20))
    assert (turns.status, turns.value, turns.bound) == (Status.FEASIBLE, 16, 15)


def test_longer_turns_find_fewer_people_where_whole_standby_days_rule_out_short_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Of 15 people three teams have four, who keep 23 days on call of 23.5 in four weeks and 47 in eight: of 84 and 168.
    monkeypatch.setattr(taking_turns, "LARGE", 0)
    monkeypatch.setattr(taking_turns, "HOPELESS", 0)
    problem = group(21)
    turns = found(problem)
    assert (turns.status, turns.value, turns.weeks) == (Status.OPTIMAL, 15, 8)
    assert turns.larger is not None
    assert (turns.larger.value, turns.larger.weeks) == (16, 4)
    planned = plan_headcount(problem, ONE_WORKER, ladder=False)
    assert planned.plan is not None
    assert (planned.status, planned.plan.headcount.in_house, planned.for_ever) == (Status.OPTIMAL, 15, None)
    assert check_roster(problem, planned.plan.roster) == []


def test_where_no_calendar_of_longer_turns_is_found_that_of_short_ones_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking_turns, "LARGE", 0)
    monkeypatch.setattr(taking_turns, "HOPELESS", 0)
    laid = answer.calendar_of

    def late(problem: Problem, ahead: GoingOn, *rest: Any) -> tuple[LaidOut, Named]:
        seen, named = laid(problem, ahead, *rest)
        of_few = sum(rotation.people for rotation in ahead.rotations) == 15
        return (LaidOut(Status.UNKNOWN, None), named) if of_few else (seen, named)

    monkeypatch.setattr(answer, "calendar_of", late)
    problem = group(21)
    planned = plan_headcount(problem, ONE_WORKER, ladder=False)
    assert planned.plan is not None
    assert (planned.status, planned.plan.headcount.in_house, planned.for_ever) == (Status.FEASIBLE, 16, 15)
    assert check_roster(problem, planned.plan.roster) == []


@pytest.mark.parametrize(
    ("weeks", "count", "repeat"),
    [(8, 8, 1), (8, 4, 1), (8, 2, REPEAT), (8, 1, REPEAT), (10, 10, 1), (10, 5, 1), (10, 2, 1), (10, 1, 2)],
)
def test_what_teams_do_together_comes_again_after_a_few_weeks_of_longer_turns(
    weeks: int, count: int, repeat: int
) -> None:
    names = [f"t{n}" for n in range(count)]
    types = [staff(name, "D", net_minutes=40 * H, weekly_minutes=40 * H) for name in names]
    model = build(world(*types, posts=[post("p", 8, 8, *names)]))
    own = list(range(1, weeks + 1))
    done = [0] * weeks
    for _, first_one, shift, period in turns_of(model, dict.fromkeys(names, 3), weeks):
        assert first_one == names[0]
        for week in range(weeks):
            done[week] += own[(week + shift) % period]
    assert done == [done[week % repeat] for week in range(weeks)]


def test_each_does_this_week_what_the_next_one_did_last_week() -> None:
    model = build(group(), days=28)
    solved = in_turns(model, dict.fromkeys(CAMPUSES, 3), 30)
    assert solved.found
    lines = rotations(model, solved.values)
    assert check_rotation(model.problem, lines) == []
    done: dict[str, list[Counter[object]]] = {name: [Counter() for _ in range(4)] for name in CAMPUSES}
    for rotation in lines:
        for at, line in enumerate(rotation.lines):
            done[rotation.type][at % 4].update(enumerate(line))
    weeks = done["a"]
    assert [done[name] for name in CAMPUSES] == [weeks[at:] + weeks[:at] for at in range(4)]


def test_whole_standby_days_rule_out_rings_that_lose_too_many() -> None:
    # 12 people may be on call 21 days a week, all that is asked. Of 5.25 for three a week keeps 5, two keep 10.
    people = dict.fromkeys(CAMPUSES, 3)
    week = build(group())
    assert enough_whole_shifts(week, people, TURNS) == [4]
    assert [weeks for weeks in TURNS if in_turns(build(group(), days=7 * weeks), people, 30).found] == [4]
    assert enough_whole_shifts(week, dict.fromkeys(CAMPUSES, 4), TURNS) == [1, 2, 4]


def test_people_are_spread_over_equal_types_only() -> None:
    problem = group()
    other = staff("e", "Ds", net_minutes=40 * H, weekly_minutes=40 * H)
    model = build(world(*problem.types, other, posts=(*problem.posts, post("desk e", 8, 8, "e", people=3))))
    assert sorted(map(sorted, equal_types(model))) == [["a", "b", "c", "d"], ["e"]]
    values = [0] * len(model.program.lower)
    for name, people in zip("abcde", (6, 2, 2, 4, 9), strict=True):
        values[model.flows[name].headcount] = people
    even, by_two = spreads(model, values)
    assert even == {"a": 4, "b": 4, "c": 3, "d": 3, "e": 9}
    assert by_two == {"a": 5, "b": 3, "c": 3, "d": 3, "e": 9}


def test_a_calendar_as_long_as_the_ring_gives_nobody_more_than_the_share() -> None:
    # For ever each is on call a third of the days. On the dates two would be for a week, the third for no day.
    share = rules.StandbyShare(percent=34)
    call = post("p", 16, 16, presence=Presence.STANDBY, response=30)
    problem = world(staff("a", "s", share, minimum=3, maximum=3), posts=[call], weeks=2)
    on, off = word("sssssss"), word("-------")
    rota = [Rotation("a", (on, off, off, on, off, off), "a", 2)]
    assert broken(problem, rota) == {"standby_share"}
    flows, dates = build(problem, days=14).flows, calendar(problem.dates)
    cut = cut_evenly(flows, rota, dates)
    assert broken(problem, cut) == set()
    assert sum(rotation.people for rotation in cut) == 3
    assert can_be_cut(flows["a"], rota[0], dates)
    strict = replace(flows["a"].staff, rules=(rules.StandbyShare(percent=25),))
    assert not can_be_cut(replace(flows["a"], staff=strict), rota[0], dates)


def test_shifts_that_two_cannot_share_evenly_stay_in_one_circuit() -> None:
    # Seventeen shifts in two weeks, 8.5 each: nobody can work nine for ever, but one may before the other does.
    limits = rules.StandbyShare(percent=50), rules.WorkBlock(shortest=1, longest=5)
    two = staff("a", "Ds", *limits, minimum=2, maximum=2, net_minutes=34 * H, weekly_minutes=40 * H)
    call = post("p", 16, 16, presence=Presence.STANDBY, response=30)
    problem = world(two, posts=[call, post("desk", 8, 8)], weeks=2)
    lines = [word(line) for line in ("Ds s Ds s Ds s Ds", "Ds s Ds s Ds s Ds", "DD-D-D-", "DD-D-DD")]
    rota = [Rotation("a", tuple(lines), "a", 2)]
    assert broken(problem, rota) == {"standby_share"}
    flows, dates = build(problem, days=14).flows, calendar(problem.dates)
    assert can_be_cut(flows["a"], rota[0], dates)
    cut = cut_evenly(flows, rota, dates)
    assert broken(problem, cut) == set()
    assert [len(rotation.lines) for rotation in cut] == [4]


def broken(problem: Problem, rota: Sequence[Rotation]) -> set[str]:
    """Return the rules that a rota breaks on the dates; for ever it keeps all."""
    assert check_rotation(problem, rota) == []
    return {
        violation.rule for violation in check_roster(problem, unrolled(problem, GoingOn(tuple(rota)), ()))
    }
