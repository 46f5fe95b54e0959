"""
The classical rotas held against a scenario: crews and people, what the law says, and how far from the proven optimum.

A classical rota holds one seat around the clock. It is read by the same independent check as any rota, once with the
rules of the scenario and once with every regime that is shipped.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from roster.checker import check_rotation
from roster.domain.horizon import ring, wanted_by_hour
from roster.domain.outcome import Proof, Rotation, SolveOptions, Status, Tell
from roster.domain.problem import WEEK, Control, DateRange, Employer, Goal, Post, Problem, StaffType
from roster.domain.rules import (
    AverageHours,
    Count,
    Gap,
    Handover,
    NoOverlap,
    NoStandbyAfterNights,
    NoStandbyBefore,
    Origin,
    Rule,
    ShiftRun,
    StandbyShare,
    Succession,
)
from roster.engine.rotation import SearchRun, fewest
from roster.engine.solvers.search import Search
from roster.questions.rotas.classical import Classic, classics
from roster.scenario.build.regimes import Regime, every
from roster.scores import score_rotation

LONG = 16 * 60
"""A post open so long every day wants a rota around the clock; minutes."""

_ON_STANDBY = (StandbyShare, NoStandbyBefore, NoStandbyAfterNights)
_NOT_ITS_OWN = (Count, Gap, Handover, ShiftRun, Succession, *_ON_STANDBY)
"""Rules that name a scenario's own shifts, or standby: a classical rota has neither."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that a rota breaks: its rule, where that comes from, and one finding in words."""

    rule: str
    origin: Origin
    sentence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """
    A rota under one set of limits.

    `overtime` are the minutes a week above standard hours that the regime still allows, with pay.
    """

    under: str
    breaches: tuple[Breach, ...]
    overtime: int = 0

    @property
    def lawful(self) -> bool:
        """Whether no limit is broken, law or policy."""
        return not self.breaches

    @property
    def breaks_law(self) -> bool:
        """Whether a limit taken from a law is broken."""
        return any(breach.origin is Origin.LAW for breach in self.breaches)


@dataclass(frozen=True, slots=True)
class Desk:
    """
    An on-site post that wants a rota around the clock, and the fewest people for it alone, net of absence.

    `status` and `proof` are of that number; None where it was not found in time or nobody can hold it.
    """

    post: Post
    types: tuple[str, ...]
    fewest: int | None
    status: Status
    proof: Proof
    net_minutes: int


@dataclass(frozen=True, slots=True)
class HeldRota:
    """
    One classical rota against the scenario.

    Parameters
    ----------
    people : Its crews for all desks, nobody ever absent; of one seat where there is no desk.
    relief : The same with as many more as leave, sickness and training take; None where no desk says what absence is.
    above : People with relief, above the proven fewest of all desks; None where those are not known.
    """

    classic: Classic
    people: int
    relief: int | None
    above: int | None
    free_weekends: tuple[int, int]
    scenario: Judged | None
    regimes: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Rotas:
    """All classical rotas against a scenario; `judged_as` is the type whose rules stand for the scenario's."""

    problem: Problem
    desks: tuple[Desk, ...]
    judged_as: str
    regimes: tuple[Regime, ...]
    held: tuple[HeldRota, ...]
    seconds: float = 0.0

    @property
    def fewest(self) -> int | None:
        """The fewest people of all desks, each by itself; None unless all are known and proven."""
        numbers = [desk.fewest if desk.status is Status.OPTIMAL else None for desk in self.desks]
        known = [number for number in numbers if number is not None]
        return sum(known) if known and len(known) == len(numbers) else None

    @property
    def hours(self) -> tuple[tuple[float, float], ...]:
        """
        People whom the desks' roles want at work by hour of the week, and those of the rotas' crews, there all day.

        Empty without a desk.
        """
        roles = {role for desk in self.desks for role in desk.post.roles}
        there = float(sum(desk.post.people for desk in self.desks))
        posts = [post for post in self.problem.posts if roles & set(post.roles)]
        return tuple((wanted, there) for wanted in wanted_by_hour(posts)) if posts else ()


def rotas(problem: Problem, posts: Sequence[str], options: SolveOptions, progress: Tell | None) -> Rotas:
    """
    Hold every classical rota against a scenario.

    Parameters
    ----------
    problem, posts : The scenario, and the names of the desks meant; all that want a rota if empty.
    options, progress : Time limit and settings, and whom to tell how it goes.
    """
    began = time.monotonic()
    run = SearchRun(began, Search(options, options.ends(began)), progress or (lambda _: None))
    wanted = [post for post in problem.posts if post.name in posts or (not posts and is_desk(post))]
    desks = tuple(_desk(problem, post, run) for post in wanted)
    judge = _judge(problem, desks)
    regimes = tuple(every())
    answer = Rotas(problem, desks, judge.name if judge else "", regimes, ())
    held = tuple(_held(answer, classic, judge) for classic in classics())
    return replace(answer, held=held, seconds=time.monotonic() - began)


