"""
One scenario answered, wherever that is: from text to figures and a page. Nothing is raised; what is wrong is a row.

The solver has one worker, nothing runs beside it, and a rota that no page shows is not made better, which goes by the
clock: so equal scenarios take equal paths, and as many processes as there are cores are as many times as fast. Columns
hold only what does not depend on which of several equally good rotas was found, unless the question is about a rota.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from roster.domain.outcome import Roster, SolveOptions, Status
from roster.domain.problem import Problem
from roster.errors import EngineError, InputError
from roster.language import speaking, tr
from roster.sweep.jobs import AnswerRow, Ask, How, Job

AnswerFigures = dict[str, str | int | float | bool | None]
SweepAnswer = tuple[bool, AnswerFigures, Callable[[], str]]
"""Whether it is no lawful no, its figures, and what makes its page."""


def answered(job: Job) -> AnswerRow:
    """Answer a job; a fault of its files, or of the program, is its row's."""
    began = time.monotonic()
    with speaking(job.how.language):
        try:
            row = _answered(job)
        except InputError as error:
            row = AnswerRow(job.name, job.key, fault=str(error))
        except EngineError as error:
            row = AnswerRow(job.name, job.key, fault=tr("cli.defect", message=error))
        except Exception as error:
            row = AnswerRow(
                job.name, job.key, fault=tr("cli.defect", message=f"{type(error).__name__}: {error}")
            )
    return AnswerRow(
        row.name,
        row.key,
        row.title,
        row.yes,
        row.figures,
        row.fault,
        row.page,
        round(time.monotonic() - began, 3),
    )


def _answered(job: Job) -> AnswerRow:
    from roster.scenario import load

    if job.fault:
        raise InputError(job.fault)
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        for name, content in job.files:
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        try:
            problem = load(Path(folder) / job.main)
            roster = _published(problem, Path(folder) / job.roster) if job.roster else None
        except InputError as error:
            raise InputError(str(error).replace(f"{folder}/", "")) from error
    yes, figures, page = _ASKS[job.how.ask](problem, roster, job.how)
    shown = page() if job.how.pages else ""
    return AnswerRow(job.name, job.key, problem.called, yes, tuple(figures.items()), "", shown)


def _published(problem: Problem, file: Path) -> Roster:
    from roster.rosters.files import read_found
    from roster.rosters.notation import Notation

    return read_found(problem, file, Notation({}, None, ask=False)).roster


def _options(how: How, polish_s: float | None = 0.0) -> SolveOptions:
    return SolveOptions(how.time_limit_s, 1, how.seed, polish_s=polish_s)


def _plan(problem: Problem, _roster: Roster | None, how: How) -> SweepAnswer:
    from roster.output.examined_roster import examine
    from roster.output.html.plan import plan_page
    from roster.questions.plan import plan_headcount

    shown = how.pages  # a page shows the rota and the steps of the ladder; no column of the table does
    outcome = plan_headcount(problem, _options(how, None if shown else 0.0), ladder=shown)
    plan = outcome.plan
    people = plan.headcount if plan else None
    figures: AnswerFigures = {
        "status": outcome.status.value,
        "in_house": people.in_house if people else None,
        "vendor": people.vendor if people else None,
        "bound": outcome.bound,
        "proof": outcome.proof.kind.value,
        "scope": outcome.proof.scope,
        "cost": plan.cost if plan else None,
        "currency": problem.currency,
        "by_type": json.dumps(people.by_type, ensure_ascii=False, sort_keys=True) if people else None,
    }
    examined = examine(problem, plan.roster) if plan and how.pages else None
    return outcome.status is not Status.INFEASIBLE, figures, lambda: plan_page(problem, outcome, examined)


def _roster(problem: Problem, roster: Roster | None, how: How) -> Roster:
    """Return the roster beside the scenario, or one planned for it."""
    if roster is not None:
        return roster
    from roster.questions.plan import plan_headcount

    outcome = plan_headcount(problem, _options(how))
    if outcome.plan is None:
        raise InputError(tr("sweep.no_roster", why=outcome.reason or tr("sweep.no_plan")))
    return outcome.plan.roster


