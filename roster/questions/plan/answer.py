"""
How few people can hold the scenario, with proof; and their rota, and their calendar.

The scenario is split into parts that share nobody, each part is bounded and solved, the rotas are improved at the
headcount found, laid onto the dates, repaired where the dates ask for other posts, and checked.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from roster.checker import check_roster, check_rotation
from roster.domain.costs import headcount_of, monthly_cost
from roster.domain.outcome import (
    Headcount,
    Outcome,
    Plan,
    Proof,
    ProofKind,
    Ranked,
    Rotation,
    Rung,
    SeatUse,
    SolveOptions,
    Status,
    Tell,
)
from roster.domain.problem import Goal, Problem
from roster.domain.rules import AverageHours, StandbyShare
from roster.engine.rotation import (
    Fewest,
    Quality,
    SearchRun,
    fewest_soonest,
    hurried,
    improve,
    most_saved,
    seats_taken,
    split,
)
from roster.engine.solvers.mip import SECOND, SOLVER
from roster.engine.solvers.search import Search
from roster.errors import EngineError
from roster.language import counted, tr
from roster.questions.dates import GoingOn, LaidOut, going_on, unrolled
from roster.questions.executors import Inline
from roster.questions.plan.more_for_dates import more_for_dates, with_company
from roster.questions.plan.named_people import Named, calendar_of
from roster.questions.plan.parts_together import PartsTogether, reason_of, together
from roster.questions.plan.reasons import fewest_with_reason
from roster.questions.sums import hopeless, precheck
from roster.questions.survive import survival_of, surviving

SEARCH_SHARE = 0.85
"""Share of the time in which the number of people is looked for; the rest is for the calendar of the best one known."""

BARE_SHARE = 0.25
"""Share of that for how few would do if nobody were ever away, which the answer must not wait for long."""

QUALITY_SECONDS = 2.5
"""Wall time for ranking rotas of the same headcount, over all parts."""


def plan_headcount(
    problem: Problem,
    options: SolveOptions,
    progress: Tell | None = None,
    survive_days: int | None = None,
    *,
    ladder: bool = True,
) -> Outcome:
    """
    Find the fewest people, prove it, and make their rota and calendar.

    Parameters
    ----------
    problem, options : The scenario; time limit, workers and seed.
    progress : Whom to tell how it goes.
    survive_days : Length of an absence of any one person, from any date, that the roster has to survive.
    ladder : Whether it is asked, too, how many would do if nobody were ever away.

    Raises
    ------
    EngineError
        The rota breaks the independent check: a defect of the program.
    """
    run = _clock(options, progress)
    checked = [_prechecked(part) for part in split(problem)]
    if any(part.status is Status.INFEASIBLE for part in checked):
        return _planned(problem, run, Future(), checked)

    def rung() -> tuple[Rung, ...]:
        quiet = hurried(replace(run, tell=lambda _: None), BARE_SHARE)
        return _bare(problem, quiet) if ladder else ()

    # The solvers let go of the interpreter, so the question without absence is answered beside the real one; where one
    # search at a time is asked for, as in a sweep, whose other processes want the cores, after it.
    with ThreadPoolExecutor(1) as threads:
        beside = threads.submit(rung) if options.workers > 1 else None
        net = _net(problem, run, whole=survive_days is not None)
        bare = beside or Inline().submit(rung)
        if survive_days is None:
            return _planned(problem, run, bare, net)
        return _surviving(problem, run, bare, net, survive_days)


def _net(problem: Problem, run: SearchRun, *, whole: bool) -> list[Fewest]:
    """Return the fewest people of each part, small parts first: none goes without for what a large one takes."""
    parts, found = split(problem), dict[int, Fewest]()
    for at in sorted(range(len(parts)), key=lambda at: len(parts[at].types)):
        found[at] = fewest_with_reason(parts[at], run, whole=whole)
    return [found[at] for at in range(len(parts))]


def _prechecked(part: Problem) -> Fewest:
    """Return that a part is impossible where the sums before solving show it; else that nothing is known yet."""
    short = hopeless(precheck(part))
    if not short:
        return Fewest(Status.UNKNOWN, None, None, Proof(ProofKind.NONE, ""))
    reason = " ".join([tr("engine.impossible"), *(row.sentence for row in short)])
    return Fewest(Status.INFEASIBLE, None, None, Proof(ProofKind.ARITHMETIC, reason))


def _surviving(
    problem: Problem, run: SearchRun, bare: Future[tuple[Rung, ...]], net: Sequence[Fewest], days: int
) -> Outcome:
    """Plan for the people who survive absences; the answer without them is a rung of the ladder and has its proof."""
    parts = split(problem)
    if any(not part.values for part in net):
        return _planned(problem, run, bare, net)
    kept = [surviving(part, one, days, run) for part, one in zip(parts, net, strict=True)]
    outcome = _planned(problem, run, bare, [one.found for one in kept])
    without = together(problem, net)
    rungs = {
        rung.name: rung
        for rung in (*bare.result(), Rung("net", without.status, without.value, without.bound))
    }
    answer = together(problem, [one.found for one in kept])
    rungs["survive"] = Rung("survive", answer.status, answer.value, answer.bound)
    return replace(
        outcome,
        ladder=tuple(rungs.values()),
        survival=survival_of(problem, kept, days, whole=outcome.plan is not None),
        details=_details(problem, net),
    )


def _planned(
    problem: Problem, run: SearchRun, bare: Future[tuple[Rung, ...]], found: Sequence[Fewest]
) -> Outcome:
    answer = together(problem, found)
    if any(not part.values for part in found):
        seconds = time.monotonic() - run.began
        said = (answer.bound, answer.proof, (), reason_of(problem, answer), seconds, _solver())
        return Outcome(answer.status, None, *said, _details(problem, found))
    whole = replace(run.search, deadline=run.search.options.ends(run.began))
    run = replace(run, settled=(answer.value, answer.bound), search=whole)
    dated, status, reason, for_ever = _dated_for_all(problem, found, answer, run)
    plan, heads = None, dated.heads
    rest: dict[str, object] = {}
    if dated.laid.roster is not None:
        cost = monthly_cost(problem, heads).total
        plan = Plan(heads, dated.ahead.rotations, dated.laid.roster, cost, dated.laid.repairs)
    else:
        seated = [(use.seat, use.number) for use in dated.seats]
        rest = {"headcount": {"by_type": dict(heads.by_type), "seats": seated}}
    saved = 0
    if for_ever is None and dated.ranked is not None:
        saved = sum(most_saved(part, one, run) for part, one in zip(split(problem), found, strict=True))
    rungs = (*_rungs(answer, bare, found), *_rung_of_dates(problem, answer, heads, for_ever))
    ladder = () if problem.goal is Goal.COST else rungs  # a sum of money is no step of a ladder of people
    seconds = time.monotonic() - run.began
    details = {**_details(problem, found), **_searched(dated.named), **rest}
    ledger = dated.named.ledger if plan is not None else ()
    return Outcome(
        status,
        plan,
        answer.bound,
        answer.proof,
        ladder,
        reason,
        seconds,
        _solver(),
        details,
        None,
        ledger,
        dated.ranked,
        for_ever,
        answer.value if for_ever is None else None,
        plan.cost - saved if plan is not None and saved else None,
    )


def _rungs(
    answer: PartsTogether, bare: Future[tuple[Rung, ...]], found: Sequence[Fewest]
) -> tuple[Rung, ...]:
    """Return the steps of the ladder that hold for ever: bare, and net of absence."""
    fixed = all(part.could is not None for part in found if part.value)
    return (*(() if fixed else bare.result()), Rung("net", _rung_status(answer), answer.value, answer.bound))


def _rung_of_dates(
    problem: Problem, answer: PartsTogether, heads: Headcount, for_ever: int | None
) -> tuple[Rung, ...]:
    """Return the step that the dates add, where they ask for more people."""
    if for_ever is None:
        return ()
    number = heads.in_house if problem.goal is Goal.IN_HOUSE else heads.total
    return (Rung("dates", Status.FEASIBLE, number, answer.bound),)


@dataclass(frozen=True, slots=True)
class Dated:
    """The parts' rotas, improved, on the dates: `laid` has no roster where no calendar of them is lawful."""

    heads: Headcount
    seats: tuple[SeatUse, ...]
    ahead: GoingOn
    ranked: Ranked | None
    laid: LaidOut
    named: Named


