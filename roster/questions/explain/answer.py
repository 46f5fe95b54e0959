"""
Why something cannot be held, why fewer cannot hold it, and what would change that.

The smallest conflict, the sums behind it, and ways out that were each solved. For a scenario that can be held, the same
for one person fewer, and what one step of each limit is worth.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from roster.domain.outcome import Progress, SolveOptions, Status, Tell
from roster.domain.problem import Goal, Problem
from roster.engine.rotation import Cap, SearchRun, fewest, minimum_value, rotations, seats_taken, split
from roster.engine.solvers.search import Search
from roster.language import tr
from roster.questions.absences import LeaveCase
from roster.questions.conflict import (
    Conflict,
    FeasibilityQuestion,
    Provenance,
    WayOut,
    confirmed,
    find_conflict,
    holds,
    limit_of,
    with_numbers,
)
from roster.questions.dates import GoingOn, lay_out, unrolled
from roster.questions.explain.binding import Bindings, what_binds
from roster.questions.explain.leave import leave_sums, leave_ways
from roster.questions.explain.ways_out import ways_out
from roster.questions.sums import SupplyRow, hopeless, precheck
from roster.scenario.positions import Places

SECONDS = 7.5
"""Wall time for explaining, once it is known whether it can be held: that has the time of the whole question."""

CONFLICT_SHARE = 0.6

GRACE = 0.5
"""Wall time beyond, in which the second solver may still agree."""


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """What is asked about a scenario: as it is, with a number of people, or with a number of each type."""

    headcount: int | None = None
    by_type: Mapping[str, int] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    people: str | None = None
    """The option that names the people whom `by_type` counts, empty where the scenario does."""

    @property
    def provenance(self) -> Provenance:
        """Where things come from."""
        cap = "" if self.headcount is None else f"--headcount {self.headcount}"
        named = self.people
        numbers = {
            name: f"--by-type {name}={n}" if named is None else named for name, n in self.by_type.items()
        }
        return Provenance(self.places, cap, numbers)

    def question(self, problem: Problem) -> FeasibilityQuestion:
        """Return the question about a scenario."""
        question = FeasibilityQuestion(problem)
        if self.by_type:
            question = with_numbers(_numbers(problem, self.by_type))(question)
        if self.headcount is not None:
            goal = Goal.PEOPLE if problem.goal is Goal.PEOPLE else Goal.IN_HOUSE
            question = replace(question, cap=Cap(goal, self.headcount))
        return question


@dataclass(frozen=True, slots=True)
class Because:
    """Why a question cannot hold: the conflict (None: not found in time) and the sums that show it."""

    conflict: Conflict | None
    sums: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    The answer.

    `status` is `infeasible` where it cannot be held (`because`, `ways`), `optimal` where it can (`number` the least
    there is, `fewer` why no less will do, `binds`), `unknown` out of time. `about` is `scenario`, `leave`, or `dates`:
    an ordinary week can be held and the dates cannot. `untried` are the kinds of ways out of which none was found and
    not all was decided in time. `wished_weeks` is the length of rota that the scenario asks for and the answer is not
    tied to.
    """

    status: Status
    problem: Problem
    number: int | None = None
    because: Because | None = None
    ways: tuple[WayOut, ...] = ()
    fewer: Because | None = None
    binds: Bindings | None = None
    rows: tuple[SupplyRow, ...] = ()
    untried: tuple[str, ...] = ()
    about: str = "scenario"
    wished_weeks: int | None = None
    seconds: float = 0.0


def explain(
    problem: Problem, asked: ExplainRequest, options: SolveOptions, progress: Tell | None = None
) -> Explanation:
    """
    Explain a scenario as it is asked about, for rotas of any length: whether it can be held at all.

    Parameters
    ----------
    problem, asked : The scenario, and what is asked of it beyond that.
    options, progress : Time limit and settings, and whom to tell how it goes.
    """
    began = time.monotonic()
    wished, problem = problem.rotation_weeks, replace(problem, rotation_weeks=None)
    search = Search(options, options.ends(began))
    tell = progress or (lambda _: None)
    tell(Progress(tr("explain.stage_conflict"), None, None, 0.0))
    answer = _answer(asked.question(problem), asked, search)
    return replace(answer, wished_weeks=wished, seconds=time.monotonic() - began)


def explain_no(problem: Problem, asked: ExplainRequest, options: SolveOptions) -> Explanation | None:
    """
    Explain a scenario that another question found impossible; None where nothing was found in time.

    Parameters
    ----------
    problem, asked : The scenario, and what was asked of it beyond that.
    options : Time limit and settings.
    """
    began = time.monotonic()
    search = Search(options, options.ends(began))
    answer = _refused(asked.question(problem), asked.provenance, search)
    return None if answer is None else replace(answer, seconds=time.monotonic() - began)


def explain_leave(case: LeaveCase, places: Places, options: SolveOptions) -> Explanation:
    """
    Explain why leave cannot be covered, or that it can.

    Parameters
    ----------
    case, places : The roster with who goes away, and where things stand in the scenario's file.
    options : Time limit and settings.
    """
    began = time.monotonic()
    search = Search(options, options.ends(began))
    question = FeasibilityQuestion(case.problem, case=case)
    can = holds(question, search)
    status = {True: Status.OPTIMAL, False: Status.INFEASIBLE, None: Status.UNKNOWN}[can]
    answer = Explanation(status, case.problem)
    if can is False:
        answer = _dated(question, Provenance(places), search)
    return replace(answer, about="leave", seconds=time.monotonic() - began)


