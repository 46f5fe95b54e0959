"""The inequalities, cases and sums of a proof in the words of the scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor

from roster.domain import rules
from roster.domain.problem import DAY, Goal, Problem
from roster.domain.rules import Rule, clock, hours
from roster.language import tr
from roster.proof import Count, End, Ordinary, ProofStep, Scope, Supposed, Use


def goal_text(problem: Problem) -> str:
    """Return what is counted."""
    return tr(f"proof.goal_{problem.goal.value}", currency=problem.currency)


def scope_text(scope: Scope) -> str:
    """Return of which rosters something is claimed."""
    if scope.weeks is None:
        return tr("proof.scope_every")
    return tr("proof.scope_one" if scope.weeks == 1 else "proof.scope_weeks", weeks=scope.weeks)


def types_text(problem: Problem, names: Iterable[str]) -> str:
    """Return staff types by their titles."""
    return tr("proof.comma").join(problem.type[name].called for name in names) or tr("proof.nobody")


def posts_text(problem: Problem, names: Iterable[str]) -> str:
    """Return posts by their titles."""
    return tr("proof.comma").join(problem.post[name].called for name in names) or tr("proof.nothing")


def value_text(value: Fraction) -> str:
    """
    Return a value rounded down, with as many decimals as tell it from the whole number below it.

    >>> value_text(Fraction(352, 34)), value_text(Fraction(12)), value_text(Fraction(90001, 30000))
    ('10.35', '12', '3.00003')
    """
    if value.denominator == 1:
        return f"{value.numerator:,}"
    digits = 2
    while digits < 12 and floor(value * 10**digits) == floor(value) * 10**digits:
        digits += 1
    whole, rest = divmod(floor(value * 10**digits), 10**digits)
    return f"{whole:,}.{rest:0{digits}d}".rstrip("0")


def times_text(times: Fraction) -> str:
    """Return a multiplier."""
    return str(times)


def day_text(weekday: int) -> str:
    """Return a weekday as people read it."""
    return tr("common.day_names").split()[weekday % 7]


def moment_text(minute: int) -> str:
    """Return a minute of the week."""
    return f"{day_text(minute // DAY)} {clock(minute % DAY)}"


def stretch_text(week: Ordinary, at: int) -> str:
    """Return a stretch of the week."""
    end = week.starting[at].end
    same = (end - 1) // DAY == at // DAY
    return f"{moment_text(at)}-{clock(end - at // DAY * DAY) if same else moment_text(end % (7 * DAY))}"


def count_text(week: Ordinary, count: Count) -> str:
    """Return a number in words."""
    problem, kind, name = week.problem, str(count[0]), str(count[1])
    if kind == "seats":
        seat = next(seat for seat in problem.seats if seat.name == name)
        return tr("proof.count_seats", name=seat.called)
    if kind == "empty":
        return tr("proof.count_empty", name=posts_text(problem, [name]), at=moment_text(int(count[2])))
    words: dict[str, object] = {"name": types_text(problem, [name])}
    if kind == "shifts":
        words["hours"] = hours(week.unit(name))
    if kind == "duty":
        words |= {"day": day_text(int(count[2])), "duty": count[3]}
    return tr(f"proof.count_{kind}", **words)


def supposed_text(week: Ordinary, supposed: Supposed) -> str:
    """Return what a case supposes."""
    kinds = {str(count[0]) for count in supposed.counts}
    if kinds == {"people"} and len(supposed.counts) > 1:
        names = types_text(week.problem, (str(count[1]) for count in supposed.counts))
        what = tr("proof.count_people", name=names)
    else:
        what = tr("proof.plus").join(count_text(week, count) for count in supposed.counts)
    if supposed.weeks > 1:
        what = tr("proof.over_weeks", what=what, weeks=supposed.weeks)
    return tr(
        "proof.at_most" if supposed.at_most else "proof.at_least", what=what, limit=f"{supposed.limit:,}"
    )


def range_text(week: Ordinary, count: Count) -> str:
    """Return the limits of a number."""
    least, most = week.range(count)
    if least == most:
        return tr("proof.range_exact", what=count_text(week, count), least=f"{least:,}")
    return tr("proof.range", what=count_text(week, count), least=f"{least:,}", most=f"{most:,}")


def alike(steps: Iterable[ProofStep]) -> list[list[ProofStep]]:
    """Return inequalities together that differ only in when they hold."""
    groups: dict[Use, list[ProofStep]] = {}
    for step in steps:
        groups.setdefault(replace(step.use, at=-1, weekday=-1), []).append(step)
    return list(groups.values())


def step_text(week: Ordinary, steps: Sequence[ProofStep], above: Sequence[Supposed]) -> str:
    """
    Return an inequality in words, or several that are alike.

    Parameters
    ----------
    week : The ordinary week.
    steps : The inequality, or several that are alike.
    above : What is supposed in the case.
    """
    step = steps[0]
    use = step.use
    if use.row == "case":
        return tr("proof.row_case", supposed=supposed_text(week, above[use.number - 1]))
    words: dict[str, object] = {"type": types_text(week.problem, [use.type])} if use.type else {}
    comma = tr("proof.comma")
    if use.weekday >= 0:
        words["day"] = comma.join(day_text(each.use.weekday) for each in steps)
    if use.at >= 0:
        when = (
            stretch_text(week, each.use.at) if use.row == "cover" else moment_text(each.use.at)
            for each in steps
        )
        words["at"] = comma.join(when)
    words |= _FIGURES.get(use.row, _none)(week, step)
    return tr(f"proof.row_{use.row}", **words)


StepFigures = Callable[[Ordinary, ProofStep], dict[str, object]]


def _none(_week: Ordinary, _step: ProofStep) -> dict[str, object]:
    return {}


def _rule(week: Ordinary, use: Use, kind: type[Rule]) -> Rule:
    return next(
        rule
        for rule in week.problem.type[use.type].rules
        if isinstance(rule, kind) and rule.hard and getattr(rule, "shift", use.shift) == use.shift
    )


def _minutes(minutes: Fraction) -> dict[str, object]:
    return {"hours": hours(floor(minutes)), "minutes": value_text(minutes)}


def _each(_week: Ordinary, step: ProofStep) -> dict[str, object]:
    return _minutes(step.said.terms["people", step.use.type])


def _standby(week: Ordinary, step: ProofStep) -> dict[str, object]:
    share = step.said.terms["people", step.use.type]
    return {"percent": value_text(share * 100 / 7), "days": value_text(share)}


def _rest(week: Ordinary, step: ProofStep) -> dict[str, object]:
    rule = _rule(week, step.use, rules.MinRest)
    return {"hours": hours(getattr(rule, "minutes", 0))}


def _run(week: Ordinary, step: ProofStep) -> dict[str, object]:
    most = step.said.terms["people", step.use.type]
    shift = week.problem.shift.get(step.use.shift)
    title = (shift.called) if shift is not None else ""
    return {"most": most, "days": most + 1, "shift": title}


def _weekend(week: Ordinary, step: ProofStep) -> dict[str, object]:
    share = step.said.terms["people", step.use.type]
    return {"most": share.numerator, "one_in": share.denominator}


def _pair(_week: Ordinary, step: ProofStep) -> dict[str, object]:
    comma = tr("proof.comma")
    return {"first": comma.join(step.use.first), "second": comma.join(step.use.second)}


def _control(week: Ordinary, step: ProofStep) -> dict[str, object]:
    terms = step.said.terms
    who = [str(count[1]) for count, factor in terms.items() if count[0] == "people" and factor > 0]
    each = max(-factor for count, factor in terms.items() if count[0] != "duty")
    return {"who": types_text(week.problem, who)} | _minutes(each)


def _cover(week: Ordinary, step: ProofStep) -> dict[str, object]:
    counted = (
        tr("proof.counted", post=posts_text(week.problem, [name]), times=times_text(times))
        for name, times in step.use.posts
    )
    return {"posts": tr("proof.comma").join(counted)}


def _week(week: Ordinary, step: ProofStep) -> dict[str, object]:
    posts = posts_text(week.problem, (name for name, _ in step.use.posts))
    return {"posts": posts} | _minutes(step.said.least)


_FIGURES: dict[str, StepFigures] = {
    "hours": _each,
    "week_hours": _each,
    "standby": _standby,
    "rest": _rest,
    "work_days": _run,
    "nights": _run,
    "run": _run,
    "weekend": _weekend,
    "pair": _pair,
    "control": _control,
    "cover": _cover,
    "week": _week,
}


def end_text(problem: Problem, end: End, bound: int | None) -> str:
    """
    Return what comes of a case.

    Parameters
    ----------
    problem, end : The scenario, and what the inequalities add up to.
    bound : What the part claims; None for a contradiction.
    """
    if end.reached is None:
        return tr("proof.contradiction", beyond=value_text(end.beyond))
    goal, reached = goal_text(problem), value_text(end.reached)
    if end.reached.denominator == 1 or bound is None or problem.goal is Goal.COST:
        return tr("proof.together_exact", goal=goal, reached=reached)
    if end.reached >= bound:
        return tr("proof.together_enough", goal=goal, reached=reached)
    return tr("proof.together", goal=goal, reached=reached, bound=f"{bound:,}")