def _dated_for_all(
    problem: Problem, found: Sequence[Fewest], answer: PartsTogether, run: SearchRun
) -> tuple[Dated, Status, str, int | None]:
    """
    Return the rotas on the dates, of more people where no calendar of the fewest is lawful.

    With them the status, why there is no calendar of the fewest, and how many do for ever, where more are needed.
    """
    beside = with_company(problem, found, run)
    if beside is not None and (dated := _dated(problem, beside, run)).laid.roster is not None:
        people = dated.heads.in_house if problem.goal is Goal.IN_HOUSE else dated.heads.total
        if people == answer.value:
            return dated, answer.status, "", None
        reason = counted("engine.pairs_unknown", answer.value or 0)
        reason = tr("engine.more_for_dates", reason=reason, people=dated.heads.in_house)
        return dated, Status.FEASIBLE, reason, answer.value
    dated, status, reason, for_ever = _dated(problem, found, run), answer.status, "", None
    if dated.laid.roster is None:
        status, reason = dated.laid.status, _why_no_calendar(problem, dated)
        more = None
        if any(part.larger for part in found):
            more = [part.larger or part for part in found]
        elif status is Status.INFEASIBLE:
            more = more_for_dates(problem, found, run)
        again = _dated(problem, more, run) if more else None
        if again is not None and again.laid.roster is not None:
            dated, status, for_ever = again, Status.FEASIBLE, answer.value
            reason = tr("engine.more_for_dates", reason=reason, people=again.heads.in_house)
        else:
            reason = f"{reason} {dated.laid.reason}"
    return dated, status, reason, for_ever


