"""The answer in words: how many people, whether that is proven, what it costs, where the calendar leaves the rota."""

from __future__ import annotations

from roster.checker import days_text
from roster.domain.outcome import Headcount, Outcome, Plan, Status
from roster.domain.problem import Goal, Problem
from roster.language import counted, tr
from roster.output.words.duties import named
from roster.output.words.text import one_line


def money(amount: int, currency: str) -> str:
    """
    Return an amount with thousands set apart.

    >>> money(123400, "CNY")
    'CNY 123,400'
    """
    return f"{currency} {amount:,}"


def people(headcount: Headcount) -> str:
    """Return a headcount in words: in-house people, vendor people, vendor seats, those that there are."""
    words = [counted("plan.in_house", headcount.in_house)]
    if headcount.vendor:
        words.append(counted("plan.vendor_people", headcount.vendor))
    if seats := sum(use.number for use in headcount.seats):
        words.append(counted("plan.vendor_seats", seats))
    return tr("plan.comma").join(words)


def headline(problem: Problem, outcome: Outcome) -> str:
    """Return the answer in one line."""
    weeks = outcome.proof.weeks
    if outcome.plan is None:
        if weeks is not None and outcome.status is Status.INFEASIBLE:
            return tr("plan.headline_no_rota", weeks=counted("common.weeks", weeks))
        known = outcome.status is Status.UNKNOWN and outcome.bound is not None
        if outcome.status is Status.INFEASIBLE and outcome.bound is not None:
            return _no_dates(problem, outcome)
        key = f"{outcome.status}_with_bound" if known else str(outcome.status)
        return _headline(outcome, key, bound=_value(problem, outcome.bound))
    value = _value(problem, _found(problem, outcome))
    money_or_people = "cost" if problem.goal is Goal.COST else "people"
    words = {
        "people": people(outcome.plan.headcount),
        "value": value,
        "bound": _value(problem, outcome.bound),
    }
    if outcome.for_ever is not None:
        key = "pairs" if problem.pairings else "dates"
        return tr(f"plan.headline_for_{key}", for_ever=outcome.for_ever, **words)
    if weeks is not None and outcome.survival is None:
        return tr(f"plan.headline_of_length_{money_or_people}", weeks=counted("common.weeks", weeks), **words)
    said = _headline(outcome, f"{outcome.status}_{money_or_people}", open=_open(problem, outcome), **words)
    empty = empty_price(problem, outcome)
    return f"{said} {tr('plan.empty_price', price=money(empty, problem.currency))}" if empty else said


def _no_dates(problem: Problem, outcome: Outcome) -> str:
    """Return that dates cannot be held: by nobody, or by so many, where there may be more."""
    asked = outcome.details.get("headcount")
    by_type = dict(asked["by_type"]) if isinstance(asked, dict) else {}
    if all(by_type.get(staff.name, staff.maximum) >= staff.maximum for staff in problem.types):
        return tr("plan.headline_no_dates")
    return tr("plan.headline_no_dates_of", people=counted("api.people", sum(by_type.values())))


def _open(problem: Problem, outcome: Outcome) -> str:
    """Return the numbers between what is proven impossible and what was found."""
    if outcome.plan is None or outcome.bound is None or problem.goal is Goal.COST:
        return ""
    last = _found(problem, outcome) - 1
    if last <= outcome.bound:
        return tr("plan.one_open", number=outcome.bound)
    return tr("plan.some_open", first=outcome.bound, last=last)


def empty_price(problem: Problem, outcome: Outcome) -> int:
    """Return the price a month of posts that the rota leaves empty, where cost is the goal: it is in the value."""
    if problem.goal is not Goal.COST or outcome.plan is None or outcome.value is None:
        return 0
    return outcome.value - outcome.plan.cost


def _found(problem: Problem, outcome: Outcome) -> int:
    """Return what the plan makes of the figure that the scenario makes least first."""
    plan = outcome.plan
    assert plan is not None, "asked of plans only"
    if problem.goal is Goal.COST:
        return plan.cost + empty_price(problem, outcome)
    return plan.headcount.in_house if problem.goal is Goal.IN_HOUSE else plan.headcount.total


def _value(problem: Problem, value: int | None) -> str:
    if value is None:
        return "?"
    return money(value, problem.currency) if problem.goal is Goal.COST else str(value)


def searched(outcome: Outcome) -> list[str]:
    """Return that the calendar was searched for people with names, where it was."""
    found = outcome.details.get("calendar")
    if not isinstance(found, dict):
        return []
    words = {key: f"{found[key] or 0:g}" for key in ("points", "bound")}
    key = "optimal" if found["status"] == Status.OPTIMAL.value else "feasible" if found["bound"] else "open"
    told = [tr(f"calendar.plan_{key}", **words)]
    if found["days_unlike_rota"]:
        unlike = {"days": found["days_unlike_rota"], "points": f"{found['points_of_these']:g}"}
        told.append(tr("calendar.plan_unlike", **unlike))
    return told


def rung_name(name: str) -> str:
    """Return a step of the ladder in words; a name without words of its own stands for itself."""
    try:
        return tr(f"plan.ladder_{name}")
    except KeyError:
        return one_line(name)


def employer_title(problem: Problem, name: str) -> str:
    """Return what an employer is called; vendors are marked."""
    employer = problem.employer.get(name)
    if employer is None:
        return one_line(name)
    title = one_line(employer.called)
    return tr("plan.vendor", name=title) if employer.vendor else title


def _headline(outcome: Outcome, key: str, **words: object) -> str:
    """Return a headline; where the plan is to survive absences, it says which."""
    if outcome.survival is None:
        return tr(f"plan.headline_{key}", **words)
    return tr(f"survive.headline_{key}", days=counted("survive.length", outcome.survival.days), **words)


def repair_sentences(plan: Plan) -> list[str]:
    """Return where the calendar departs from the rotation; the same change on several days in one sentence."""
    alike: dict[tuple[str, str, str, str], list[int]] = {}
    for repair in plan.repairs:
        change = (repair.person, named(repair.planned), named(repair.given), repair.why)
        alike.setdefault(change, []).append(repair.day)
    return [
        tr(
            "plan.repair",
            person=person,
            planned=planned,
            given=given,
            why=why,
            days=days_text(plan.roster.horizon, days),
        )
        for (person, planned, given, why), days in alike.items()
    ]
