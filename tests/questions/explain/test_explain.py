"""
Explanations of scenarios broken one at a time: the conflict names what was broken, is minimal, and the way out works.

What the program left out to find a conflict is left out here a second time, by other code, and the answers are the
planner's own: a rota that the independent check passes, or a proof that there is none.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import pytest

from roster.checker import check_roster, check_rotation
from roster.domain.outcome import ProofKind, Rotation, SeatUse, SolveOptions, Status
from roster.domain.problem import (
    WEEK,
    Ban,
    DateRange,
    Days,
    Person,
    Post,
    Presence,
    Problem,
    Restriction,
    Shift,
    StaffType,
)
from roster.domain.rules import (
    AverageHours,
    FreeWeekends,
    MaxNights,
    MinRest,
    NoOverlap,
    Origin,
    StandbyShare,
)
from roster.engine.calendar.nearest import nearest
from roster.engine.rotation.decompose import split
from roster.engine.rotation.feasibility import mix
from roster.engine.rotation.minimum import fewest
from roster.engine.rotation.read import rotations, seats_taken
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from roster.questions.conflict import find as conflict
from roster.questions.conflict.conditions import Condition
from roster.questions.conflict.find import Conflict
from roster.questions.conflict.relaxations import FeasibilityQuestion, QuestionChange, holds, with_types
from roster.questions.dates.going_on import GoingOn
from roster.questions.dates.lay_out import unrolled
from roster.questions.explain import (
    answer as explain,
)
from roster.questions.explain import (
    binding,
)
from roster.questions.explain import (
    trial as trial,
)
from roster.questions.explain.answer import ExplainRequest, Explanation
from roster.questions.explain.unstaffed_hours import least_empty
from roster.questions.explain.vendor_seats import offers
from roster.questions.explain.ways_out import ways_out
from roster.questions.plan import answer as headcount
from roster.questions.sums.precheck import hopeless, precheck
from tests.small import MONDAY, SHIFTS, H, post, staff, world

WORKDAYS = Days(workdays=True)
CALL = {"presence": Presence.STANDBY, "response": 30}
LEGAL = AverageHours(origin=Origin.LAW, source="the law")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing run out of time, however busy the machine."""
    monkeypatch.setattr(explain, "SECONDS", 300.0)
    for module in (conflict, trial, binding):
        monkeypatch.setattr(module, "EACH_SECONDS", 100.0)


def search() -> Search:
    return Search(SolveOptions(workers=1), time.monotonic() + 100.0)


def fitted(problem: Problem) -> Problem:
    """Return a problem with just the people that it takes, by name."""
    found = mix(problem, search())
    assert found is not None
    types = tuple(
        replace(s, minimum=0, maximum=found[1][s.name], cost=9000 + 500 * n)
        for n, s in enumerate(problem.types)
    )
    people = tuple(Person(f"{name}{number}", name) for name, n in found[1].items() for number in range(n))
    return replace(problem, types=types, people=people, dates=DateRange(MONDAY, 2))


def desk() -> Problem:
    """Two shifts a day, every day, and an office whose people answer at night."""
    limits = (MinRest(minutes=11 * H), MaxNights(nights=4), StandbyShare(percent=50))
    return world(
        staff("a", "DZ", *limits, weekly_minutes=40 * H, net_minutes=40 * H),
        staff("b", "Ds", *limits, weekly_minutes=40 * H, net_minutes=40 * H),
        posts=[
            post("day", 8, 8, "a"),
            post("night", 0, 8, "a"),
            post("office", 8, 8, "b", days=WORKDAYS),
            post("call", 16, 16, "b", **CALL),
        ],
    )


def shared() -> Problem:
    """Two trades that can both do the desk, one of them in parallel with its own post."""
    return world(
        staff("a", "DA", StandbyShare(percent=30), weekly_minutes=36 * H, net_minutes=36 * H),
        staff(
            "b",
            "DAt",
            StandbyShare(percent=60),
            skills=frozenset({"a", "b"}),
            weekly_minutes=36 * H,
            net_minutes=36 * H,
        ),
        posts=[
            post("desk", 8, 8, "a"),
            post("late", 14, 8, "a"),
            post("trade", 8, 8, "b", days=WORKDAYS),
            post("evening", 16, 8, "b", **CALL),
        ],
    )


