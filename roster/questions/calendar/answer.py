"""The best calendar of named people on given dates: searched, bounded, and checked before it leaves."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from roster.checker import check_roster, coverage
from roster.engine.columns.compile import Aims, Compiled, compile_team
from roster.engine.columns.generate import Deadline
from roster.engine.columns.search import result, run
from roster.engine.columns.state import Found, State
from roster.errors import EngineError
from roster.fairness import Share
from roster.horizon import calendar
from roster.language import tr
from roster.plan import Progress, Roster, SolveOptions, Status
from roster.problem import Person, Problem
from roster.questions.calendar.shares import fair_shares

Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """
    The best calendar found.

    Parameters
    ----------
    points
        What it costs, empty hard posts apart; None without a roster.
    bound
        No calendar of these people that leaves as little of hard posts empty costs less.
    empty_minutes
        Person-minutes of hard posts that stay empty; `empty_proven` whether fewer are impossible.
    trace
        When better ones were found: (seconds, how, points).
    """

    status: Status
    roster: Roster | None
    shares: tuple[Share, ...]
    points: float | None
    bound: float | None
    empty_minutes: int
    trace: tuple[Found, ...] = ()
    seconds: float = 0.0
    columns: int = 0


def skeleton(problem: Problem, people: tuple[Person, ...] | None = None) -> Roster:
    """Return the roster of a problem's people before anybody has a duty."""
    horizon = calendar(problem.dates)
    who = problem.people if people is None else people
    return Roster(who, horizon, (), (), problem.before(who))


def best_calendar(
    problem: Problem, options: SolveOptions, progress: Tell | None = None, first: Roster | None = None
) -> Answer:
    """
    Search for the best calendar of a problem's people.

    Parameters
    ----------
    first
        A roster to be no worse than, such as a rotation laid on the dates; its people and seats are kept.
    """
    began = time.monotonic()
    roster = first if first is not None else skeleton(problem)
    plain = compile_team(problem, roster, Aims())
    shares = fair_shares(plain)
    compiled = compile_team(problem, roster, Aims(shares)) if shares else plain
    deadline = Deadline(began + options.time_limit_s)

    def tell(found: Found | None, best: float, bound: float) -> None:
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
        run(state, deadline.left, start or ())
    except KeyboardInterrupt:
        if not state.lines:
            raise
    return _answer(compiled, state, shares, time.monotonic() - began)


def _answer(compiled: Compiled, state: State, shares: tuple[Share, ...], seconds: float) -> Answer:
    found = result(state)
    if not found.lines:
        return Answer(Status.UNKNOWN, None, shares, None, None, 0, found.trace, seconds, found.columns)
    roster = compiled.read(found.lines)
    violations = check_roster(compiled.problem, roster)
    broken = [one for one in violations if one.person is not None]
    if broken:
        raise EngineError(tr("output.self_check", sentences="; ".join(one.sentence for one in broken[:5])))
    empty = empty_minutes(compiled, state)
    points = compiled.points(found.value - empty * compiled.hard / 60)
    bound = compiled.points(found.bound - empty * compiled.hard / 60)
    return Answer(
        Status.OPTIMAL if found.optimal else Status.FEASIBLE,
        roster,
        shares,
        points,
        max(0.0, bound) if np.isfinite(bound) else None,
        empty,
        found.trace,
        seconds,
        found.columns,
    )


def empty_minutes(compiled: Compiled, state: State) -> int:
    """Return the person-minutes of hard posts that the best calendar leaves empty, by the independent check."""
    return sum(
        (row.end - row.start) * max(0, row.required - row.held)
        for row in coverage(compiled.problem, compiled.read(state.lines))
        if compiled.problem.post[row.post].hard
    )