def is_desk(post: Post) -> bool:
    """Whether a post wants a rota around the clock: on site, every day, sixteen hours or more."""
    week = ring()
    return post.on_site and post.length >= LONG and all(week.needs(post.days, day) for day in range(7))


def _able(problem: Problem, post: Post) -> list[StaffType]:
    return [one for one in problem.types if problem.is_eligible(one, post) and not problem.is_vendor(one)]


def _desk(problem: Problem, post: Post, run: SearchRun) -> Desk:
    """Return a desk with the fewest people for it alone: as many of each able type as it takes, no vendors."""
    able = _able(problem, post)
    alone = replace(
        problem,
        posts=(replace(post, hard=True),),
        types=tuple(replace(one, minimum=0, maximum=max(one.maximum, 1000)) for one in able),
        seats=(),
        goal=Goal.IN_HOUSE,
    )
    found = fewest(alone, run)
    net = max((one.net_minutes for one in able), default=0)
    return Desk(post, tuple(one.name for one in able), found.value, found.status, found.proof, net)


def _judge(problem: Problem, desks: Sequence[Desk]) -> StaffType | None:
    """Return the type whose rules are the scenario's: the first that can hold a desk, else the first in-house."""
    names = [name for desk in desks for name in desk.types]
    if names:
        return problem.type[names[0]]
    return next((one for one in problem.types if not problem.is_vendor(one)), None)


def _held(answer: Rotas, classic: Classic, judge: StaffType | None) -> HeldRota:
    places = sum(desk.post.people for desk in answer.desks) or 1
    relief = above = None
    if answer.desks and all(desk.net_minutes for desk in answer.desks):
        relief = sum(
            max(classic.crews * desk.post.people, ceil(WEEK * desk.post.people / desk.net_minutes))
            for desk in answer.desks
        )
        above = None if answer.fewest is None else relief - answer.fewest
    world = _world(answer.problem, classic, _kept(judge.rules) if judge else (), WEEK)
    scores = score_rotation(world, _rotations(classic)).rotations
    free, judged = (sum(getattr(one, name) for one in scores) for name in ("free_weekends", "weekends"))
    return HeldRota(
        classic=classic,
        people=classic.crews * places,
        relief=relief,
        above=above,
        free_weekends=(free, judged),
        scenario=_by_scenario(answer.problem, classic, judge) if judge else None,
        regimes=tuple(_by_regime(answer.problem, classic, regime) for regime in answer.regimes),
    )


def _kept(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.hard and not isinstance(rule, _NOT_ITS_OWN))


def _rotations(classic: Classic) -> list[Rotation]:
    return [
        Rotation("crew", classic.lines(pattern), str(at)) for at, pattern in enumerate(classic.patterns, 1)
    ]


def _world(problem: Problem, classic: Classic, rules: tuple[Rule, ...], weekly: int) -> Problem:
    """Return a problem in which nothing is asked but that a crew keeps its rules."""
    crew = StaffType(
        "crew",
        frozenset(),
        "employer",
        weekly,
        weekly,
        shifts=tuple(shift.name for shift in classic.shifts),
        rules=rules,
    )
    return Problem(
        "classical rota",
        DateRange(problem.dates.start, 1),
        classic.shifts,
        (),
        (crew,),
        employers=(Employer("employer", "any"),),
        control=Control(0),
    )


def _breaches(problem: Problem, classic: Classic, rules: tuple[Rule, ...], weekly: int) -> tuple[Breach, ...]:
    origins = {rule.key: rule.origin for rule in rules}
    found: dict[str, Breach] = {}
    for one in check_rotation(_world(problem, classic, rules, weekly), _rotations(classic)):
        found.setdefault(one.rule, Breach(one.rule, origins.get(one.rule, Origin.SCENARIO), one.sentence))
    return tuple(found.values())


def _by_scenario(problem: Problem, classic: Classic, judge: StaffType) -> Judged:
    """Judge by the rules of a type, its contract's hours the average that may be worked."""
    rules = (*(rule for rule in _kept(judge.rules) if not isinstance(rule, AverageHours)), AverageHours())
    return Judged("scenario", _breaches(problem, classic, rules, judge.weekly_minutes))


def _by_regime(problem: Problem, classic: Classic, regime: Regime) -> Judged:
    """Judge by a regime: above standard hours is overtime as far as the regime lets it be planned."""
    most = regime.most_weekly
    average = AverageHours(origin=most.origin, source=most.source)
    limits = tuple(rule for rule in regime.limits if not isinstance(rule, _NOT_ITS_OWN))
    breaches = _breaches(problem, classic, (NoOverlap(), *limits, average), most.value)
    over = ceil(classic.week_minutes) - regime.weekly.value
    return Judged(regime.name, breaches, over if over > 0 and classic.week_minutes <= most.value else 0)


def best_lawful(answer: Rotas) -> tuple[HeldRota, ...]:
    """Return the rotas that keep the scenario's rules with the fewest people; none where none keeps them."""
    lawful = [one for one in answer.held if one.scenario is not None and one.scenario.lawful]
    least = min((one.relief or one.people for one in lawful), default=0)
    return tuple(one for one in lawful if (one.relief or one.people) == least)