def office() -> Problem:
    """Weekdays only, half of a person's attention each, and free weekends."""
    return world(
        staff(
            "a",
            "Dt",
            FreeWeekends(one_in=3),
            StandbyShare(percent=75),
            weekly_minutes=40 * H,
            net_minutes=40 * H,
        ),
        posts=[
            post("one", 8, 8, "a", days=WORKDAYS, load=50),
            post("two", 8, 8, "a", days=WORKDAYS, load=50),
            post("three", 8, 8, "a", days=WORKDAYS),
            post("call", 16, 8, "a", **CALL),
        ],
    )


def chain() -> Problem:
    """A desk and the second level of its chain, on call from another trade."""
    line = {"chain": "incident"}
    return world(
        staff("a", "DX", MaxNights(nights=3), weekly_minutes=42 * H, net_minutes=42 * H),
        staff("b", "s", StandbyShare(percent=50)),
        posts=[
            post("first", 20, 12, "a", **line),
            post("second", 16, 16, "b", level=2, **line, **CALL),
            post("morning", 8, 8, "a"),
        ],
    )


def pair() -> Problem:
    """One person on each of two weekday posts, with a call between them."""
    both = frozenset({"a", "b"})
    return world(
        staff("a", "Dt", StandbyShare(percent=60), skills=both, weekly_minutes=40 * H, net_minutes=40 * H),
        staff("b", "D", weekly_minutes=40 * H, net_minutes=40 * H),
        posts=[
            post("left", 8, 8, "a", days=WORKDAYS),
            post("right", 8, 8, "b", days=WORKDAYS),
            post("call", 16, 8, "a", **CALL),
        ],
    )


BASES = (desk, shared, office, chain, pair)


@dataclass(frozen=True)
class Broken:
    """A scenario with one thing made worse, and what an explanation must name."""

    problem: Problem
    kind: str
    name: str


def of_type(problem: Problem, name: str, **parts: object) -> Problem:
    types = tuple(replace(s, **parts) if s.name == name else s for s in problem.types)  # type: ignore[arg-type]
    return replace(problem, types=types)


def skill_removed(problem: Problem) -> Broken:
    role = problem.posts[0].roles[0]
    types = tuple(replace(s, skills=(s.skills - {role}) or frozenset({"none"})) for s in problem.types)
    return Broken(replace(problem, types=types), "skill", role)


def hours_cut(problem: Problem) -> Broken:
    return Broken(of_type(problem, "a", net_minutes=20 * H, weekly_minutes=24 * H), "hours", "a")


def share_cut(problem: Problem) -> Broken:
    name = next(s.name for s in problem.types if any(not problem.shift[n].on_site for n in s.shifts))
    rules = tuple(
        replace(rule, percent=10) if isinstance(rule, StandbyShare) else rule
        for rule in problem.type[name].rules
    )
    return Broken(of_type(problem, name, rules=rules), "rule", name)


def post_added(problem: Problem) -> Broken:
    extra = replace(problem.posts[0], name="extra", people=len(problem.people) + 1, chain=None)
    return Broken(replace(problem, posts=(*problem.posts, extra)), "post", "extra")


def shift_removed(problem: Problem) -> Broken:
    types = tuple(replace(s, shifts=tuple(n for n in s.shifts if n != "D")) for s in problem.types)
    shifts = tuple(shift for shift in problem.shifts if shift.name != "D")
    return Broken(replace(problem, types=types, shifts=shifts), "shifts", "a")


def leave_added(problem: Problem) -> Broken:
    """Let one more of the first type be away until the others are too few; the last leave is what broke it."""
    made, seats = rota(problem)
    wanted = unrolled(problem, GoingOn(tuple(made)), seats)
    away: list[Restriction] = []
    for person in problem.people:
        away.append(Restriction(person.name, Ban.DUTY, date(2027, 3, 8), date(2027, 3, 10)))
        broken = replace(problem, restrictions=tuple(away))
        found = nearest(broken, wanted, search())
        if found.roster is None or found.empty:
            return Broken(broken, "leave", person.name)
    raise AssertionError("nobody is needed")


