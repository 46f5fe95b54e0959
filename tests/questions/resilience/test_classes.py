"""Absences by classes of equal cases say just what the full enumeration says."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster, SolveOptions
from roster.domain.problem import OFF, Days, Person, Pin, Presence, Problem
from roster.domain.rules import FreeWeekends, MaxNights, MinRest, OffBlock, StandbyShare, WorkBlock
from roster.questions.absences.case import LeaveCase
from roster.questions.executors.executor import Inline
from roster.questions.resilience import classes
from roster.questions.resilience.answer import Resilience, ResilienceRequest, ResilienceRun, resilience
from roster.questions.resilience.batches import Batch, Setting, Skill, solve
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome
from roster.questions.resilience.cross_training import number_of_tries, with_skills
from roster.questions.resilience.journal import State
from roster.questions.resilience.local_check import LocalCheck, with_absence, with_moves
from roster.questions.resilience.workers import at_work, solve_all
from roster.questions.what_if.answer import what_if
from tests.small import MONDAY, ONE_WORKER, H, post, roster, staff, word, world

NAMES = ("Li", "Wang", "Zhao", "Bai")
RULES = (MinRest(minutes=11 * H), WorkBlock(longest=4), MaxNights(nights=3))


def team(weeks: int, *rules: object, **other: object) -> Problem:
    kind = staff("a", "DN", *RULES, *rules, **other)  # type: ignore[arg-type]
    people = tuple(Person(name, "a") for name in NAMES)
    return world(kind, posts=(post("day", 8, 8), post("night", 22, 8)), people=people, weeks=weeks)


def lines(weeks: int) -> list[str]:
    """Two pairs that take turns week by week: whoever had the days has the nights next."""
    days = ["DDD----", "---DDDD"]
    nights = ["NNN----", "---NNN-"]
    return [
        "".join((days if (person // 2 + week) % 2 else nights)[person % 2] for week in range(weeks))
        for person in range(4)
    ]


def tried(problem: Problem, rows: list[str], lengths: tuple[int, ...]) -> Resilience:
    given = roster(problem, [word(row) for row in rows])
    return resilience(
        ResilienceRequest(problem, given, lengths), ONE_WORKER, ResilienceRun(executor=Inline())
    )


def told(found: Resilience) -> list[tuple[object, ...]]:
    """What each case comes to; of rosters that leave as much empty any will do."""
    return lines_of(found.singles)


def lines_of(answers: Sequence[CaseAnswer]) -> list[tuple[object, ...]]:
    return [
        (
            one.case,
            one.outcome,
            one.changed,
            one.bound,
            sum((end - start) * people for _, start, end, people in one.empty),
        )
        for one in answers
    ]


@pytest.mark.parametrize("weekly", [168, 36])
def test_classes_say_what_the_full_enumeration_says(monkeypatch: pytest.MonkeyPatch, weekly: int) -> None:
    """Also where hours are short: then leave is read in its own way."""
    problem = team(8, weekly_minutes=weekly * H, net_minutes=weekly * H)
    problem = replace(problem, posts=(problem.posts[0], replace(problem.posts[1], hard=False, price=1)))
    rows = lines(8)
    monkeypatch.setattr(classes, "LONG", 10_000)
    whole = tried(problem, rows, (1,))
    monkeypatch.setattr(classes, "LONG", 7)
    by_class = tried(problem, rows, (1,))
    assert not whole.violations
    assert len(whole.singles) == 4 * 56
    assert told(by_class) == told(whole)
    assert any(one.basis is Basis.ALIKE for one in by_class.singles)


WEEKS = 4
PATIENT = SolveOptions(time_limit_s=600.0, workers=1)
PEOPLE = tuple(Person(name, "a") for name in ("Li", "Wang", "Zhao", "Bai"))
CALL = post("call", 16, 16, presence=Presence.STANDBY)


def by_chance(seed: int) -> tuple[Problem, Roster]:
    """A rota that comes round, with holidays and odd days in it, mended where that broke something."""
    chance = random.Random(seed)
    rules = (
        *RULES,
        StandbyShare(percent=chance.choice((40, 50))),
        *chance.choice(((), (WorkBlock(shortest=2),), (FreeWeekends(one_in=3),))),
    )
    weekly = chance.choice((30, 34, 168)) * H
    kind = staff("a", "DNs", *rules, weekly_minutes=weekly, net_minutes=weekly)
    posts = (post("day", 8, 8, days=Days(weekdays=frozenset(range(5)))), post("night", 22, 8), CALL)
    posts = tuple(replace(one, hard=chance.random() < 0.7, price=1) for one in posts)
    problem = world(kind, posts=posts, people=PEOPLE, weeks=WEEKS)
    holidays = frozenset(MONDAY + timedelta(days) for days in chance.sample(range(7, 7 * WEEKS - 7), 2))
    problem = replace(problem, dates=replace(problem.dates, holidays=holidays))
    rota = "".join(chance.choice(("DDs--NN", "NN--Dss", "ss-DD--", "s-DDD--")) for _ in range(4))
    rows = [word((rota[7 * at :] + rota[: 7 * at]) * 2)[: 7 * WEEKS] for at in range(4)]
    given = roster(problem, rows)
    found = what_if(LeaveCase(problem, given, (), mend=True), ONE_WORKER).roster
    assert found is not None
    broken = check_roster(problem, found)
    posts = tuple(replace(one, hard=one.hard and not broken) for one in problem.posts)
    return replace(problem, posts=posts), found


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_days_around_say_what_the_whole_calendar_says(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    problem, given = by_chance(seed)
    asked = ResilienceRequest(problem, given, (2,))
    monkeypatch.setattr(classes, "LONG", 10_000)
    whole = resilience(asked, PATIENT, ResilienceRun(executor=Inline()))
    monkeypatch.setattr(classes, "LONG", 7)
    by_class = resilience(asked, PATIENT, ResilienceRun(executor=Inline()))
    assert not whole.violations
    assert whole.singles
    assert told(by_class) == told(whole)
    assert any(one.basis is Basis.AROUND and one.changed for one in by_class.singles)


def three_trades(seed: int) -> tuple[Problem, Roster]:
    """Rotas of three types that share nobody; on a holiday the second is off, and the third, one person, is not."""
    chance = random.Random(seed)
    clinic, desk = (frozenset(chance.sample(range(7), number)) for number in (5, 4))
    posts = (
        post("day", 8, 8),
        post("night", 22, 8, days=Days(weekdays=frozenset(range(6)))),
        post("clinic", 8, 8, "b", days=Days(weekdays=clinic), people=2),
        post("desk", 8, 8, "c", days=Days(weekdays=desk, holidays=True)),
    )
    kinds = (
        staff("a", "DN", *RULES, weekly_minutes=30 * H, net_minutes=30 * H),
        staff("b", "D", WorkBlock(longest=6), weekly_minutes=44 * H, net_minutes=44 * H),
        staff("c", "D"),
    )
    people = (*PEOPLE, Person("Sun", "b"), Person("Qian", "b"), Person("Ma", "c"))
    problem = world(*kinds, posts=posts, people=people, weeks=WEEKS)
    holiday = 7 * chance.choice((1, 2)) + min(clinic & desk)
    dates = replace(problem.dates, holidays=frozenset({MONDAY + timedelta(holiday)}))
    problem = replace(problem, dates=dates)
    one, other = ("".join("D" if day in days else "-" for day in range(7)) * WEEKS for days in (clinic, desk))
    one = f"{one[:holiday]}-{one[holiday + 1 :]}"
    return problem, roster(problem, [word(row) for row in (*lines(WEEKS), one, one, other)])


@pytest.mark.parametrize("seed", [1, 3, 4])
def test_a_skill_does_by_class_what_it_does_case_by_case(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    problem, given = three_trades(seed)
    asked = ResilienceRequest(problem, given, (1, 3))
    alone = resilience(asked, PATIENT, ResilienceRun(executor=Inline(), train=False))
    assert not alone.violations

    def answers(long: int) -> dict[Skill, dict[AbsenceCase, CaseAnswer]]:
        monkeypatch.setattr(classes, "LONG_ALONE", long)
        told: list[int] = []
        with at_work(Setting(problem, given, 1, time.time() + 600), 1) as workers:
            known = with_skills(asked, alone.broken, State(asked), workers, told.append)
        assert sum(told) == number_of_tries(asked, alone.broken)
        return known

    whole, by_class = answers(10_000), answers(7)
    assert outcomes(by_class) == outcomes(whole)
    among = [own.values() for own in by_class.values()]
    assert {one.outcome for own in among for one in own if one.basis is Basis.ALIKE} == {
        Outcome.SURVIVES,
        Outcome.BREAKS,
    }


def outcomes(known: dict[Skill, dict[AbsenceCase, CaseAnswer]]) -> dict[Skill, dict[AbsenceCase, Outcome]]:
    return {skill: {case: one.outcome for case, one in own.items()} for skill, own in known.items()}


def test_nothing_is_alike_where_names_matter() -> None:
    problem = team(12)
    asked = ResilienceRequest(problem, roster(problem, [word(row) for row in lines(12)]), (1,))
    (part,) = classes.parts_of(asked)
    cases = [case for name in part.names for case in asked.singles(name)]
    assert len({part.key(case, 3) for case in cases}) < len(cases) / 2
    pinned = replace(problem, pins=(Pin("Li", "off", problem.dates.start, problem.dates.start),))
    slow = team(12, OffBlock(longest=40))
    for other in (pinned, slow):
        (part,) = classes.parts_of(replace(asked, problem=other))
        assert part.around is None


def test_an_answer_carried_over_wrongly_is_left() -> None:
    """The check finds that the day stays empty."""
    problem = team(8)
    problem = replace(problem, posts=(problem.posts[0], replace(problem.posts[1], hard=False, price=1)))
    given = roster(problem, [word(row) for row in lines(8)])
    (first,) = (one for one in ResilienceRequest(problem, given, (1,)).singles("Li") if one.first == 21)
    wrong = CaseAnswer(first, Outcome.SURVIVES, 0, 0, basis=Basis.ALIKE, side=1)
    (left,) = solve(Batch((first,), side=1, given=(wrong,)), Setting(problem, given, 1, time.time() + 60))
    assert given.duties[0][21].works
    assert left.left


def test_those_with_equal_duties_around_them_are_not_alike_where_it_matters_how_these_days_are_come_into(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """
    Wang can stand in for Li on Thursdays, save in weeks in which they have worked on Monday, too.

    Then two others have to change. On all Thursdays the duties from Tuesday to Saturday are the same; the first one,
    of which the class is asked, is in such a week.
    """
    kinds = [staff("a", "D", WorkBlock(longest=3)), staff("v", "DN"), staff("u", "N"), staff("w", "D")]
    posts = (
        post("week", 8, 8, "a", "v", days=Days(weekdays=frozenset(range(1, 6)))),
        post("monday", 8, 8, "a", "w", days=Days(weekdays=frozenset({0}))),
        post("night", 22, 8, "v", "u", days=Days(weekdays=frozenset({3}))),
    )
    people = [Person(*one) for one in (("Li", "a"), ("Wang", "a"), ("Bai", "v"), ("Sun", "u"), ("Ma", "w"))]
    problem = world(*kinds, posts=posts, people=tuple(people), weeks=8)
    rows = ["---DDD-" * 8, "DDD-----DD----" * 4, "---N---" * 8, "-" * 56, "-------D------" * 4]
    monkeypatch.setattr(classes, "LONG", 10_000)
    whole = tried(problem, rows, (1,))
    monkeypatch.setattr(classes, "LONG", 7)
    by_class = tried(problem, rows, (1,))
    assert not whole.violations
    assert told(by_class) == told(whole)
    thursdays = {one.case.first: one for one in by_class.singles if one.case.people == ("Li",)}
    assert [thursdays[day].changed for day in range(3, 56, 7)] == [2, 1] * 4
    assert {one.basis for one in thursdays.values()} == {Basis.ALIKE, Basis.AROUND}


def test_what_the_days_around_leave_open_is_asked_of_more(tmp_path: Path) -> None:
    """Also after a stop: what was left is kept as left, and counts as no answer."""
    problem, given = by_chance(2)
    asked = ResilienceRequest(problem, given, (2,))
    cases = tuple(AbsenceCase((name,), first, 2) for name in NAMES for first in range(7, 14))
    setting = Setting(problem, given, 1, time.time() + 600)
    near = [Batch(tuple(one for one in cases if one.first == first), side=1) for first in range(7, 14)]
    wider = Batch(cases, side=1, widening=True)
    told: list[int] = []
    with at_work(setting, 1) as workers:
        found = solve_all([*near, wider], State(asked, tmp_path / "kept"), workers, told.append)
    decided = [one for one in found[: len(cases)] if not one.left]
    assert 0 < len(decided) < len(cases)
    assert sum(told) == len(decided) + len(cases)
    again = State(asked, tmp_path / "kept")
    assert found[: len(cases)] == [one for batch in near for one in again.get(batch.key) or ()]
    alone = [
        one for name in NAMES for one in solve(Batch(tuple(c for c in cases if c.people == (name,))), setting)
    ]
    by_case = {line[0]: line for line in lines_of(alone)}
    assert all(line == by_case[line[0]] for line in lines_of([*decided, *found[len(cases) :]]))


@pytest.mark.parametrize("weekly", [28, 168])
def test_the_check_of_a_few_days_says_what_that_of_the_whole_calendar_says(weekly: int) -> None:
    problem = team(8, StandbyShare(percent=50), weekly_minutes=weekly * H, net_minutes=weekly * H)
    days_off = frozenset(MONDAY + timedelta(days) for days in (10, 31))
    nights = replace(problem.posts[1], days=Days(weekdays=frozenset(range(6))))
    dates = replace(problem.dates, holidays=days_off)
    problem = replace(problem, posts=(problem.posts[0], nights), dates=dates)
    given, draw = roster(problem, [word(row) for row in lines(8)]), random.Random(weekly)
    check, said = LocalCheck(problem, given), set()
    assert check_roster(problem, given) == []
    for _ in range(120):
        case = AbsenceCase((draw.choice(NAMES),), draw.randrange(54), draw.choice((1, 2)))
        moves = {(case.people[0], day): OFF.name for day in case.days}
        for who in draw.sample(NAMES, 2):
            if who not in case.people:
                moves |= {(who, day): draw.choice((OFF.name, "D", "N")) for day in case.days}
        cells = tuple((who, day, duty) for (who, day), duty in moves.items())
        whole = check_roster(with_absence(case, problem, given), with_moves(cells, problem, given))
        broken = {violation.rule for violation in whole}
        said |= broken
        for outcome, expected in ((Outcome.SURVIVES, set()), (Outcome.BREAKS, {"post"})):
            answer = CaseAnswer(case, outcome, len(cells), 0, moves=cells)
            assert check.passes(answer) == (broken == expected)
    assert said >= {"post", "min_rest", "work_block"} | ({"average_hours"} if weekly < 168 else set())


@pytest.mark.parametrize(
    ("row", "day", "given", "broken"),
    [
        ("s" * 14, 3, "t", "post"),  # the call ends at midnight, and the next morning has nobody
        ("------DDDD----", 5, "D", "work_block"),  # the fifth day of work is in the next week
        ("-DDDD---------", 0, "D", "work_block"),
        ("---DDDD-------", 7, "D", "work_block"),
        ("------N-------", 7, "D", "min_rest"),
    ],
)
def test_the_check_of_a_few_days_looks_at_the_days_beside_them(
    row: str, day: int, given: str, broken: str
) -> None:
    kind = staff("a", "DENst", *RULES)  # E begins at midnight: until then it is known who is there
    posts = (CALL,) if "s" in row else ()
    problem = world(kind, posts=posts, people=PEOPLE[:2], weeks=2)
    published = roster(problem, [word(row), word("-" * 14)])
    case, moves = AbsenceCase(("Wang",), day, 1), (("Li", day, given),)
    whole = check_roster(with_absence(case, problem, published), with_moves(moves, problem, published))
    assert check_roster(problem, published) == []
    assert {violation.rule for violation in whole} == {broken}
    answer = CaseAnswer(case, Outcome.SURVIVES, 1, 0, moves=moves)
    check = LocalCheck(problem, published)
    assert not check.passes(answer)
    assert check.passes(replace(answer, outcome=Outcome.BREAKS)) == (broken == "post")