def _dated(problem: Problem, found: Sequence[Fewest], run: SearchRun) -> Dated:
    seats = tuple(use for part in found if part.model for use in seats_taken(part.model, part.values))
    ahead, ranked = _goes_on(problem, found, seats), None
    if ahead is None:
        ahead, ranked = _improved(found, run)
    _must_pass(problem, ahead.rotations, seats)
    laid, named = calendar_of(problem, ahead, seats, run)
    return Dated(_heads(problem, ahead.rotations, seats), seats, ahead, ranked, laid, named)


def _searched(named: Named) -> dict[str, object]:
    """Return what a search for the calendar of people with names says of it."""
    if named.answer is None:
        return {}
    found = named.answer
    unlike = [term for term in found.terms if term.kind == "rota"]
    return {
        "calendar": {
            "status": found.status.value,
            "points": found.points,
            "bound": found.bound,
            "days_unlike_rota": sum(term.number for term in unlike),
            "points_of_these": sum(term.points for term in unlike),
        }
    }


def _rung_status(answer: PartsTogether) -> Status:
    """Return how far the number goes as a step of the ladder: proven for rotas of one length only is not proven."""
    scoped = answer.proof.weeks is not None and answer.status is Status.OPTIMAL
    return Status.FEASIBLE if scoped else answer.status


def _why_no_calendar(problem: Problem, dated: Dated) -> str:
    """
    Say what a rota that holds for ever lacks on the dates.

    An average that only the edges of the calendar break is no wish of the dates.
    """
    laid, people = dated.laid, dated.heads.in_house
    if laid.broken and laid.broken <= {AverageHours.key, StandbyShare.key}:
        circuit = counted("common.weeks", max(len(rotation.lines) for rotation in dated.ahead.rotations))
        cut = "average_cut" if AverageHours.key in laid.broken else "share_cut"
        return tr(f"engine.{cut}", people=people, circuit=circuit)
    if problem.dates.changes and _lawful_by_clock(problem, dated):
        return tr("engine.clocks_change", people=people)
    if laid.status is not Status.INFEASIBLE:
        return tr("engine.calendar_open", people=people)
    return counted("engine.week_without_pairs" if problem.pairings else "engine.ordinary_week", people)