def rota(problem: Problem) -> tuple[list[Rotation], tuple[SeatUse, ...]]:
    found = [fewest(part, SearchRun(0.0, search(), lambda _: None)) for part in split(problem)]
    made = [r for part in found if part.model for r in rotations(part.model, part.values)]
    return made, tuple(use for part in found if part.model for use in seats_taken(part.model, part.values))


BREAKS = (skill_removed, hours_cut, share_cut, post_added, shift_removed, leave_added)
CASES = [
    pytest.param(base, broken, id=f"{base.__name__}-{broken.__name__}") for base in BASES for broken in BREAKS
]


def explained(problem: Problem, headcount: int | None = None) -> Explanation:
    return explain.explain(problem, ExplainRequest(headcount), SolveOptions(time_limit_s=300.0, workers=1))


@pytest.mark.parametrize(("base", "breaks"), CASES)
def test_a_broken_scenario_is_explained_by_what_was_broken(
    base: Callable[[], Problem], breaks: Callable[[Problem], Broken]
) -> None:
    broken = breaks(fitted(base()))
    answer = explained(broken.problem)
    assert answer.status is Status.INFEASIBLE
    assert answer.because is not None
    found = answer.because.conflict
    assert found is not None
    assert found.minimal
    assert any(one.kind == broken.kind and names(broken, one) for one in found.conditions)
    assert not held(kept_only(broken.problem, found, found.conditions), answer)
    for one in found.conditions:
        others = [other for other in found.conditions if other is not one]
        assert held(kept_only(broken.problem, found, others), answer), one.sentence
    assert answer.ways, "one person more, an emptier post or a looser limit always helps here"
    assert worked(answer)
    plain(answer)
    for sentence in answer.because.sums:
        if counts := re.search(r"needs (\d+) of the (\d+) .* Left: (\d+)", sentence):
            needed, able, left = map(int, counts.groups())
            assert left < needed
            assert left < able


def names(broken: Broken, one: Condition) -> bool:
    """Whether an condition names what was broken; a shift was taken from everybody."""
    return broken.kind == "shifts" or broken.name in one.names


def kept_only(
    problem: Problem, found: Conflict, conditions: tuple[Condition, ...] | list[Condition]
) -> Problem:
    """Return a problem of which only some conditions of its conflict are left; written without the program's own."""
    told = {kind: {name for one in conditions if one.kind == kind for name in one.names} for kind in KINDS}
    rules = {(one.rule, name) for one in conditions if one.rule for name in one.names}
    roles = {role for p in problem.posts for role in p.roles} - {
        one.names[0] for one in conditions if one.kind == "skill"
    }
    every = tuple(s.name for s in SHIFTS if s in problem.shifts or any(fits(s, p) for p in problem.posts))
    types = []
    for each in problem.types:
        hours = each.name in told["hours"]
        keep = [
            r
            for r in each.rules
            if isinstance(r, NoOverlap) or (r, each.name) in rules or (isinstance(r, AverageHours) and hours)
        ]
        capped = each.name in told["people"]
        types.append(
            replace(
                each,
                rules=tuple(keep),
                net_minutes=each.net_minutes if hours else WEEK,
                weekly_minutes=each.weekly_minutes if hours else WEEK,
                maximum=each.maximum if capped else 50,
                minimum=0,
                skills=each.skills | roles,
                shifts=each.shifts if each.name in told["shifts"] else every,
            )
        )
    leave = [one for one in conditions if one.kind == "leave"]
    left = tuple(r for r in problem.restrictions if any(r.person in one.names for one in leave))
    return replace(
        problem,
        types=tuple(types),
        posts=tuple(p for p in problem.posts if p.name in told["post"]),
        shifts=tuple(s for s in SHIFTS if s.name in every),
        restrictions=left,
    )


