"""Properties of the fewest people on random small scenarios: checked, never raised by asking less, and additive."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from roster.checker import check_roster, check_rotation
from roster.domain import rules
from roster.domain.outcome import Progress, SolveOptions, Status
from roster.domain.problem import DateRange, Days, Person, Post, Presence, Problem, StaffType
from roster.domain.rules import Rule
from roster.engine.rotation.decompose import split
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.read import rotations, seats_taken
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from roster.questions.plan import answer as headcount
from roster.questions.plan.answer import plan_headcount
from roster.rosters.files import read_roster
from roster.rosters.rows import write_roster
from tests.small import MONDAY, ONE_WORKER, H, post, staff, world

few = settings(
    max_examples=15, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)

DAYS = (
    Days(workdays=True),
    Days(restdays=True),
    Days(workdays=True, restdays=True, holidays=True),
    Days(weekdays=frozenset({0, 2, 6})),
)
RULES: tuple[Rule, ...] = (
    rules.MinRest(minutes=11 * H),
    rules.MinRest(minutes=16 * H),
    rules.MaxNights(nights=2),
    rules.WorkBlock(longest=4),
    rules.OffBlock(shortest=2),
    rules.FreeWeekends(one_in=2),
    rules.WeeklyRest(minutes=36 * H),
    rules.StandbyShare(percent=40),
    rules.RestAfterNights(minutes=32 * H),
    rules.Succession(first="N", second="A", days_off=1),
)
WINDOWS = ((8, 8), (14, 8), (22, 8), (8, 14))


@st.composite
def posts_of(draw: st.DrawFn, name: str) -> Post:
    start, length = draw(st.sampled_from(WINDOWS))
    asks = draw(st.sampled_from([Presence.ON_SITE, Presence.ON_SITE, Presence.STANDBY]))
    return post(
        name,
        start,
        length,
        *draw(st.sampled_from([("a",), ("b",), ("a", "b")])),
        days=draw(st.sampled_from(DAYS)),
        people=draw(st.integers(1, 2)),
        load=draw(st.sampled_from([100, 50, 40])),
        presence=asks,
        chain=draw(st.sampled_from([None, "c"])),
        level=draw(st.integers(1, 2)),
    )


@st.composite
def types_of(draw: st.DrawFn, name: str) -> StaffType:
    skills = draw(st.sampled_from([frozenset({"a"}), frozenset({"a", "b"}), frozenset({name})]))
    asked = draw(st.lists(st.sampled_from(RULES), max_size=3, unique_by=lambda rule: rule.key))
    net = draw(st.sampled_from([24, 34, 40])) * H
    return staff(name, "DANs", *asked, skills=skills, net_minutes=net, weekly_minutes=40 * H, maximum=12)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    posts = [draw(posts_of(f"p{number}")) for number in range(draw(st.integers(1, 3)))]
    types = [draw(types_of(name)) for name in "ab"]
    problem = world(*types, posts=posts, weeks=2)
    # A post whose roles nobody has is a fault of the file, and never comes here.
    assume(all(any(problem.is_eligible(one, each) for one in types) for each in posts))
    return problem


def ask(problem: Problem) -> Fewest:
    """Return the fewest people of a problem that falls into parts, put together."""
    now = time.monotonic()
    run = SearchRun(now, Search(ONE_WORKER, now + ONE_WORKER.time_limit_s), lambda _: None)
    parts = [fewest(part, run) for part in split(problem)]
    for part in parts:
        assert part.status in (Status.OPTIMAL, Status.INFEASIBLE), part.proof
        if part.model is not None:
            seats = seats_taken(part.model, part.values)
            assert check_rotation(part.model.problem, rotations(part.model, part.values), seats) == []
            assert part.value == part.bound
    if any(part.value is None for part in parts):
        return replace(parts[0], status=Status.INFEASIBLE, value=None)
    return replace(parts[0], status=Status.OPTIMAL, value=sum(part.value or 0 for part in parts))


def at_most(less: Fewest, more: Fewest) -> bool:
    """Whether one answer asks for no more people than another; an impossible one asks for more than any."""
    return more.value is None or (less.value is not None and less.value <= more.value)


def changed(problem: Problem, **fields: object) -> Problem:
    """Return the problem with every staff type changed."""
    return replace(problem, types=tuple(replace(one, **fields) for one in problem.types))  # type: ignore[arg-type]


@given(problems(), st.data())
@few
def test_asking_less_never_takes_more_people(problem: Problem, data: st.DataObject) -> None:
    whole = ask(problem)
    dropped = data.draw(st.sampled_from(problem.posts))
    assert at_most(ask(replace(problem, posts=tuple(p for p in problem.posts if p != dropped))), whole)
    loose = tuple(
        replace(one, rules=tuple(r for r in one.rules if r.key == "no_overlap")) for one in problem.types
    )
    always = tuple(replace(free, rules=(*free.rules, rules.AverageHours())) for free in loose)
    assert at_most(ask(replace(problem, types=always)), whole)


@given(problems())
@few
def test_more_hours_or_more_to_hire_never_take_more_people(problem: Problem) -> None:
    whole = ask(problem)
    assert at_most(ask(changed(problem, net_minutes=40 * H)), whole)
    assert at_most(ask(changed(problem, maximum=13)), whole)
    if whole.value is not None:
        assert ask(changed(problem, maximum=13)).value == whole.value


@given(problems(), st.integers(2, 3))
@few
def test_so_many_times_the_demand_takes_at_most_so_many_times_the_people(
    problem: Problem, times: int
) -> None:
    once = ask(problem)
    assume(once.value is not None)
    more = replace(
        changed(problem, maximum=12 * times),
        posts=tuple(replace(each, people=each.people * times) for each in problem.posts),
    )
    assert ask(more).value <= times * (once.value or 0)  # type: ignore[operator]


@given(problems(), problems())
@few
def test_what_shares_nobody_adds_up(left: Problem, right: Problem) -> None:
    other = replace(
        right,
        types=tuple(
            replace(one, name=f"{one.name}2", skills=frozenset(f"{skill}2" for skill in one.skills))
            for one in right.types
        ),
        posts=tuple(
            replace(
                each,
                name=f"{each.name}2",
                roles=tuple(f"{role}2" for role in each.roles),
                chain=f"{each.chain}2" if each.chain else None,
            )
            for each in right.posts
        ),
    )
    both = replace(left, types=left.types + other.types, posts=left.posts + other.posts)
    assert len(split(both)) == len(split(left)) + len(split(right))
    alone = [ask(left).value, ask(right).value]
    expected = None if None in alone else sum(value or 0 for value in alone)
    assert ask(both).value == expected
    now = time.monotonic()
    run = SearchRun(now, Search(ONE_WORKER, now + 30), lambda _: None)
    assert fewest(both, run).value == expected


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spend little on ranking rotas of the same headcount."""
    monkeypatch.setattr(headcount, "QUALITY_SECONDS", 0.3)