def _lawful_by_clock(problem: Problem, dated: Dated) -> bool:
    """Whether the rota would keep every rule on the dates if hours and rest were counted by the clock."""
    by_clock = replace(problem, dates=replace(problem.dates, by_clock=True, changes=()))
    return not check_roster(by_clock, unrolled(by_clock, dated.ahead, dated.seats))


def _details(problem: Problem, found: Sequence[Fewest]) -> dict[str, object]:
    """Return what is known of each part: whose it is, its bound, and what that rests on."""
    parts = [
        {
            "types": [staff.name for staff in part.types],
            "posts": [post.name for post in part.posts],
            "status": answer.status.value,
            "value": answer.value,
            "bound": answer.bound,
            "proof": answer.proof.kind.value,
            "confirmed": answer.proof.confirmed,
            "scope": answer.proof.scope,
            "rotation_weeks": answer.weeks,
            "could": answer.could,
        }
        for part, answer in zip(split(problem), found, strict=True)
    ]
    return {"parts": parts}


def _clock(options: SolveOptions, progress: Tell | None) -> SearchRun:
    now = time.monotonic()
    deadline = now + SEARCH_SHARE * (options.ends(now) - now)
    return SearchRun(now, Search(options, deadline), progress or (lambda _: None))


def _solver() -> str:
    return f"{SOLVER}, {SECOND}"


def _goes_on(problem: Problem, found: Sequence[Fewest], seats: Sequence[SeatUse]) -> GoingOn | None:
    """Return the rota of the last period where it needs no more people than were found, to be gone on with."""
    if not problem.carried or problem.rotation_weeks is not None:
        return None
    people = {
        name: part.values[flow.headcount]
        for part in found
        if part.model
        for name, flow in part.model.flows.items()
    }
    return going_on(problem, people, seats)


def _improved(found: Sequence[Fewest], run: SearchRun) -> tuple[GoingOn, Ranked]:
    """Improve the parts' rotas, small parts first: what they leave of the time goes to the large ones."""
    began = time.monotonic()
    ends = time.monotonic() + (run.search.options.polish_s or QUALITY_SECONDS)
    rotas: dict[int, Quality] = {}
    by_size = sorted(range(len(found)), key=lambda at: len(found[at].values))
    for done, at in enumerate(by_size):
        left = max(ends - time.monotonic(), 0.0) / (len(found) - done)
        rotas[at] = improve(found[at], run, left)
    rotations = tuple(rotation for at in range(len(found)) for rotation in rotas[at].rotations)
    return GoingOn(rotations), Ranked(sum(rota.bound for rota in rotas.values()), time.monotonic() - began)


def _must_pass(problem: Problem, rotations: Sequence[Rotation], seats: Sequence[SeatUse]) -> None:
    violations = check_rotation(problem, rotations, seats)
    if violations:
        raise EngineError("; ".join(violation.sentence for violation in violations[:5]))


def _heads(problem: Problem, rotations: Sequence[Rotation], seats: tuple[SeatUse, ...]) -> Headcount:
    by_type = {staff.name: 0 for staff in problem.types}
    for rotation in rotations:
        by_type[rotation.type] += rotation.people
    return headcount_of(problem, by_type, seats)


def _bare(problem: Problem, run: SearchRun) -> tuple[Rung, ...]:
    """
    Return the rung before absence: nobody ever on leave, sick or in training.

    Nothing where the scenario plans gross anyway, or counts cost. Only the number is asked for: nobody costs anything.
    """
    if problem.goal is Goal.COST or all(staff.net_minutes == staff.weekly_minutes for staff in problem.types):
        return ()
    gross = replace(
        problem,
        types=tuple(replace(staff, net_minutes=staff.weekly_minutes, cost=0) for staff in problem.types),
    )
    found = together(gross, [fewest_soonest(part, run) for part in split(gross)])
    return (Rung("bare", found.status, found.value, found.bound),)