def fits(shift: Shift, wanted: Post) -> bool:
    """Whether a shift lies in a post's window and is of its presence."""
    inside = wanted.start <= shift.start and shift.end <= wanted.end
    return inside and shift.presence is wanted.presence


KINDS = ("hours", "people", "shifts", "post")


def held(problem: Problem, answer: Explanation) -> bool:
    """Whether the planner finds a rota, or the nearest roster on dates, that the independent check passes."""
    if answer.about == "dates":
        assert answer.because is not None
        assert answer.because.conflict is not None
        case = answer.because.conflict.question.case
        assert case is not None
        found = nearest(problem, case.published, search())
        assert found.status is not Status.UNKNOWN
        if found.roster is None or found.empty:
            return False
        assert not check_roster(problem, found.roster)
        return True
    found_parts = [fewest(part, SearchRun(0.0, search(), lambda _: None)) for part in split(problem)]
    assert all(part.status in (Status.OPTIMAL, Status.INFEASIBLE) for part in found_parts)
    if any(part.status is Status.INFEASIBLE for part in found_parts):
        return False
    made = [r for part in found_parts if part.model for r in rotations(part.model, part.values)]
    seats = [use for part in found_parts if part.model for use in seats_taken(part.model, part.values)]
    assert not check_rotation(problem, made, seats)
    return True


def worked(answer: Explanation) -> bool:
    """Whether the first way out, applied, lets the scenario be held."""
    way = next(way for way in answer.ways if way.question is not None)
    assert way.question is not None
    if answer.about != "dates":
        return held(way.question.problem, answer)
    case = way.question.dated
    assert case is not None
    found = nearest(case.asked, case.published, search())
    return found.roster is not None and not found.empty and not check_roster(case.asked, found.roster)


JARGON = re.compile(r"infeasib|variable|constraint|solver|relaxation|index|minutes=|None|_", re.IGNORECASE)


def sentences(answer: Explanation) -> Iterator[str]:
    for because in (answer.because, answer.fewer):
        if because is not None:
            yield from because.sums
            yield from (one.sentence for one in (because.conflict.conditions if because.conflict else ()))
    yield from (way.sentence for way in answer.ways)
    yield from (row.sentence for row in answer.rows)
    yield from (one.sentence for one in (answer.binds.found if answer.binds else ()))


def plain(answer: Explanation) -> None:
    """No sentence is of the program's inside."""
    for sentence in sentences(answer):
        assert not JARGON.search(sentence), sentence


def test_a_scenario_that_can_be_held_is_told_why_not_with_fewer_and_what_binds() -> None:
    problem = replace(desk(), types=tuple(replace(each, maximum=1000) for each in desk().types))
    answer = explained(problem)
    assert (answer.status, answer.number) == (Status.OPTIMAL, 5)
    assert answer.fewer is not None
    assert answer.fewer.conflict is not None
    kinds = {one.kind for one in answer.fewer.conflict.conditions}
    assert {"people", "hours", "post"} <= kinds
    assert any("112 h a week" in sentence for sentence in answer.fewer.sums)
    assert answer.binds is not None
    worth = {one.sentence: one.change for one in answer.binds.found}
    assert worth["Without night: saves 1 person."] == -1
    plain(answer)


def test_what_binds_is_what_the_planner_answers_for_each_step() -> None:
    problem = replace(pair(), types=tuple(replace(each, maximum=1000) for each in pair().types))
    number = least(problem)
    assert number is not None
    steps = list(binding.steps(problem, explain.ExplainRequest().provenance))
    found = binding.what_binds(problem, number, explain.ExplainRequest().provenance, search())
    told = {one.sentence: one.change for one in found.found}
    assert not found.undecided
    assert len(told) + found.free == len(steps)
    for step in steps:
        other = least(step.problem)
        change = None if other is None else other - number
        assert next((told[text] for text in told if text.startswith(f"{step.sentence}: ")), 0) == change


def least(problem: Problem) -> int | None:
    """Return the planner's number, None where nothing will do."""
    found = [fewest(part, SearchRun(0.0, search(), lambda _: None)) for part in split(problem)]
    assert all(part.status in (Status.OPTIMAL, Status.INFEASIBLE) for part in found)
    values = [part.value for part in found if part.value is not None]
    return sum(values) if len(values) == len(found) else None


