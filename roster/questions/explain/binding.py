"""
What binds: the limits at which a plan sits, and what one step of each is worth in people, or in money.

Each step is a scenario of its own whose least number is asked for; only the part of it that the step touches is solved.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace

from roster.domain.loosening import one_step
from roster.domain.outcome import Status
from roster.domain.problem import Goal, Problem
from roster.domain.rules import FreeWeekends, Rule, hours
from roster.engine.rotation import Cap, holdable, minimum_value, split
from roster.engine.solvers.search import Search
from roster.language import tr
from roster.questions.conflict import (
    Condition,
    FeasibilityQuestion,
    Provenance,
    changed,
    groups,
    with_rule,
    with_skill,
    with_types,
)
from roster.questions.sums import hopeless, precheck
from roster.questions.wording import post_names, role_names, type_names

EACH_SECONDS = 4.0
MOST_FREE_WEEKENDS = 2
"""A scenario without a rule on free weekends is asked what every second one would cost."""


@dataclass(frozen=True, slots=True)
class LimitStep:
    """One limit moved by one step: in words, where it stands, and whether it can only help."""

    sentence: str
    where: str
    problem: Problem
    looser: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """A step and its worth: so much more, or less, of what the scenario makes least; None where nothing would do."""

    sentence: str
    where: str
    change: int | None


@dataclass(frozen=True, slots=True)
class Bindings:
    """The steps that change the number, how many do not, and those that were not decided in time."""

    found: tuple[Binding, ...]
    free: int
    undecided: tuple[str, ...]


def what_binds(problem: Problem, number: int, provenance: Provenance, search: Search) -> Bindings:
    """
    Return what one step of each limit is worth for a problem whose proven least number is known.

    Parameters
    ----------
    problem, number : The scenario, and its least number: people or money, as its goal has it.
    provenance : Where each limit stands in the file.
    search : Deadline and settings.
    """
    book = _Book(problem, number, search)
    every = list(steps(problem, provenance))
    with ThreadPoolExecutor(2) as threads:
        # The solvers let go of the interpreter; each thread speaks the language of whoever asks.
        asked = [threads.submit(copy_context().run, book.change, step) for step in every]
        changes = [one.result() for one in asked]
    found = [
        Binding(
            _worth(problem, step.sentence, change), step.where, None if isinstance(change, Status) else change
        )
        for step, change in zip(every, changes, strict=True)
        if change
    ]
    undecided = [step.sentence for step, change in zip(every, changes, strict=True) if change is None]
    return Bindings(
        tuple(sorted(found, key=lambda one: (one.change is None, one.change or 0))),
        changes.count(0),
        tuple(undecided),
    )


class _Book:
    """The parts of a problem with their least numbers, so that a step asks for the parts that it touches only."""

    def __init__(self, problem: Problem, number: int, search: Search) -> None:
        self._number, self._search = number, search
        parts = split(problem)
        self._known = [(part, number) for part in parts] if len(parts) == 1 else []
        for part in parts if len(parts) > 1 else []:
            _, value = minimum_value(part, search)
            if value is not None:
                self._known.append((part, value))

    def change(self, step: LimitStep) -> int | Status | None:
        """Return what a step adds to the number, `infeasible` where none will do; None where not decided in time."""
        search = self._search.within(EACH_SECONDS)
        if search.seconds_left <= 0:
            return None
        parts = split(step.problem)
        kept = [value for part in parts for known, value in self._known if known == part]
        fresh = [part for part in parts if all(known != part for known, _ in self._known)]
        if not fresh and len(kept) == len(self._known):
            return 0
        expected = self._number - sum(kept)
        if len(fresh) == 1:
            part = fresh[0]
            goal = part.goal
            below = None if goal is Goal.COST or not step.looser else expected - 1
            if below is not None and hopeless(precheck(part, below, goal)):
                return 0
            reachable = holdable(part, Cap(goal, expected - 1 if step.looser else expected), search)
            if reachable is None:
                return None
            if reachable is not step.looser:
                return 0
        answers = [minimum_value(part, search) for part in fresh]
        if any(status is Status.INFEASIBLE for status, _ in answers):
            return Status.INFEASIBLE
        if any(value is None for _, value in answers):
            return None
        return sum(value for _, value in answers if value is not None) - expected


def _worth(problem: Problem, sentence: str, change: int | Status) -> str:
    if isinstance(change, Status):
        return tr("explain.never", step=sentence)
    kind = "saves" if change < 0 else "costs"
    if problem.goal is Goal.COST:
        return tr(
            f"explain.{kind}_money", step=sentence, currency=problem.currency, amount=f"{abs(change):,}"
        )
    key = f"explain.{kind}_one" if abs(change) == 1 else f"explain.{kind}"
    return tr(key, step=sentence, people=abs(change))


def steps(problem: Problem, provenance: Provenance) -> Iterator[LimitStep]:
    """Yield one step of each limit, those that people care about first: hours, weekends, standby, then comfort."""
    conditions = [one for group in groups(FeasibilityQuestion(problem), provenance) for one in group]
    kinds: dict[str, list[Condition]] = {}
    for one in conditions:
        kinds.setdefault(one.kind, []).append(one)
    yield from _hours(problem, kinds.get("hours", []))
    yield from _skills(problem, kinds.get("skill", []))
    yield from _people(problem, kinds)
    yield from _posts(problem, kinds.get("post", []))
    yield from _seats(problem, provenance)
    ruled = kinds.get("rule", [])
    for one in sorted(
        ruled, key=lambda one: one.rule is None or one.rule.key not in ("free_weekends", "standby_share")
    ):
        yield from _rule(problem, one)
    if not any(isinstance(one.rule, FreeWeekends) for one in ruled):
        yield _weekends(problem)


def _hours(problem: Problem, conditions: list[Condition]) -> Iterator[LimitStep]:
    for one in conditions:
        for minutes in (60, -60):
            other = with_types(
                FeasibilityQuestion(problem),
                one.names,
                lambda staff, minutes=minutes: replace(  # type: ignore[misc]
                    staff,
                    net_minutes=staff.net_minutes + minutes,
                    weekly_minutes=max(staff.weekly_minutes, staff.net_minutes + minutes),
                ),
            )
            net = problem.type[one.names[0]].net_minutes
            words = {
                "types": type_names(problem, one.names),
                "before": hours(net),
                "after": hours(net + minutes),
            }
            yield LimitStep(tr("explain.step_hours", **words), one.where, other.problem, minutes > 0)


def _rule(problem: Problem, one: Condition) -> Iterator[LimitStep]:
    assert one.rule is not None
    for looser in (True, False):
        for other in one_step(one.rule, looser=looser):
            yield _step(problem, one, other, looser=looser)


def _step(problem: Problem, one: Condition, other: Rule, *, looser: bool) -> LimitStep:
    assert one.rule is not None
    words = {"before": one.rule.sentence, "after": other.sentence}
    key = "explain.step_rule"
    if len(one.names) < len(problem.types):
        key, words["types"] = "explain.step_rule_of", type_names(problem, one.names)
    question = with_rule(one.rule, other, one.names)(FeasibilityQuestion(problem))
    return LimitStep(tr(key, **words), one.where, question.problem, looser)


def _weekends(problem: Problem) -> LimitStep:
    rule = FreeWeekends(one_in=MOST_FREE_WEEKENDS)
    names = [staff.name for staff in problem.types]
    question = with_types(
        FeasibilityQuestion(problem), names, lambda staff: replace(staff, rules=(*staff.rules, rule))
    )
    return LimitStep(tr("explain.step_new", rule=rule.sentence), "", question.problem, False)


def _skills(problem: Problem, conditions: list[Condition]) -> Iterator[LimitStep]:
    for one in conditions:
        for staff in problem.types:
            if one.names[0] not in staff.skills and problem.may_learn(staff, one.names[0]):
                other = with_skill(one.names[0], [staff.name])(FeasibilityQuestion(problem))
                words = {
                    "type": type_names(problem, [staff.name]),
                    "role": role_names(problem, [one.names[0]]),
                }
                yield LimitStep(tr("explain.step_skill", **words), one.where, other.problem, True)


def _people(problem: Problem, kinds: dict[str, list[Condition]]) -> Iterator[LimitStep]:
    for one in (*kinds.get("minimum", []), *kinds.get("people", [])):
        fewer = one.kind == "minimum"
        staff = problem.type[one.names[0]]
        bounds = (staff.minimum - 1, staff.maximum) if fewer else (staff.minimum, staff.maximum + 1)
        other = with_types(
            FeasibilityQuestion(problem),
            one.names,
            lambda staff, bounds=bounds: replace(staff, minimum=bounds[0], maximum=bounds[1]),  # type: ignore[misc]
        )
        words = {"type": type_names(problem, one.names), "people": bounds[0 if fewer else 1]}
        yield LimitStep(tr(f"explain.step_{one.kind}", **words), one.where, other.problem, True)


def _posts(problem: Problem, conditions: list[Condition]) -> Iterator[LimitStep]:
    for one in conditions:
        post = problem.post[one.names[0]]
        words = {"post": post_names(problem, [post.name]), "people": post.people - 1}
        if post.people > 1:
            less = tuple(replace(p, people=p.people - 1) if p is post else p for p in problem.posts)
            yield LimitStep(
                tr("explain.step_post_less", **words), one.where, changed(problem, posts=less), True
            )
        else:
            question = one.without(FeasibilityQuestion(problem))
            yield LimitStep(tr("explain.step_post", post=words["post"]), one.where, question.problem, True)


def _seats(problem: Problem, provenance: Provenance) -> Iterator[LimitStep]:
    for seat in problem.seats:
        more = tuple(replace(s, maximum=s.maximum + 1) if s is seat else s for s in problem.seats)
        money = tr("explain.a_month", currency=problem.currency, amount=f"{seat.cost:,}")
        sentence = tr("explain.step_seat", seat=seat.called, money=money)
        yield LimitStep(
            sentence, provenance.places.at("vendor_seats", seat.name), changed(problem, seats=more), True
        )
