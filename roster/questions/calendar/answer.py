"""The best calendar of named people on given dates: searched, bounded, and checked before it leaves."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import ceil

import numpy as np

from roster.checker import check_roster
from roster.domain.fairness import POINT, Account, Share
from roster.domain.likeness import Likeness
from roster.domain.outcome import Progress, Roster, SolveOptions, Status, Tell
from roster.domain.pairing import BONDS
from roster.domain.problem import Problem
from roster.engine.columns import (
    Aims,
    BetterCalendar,
    Compiled,
    Deadline,
    Result,
    State,
    compile_team,
    exact_bound,
    fewest_empty,
    go_on,
    result,
    run,
)
from roster.errors import EngineError
from roster.language import tr
from roster.penalties import Term, amounts, empty_hard, empty_weighed, terms
from roster.questions.calendar.certificate import Document, document_of, verify
from roster.questions.calendar.fair_shares import fair_shares
from roster.questions.calendar.next_ledger import next_ledger
from roster.questions.calendar.people import skeleton
from roster.questions.calendar.requests import Refused, refused
from roster.rosters.shares import Shared, shared


@dataclass(frozen=True, slots=True)
class FewestPeople:
    """
    How few of the people could hold every post that must be held.

    `bound`: fewer cannot, proven. `enough`: so many can, for a calendar of theirs was found and checked. `idle` are
    those who are not among them.
    """

    bound: int
    enough: int
    idle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Longer:
    """How many seconds more to search where the calendar found leaves something to wish, and whether it does."""

    seconds: float
    lacking: Callable[[Roster], bool]


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """
    The best calendar found.

    Parameters
    ----------
    points : What it costs, empty hard posts apart; None without a roster.
    bound : No calendar of these people that leaves as little of hard posts empty costs less.
    empty_minutes : Person-minutes of hard posts that stay empty; `empty_proven` whether fewer are impossible.
    terms, had, ledger : What the points are made of; what everybody has of what is shared, by person and measure; the
        accounts after it.
    refused : The requests not granted, with what stands against each.
    proof : The certificate of the bound; None where an exact search has raised it, or its prices give less.
    trace : When better ones were found: (seconds, how, points).
    fewest : How few of the people do; None where nobody asked, or it is not known.
    """

    problem: Problem
    status: Status
    roster: Roster | None
    shares: tuple[Share, ...]
    points: float | None
    bound: float | None
    empty_minutes: int
    terms: tuple[Term, ...] = ()
    had: Mapping[tuple[str, str], int] = field(default_factory=dict)
    ledger: tuple[Account, ...] = ()
    trace: tuple[BetterCalendar, ...] = ()
    seconds: float = 0.0
    columns: int = 0
    proof: Document | None = None
    refused: tuple[Refused, ...] = ()
    empty_proven: bool = False
    fewest: FewestPeople | None = None

    @property
    def shared(self) -> Shared:
        """What was shared out, and what stays uneven."""
        return shared(self.problem, self.shares, self.had)

    @property
    def fewest_breaches(self) -> dict[str, int]:
        """How many breaches of a soft rule every calendar has that costs no more in all the rest: by the bound."""
        if self.points is None or self.bound is None:
            return {}
        spare = self.points - self.bound
        number, points = Counter[str](), Counter[str]()
        for term in (one for one in self.terms if one.kind == "rule"):
            number[term.what] += term.number
            points[term.what] += term.parts
        each = {what: points[what] / POINT / number[what] for what in number}
        return {what: max(0, ceil(number[what] - spare / each[what] - 1e-6)) for what in number}


def shares_of(problem: Problem, roster: Roster) -> tuple[Share, ...]:
    """Return everybody's fair shares on the dates of a roster."""
    return fair_shares(compile_team(problem, replace(roster, duties=()), Aims()))