def test_a_number_of_people_is_refused_just_below_the_least() -> None:
    problem = replace(desk(), types=tuple(replace(each, maximum=1000) for each in desk().types))
    answer = explained(problem, 4)
    assert answer.status is Status.INFEASIBLE
    assert {"hire", "soft"} <= {way.kind for way in answer.ways}


def test_out_of_time_nothing_is_called_impossible() -> None:
    answer = explain.explain(fitted(pair()), ExplainRequest(), SolveOptions(time_limit_s=1e-6))
    assert answer.status is Status.UNKNOWN


@pytest.mark.parametrize("base", BASES)
def test_no_sum_before_solving_contradicts_what_can_be_held(base: Callable[[], Problem]) -> None:
    problem = fitted(base())
    people = sum(each.maximum for each in problem.types)
    assert not hopeless(precheck(problem, people))


@pytest.mark.parametrize("broken", [skill_removed, shift_removed, post_added])
def test_hopeless_cases_are_answered_before_solving(
    broken: Callable[[Problem], Broken], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headcount, "fewest_with_reason", None)
    outcome = headcount.plan_headcount(broken(fitted(desk())).problem, SolveOptions())
    assert (outcome.status, outcome.proof.kind) == (Status.INFEASIBLE, ProofKind.ARITHMETIC)


def test_a_limit_of_law_is_told_apart_and_comes_last() -> None:
    problem = fitted(desk())
    lawful = replace(LEGAL, source="the labour law")
    types = tuple(replace(each, rules=(*each.rules[:-1], lawful)) for each in problem.types)
    answer = explained(hours_cut(replace(problem, types=types)).problem)
    assert answer.ways[-1].law
    assert not answer.ways[0].law
    assert "law" in answer.ways[-1].sentence


def working(minutes: int) -> QuestionChange:
    """Let people of the first type work so long a week."""

    def longer(one: StaffType) -> StaffType:
        return replace(one, net_minutes=minutes, weekly_minutes=max(one.weekly_minutes, minutes))

    return lambda world: with_types(world, ["a"], longer)


@pytest.mark.parametrize("base", [desk, shared])
def test_a_change_refused_at_once_never_helps(base: Callable[[], Problem]) -> None:
    broken = hours_cut(fitted(base())).problem
    world = FeasibilityQuestion(broken)
    found = conflict.find_conflict(world, ExplainRequest().provenance, search())
    assert found is not None
    trials = trial.Trials(world, found, search())
    changes = [working(n * H) for n in range(21, 41, 3)]
    refused = [trials.refuses(change) for change in changes]
    assert any(refused)
    assert not all(refused)
    for change, no in zip(changes, refused, strict=True):
        assert not (no and holds(change(world), search()))


def test_no_vendor_seat_shorter_than_the_hours_that_must_stay_empty_helps() -> None:
    broken = hours_cut(fitted(desk())).problem
    world = FeasibilityQuestion(broken)
    found = conflict.find_conflict(world, ExplainRequest().provenance, search())
    assert found is not None
    with ThreadPoolExecutor(1) as threads:
        empty = least_empty(found, search(), threads)
    posts = [one.names[0] for one in found.conditions if one.kind == "post"]
    every = offers(broken, posts)
    short = [offer for offer in every if offer.minutes < empty.get(offer.post, WEEK)]
    assert short
    assert len(short) < len(every)
    assert not any(holds(offer.buy(world), search()) for offer in short)


def test_kinds_of_ways_that_time_did_not_suffice_for_are_named() -> None:
    world = FeasibilityQuestion(hours_cut(fitted(desk())).problem)
    found = conflict.find_conflict(world, ExplainRequest().provenance, search())
    assert found is not None
    over = replace(search(), deadline=time.monotonic() - 1.0)
    assert ways_out(world, found, over) == ((), ("hire", "soft", "seat", "limit"))
    found_ways, undecided = ways_out(world, found, search())
    assert found_ways
    assert not undecided