def _what_if(problem: Problem, roster: Roster | None, how: How) -> SweepAnswer:
    """Let each person be away alone from the first date on."""
    from datetime import timedelta

    from roster.output.html.what_if import what_if_page
    from roster.questions.absences import Absence, LeaveCase
    from roster.questions.what_if import what_if

    published = _roster(problem, roster, how)
    first = published.horizon.on(0)
    last = first + timedelta(days=min(how.days, published.horizon.days) - 1)
    answers = [
        what_if(LeaveCase(problem, published, (Absence(person.name, first, last),)), _options(how))
        for person in published.people
    ]
    good = [one for one in answers if one.status in (Status.OPTIMAL, Status.FEASIBLE)]
    bad = [one for one in answers if one.status is Status.INFEASIBLE]
    worst = max(bad or answers, key=lambda one: (len(one.empty), one.changed))
    figures: AnswerFigures = {
        "people": len(answers),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "coverable": len(good),
        "not_coverable": len(bad),
        "open": len(answers) - len(good) - len(bad),
        "most_changes": max((one.changed for one in good), default=None),
        "not_coverable_people": "; ".join(one.case.absences[0].person for one in bad),
    }
    return not bad, figures, lambda: what_if_page(worst)


def _resilience(problem: Problem, roster: Roster | None, how: How) -> SweepAnswer:
    from roster.output.html.resilience import resilience_page
    from roster.questions.resilience import ResilienceRequest, ResilienceRun, resilience

    published = _roster(problem, roster, how)
    days = min(how.days, published.horizon.days)
    answer = resilience(
        ResilienceRequest(problem, published, (days,), 1, how.seed), _options(how), ResilienceRun(processes=1)
    )
    figures: AnswerFigures = {
        "survives": answer.survives,
        "people": len(published.people),
        "days": days,
        "cases": len(answer.cases),
        "broken": len(answer.broken),
        "open": len(answer.undecided),
        "rules_broken": len(answer.violations),
        "missed": "; ".join(one.person for one in answer.missed),
    }
    return answer.survives is not False, figures, lambda: resilience_page(answer)


def _simulate(problem: Problem, roster: Roster | None, how: How) -> SweepAnswer:
    from roster.output.html.simulate import simulation_page
    from roster.questions.executors import Inline
    from roster.questions.simulate import AS_IS, FEWER, MORE, SimulationRequest, simulate

    began = time.monotonic()
    answer = simulate(
        SimulationRequest(problem, _roster(problem, roster, how), how.years, how.seed), Inline()
    )
    usual = answer.of(AS_IS)
    figures: AnswerFigures = {"years": how.years, "rules_broken": len(answer.violations)}
    for name, each in ((FEWER, answer.of(FEWER)), (AS_IS, usual), (MORE, answer.of(MORE))):
        figures[f"people_{name}"] = each.people if each else None
        figures[f"hours_empty_{name}"] = each.empty.value if each else None
    figures["low"], figures["high"] = (usual.empty.low, usual.empty.high) if usual else (None, None)
    figures["overtime_hours"] = usual.overtime.value if usual else None
    figures["vendor_hours"] = usual.vendor.value if usual else None
    figures["changes_a_week"] = usual.changes.value if usual else None
    return not answer.violations, figures, lambda: simulation_page(answer, time.monotonic() - began)


def _frontier(problem: Problem, _roster: Roster | None, how: How) -> SweepAnswer:
    from roster.output.html.frontier import frontier_page
    from roster.questions.executors import Inline
    from roster.questions.frontier import Wishes, frontier, parse_market

    meant, market = parse_market(problem, Wishes())
    answer = frontier(meant, market, _options(how), None, Inline())
    cheapest = min(answer.points, key=lambda point: point.cost.total, default=None)
    figures: AnswerFigures = {
        "status": answer.status.value,
        "choices": len(answer.points),
        "fewest_in_house": min((point.headcount.in_house for point in answer.points), default=None),
        "lowest_cost": cheapest.cost.total if cheapest else None,
        "in_house_at_lowest_cost": cheapest.headcount.in_house if cheapest else None,
        "currency": problem.currency,
        "undecided": answer.undecided,
    }
    return answer.status is not Status.INFEASIBLE, figures, lambda: frontier_page(answer)


_ASKS: dict[Ask, Callable[[Problem, Roster | None, How], SweepAnswer]] = {
    Ask.PLAN: _plan,
    Ask.WHAT_IF: _what_if,
    Ask.RESILIENCE: _resilience,
    Ask.SIMULATE: _simulate,
    Ask.FRONTIER: _frontier,
}