def explain_uncovered(case: LeaveCase, conflict: Conflict | None) -> Explanation:
    """Explain leave that cannot be covered by the conflict that was found; its ways out are told elsewhere."""
    because = Because(conflict, leave_sums(FeasibilityQuestion(case.problem, case=case), conflict))
    return Explanation(Status.INFEASIBLE, case.problem, None, because, about="leave")


def _numbers(problem: Problem, by_type: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    return {name: (min(problem.type[name].minimum, number), number) for name, number in by_type.items()}


def _answer(question: FeasibilityQuestion, asked: ExplainRequest, search: Search) -> Explanation:
    refused = _refused(question, asked.provenance, search)
    if refused is not None:
        return refused
    return _held(question, asked, search, precheck(question.problem, *limit_of(question)))


def _refused(question: FeasibilityQuestion, provenance: Provenance, search: Search) -> Explanation | None:
    """Explain a question that cannot be held, on an ordinary week or on its dates; None where it can."""
    problem = question.problem
    rows = precheck(problem, *limit_of(question))
    can = False if hopeless(rows) else holds(question, search)
    if can is None:
        return Explanation(Status.UNKNOWN, problem, rows=rows)
    if can is False:
        search = search.within(SECONDS)
        conflict = find_conflict(question, provenance, _until(search, CONFLICT_SHARE), known=True)
        ways, untried = ((), ()) if conflict is None else ways_out(question, conflict, search)
        conflict = (
            None
            if conflict is None
            else confirmed(conflict, replace(search, deadline=search.deadline + GRACE))
        )
        because = Because(conflict, sums(conflict, rows))
        return Explanation(Status.INFEASIBLE, problem, None, because, ways, rows=rows, untried=untried)
    dates = _dates(question, search)
    return None if dates is None else replace(_dated(dates, provenance, search), rows=rows)


def _held(
    question: FeasibilityQuestion, asked: ExplainRequest, search: Search, rows: tuple[SupplyRow, ...]
) -> Explanation:
    """Say why fewer will not do, and what binds."""
    problem = question.problem
    _, number = minimum_value(problem, search)
    if number is None:
        return Explanation(Status.FEASIBLE, problem, rows=rows)
    search = search.within(SECONDS)
    below = replace(question, cap=Cap(problem.goal, number - 1))
    provenance = replace(asked.provenance, cap_option="")
    conflict = find_conflict(below, provenance, _until(search, CONFLICT_SHARE)) if number else None
    fewer_rows = precheck(problem, *limit_of(below))
    binds = what_binds(problem, number, provenance, search)
    if conflict is not None:
        conflict = confirmed(conflict, replace(search, deadline=search.deadline + GRACE))
    fewer = Because(conflict, sums(conflict, fewer_rows)) if number else None
    return Explanation(Status.OPTIMAL, problem, number, fewer=fewer, binds=binds, rows=rows)


def sums(conflict: Conflict | None, rows: Sequence[SupplyRow]) -> tuple[str, ...]:
    """Return the sums that show a conflict: of what is left in it, or of everything where it is not known."""
    found = hopeless(rows)
    if conflict is not None and conflict.question.case is None:
        found = hopeless(precheck(conflict.question.problem, *limit_of(conflict.question))) or found
    told = [row for row in found if row.kind in ("skill", "reach")] or found
    together = [row for row in told if row.kind == "people"]
    short = [row for row in told if row.kind == "hours"]
    if together and short:
        told = [
            row
            for row in told
            if row.kind != ("people" if short[0].sentence in together[0].sentence else "hours")
        ]
        told = [*short, *(row for row in told if row.kind not in ("people", "hours"))]
    return tuple(dict.fromkeys(row.sentence for row in told))


def _dates(question: FeasibilityQuestion, search: Search) -> FeasibilityQuestion | None:
    """Return the question about the dates, where an ordinary week can be held and the dates cannot; None else."""
    problem = question.problem
    if question.cap is not None:
        return None
    run = SearchRun(time.monotonic(), search, lambda _: None)
    found = [fewest(part, run) for part in split(problem)]
    if any(part.model is None for part in found):
        return None
    made = tuple(r for part in found if part.model for r in rotations(part.model, part.values))
    seats = tuple(use for part in found if part.model for use in seats_taken(part.model, part.values))
    laid = lay_out(problem, GoingOn(tuple(made)), seats, run)
    if laid.status is not Status.INFEASIBLE:
        return None
    return FeasibilityQuestion(
        problem, case=LeaveCase(problem, unrolled(problem, GoingOn(tuple(made)), seats), (), None, True)
    )


def _dated(question: FeasibilityQuestion, provenance: Provenance, search: Search) -> Explanation:
    """Explain dates that cannot be held with the people there are."""
    search = search.within(SECONDS)
    because = _because_dated(question, provenance, _until(search, CONFLICT_SHARE))
    ways = leave_ways(question, because.conflict, search)
    return Explanation(Status.INFEASIBLE, question.problem, None, because, ways, about="dates")


def _because_dated(question: FeasibilityQuestion, provenance: Provenance, search: Search) -> Because:
    conflict = find_conflict(question, provenance, search)
    return Because(conflict, leave_sums(question, conflict))


def _until(search: Search, share: float) -> Search:
    return search.within(search.seconds_left * share)
