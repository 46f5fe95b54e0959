"""What must hold of every repair: as few changes as the whole calendar needs, nothing frozen or settled touched."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster, StandIn, Status
from roster.domain.problem import Ban, Days, Duty, Pin, Problem, Restriction, Wish
from roster.domain.rules import (
    AverageHours,
    MaxNights,
    MinRest,
    NoOverlap,
    OffBlock,
    StandbyShare,
    WeekHours,
    WorkBlock,
)
from roster.engine.calendar.repair import Ask, coverable, repair
from roster.engine.solvers.search import Search
from roster.questions.absences.case import Absence, LeaveCase, overtime_minutes, shares
from roster.questions.conflict import WayOut
from roster.questions.what_if import (
    leave_programs as one_program,
)
from roster.questions.what_if import (
    other_leaves,
    ways_out,
)
from roster.questions.what_if.answer import WhatIf, what_if
from roster.questions.what_if.trial import Trial
from tests.small import MONDAY, ONE_WORKER, H, duty, post, roster, staff, word, world
from tests.small import Person as Somebody

RULES = (MinRest(minutes=11 * H), WorkBlock(longest=4), OffBlock(longest=4), MaxNights(nights=2))
NAMES = ("Li", "Wang", "Zhao", "Chen")
WEEKS = 3
DESK = world(
    staff("a", "DNs", *RULES, StandbyShare(percent=40), weekly_minutes=36 * H),
    posts=(post("day", 8, 8), post("night", 22, 8)),
    people=tuple(Somebody(name, "a") for name in NAMES),
    weeks=WEEKS,
)
FOREVER = Search(ONE_WORKER, float("inf"))


def published(seed: int, problem: Problem = DESK) -> Roster:
    """A lawful roster: the one nearest to a random one."""
    chance = random.Random(seed)
    letters = tuple(duty(letter) for letter in "--DDNs")
    rows = [tuple(chance.choice(letters) for _ in range(7 * WEEKS)) for _ in problem.people]
    found = what_if(LeaveCase(problem, roster(problem, rows), (), mend=True), ONE_WORKER)
    assert found.roster is not None
    assert not found.empty
    return found.roster


def away(name: str, first: int, last: int) -> Absence:
    return Absence(name, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))


def leave_of(seed: int) -> Absence:
    chance = random.Random(1000 + seed)
    first = chance.randrange(7 * WEEKS - 3)
    return away(chance.choice(NAMES), first, first + chance.randrange(3))


def asked(found: WhatIf, **other: object) -> Ask:
    """The question as one of the whole calendar: nothing says where to begin."""
    case = found.case
    excused = frozenset(
        (one.person, day) for one in case.in_force for day in one.days(case.published.horizon)
    )
    return Ask(case.asked, case.published, frozenset(), case.frozen, excused, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(6))
def test_the_days_around_prove_what_the_whole_calendar_needs(seed: int) -> None:
    found = what_if(LeaveCase(DESK, published(seed), (leave_of(seed),)), ONE_WORKER)
    fresh = repair(asked(found), FOREVER)
    assert fresh.whole
    assert fresh.status is Status.OPTIMAL
    assert bool(found.empty) == bool(fresh.empty)
    assert sum((end - start) * people for _, start, end, people in found.empty) == sum(
        (end - start) * people for _, start, end, people in fresh.empty
    )
    assert (found.changed, found.bound) == (fresh.changed, fresh.bound)
    assert coverable(replace(asked(found), days=asked(found).days), FOREVER) is (not fresh.empty)


@pytest.mark.parametrize("seed", [0, 3, 9, 24])
@pytest.mark.parametrize(("reach", "cells"), [(1, 700), (1, 0), (20, 0)])
def test_programs_shared_by_questions_change_no_answer(
    seed: int, reach: int, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_program, "REACH", reach)
    monkeypatch.setattr(one_program, "CELLS", cells)
    for case in (random_leaves(seed), LeaveCase(DESK, published(seed), (leave_of(seed),))):
        found = what_if(case, ONE_WORKER)
        alone = [repair(share.ask, FOREVER) for share in shares(case)]
        assert found.bound == sum(each.changed or 0 for each in alone)
        assert sum(end - start for _, start, end, _ in found.empty) == sum(
            end - start for each in alone for _, start, end, _ in each.empty
        )
        others = [tuple(one for one in case.absences if one is not absence) for absence in case.absences]
        others += [tuple(one.moved(days) for one in case.absences) for days in (-6, -3, 3, 6)]
        calendar = range(case.published.horizon.days)
        for other in others:
            if all(
                case.published.horizon.number(on) in calendar for one in other for on in (one.first, one.last)
            ):
                asked_alone = shares(replace(case, absences=other))
                held = all(coverable(share.ask, FOREVER) for share in asked_alone)
                assert one_program.covered(case, other, FOREVER) is held


@pytest.mark.parametrize("seed", range(6))
def test_frozen_days_stay_and_no_rule_is_broken(seed: int) -> None:
    before, leave = published(seed), leave_of(seed)
    frozen = before.horizon.number(leave.first) - 1
    if frozen < 0:
        frozen = 0
    found = what_if(LeaveCase(DESK, before, (leave,), frozen), ONE_WORKER)
    if found.roster is None:
        return
    for old, new in zip(before.duties, found.roster.duties, strict=True):
        assert old[: frozen + 1] == new[: frozen + 1]
    assert all(each.rule == "post" and found.empty for each in check_roster(found.case.asked, found.roster))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_settled_stays(seed: int) -> None:
    before = published(seed)
    chance = random.Random(seed)
    pins = tuple(
        Pin(name, line[day].name, MONDAY + timedelta(days=day), MONDAY + timedelta(days=day))
        for name, line in zip(NAMES, before.duties, strict=True)
        for day in chance.sample(range(7 * WEEKS), 6)
    )
    problem = replace(DESK, pins=pins)
    leave = leave_of(seed)
    found = what_if(LeaveCase(problem, before, (leave,)), ONE_WORKER)
    free = what_if(LeaveCase(DESK, before, (leave,)), ONE_WORKER)
    assert found.status in (Status.OPTIMAL, Status.INFEASIBLE)
    if found.status is Status.OPTIMAL:
        assert found.roster is not None
        assert found.changed >= free.changed
        assert check_roster(found.case.asked, found.roster) == []
        gone = set(leave.days(before.horizon))
        for pin in pins:
            day = before.horizon.number(pin.first)
            if pin.person != leave.person or day not in gone:
                assert found.roster.duties[NAMES.index(pin.person)][day].name == pin.duty


def test_settled_duties_are_what_the_checker_asks_for() -> None:
    """Every roster of three days: the pinned ones are those the checker passes."""
    pin = Pin("Li", "D", MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
    problem = world(staff("a", "DN"), people=(Somebody("Li", "a"),), pins=(pin,))
    for letters in product("-DN", repeat=3):
        rows = [word("".join(letters) + "----")]
        broken = check_roster(problem, roster(problem, rows))
        assert ([each.rule for each in broken] == ["pin"]) is (letters[1] != "D")
        mended = what_if(LeaveCase(problem, roster(problem, rows), (), mend=True), ONE_WORKER)
        assert mended.changed == (letters[1] != "D")


def test_wishes_decide_between_equal_repairs() -> None:
    problem = world(
        staff("a", "D", MinRest(minutes=11 * H)),
        posts=(post("day", 8, 8),),
        people=tuple(Somebody(name, "a") for name in ("Li", "Wang", "Zhao")),
    )
    before = roster(problem, [word("D------"), word("-DD----"), word("---DDDD")])
    wednesday = MONDAY
    for wisher, taker in (("Wang", "Zhao"), ("Zhao", "Wang")):
        wished = replace(problem, wishes=(Wish(wisher, "off", wednesday, wednesday),))
        found = what_if(LeaveCase(wished, before, (away("Li", 0, 0),)), ONE_WORKER)
        assert [change.person for change in found.changes] == [taker]


OVERWORKED = world(
    replace(
        staff("a", "D"),
        rules=(NoOverlap(), WeekHours(minutes=24 * H), AverageHours()),
        weekly_minutes=24 * H,
        overtime_week=8 * H,
        overtime_average=8 * H,
    ),
    posts=(post("day", 8, 8, vendor=True),),
    people=(Somebody("Li", "a"), Somebody("Wang", "a"), Somebody("Zhao", "a")),
)
FULL = roster(OVERWORKED, [word("DDD----"), word("---DDD-"), word("------D")])


def test_overtime_is_used_only_where_it_is_allowed_and_needed() -> None:
    gone = (away("Zhao", 0, 6), away("Li", 0, 0))
    refused = what_if(LeaveCase(OVERWORKED, FULL, gone), ONE_WORKER)
    assert refused.status is Status.INFEASIBLE
    assert "overtime" in {way.kind for way in refused.ways}
    allowed = what_if(LeaveCase(OVERWORKED, FULL, gone, allow=frozenset({"overtime"})), ONE_WORKER)
    assert allowed.status is Status.OPTIMAL
    assert allowed.roster is not None
    assert check_roster(allowed.case.asked, allowed.roster) == []
    # 56 h in all: Wang has 24 h without overtime, Li 16 h, for the leave takes a shift of 8 h.
    assert allowed.overtime == sum(overtime_minutes(allowed.case.asked, allowed.roster).values()) == 16 * H
    # Without being told that overtime is allowed, the check finds it.
    leave = allowed.case
    plain = replace(leave, allow=frozenset()).asked
    assert {each.rule for each in check_roster(plain, allowed.roster)} == {"average_hours", "week_hours"}
    easy = what_if(
        LeaveCase(OVERWORKED, FULL, (away("Li", 0, 0),), allow=frozenset({"overtime"})), ONE_WORKER
    )
    assert (easy.status, easy.overtime) == (Status.OPTIMAL, 0)


def test_a_vendor_stands_in_for_single_days() -> None:
    gone = (away("Zhao", 0, 6), away("Li", 0, 2))
    refused = what_if(LeaveCase(OVERWORKED, FULL, gone), ONE_WORKER)
    assert refused.status is Status.INFEASIBLE
    assert "vendor" in {way.kind for way in refused.ways}
    found = what_if(LeaveCase(OVERWORKED, FULL, gone, allow=frozenset({"vendor"})), ONE_WORKER)
    # Seven days, Li and Wang work three each: one day is a vendor's, three of Li's are somebody else's.
    assert found.status is Status.OPTIMAL
    assert found.roster is not None
    assert check_roster(found.case.asked, found.roster) == []
    assert sum(each.number for each in found.hired) + len(found.changes) == found.bound
    without = replace(found.roster, stand_ins=())
    assert {each.rule for each in check_roster(found.case.asked, without)} == {"post"}


def test_a_post_that_lets_no_vendor_in_has_no_stand_in() -> None:
    closed = replace(OVERWORKED, posts=(post("day", 8, 8),))
    given = replace(roster(closed, FULL.duties), stand_ins=(StandIn("day", 0),))
    assert {each.rule for each in check_roster(closed, given)} == {"stand_in"}
    gone = (away("Zhao", 0, 6), away("Li", 0, 2))
    found = what_if(
        LeaveCase(closed, roster(closed, FULL.duties), gone, allow=frozenset({"vendor"})), ONE_WORKER
    )
    assert found.status is Status.INFEASIBLE
    assert found.hired == ()


def test_soft_posts_are_left_empty_only_where_nothing_else_is_equal() -> None:
    problem = world(
        staff("a", "D"),
        posts=(post("day", 8, 8), post("more", 8, 8, hard=False, price=10)),
        people=(Somebody("Li", "a"), Somebody("Wang", "a"), Somebody("Zhao", "a")),
    )
    before = roster(problem, [word("DD-----"), word("--DDDDD"), word("D------")])
    found = what_if(LeaveCase(problem, before, (away("Li", 1, 1),)), ONE_WORKER)
    assert (found.status, found.changed) == (Status.OPTIMAL, 1)


def test_equal_questions_have_equal_answers() -> None:
    case = LeaveCase(DESK, published(3), (leave_of(5),))
    first, second = what_if(case, ONE_WORKER), what_if(case, ONE_WORKER)
    assert first.roster == second.roster
    assert first.ways == second.ways


TWO_KINDS = world(
    staff("a", "DNs", *RULES, StandbyShare(percent=40), weekly_minutes=36 * H, overtime_average=8 * H),
    staff("b", "D", WorkBlock(longest=5)),
    posts=(
        post("day", 8, 8, vendor=True),
        post("night", 22, 8, days=Days(workdays=True)),
        post("desk", 8, 8, "b", days=Days(workdays=True)),
    ),
    people=(*(Somebody(name, "a") for name in NAMES), Somebody("Bao", "b"), Somebody("Bei", "b")),
    weeks=WEEKS,
)


def random_leaves(seed: int) -> LeaveCase:
    """Leaves of one to three people, of up to nine days."""
    chance = random.Random(seed)
    rows = [*published(seed).duties, *(word(week * WEEKS) for week in ("DDD----", "---DDDD"))]
    names = chance.sample([person.name for person in TWO_KINDS.people], chance.choice((1, 1, 2, 3)))
    firsts = [chance.randrange(10) for _ in names]
    leaves = tuple(
        away(name, first, first + chance.randrange(9)) for name, first in zip(names, firsts, strict=True)
    )
    return LeaveCase(TWO_KINDS, roster(TWO_KINDS, rows), leaves)


FOUR_IN_A_ROW = world(
    staff("a", "D", WorkBlock(longest=4)),
    posts=(post("day", 8, 8),),
    people=(Somebody("Li", "a"), Somebody("Wang", "a")),
)
SHORT_OF_HOURS = world(
    staff("a", "D", weekly_minutes=36 * H),
    posts=(post("day", 8, 8),),
    people=(Somebody("Li", "a"), Somebody("Wang", "a")),
    weeks=2,
    restrictions=(Restriction("Wang", Ban.DUTY, MONDAY + timedelta(days=6), MONDAY + timedelta(days=6)),),
)
"""
Fourteen days, of which Wang, away on the seventh, works eight at most. Li, away for a week, has hours for four others,
and needs three days more of presence for the six, the seventh among them.
"""
NOT_COVERABLE = (
    *(random_leaves(seed) for seed in (9, 24, 47)),
    *(LeaveCase(OVERWORKED, FULL, (away("Zhao", 0, 6), away("Li", 0, last))) for last in range(4)),
    *(
        LeaveCase(
            FOUR_IN_A_ROW, roster(FOUR_IN_A_ROW, [word("DDDD---"), word("----DDD")]), (away("Li", 0, last),)
        )
        for last in (4, 5)
    ),
)


def test_what_is_not_tried_for_the_conflict_s_sake_would_not_have_helped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for limit in ("SECONDS", "EACH", "MOST"):
        monkeypatch.setattr(ways_out, limit, 600.0)
    kinds: set[str] = set()
    for case in NOT_COVERABLE:
        found = what_if(case, ONE_WORKER)
        assert (found.status, found.broken) == (Status.INFEASIBLE, ())
        assert found.conflict is not None
        assert found.conflict.minimal
        blindly = ways_out.find_ways_out(case, {name for name, *_ in found.empty}, None, FOREVER)
        assert blindly.decided
        assert found.decided
        assert [way for way in found.ways if way.kind != "given_back"] == [
            way for way in blindly.found if way.kind != "given_back"
        ]
        # Which days are given back may differ, how many may not.
        assert [_days_left(way) for way in found.ways] == [_days_left(way) for way in blindly.found]
        kinds.update(way.kind for way in blindly.found)
    assert kinds == {"refused", "shorter", "given_back", "moved", "overtime", "vendor", "hire", "rule"}


@pytest.mark.parametrize("seed", [0, 9, 24, 40, 41])
def test_what_is_known_to_fail_would_not_have_helped(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = random_leaves(seed)
    trials = [Trial(FOREVER), Trial(FOREVER)]
    found = list(other_leaves.other_leaves(case, None, trials[0]))
    monkeypatch.setattr(other_leaves, "_within", lambda known, absences: False)
    assert len(case.absences) > 1
    assert found == list(other_leaves.other_leaves(case, None, trials[1]))
    assert not any(trial.undecided for trial in trials)


def _days_left(way: WayOut) -> int:
    return sum(one.length for one in way.leaves)


@pytest.mark.parametrize(
    ("problem", "rows", "leaves"),
    [
        (FOUR_IN_A_ROW, (word("DDDD---"), word("----DDD")), (away("Li", 0, 6),)),
        (TWO_KINDS, random_leaves(24).published.duties, (away("Bao", 4, 7), away("Bei", 4, 7))),
        (SHORT_OF_HOURS, (word("DDDDDDD-------"), word("-------DDDDDDD")), (away("Li", 3, 9),)),
    ],
)
def test_no_fewer_days_of_leave_given_back_are_enough(
    problem: Problem, rows: tuple[tuple[Duty, ...], ...], leaves: tuple[Absence, ...]
) -> None:
    before = roster(problem, rows)
    found = what_if(LeaveCase(problem, before, leaves), ONE_WORKER)
    ways = [way for way in found.ways if way.kind == "given_back"]
    assert len(ways) == 1
    assert what_if(LeaveCase(problem, before, ways[0].leaves), ONE_WORKER).status is Status.OPTIMAL
    every = {(one.person, day) for one in leaves for day in one.days(before.horizon)}
    fewer = len(every) - _days_left(ways[0]) - 1
    assert fewer >= 0
    for cells in combinations(sorted(every), fewer):
        left = tuple(away(name, day, day) for name, day in sorted(every.difference(cells)))
        answers = [coverable(share.ask, FOREVER) for share in shares(LeaveCase(problem, before, left))]
        assert False in answers


def test_a_rule_relaxed_is_a_way_out_that_works() -> None:
    problem = FOUR_IN_A_ROW
    before = roster(problem, [word("DDDD---"), word("----DDD")])
    found = what_if(LeaveCase(problem, before, (away("Li", 0, 6),)), ONE_WORKER)
    assert found.status is Status.INFEASIBLE
    assert [way.kind for way in found.ways if way.kind == "rule"] == []  # seven in a row is three more
    shorter = what_if(LeaveCase(problem, before, (away("Li", 0, 5),)), ONE_WORKER)
    ways = [way for way in shorter.ways if way.kind == "rule"]
    assert len(ways) == 1
    assert "6" in ways[0].sentence
    looser = replace(problem, types=(staff("a", "D", WorkBlock(longest=6)),))
    assert what_if(LeaveCase(looser, before, (away("Li", 0, 5),)), ONE_WORKER).status is Status.OPTIMAL
