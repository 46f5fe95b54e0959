"""
Where not everything can be held: the best roster that the people who are there can have all the same.

First only the posts count, hours of the more important ones for more; then, with no more empty, everything else that a
calendar is judged by. Every rule but cover holds, or there is no such roster. The least that stays empty is bounded
over every roster of these people on these dates.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil

from roster.checker import Gap, check_roster, cover_of_roster, gaps_of
from roster.domain.horizon import calendar
from roster.domain.outcome import Outcome, Partial, Progress, Roster, SeatUse, SolveOptions, Tell
from roster.domain.problem import Person, Problem, StaffType
from roster.domain.staff import numbered
from roster.engine.columns import (
    Aims,
    Compiled,
    Deadline,
    Result,
    State,
    boxes,
    compile_team,
    generate,
    result,
    run,
)
from roster.engine.rotation import SearchRun, fewest, split
from roster.engine.solvers.search import Search
from roster.language import tr
from roster.penalties import empty_weighed
from roster.questions.calendar import best_calendar
from roster.questions.partial_roster.needless import without_needless

SECONDS = 12.0
"""Wall time at most for leaving as little empty as possible; it ends as soon as that is proven."""

BETTER = 0.5
"""As much of that for as good a calendar as it leaves."""

SHARE = 0.2
"""The same as a share of the time limit."""

MANY = 1000
"""A type with this maximum has no number of its own: the scenario gives none."""


@dataclass(frozen=True, slots=True)
class PresentTeam:
    """Who is there, and which vendor seats may be taken."""

    people: tuple[Person, ...]
    seats: tuple[SeatUse, ...] = ()


def team_of_outcome(problem: Problem, outcome: Outcome, options: SolveOptions) -> PresentTeam | None:
    """
    Return the people of a scenario whose plan is impossible: those it names or counts, and who was found to be needed.

    None where the scenario gives no number: there is nobody to make a roster for.

    Parameters
    ----------
    problem, outcome : The scenario, and its plan.
    options : Time limit and settings, where the number has yet to be found.
    """
    known = outcome.details.get("headcount")
    if isinstance(known, dict):
        return team(problem, known["by_type"], tuple(SeatUse(*use) for use in known["seats"]))
    numbers: dict[str, int] = {}
    for part in split(problem):
        if all(staff.maximum >= MANY for staff in part.types):
            found = _needed(part, options)
            if found is None:
                return None
            numbers |= found
        else:
            numbers |= {one.name: _number(part, one) for one in part.types}
    return team(problem, numbers)


def _needed(part: Problem, options: SolveOptions) -> dict[str, int] | None:
    """Return how many people a part that can be held needs."""
    now = time.monotonic()
    deadline = min(options.ends(now), now + SECONDS)
    found = fewest(part, SearchRun(now, Search(options, deadline), lambda _: None))
    if found.model is None or not found.values:
        return None
    return {name: found.values[flow.headcount] for name, flow in found.model.flows.items()}


def _number(part: Problem, staff: StaffType) -> int:
    """Return how many of a type there are to be; what hours ask for where the scenario gives no number."""
    if staff.maximum < MANY:
        return staff.maximum
    minutes = sum(
        post.people * post.length * 7 * post.load // 100
        for post in part.posts
        if part.is_eligible(staff, post) and post.hard
    )
    return max(staff.minimum, ceil(minutes / max(1, staff.weekly_minutes)))


def team(
    problem: Problem, numbers: Mapping[str, int], seats: tuple[SeatUse, ...] | None = None
) -> PresentTeam:
    """
    Return people by number: those with names first, then numbered ones.

    Parameters
    ----------
    problem : The scenario.
    numbers : How many of each type; a type that is not named has nobody.
    seats : The vendor seats that are taken; all on offer where not given.
    """
    found: list[Person] = []
    for staff in problem.types:
        own = [one for one in problem.people if one.type == staff.name]
        chosen = own[: numbers.get(staff.name, 0)]
        left = numbers.get(staff.name, 0) - len(chosen)
        found += chosen
        found += [Person(f"{staff.name}-{n}", staff.name) for n in islice(numbered(staff.name, own), left)]
    offered = tuple(SeatUse(seat.name, seat.maximum) for seat in problem.seats)
    return PresentTeam(tuple(found), offered if seats is None else seats)


def of_people(problem: Problem, names: Iterable[str]) -> Problem:
    """Return the problem of some of its people alone, with what is asked and settled of them."""
    there = set(names)
    return replace(
        problem,
        people=tuple(one for one in problem.people if one.name in there),
        pins=tuple(one for one in problem.pins if one.person in there),
        wishes=tuple(one for one in problem.wishes if one.person in there),
        restrictions=tuple(one for one in problem.restrictions if one.person in there),
    )


def best_partial(
    problem: Problem, there: PresentTeam, options: SolveOptions, progress: Tell | None = None
) -> Partial | None:
    """
    Return the best roster of a team; None where none keeps every rule, or time is too short to find one.

    Parameters
    ----------
    problem, there : The scenario, and the people with their vendor seats.
    options, progress : Time limit and settings, and whom to tell how it goes.

    Raises
    ------
    EngineError
        A roster breaks the independent check in more than its cover: a defect of the program.
    """
    tell = progress or (lambda _: None)
    tell(Progress(tr("calendar.searching"), None, None, 0.0))
    for seats in dict.fromkeys((there.seats, ())):
        found = _of_posts(problem, replace(there, seats=seats), options)
        if found is not None:
            break
    else:
        return None
    roster, bound, proven = found
    again = replace(options, time_limit_s=BETTER * _seconds(options), until=None)
    better = best_calendar(problem, again, tell, roster)
    if better.roster is not None and _no_worse(problem, better.roster, roster):
        roster = better.roster
    roster = _without_idle(problem, without_needless(problem, _without_seats(problem, roster)))
    empty = sum(gap.minutes for gap in _gaps(problem, roster))
    return Partial(roster, min(bound, empty), proven)


def _no_worse(problem: Problem, new: Roster, old: Roster) -> bool:
    lawful = all(one.rule == "post" for one in check_roster(problem, new))
    return lawful and empty_weighed(problem, new) <= empty_weighed(problem, old)


def _of_posts(problem: Problem, there: PresentTeam, options: SolveOptions) -> tuple[Roster, int, bool] | None:
    """Return the roster with the least empty, the minutes that must stay empty, and whether that is proven."""
    horizon = calendar(problem.dates)
    skeleton = Roster(there.people, horizon, (), there.seats, problem.before(there.people))
    bare = _posts_alone(problem)
    compiled, found = _searched(bare, skeleton, options)
    if not found.lines:
        return None
    roster = compiled.read(found.lines)
    if any(one.rule != "post" for one in check_roster(problem, roster)):
        return None
    alike = replace(bare, posts=tuple(replace(post, priority=1) for post in bare.posts))
    same = len({post.priority for post in bare.posts if post.hard}) == 1
    least = found.bound if same else _bound(alike, skeleton, _seconds(options))
    per_minute = compiled.hard / 60
    return roster, max(0, ceil(least / per_minute - 1e-6)), found.optimal


def _seconds(options: SolveOptions) -> float:
    return max(1.0, min(SECONDS, SHARE * options.time_limit_s))


def _searched(problem: Problem, skeleton: Roster, options: SolveOptions) -> tuple[Compiled, Result]:
    seconds = _seconds(options)
    compiled = compile_team(problem, skeleton, Aims(quality=False, duty=0))
    state = State(compiled.team, options.seed, Deadline(time.monotonic() + seconds))
    run(state, seconds)
    return compiled, result(state)


def _bound(problem: Problem, skeleton: Roster, seconds: float) -> float:
    """Return a bound on what stays empty, in units, where all posts weigh the same."""
    compiled = compile_team(problem, skeleton, Aims(quality=False, duty=0))
    state = State(compiled.team, 1, Deadline(time.monotonic() + seconds))
    generate(state.generator, state.deadline, boxes(compiled.team), state.bound)
    state.prove()
    return max(0.0, state.rounded)


def _posts_alone(problem: Problem) -> Problem:
    """Return the problem with nothing that costs points but hard posts left empty."""
    posts = tuple(replace(post, price=0, over_price=0) for post in problem.posts)
    types = tuple(replace(one, rules=tuple(rule for rule in one.rules if rule.hard)) for one in problem.types)
    return replace(problem, posts=posts, types=types, wishes=(), quality=(), fairness=())


def _gaps(problem: Problem, roster: Roster) -> tuple[Gap, ...]:
    return gaps_of(problem, cover_of_roster(problem, roster).rows)


def _without_seats(problem: Problem, roster: Roster) -> Roster:
    """Return a roster without the vendor seats that it can do without."""
    if not roster.seats:
        return roster
    gaps, broken = _gaps(problem, roster), len(check_roster(problem, roster))
    for use in roster.seats:
        for number in range(use.number - 1, -1, -1):
            fewer = replace(roster, seats=_with(roster.seats, use.seat, number))
            if _gaps(problem, fewer) != gaps or len(check_roster(problem, fewer)) > broken:
                break
            roster = fewer
    return roster


def _with(seats: Sequence[SeatUse], seat: str, number: int) -> tuple[SeatUse, ...]:
    changed = (SeatUse(use.seat, number) if use.seat == seat else use for use in seats)
    return tuple(use for use in changed if use.number)


def _without_idle(problem: Problem, roster: Roster) -> Roster:
    """Return a roster without the people who have no name and no duty."""
    named = {person.name for person in problem.people}
    kept = [
        index
        for index, person in enumerate(roster.people)
        if person.name in named or any(not duty.is_off for duty in roster.duties[index])
    ]
    if len(kept) == len(roster.people) or not kept:
        return roster
    fewer = replace(
        roster,
        people=tuple(roster.people[index] for index in kept),
        duties=tuple(roster.duties[index] for index in kept),
        before=tuple(roster.before[index] for index in kept) if roster.before else (),
    )
    return fewer if all(one.rule == "post" for one in check_roster(problem, fewer)) else roster