@pytest.mark.usefixtures("brief")
@given(problem=problems(), holiday=st.integers(0, 13), extra=st.booleans())
@settings(few, max_examples=12)
def test_every_plan_passes_the_checker(problem: Problem, holiday: int, extra: bool) -> None:
    free = frozenset({MONDAY + timedelta(days=holiday)})
    made_up = frozenset({MONDAY + timedelta(days=12)}) if extra else frozenset()
    problem = replace(problem, dates=DateRange(MONDAY, 2, holidays=free, workdays=made_up - free))
    outcome = plan_headcount(problem, SolveOptions(time_limit_s=30, workers=1))
    if outcome.plan is None:
        assert outcome.reason
        return
    plan = outcome.plan
    assert check_roster(problem, plan.roster) == []
    assert check_rotation(problem, plan.rotations, plan.headcount.seats) == []
    assert plan.headcount.total == sum(len(rotation.lines) for rotation in plan.rotations) == outcome.bound
    assert sum(plan.headcount.by_type.values()) == plan.headcount.total
    assert len(plan.roster.people) == plan.headcount.total


def test_the_people_found_are_told_in_every_later_stage() -> None:
    problem = world(staff("a", "D", rules.WorkBlock(longest=5)), posts=(post("desk", 8, 8),))
    told: list[Progress] = []
    found = plan_headcount(problem, ONE_WORKER, told.append)
    assert found.plan is not None
    later = [sign for sign in told if sign.stage == "rota"]
    assert later
    assert {(sign.best, sign.bound) for sign in later} == {(found.plan.headcount.in_house, found.bound)}


@pytest.mark.parametrize("names", [("a-3",), ("a-1",), ("Li",), ("Li", "A-2")])
def test_people_named_like_numbers_are_told_apart_and_read_back(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    people = tuple(Person(name, "a") for name in names)
    problem = world(
        staff("a", "D", rules.WorkBlock(longest=2)), posts=(post("desk", 8, 8, people=2),), people=people
    )
    plan = plan_headcount(problem, ONE_WORKER).plan
    assert plan is not None
    found = [person.name for person in plan.roster.people]
    assert len({name.casefold() for name in found}) == len(found) == plan.headcount.in_house > len(names)
    write_roster(problem, plan.roster, tmp_path / "roster.csv")
    back = read_roster(problem, tmp_path / "roster.csv")
    assert sorted(person.name for person in back.people) == sorted(found)
    assert check_roster(problem, back) == []
