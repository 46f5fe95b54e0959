"""Somebody goes away: the fewest changes, held against every roster with fewer, and ways out that do work."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster, Status
from roster.domain.problem import Ban, Person, Problem, Restriction
from roster.domain.rules import MaxNights, MinRest, OffBlock, WorkBlock
from roster.engine.calendar.repair import Ask, repair
from roster.engine.solvers.search import Search
from roster.questions.absences.case import Absence, LeaveCase
from roster.questions.what_if.answer import WhatIf, merged_gaps, what_if
from tests.small import MONDAY, ONE_WORKER, H, Word, cut, duty, post, roster, staff, word, words, world

ALPHABET = (duty("-"), duty("D"), duty("N"))
RULES = (MinRest(minutes=11 * H), WorkBlock(longest=3), OffBlock(longest=3), MaxNights(nights=2))
PEOPLE = tuple(Person(name, "a") for name in ("Li", "Wang", "Zhao"))
DESK = world(
    staff("a", "DN", *RULES),
    posts=(post("day", 8, 8), post("night", 22, 8)),
    people=PEOPLE,
)

MOST = 3
"""Rosters with fewer changes than this are all listed."""


def away(name: str, first: int, last: int) -> Absence:
    return Absence(name, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))


def ask(problem: Problem, published: Roster, *absences: Absence, **other: object) -> WhatIf:
    return what_if(LeaveCase(problem, published, absences, **other), ONE_WORKER)  # type: ignore[arg-type]


def published(seed: int, days: int = 5) -> Roster:
    """A lawful roster: the one nearest to a random one."""
    chance = random.Random(seed)
    rows = [tuple(chance.choice(ALPHABET) for _ in range(days)) for _ in PEOPLE]
    found = ask(DESK, roster(DESK, rows), mend=True)
    assert found.status is Status.OPTIMAL
    assert found.roster is not None
    return found.roster


def changed_in(given: Roster, cells: list[tuple[int, int]], number: int) -> Iterator[Roster]:
    """Every roster that differs in so many of these cells."""
    for chosen in combinations(cells, number):
        for duties in product(ALPHABET, repeat=number):
            rows = [list(line) for line in given.duties]
            for (index, day), other in zip(chosen, duties, strict=True):
                rows[index][day] = other
            yield replace(given, duties=tuple(tuple(row) for row in rows))


def emptied(given: Roster, absence: Absence) -> tuple[Roster, list[tuple[int, int]]]:
    """The roster with nobody in the place of who goes away, and the cells that count as changes."""
    index = [person.name for person in given.people].index(absence.person)
    gone = absence.days(given.horizon)
    rows = [list(line) for line in given.duties]
    for day in gone:
        rows[index][day] = duty("-")
    cells = [
        (who, day)
        for who in range(len(rows))
        for day in range(given.horizon.days)
        if who != index or day not in gone
    ]
    return replace(given, duties=tuple(tuple(row) for row in rows)), cells


@pytest.mark.parametrize("seed", range(6))
def test_no_roster_with_fewer_changes_is_lawful(seed: int) -> None:
    before = published(seed)
    absence = away(PEOPLE[seed % 3].name, seed % 4, seed % 4 + 1)
    found = ask(DESK, before, absence)
    without, cells = emptied(before, absence)
    lawful = [
        number
        for number in range(MOST)
        if any(not check_roster(found.case.asked, each) for each in changed_in(without, cells, number))
    ]
    if found.status is Status.OPTIMAL:
        assert len(found.changes) == found.bound
        assert min(lawful, default=MOST) == min(len(found.changes), MOST)
        assert found.roster is not None
        assert check_roster(found.case.asked, found.roster) == []
    else:
        assert found.status is Status.INFEASIBLE
        assert lawful == []


def test_some_of_these_leaves_can_be_covered_and_cost_changes() -> None:
    found = [
        ask(DESK, published(seed), away(PEOPLE[seed % 3].name, seed % 4, seed % 4 + 1)) for seed in range(6)
    ]
    assert any(each.status is Status.OPTIMAL and each.changes for each in found)


@pytest.mark.parametrize("gone", [(2, 3), (0, 0), (6, 6), (0, 6)])
def test_long_pauses_beside_leave_are_read_as_the_checker_reads_them(gone: tuple[int, int]) -> None:
    person = Person("Li", "a")
    leave = Restriction("Li", Ban.DUTY, MONDAY + timedelta(days=gone[0]), MONDAY + timedelta(days=gone[1]))
    problem = world(staff("a", "D", OffBlock(longest=1)), people=(person,)).with_restrictions([leave])
    days = set(range(7)) - set(range(gone[0], gone[1] + 1))
    lawful = 0
    for line in words((duty("-"), duty("D")), 7, days):
        wanted = roster(problem, [line])
        found = repair(Ask(problem, wanted, frozenset()), Search(ONE_WORKER, float("inf")))
        assert (found.changed == 0) is (check_roster(problem, wanted) == []), line
        lawful += found.changed == 0
    assert lawful


def test_leave_outside_the_calendar_excuses_no_pause_inside() -> None:
    later = MONDAY + timedelta(days=20)
    wish = post("day", 8, 8, hard=False)
    problem = world(staff("a", "D", OffBlock(longest=3)), posts=(wish,), people=(Person("Li", "a"),))
    problem = problem.with_restrictions([Restriction("Li", Ban.DUTY, later, later)])
    found = repair(
        Ask(problem, roster(problem, [word("-------")]), frozenset()), Search(ONE_WORKER, float("inf"))
    )
    assert found.changed == 1


@pytest.mark.parametrize("frozen", [0, 1, 2])
def test_frozen_days_never_change(frozen: int) -> None:
    for seed in range(4):
        before = published(seed)
        found = ask(DESK, before, away(PEOPLE[seed % 3].name, 1, 3), frozen_until=frozen)
        if found.roster is not None:
            for old, new in zip(before.duties, found.roster.duties, strict=True):
                assert old[: frozen + 1] == new[: frozen + 1]


def calm(rows: tuple[str, ...], *people: str, weeks: int = 1, letters: str = "D") -> tuple[Problem, Roster]:
    """One post by day, and whom it may fall to."""
    problem = world(
        staff("a", letters, WorkBlock(longest=5)),
        posts=(post("day", 8, 8),),
        people=tuple(Person(name, "a") for name in people),
        weeks=weeks,
    )
    return problem, roster(problem, [word(row) for row in rows])


def test_each_day_of_leave_is_taken_by_somebody() -> None:
    problem, before = calm(("DDDD---", "----DDD"), "Li", "Wang")
    found = ask(problem, before, away("Li", 2, 3))
    # Wang takes Wednesday and Thursday; Wednesday to Sunday are the five days in a row that are allowed.
    assert [(each.person, each.day, each.after.name) for each in found.changes] == [
        ("Wang", 2, "D"),
        ("Wang", 3, "D"),
    ]
    assert "Li" in found.changes[0].why
    assert found.bound == 2
    assert found.people == ("Wang",)


def test_a_fourth_day_of_leave_makes_others_work_elsewhere() -> None:
    problem, before = calm(("DDDD---", "----DDD"), "Li", "Wang")
    found = ask(problem, before, away("Li", 1, 3))
    # Wang would work six days from Tuesday on, so Li takes one of the last: two changes more than the three days.
    assert (found.status, len(found.changes), found.bound) == (Status.OPTIMAL, 5, 5)


def test_nobody_left_leaves_the_post_empty_and_a_shorter_leave_is_the_way_out() -> None:
    problem, before = calm(("DDDDD--", "-----DD"), "Li", "Wang")
    problem = problem.with_restrictions(
        [Restriction("Wang", Ban.DUTY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))]
    )
    found = ask(problem, before, away("Li", 0, 2))
    assert found.status is Status.INFEASIBLE
    assert found.empty == (("day", 1440 + 480, 1440 + 960, 1),)
    ways = {(way.kind, way.absence and way.absence.length): way for way in found.ways}
    assert ("shorter", 1) in ways
    assert any(
        way.kind == "moved" and way.absence and way.absence.first > MONDAY + timedelta(days=1)
        for way in found.ways
    )
    # Numbers 1 and 2 are those of Li and Wang: whoever joins is read back under this name.
    assert [way.person for way in found.ways if way.kind == "hire"] == ["a-3"]
    for way in found.ways:
        if way.absence is not None:
            assert ask(problem, before, way.absence).status is Status.OPTIMAL


def test_a_roster_that_breaks_rules_is_refused_and_mended_on_request() -> None:
    problem, before = calm(("DDDDDD-", "------D"), "Li", "Wang")
    refused = ask(problem, before)
    assert refused.status is Status.INFEASIBLE
    assert {violation.rule for violation in refused.broken} == {"work_block"}
    mended = ask(problem, before, mend=True)
    assert (mended.status, len(mended.changes)) == (Status.OPTIMAL, 2)
    assert mended.roster is not None
    assert check_roster(problem, mended.roster) == []


def test_leave_on_days_off_changes_nothing() -> None:
    problem, before = calm(("DDDD---", "----DDD"), "Li", "Wang")
    found = ask(problem, before, away("Li", 4, 6))
    assert (found.status, found.changes, found.bound) == (Status.OPTIMAL, (), 0)


def test_the_stretch_around_the_leave_proves_what_the_whole_calendar_would() -> None:
    rows = tuple((block * 4)[:28] for block in ("DDD------", "---DDD---", "------DDD"))
    problem, before = calm(rows, "Li", "Wang", "Zhao", weeks=4)
    found = ask(problem, before, away("Li", 10, 10))
    around = repair(_only_ask(found), Search(ONE_WORKER, float("inf")))
    assert (around.status, around.changed, around.whole) == (Status.OPTIMAL, around.bound, False)
    whole = repair(replace(_only_ask(found), days=frozenset()), Search(ONE_WORKER, float("inf")))
    assert (whole.changed, whole.whole) == (around.bound, True)
    assert (found.changed, found.bound) == (around.bound, around.bound)


def _only_ask(found: WhatIf) -> Ask:
    absence = found.case.absences[0]
    gone = frozenset(absence.days(found.case.published.horizon))
    excused = frozenset((absence.person, day) for day in gone)
    return Ask(found.case.asked, found.case.published, gone, excused=excused)


def test_out_of_time_is_never_called_impossible() -> None:
    case = LeaveCase(DESK, published(0), (away("Li", 1, 2),))
    found = what_if(case, replace(ONE_WORKER, time_limit_s=1e-9))
    assert (found.status, found.roster) == (Status.UNKNOWN, None)


def test_pieces_that_touch_are_one_empty_place() -> None:
    assert merged_gaps((("b", 10, 20, 1), ("a", 5, 9, 1), ("b", 20, 30, 1), ("b", 30, 40, 2))) == (
        ("a", 5, 9, 1),
        ("b", 10, 30, 1),
        ("b", 30, 40, 2),
    )


def test_the_horizon_is_that_of_the_roster() -> None:
    lines: list[Word] = [word("DDDD-"), word("----D")]
    problem, _ = calm(("DDDD---", "----DDD"), "Li", "Wang")
    assert ask(problem, Roster(problem.people, cut(problem, 5), tuple(lines)), away("Li", 0, 0)).bound == 1


@pytest.mark.parametrize(("early", "late", "kept"), [(1, 2, "D"), (2, 1, "A"), (1, 1, "A")])
def test_the_less_important_post_stays_empty(early: int, late: int, kept: str) -> None:
    posts = (post("early", 8, 8, "a", priority=early), post("late", 14, 8, "a", priority=late))
    people = (Person("P1", "a"), Person("P2", "a"))
    problem = world(staff("a", "DA", MinRest(minutes=10 * H)), posts=posts, people=people)
    given = roster(problem, [word("DDDDDDD"), word("AAAAAAA")])
    found = ask(problem, given, away("P1", 2, 2))
    assert found.status is Status.INFEASIBLE
    assert found.roster is not None
    assert found.roster.duties[1][2] == duty(kept)
    assert sum((end - start) * number for _, start, end, number in found.empty) == 8 * H
    assert {one.rule for one in check_roster(found.case.asked, found.roster)} == {"post"}