def best_calendar(
    problem: Problem,
    options: SolveOptions,
    progress: Tell | None = None,
    first: Roster | None = None,
    aims: Aims | None = None,
    longer: Longer | None = None,
) -> CalendarAnswer:
    """
    Search for the best calendar of a problem's people.

    Parameters
    ----------
    problem : The scenario.
    options, progress : Time limit and settings, and whom to tell how it goes.
    first : A roster to be no worse than, such as a rotation laid on the dates; its people and seats are kept.
    aims : What costs points beside rules, posts and requests: by default fair shares, and likeness to `first` where
        the scenario asks for it. A calendar that is to be like a rota is judged by the soft rules of rotas.
    longer : When to search on after the time limit; never where not given.
    """
    began = time.monotonic()
    if problem.likeness and first is None:
        problem = replace(problem, notes=(*problem.notes, tr("calendar.no_rota")))
    roster = first if first is not None else skeleton(problem)
    shares = shares_of(problem, roster)
    if aims is None:
        aims = Aims(shares, like=Likeness.to(first, problem.likeness))
    if aims.like is None:
        problem = problem.of_calendar()
    compiled = compile_team(problem, roster, aims)
    deadline = Deadline(options.ends(began))

    def tell(found: BetterCalendar | None, best: float, bound: float) -> None:
        if progress is not None:
            progress(
                Progress(
                    tr("calendar.searching"),
                    round(compiled.points(best)) if np.isfinite(best) else None,
                    round(compiled.points(bound)) if np.isfinite(bound) else None,
                    time.monotonic() - began,
                )
            )

    state = State(compiled.team, options.seed, deadline, tell)
    start = compiled.lines(roster) if roster.duties else None
    try:
        run(state, deadline.left, start or (), options.workers)
        if longer and state.lines and not state.done and longer.lacking(compiled.read(state.lines)):
            go_on(state, longer.seconds, options.workers)
    except KeyboardInterrupt:
        if not state.lines:
            raise
    return _answer(compiled, state, (shares, aims.shares), time.monotonic() - began)


def _answer(
    compiled: Compiled, state: State, fair: tuple[tuple[Share, ...], tuple[Share, ...]], seconds: float
) -> CalendarAnswer:
    """Return what a search has found; `fair` are everybody's shares, and those of them that cost points."""
    shares, charged = fair
    found, problem = result(state), compiled.problem
    if not found.lines:
        return CalendarAnswer(problem, Status.UNKNOWN, None, shares, None, None, 0, seconds=seconds)
    roster = compiled.read(found.lines)
    broken = [one for one in check_roster(problem, roster) if one.person is not None]
    if any(one.rule in BONDS for one in broken):
        # It costs less than leaving a post empty, or nothing else was found: no calendar to be shown.
        return CalendarAnswer(problem, Status.UNKNOWN, None, shares, None, None, 0, seconds=seconds)
    if broken:
        raise EngineError(tr("plan.self_check", sentences="; ".join(one.sentence for one in broken[:5])))
    empty = empty_hard(problem, roster)
    beside = empty_weighed(problem, roster) * compiled.hard / 60
    bound = compiled.points(found.bound - beside)
    return CalendarAnswer(
        problem,
        Status.OPTIMAL if found.optimal else Status.FEASIBLE,
        roster,
        shares,
        compiled.points(found.value - beside),
        max(0.0, bound) if np.isfinite(bound) else None,
        empty,
        terms(problem, roster, charged, compiled.like),
        amounts(problem, roster, shares),
        next_ledger(problem, roster, shares),
        _in_points(compiled, found.trace),
        seconds,
        found.columns,
        _proof(compiled, found, charged),
        refused(compiled, state, roster, charged),
        found.optimal or not empty or empty <= fewest_empty(compiled),
    )


def _proof(compiled: Compiled, found: Result, shares: tuple[Share, ...]) -> Document | None:
    """Return the certificate of the bound, verified as anybody would."""
    problem = compiled.problem
    if found.prices is None or compiled.roster.people != problem.people:
        return None
    points = compiled.points(exact_bound(compiled.team, found.prices))
    document = document_of(compiled, found.prices, shares, points)
    try:
        return document if verify(problem, document).holds else None
    except (ValueError, KeyError):
        return None


def _in_points(compiled: Compiled, trace: tuple[BetterCalendar, ...]) -> tuple[BetterCalendar, ...]:
    return tuple(replace(found, value=compiled.points(found.value)) for found in trace)
