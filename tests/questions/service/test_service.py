"""The best service of given people: by listing every rotation, by its properties, and by what the check says of it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.checker import coverage_of_rotation
from roster.domain import rules
from roster.domain.outcome import Rotation, SeatUse, SolveOptions, Status
from roster.domain.problem import Days, Presence, Problem, Seat
from roster.engine.rotation.best_service import crowded, ranks, serve
from roster.engine.rotation.search_run import SearchRun
from roster.engine.rotation.service_levels import Served, TeamSize
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Search, Solution
from roster.output.words.service import gap_sentences
from roster.questions.service.answer import Service, best_service, first_of_all, service
from roster.questions.service.posts import MissingPeople, PostService, alike, faults, post_services
from tests.questions.plan.test_headcount import few, problems
from tests.questions.test_brute_force import by_signature
from tests.small import ONE_WORKER, H, post, staff, world

WEEKEND = Days(weekdays=frozenset({5, 6}))
SUNDAY = Days(weekdays=frozenset({6}))
THREE_DAYS = Days(weekdays=frozenset({0, 2, 4}))
WORKDAYS = Days(workdays=True)
TWO_ROLES = frozenset({"a", "b"})
NOTHING = Solution(Status.UNKNOWN, (), None, None)


def run(seconds: float = 30.0) -> SearchRun:
    now = time.monotonic()
    return SearchRun(now, Search(ONE_WORKER, now + seconds), lambda _: None)


def best(problem: Problem, **people: int) -> Service:
    return best_service(problem, people, run())


def whole(problem: Problem, team: TeamSize, options: SolveOptions = ONE_WORKER) -> Service:
    with ThreadPoolExecutor(2) as executor:
        return service(problem, team, options, None, executor)


def empty(answer: Served | Service) -> tuple[int, ...]:
    return tuple(level.empty for level in answer.levels)


LISTED: dict[str, tuple[Problem, dict[str, int]]] = {
    "one person, two posts, the first by priority": (
        world(
            staff("a", "DA", rules.MinRest(minutes=20 * H), net_minutes=24 * H),
            posts=(
                post("p", 14, 8, days=THREE_DAYS, priority=2),
                post("q", 8, 8, days=Days(weekdays=frozenset({1, 2})), priority=1),
            ),
        ),
        {"a": 1},
    ),
    "hours run out": (
        world(staff("a", "D", net_minutes=12 * H), posts=(post("p", 8, 8, days=WORKDAYS),)),
        {"a": 2},
    ),
    "the important post has the fewer hours": (
        world(
            staff("a", "DN", rules.MinRest(minutes=11 * H), net_minutes=24 * H),
            posts=(post("long", 8, 8, days=WORKDAYS, priority=2), post("night", 22, 8, days=SUNDAY)),
        ),
        {"a": 1},
    ),
    "a wish comes after every hard post": (
        world(
            staff("a", "D", net_minutes=16 * H),
            posts=(
                post("wish", 8, 8, days=WEEKEND, hard=False, price=100, priority=1),
                post("hard", 8, 8, days=THREE_DAYS, priority=5),
            ),
        ),
        {"a": 1},
    ),
    "a specialist leaves the flexible one free": (
        world(
            staff("a", "D", maximum=2),
            staff("both", "D", skills=TWO_ROLES, maximum=2),
            posts=(post("p", 8, 8, "a", days=WEEKEND), post("q", 8, 8, "b", people=2, days=SUNDAY)),
        ),
        {"a": 1, "both": 1},
    ),
    "standby in shares": (
        world(
            staff("a", "s", rules.StandbyShare(percent=30)),
            posts=(post("p", 16, 16, days=WORKDAYS, presence=Presence.STANDBY, response=30),),
        ),
        {"a": 1},
    ),
}


def listed(problem: Problem, people: dict[str, int]) -> tuple[int, ...]:
    """Return the least that stays empty, level by level, over all rotations of up to so many people."""
    choices: list[list[tuple[Rotation, ...]]] = []
    for name, number in people.items():
        single = list(by_signature(problem, problem.type[name], 1).values())
        choices.append([(), *((one,) for one in single)])
        if number == 2:
            choices[-1] += [
                (a, replace(b, name="again")) for a, b in combinations_with_replacement(single, 2)
            ]
            choices[-1] += [(one,) for one in by_signature(problem, problem.type[name], 2).values()]
    found = []
    for chosen in product(*choices):
        rows = coverage_of_rotation(problem, [rotation for part in chosen for rotation in part])
        short = dict.fromkeys(ranks(problem), 0)
        for row in rows:
            one = problem.post[row.post]
            short[not one.hard, one.priority] += max(0, row.required - row.held) * (row.end - row.start)
        found.append(tuple(short.values()))
    return min(found)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("name", LISTED)
def test_the_best_service_is_what_listing_finds(
    name: str, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, people = LISTED[name]
    if not at_once:
        monkeypatch.setattr("roster.engine.rotation.best_service._at_the_bounds", lambda *_: None)
    answer = best(problem, **people)
    # What no weekly rota can do better, one of another period may: only what holds of every roster is proven.
    weekly = listed(problem, people)
    assert empty(answer) == weekly
    assert sum(weekly) > 0
    assert tuple(level.bound for level in answer.levels) <= weekly
    assert (answer.status is Status.OPTIMAL) == all(level.proven for level in answer.levels)


def test_figures_of_the_posts_add_up_to_the_levels() -> None:
    problem, people = LISTED["the important post has the fewer hours"]
    answer = best(problem, **people)
    assert [(one.post.name, one.held, one.empty) for one in answer.posts] == [
        ("night", 8 * H, 0),
        ("long", 16 * H, 24 * H),
    ]
    assert [one.state for one in answer.posts] == ["held", "partly"]
    assert answer.people == {"a": 1}


@given(problems(), st.integers(0, 3), st.integers(0, 2))
@few
def test_one_more_person_never_lowers_the_service(problem: Problem, first: int, second: int) -> None:
    less = serve(problem, TeamSize({"a": first, "b": second}), run(), tidy=False, longer=False)
    more = serve(problem, TeamSize({"a": first + 1, "b": second}), run(), tidy=False, longer=False)
    assert empty(more) <= empty(less)
    assert all(level.bound <= level.empty for level in (*less.levels, *more.levels))
    answer = best(problem, a=first, b=second)
    # By turns, round several weeks, less may stay empty than in any one week; minutes on average are rounded up.
    assert empty(answer) <= empty(less)
    by_rank = dict.fromkeys(ranks(problem), 0)
    for one in answer.posts:
        by_rank[not one.post.hard, one.post.priority] += one.empty
    rounded = zip(by_rank.values(), empty(answer), strict=True)
    assert all(0 <= posts - level < len(problem.posts) for posts, level in rounded)


def test_a_total_is_shared_out_among_types_as_is_best() -> None:
    problem, _ = LISTED["a specialist leaves the flexible one free"]
    for number in range(1, 5):
        mixes = [best(problem, a=a, both=number - a) for a in range(max(0, number - 2), min(2, number) + 1)]
        answer = whole(problem, TeamSize(total=number))
        assert empty(answer) == min(empty(mix) for mix in mixes)
        assert answer.used <= number


def test_people_beyond_what_is_needed_are_to_spare() -> None:
    problem = world(staff("a", "D"), posts=(post("p", 8, 8, days=WEEKEND),))
    answer = whole(problem, TeamSize(total=4))
    assert (answer.used, answer.whole, answer.hires) == (1, True, ())


def test_the_next_hire_gains_what_solving_with_it_gives() -> None:
    problem = world(
        staff("a", "D", net_minutes=16 * H, cost=5),
        staff("b", "D", net_minutes=24 * H, cost=9, maximum=0),
        posts=(
            post("p", 8, 8, "a", days=WORKDAYS, priority=2),
            post("q", 8, 8, "b", days=THREE_DAYS, priority=1),
        ),
    )
    answer = whole(problem, TeamSize({"a": 1}))
    assert empty(answer) == (24 * H, 24 * H)
    assert [(hire.type, hire.gained, hire.allowed) for hire in answer.hires] == [
        ("b", (24 * H, 0), False),
        ("a", (0, 16 * H), True),
    ]


def test_posts_named_first_go_before_all_others() -> None:
    problem = world(
        staff("a", "D", net_minutes=8 * H),
        posts=(post("p", 8, 8, days=SUNDAY, priority=1), post("q", 8, 8, "a", days=SUNDAY, priority=3)),
    )
    assert [one.post.name for one in best(problem, a=1).in_state("held")] == ["p"]
    answer = best(first_of_all(problem, ["q"]), a=1)
    assert [one.post.name for one in answer.in_state("held")] == ["q"]


def test_seats_on_offer_hold_their_part() -> None:
    seat = Seat("night", "p", cost=10, start=0, length=8 * H)
    problem = world(
        staff("a", "D"), posts=(post("p", 0, 24, days=SUNDAY, people=2, vendor=True),), seats=(seat,)
    )
    answer = best(problem, a=1)
    assert answer.seats == (SeatUse("night", 1),)
    assert answer.posts[0].gaps == (
        MissingPeople(6, 0, 8 * H, 1),
        MissingPeople(6, 8 * H, 16 * H, 1),
        MissingPeople(6, 16 * H, 24 * H, 2),
    ) or answer.posts[0].gaps == (MissingPeople(6, 0, 16 * H, 1), MissingPeople(6, 16 * H, 24 * H, 2))


def test_what_is_told_as_held_and_is_not_is_found() -> None:
    problem = crowded(LISTED["hours run out"][0], TeamSize({"a": 2}))
    answer = best(problem, a=2)
    assert faults(problem, answer.posts, answer.rotations, ()) == []
    (told,) = answer.posts
    hidden = (replace(told, gaps=told.gaps[1:]),)
    assert len(faults(problem, hidden, answer.rotations, ())) == 1
    assert len(faults(problem, answer.posts, answer.rotations[:0], ())) >= 1
    one_person = crowded(problem, TeamSize({"a": 1}))
    assert faults(one_person, answer.posts, answer.rotations, ()) != []


def test_gaps_of_a_night_past_sunday_are_told_of_sunday() -> None:
    night = post("p", 22, 8, days=SUNDAY, people=2)
    problem = world(staff("a", "N"), posts=(night,))
    pieces = {("p", 6 * 24 * H + 22 * H, 7 * 24 * H): 1, ("p", 0, 4 * H): 1, ("p", 4 * H, 6 * H): 2}
    (told,) = post_services(problem, pieces)
    assert told.gaps == (MissingPeople(6, 22 * H, 28 * H, 1), MissingPeople(6, 28 * H, 30 * H, 2))
    assert (told.wanted, told.empty, told.state) == (16 * H, 10 * H, "partly")


def test_gaps_alike_on_several_days_are_said_once() -> None:
    gaps = [MissingPeople(day, 8 * H, 16 * H, 1) for day in (0, 3, 4)] + [MissingPeople(1, 8 * H, 12 * H, 1)]
    assert [days for _, days in alike(gaps)] == [(0, 3, 4), (1,)]


def test_out_of_time_is_unknown_and_not_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, people = LISTED["hours run out"]
    monkeypatch.setattr("roster.engine.rotation.best_service.branch_and_bound", lambda *_, **__: NOTHING)
    answer = whole(problem, TeamSize(people))
    assert (answer.status, answer.posts, answer.levels) == (Status.UNKNOWN, (), ())


def test_who_waits_for_a_turn_has_less_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    deadlines: list[float] = []

    def noted(problem: Problem, team: TeamSize, run: SearchRun, *, tidy: bool = True) -> Served:
        deadlines.append(run.search.deadline)
        return serve(problem, team, run, tidy=tidy)

    monkeypatch.setattr("roster.questions.service.answer.serve", noted)
    problem, people = LISTED["hours run out"]
    whole(problem, TeamSize(people))
    assert len(deadlines) > 1
    assert len(set(deadlines)) == 1


def test_what_is_not_proven_is_not_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, people = LISTED["the important post has the fewer hours"]

    def hurried(*asked: object, **settings: object) -> Solution:
        found = branch_and_bound(*asked, **settings)  # type: ignore[arg-type]
        return replace(found, status=Status.FEASIBLE, bound=0)

    monkeypatch.setattr("roster.engine.rotation.best_service.relaxed", lambda *_: (Status.UNKNOWN, 0.0))
    monkeypatch.setattr("roster.engine.rotation.best_service.branch_and_bound", hurried)
    answer = best(problem, **people)
    assert answer.status is Status.FEASIBLE
    assert [(level.empty, level.bound, level.proven) for level in answer.levels] == [
        (0, 0, True),
        (24 * H, 0, False),
    ]


def test_states() -> None:
    one = post("p", 8, 8, days=SUNDAY)
    assert PostService(one, 8 * H).state == "held"
    assert PostService(one, 8 * H, (MissingPeople(6, 8 * H, 16 * H, 1),)).state == "empty"


TURNS: dict[str, tuple[Problem, dict[str, int], int]] = {
    # One shift of 8 h in two weeks each, on average: two of a fortnight's four posts are held by turns.
    "half a shift a week": (
        world(
            staff("a", "D", net_minutes=4 * H),
            staff("b", "D", net_minutes=4 * H),
            posts=(post("p", 8, 8, "a", days=SUNDAY), post("q", 8, 8, "b", days=SUNDAY)),
        ),
        {"a": 1, "b": 1},
        8 * H,
    ),
    # Every second Sunday each: together they hold one of two places.
    "two types, every second Sunday": (
        world(
            staff("a", "D", net_minutes=4 * H),
            staff("b", "D", skills=frozenset({"a"}), net_minutes=4 * H),
            posts=(post("p", 8, 8, "a", people=2, days=SUNDAY),),
        ),
        {"a": 1, "b": 1},
        8 * H,
    ),
}


@pytest.mark.parametrize("name", TURNS)
def test_what_is_held_by_turns_is_counted_on_average(name: str) -> None:
    problem, people, empty_minutes = TURNS[name]
    answer = best(problem, **people)
    assert (answer.status, answer.weeks, empty(answer)) == (Status.OPTIMAL, 2, (empty_minutes,))
    assert sum(one.empty for one in answer.posts) == empty_minutes
    assert {one.state for one in answer.posts} == {"partly"}
    sentences = [sentence for one in answer.posts for sentence in gap_sentences(one)]
    assert sentences
    assert all(sentence.startswith("week ") for sentence in sentences) or len(sentences) == 1
    # What is told as held and is not is found in the week that it is told of.
    told = [replace(one, gaps=one.gaps[1:]) for one in answer.posts]
    assert faults(crowded(problem, answer.team), answer.posts, answer.rotations, ()) == []
    assert faults(crowded(problem, answer.team), told, answer.rotations, ())


def test_posts_that_two_hold_a_week_each_in_turn_are_all_held(monkeypatch: pytest.MonkeyPatch) -> None:
    # A week of standby at a time, of two people with a type each: no week repeats itself, a fortnight does.
    runs = rules.ShiftRun(shift="s", shortest=7, longest=7, starts=(0,))
    problem = world(
        staff("a", "s", runs),
        staff("b", "s", runs, skills=frozenset({"a"})),
        posts=(post("p", 16, 16, "a", presence=Presence.STANDBY),),
    )
    # The lengths of ring are not tried one after the other, for each would have too little time.
    monkeypatch.setattr("roster.engine.rotation.best_service.ring_lengths", lambda _: ())
    answer = best(problem, a=1, b=1)
    assert (answer.status, answer.weeks, empty(answer)) == (Status.OPTIMAL, 2, (0,))
    assert answer.whole
