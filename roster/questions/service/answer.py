"""
The inverse question: with these people, the best service; which posts are held, and whom to hire next.

Posts are held in the order of their priority, person-minutes of an ordinary week counted level by level (on average,
where a rota of several weeks leaves less empty than a weekly one), each level proven before the next is looked at. The
rota that shows it passes the independent check in everything but the posts told as empty.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from roster.domain.outcome import Progress, Rotation, SeatUse, SolveOptions, Status, Tell
from roster.domain.problem import Problem
from roster.engine.rotation import (
    LevelService,
    Rank,
    SearchRun,
    Served,
    TeamSize,
    crowded,
    rotations,
    seats_taken,
    serve,
)
from roster.engine.solvers.mip import SECOND, SOLVER
from roster.engine.solvers.search import Search
from roster.errors import EngineError
from roster.language import tr
from roster.questions.service.posts import PostService, faults, post_services

__all__ = ["Hire", "Service", "TeamSize", "best_service", "first_of_all", "service"]


@dataclass(frozen=True, slots=True)
class Hire:
    """
    One more person of a type: person-minutes a week held more, level by level.

    `allowed`: whether the scenario lets there be one more. `proven`: whether no more than that can be gained.
    """

    type: str
    gained: tuple[int, ...]
    allowed: bool
    proven: bool

    @property
    def minutes(self) -> int:
        """All that is gained."""
        return sum(self.gained)


@dataclass(frozen=True, slots=True)
class Service:
    """
    The best service of some people.

    Parameters
    ----------
    status : `optimal`: every level proven; `feasible`: some level may be better; `unknown`: no rota found in time.
    team : Who was given.
    people : Who is on the rota, by type.
    levels : What stays empty on each level of posts, most important first.
    posts : Every post, in the order of priority.
    weeks : After how many weeks the rota repeats, gaps and all.
    hires : One more of each in-house type, most useful first; empty where everything is held.
    """

    problem: Problem
    team: TeamSize
    status: Status
    people: Mapping[str, int]
    levels: tuple[LevelService, ...] = ()
    posts: tuple[PostService, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    seats: tuple[SeatUse, ...] = ()
    hires: tuple[Hire, ...] = ()
    weeks: int = 1
    seconds: float = 0.0
    solver: str = f"{SECOND}, {SOLVER}"

    @property
    def whole(self) -> bool:
        """Whether every post is held, wishes too."""
        return bool(self.posts) and not any(post.empty for post in self.posts)

    @property
    def used(self) -> int:
        """In-house people on the rota."""
        types = self.problem.type
        return sum(n for name, n in self.people.items() if not self.problem.is_vendor(types[name]))

    def in_state(self, state: str) -> tuple[PostService, ...]:
        """Return the posts that are `held`, `partly` or `empty`."""
        return tuple(post for post in self.posts if post.state == state)


def service(
    problem: Problem, team: TeamSize, options: SolveOptions, progress: Tell | None, executor: Executor
) -> Service:
    """
    Answer the whole question: the best service, and what one more person of each type would add.

    Parameters
    ----------
    problem, team : The scenario, and who is there.
    options, progress : Time limit and settings, and whom to tell how it goes.
    executor : Who answers what one more person would add.

    Raises
    ------
    EngineError
        The rota breaks the independent check: a defect of the program.
    """
    run = _clock(options, progress or _nobody)
    answer, served = _answered(problem, team, run)
    if not served.found:
        return replace(answer, seconds=time.monotonic() - run.began)
    asked = [] if answer.whole else [_Hiring(answer, name, options, run.began) for name in _in_house(problem)]
    found = []
    for done, future in enumerate([executor.submit(_hire, one) for one in asked], start=1):
        found += [one for one in [future.result()] if one is not None]
        run.tell(Progress(tr("service.stage_hire"), done, len(asked), time.monotonic() - run.began))
    hires = tuple(sorted(found, key=lambda one: _rank(problem, one)))
    return replace(answer, hires=hires, seconds=time.monotonic() - run.began)


def best_service(problem: Problem, people: Mapping[str, int], run: SearchRun) -> Service:
    """
    Return the best service of so many people of each type.

    Parameters
    ----------
    problem, people : The scenario, and numbers by type; types that are not named have nobody.
    run : The time there is.

    Raises
    ------
    EngineError
        The rota breaks the independent check: a defect of the program.
    """
    return _answered(problem, TeamSize(dict(people)), run)[0]


def first_of_all(problem: Problem, names: Sequence[str]) -> Problem:
    """Return the problem with some posts before all others, in this order."""
    place = {name: at for at, name in enumerate(dict.fromkeys(names), start=1)}
    posts = (replace(one, priority=place.get(one.name, one.priority + len(place))) for one in problem.posts)
    return replace(problem, posts=tuple(posts))


def _answered(problem: Problem, team: TeamSize, run: SearchRun) -> tuple[Service, Served]:
    served = serve(problem, team, run)
    if not served.found:
        return Service(problem, team, Status.UNKNOWN, {}), served
    weeks = served.weeks
    empty = {place: n for part in served.parts for place, n in part.places_in(weeks).items()}
    posts = post_services(problem, empty, weeks)
    rotas = tuple(one for part in served.parts for one in rotations(part.model, part.values))
    seats = tuple(use for part in served.parts for use in seats_taken(part.model, part.values))
    people = {one.name: 0 for one in problem.types}
    for rota in rotas:
        people[rota.type] += rota.people
    wrong = faults(crowded(problem, team), posts, rotas, seats)
    if wrong:
        raise EngineError("; ".join(wrong[:5]))
    status = Status.OPTIMAL if served.proven else Status.FEASIBLE
    answer = Service(problem, team, status, people, served.levels, posts, rotas, seats, weeks=weeks)
    return answer, served


@dataclass(frozen=True, slots=True)
class _Hiring:
    """One more of a type asked about: plain data, for an executor may be of other processes."""

    answer: Service
    type: str
    options: SolveOptions
    began: float


def _hire(asked: _Hiring) -> Hire | None:
    """Return what one more of a type adds to the people that were given or chosen; None where time ran out."""
    answer, problem = asked.answer, asked.answer.problem
    before = dict(answer.team.by_type if answer.team.by_type is not None else answer.people)
    there = before.get(asked.type, 0)
    team = TeamSize({**before, asked.type: there + 1})
    served = serve(problem, team, _clock(asked.options, _nobody, asked.began), tidy=False)
    if not served.found:
        return None
    was: dict[Rank, int] = {level.rank: level.empty for level in answer.levels}
    gained = tuple(was[level.rank] - level.empty for level in served.levels)
    proven = served.proven and answer.status is Status.OPTIMAL
    return Hire(asked.type, gained, there < problem.type[asked.type].maximum, proven)


def _clock(options: SolveOptions, tell: Tell, began: float | None = None) -> SearchRun:
    """Return a clock from now, or since the question began: whoever waited for a turn has less time left."""
    began = time.monotonic() if began is None else began
    return SearchRun(began, Search(options, options.ends(began)), tell)


def _nobody(_progress: Progress) -> None:
    """Take a sign of life that nobody watches."""


def _in_house(problem: Problem) -> list[str]:
    return [one.name for one in problem.types if not problem.is_vendor(one)]


def _rank(problem: Problem, hire: Hire) -> tuple[object, ...]:
    """Most gained on the most important level first; of equal ones those that may be hired, then the cheapest."""
    return ([-minutes for minutes in hire.gained], not hire.allowed, problem.type[hire.type].cost, hire.type)
