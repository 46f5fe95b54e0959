"""Everything that a question consists of and that could be left out: each with a sentence and its place in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from roster.domain.pairing import Pairing
from roster.domain.problem import DAY, Ban, Goal, Post, Restriction, StaffType
from roster.domain.rule import weekday_names
from roster.domain.rules import AverageHours, NoOverlap, Origin, Rule, ShiftLength, clock, hours
from roster.language import listed, span, tr
from roster.questions.conflict.relaxations import (
    FeasibilityQuestion,
    QuestionChange,
    with_every_shift,
    without_cap,
    without_hours,
    without_least,
    without_most,
    without_posts,
    without_rule,
    without_skills_limits,
)
from roster.questions.sums import UNLIMITED
from roster.questions.wording import post_text, role_names, shifts_text, type_names, whom
from roster.scenario.positions import Places

ERGONOMIC = (
    "whole_weekends",
    "gap",
    "count",
    "handover",
    "succession",
    "shift_run",
    "off_block",
    "no_standby_before",
    "no_standby_after_nights",
    "free_weekends",
    "work_block",
    "rest_after_nights",
    "max_nights",
    "min_rest",
)
"""Rules that are left out first, the least missed first: what is left is about people and hours."""

LEGAL = ("weekly_rest", "shift_length", "week_hours")


@dataclass(frozen=True)
class Condition:
    """
    A post, a rule, a limit or an absence.

    Parameters
    ----------
    kind : `people`, `hours`, `skill`, `post`, `shifts`, `minimum`, `rule`, `leave`, `restriction`, `frozen` or
        `budget`.
    where : File and line, or the option that says it; empty where unknown.
    names : The posts, types, roles or people it is about.
    without : The question with it left out.
    """

    kind: str
    sentence: str
    where: str
    names: tuple[str, ...]
    without: QuestionChange = field(compare=False)
    rule: Rule | None = None
    law: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where things come from: the file's positions, and what options say instead of the file."""

    places: Places = field(default_factory=Places)
    cap_option: str = ""
    type_options: Mapping[str, str] = field(default_factory=dict)


def groups(
    question: FeasibilityQuestion, provenance: Provenance, likely: Collection[str] = ()
) -> list[list[Condition]]:
    """
    Return the conditions of a question in the order in which they are left out, in groups that may well go together.

    Posts and skills are tried one by one: where any is part of a conflict, most are. Where people go away it is mostly
    about who is left, so that all rules go at once, and all posts but the `likely` ones.

    Parameters
    ----------
    question, provenance : What is asked, and where each thing stands in the file.
    likely : Names of posts that the conflict is probably about.
    """
    rules = list(_rules(question, provenance))
    posts = [post for post in question.problem.posts if post.hard]
    on_call = [_post(question, provenance, post) for post in posts if not post.on_site]
    on_site = sorted((post for post in posts if post.on_site), key=_importance)
    around = [
        [one for key in ERGONOMIC for one in rules if one.rule and one.rule.key == key],
        [one for key in LEGAL for one in rules if one.rule and one.rule.key == key],
        [one for one in rules if one.rule and one.rule.key not in (*ERGONOMIC, *LEGAL)],
        on_call,
        [*_minimums(question, provenance), *_frozen(question)],
        list(_shifts(question, provenance)),
    ]
    unlikely = [post for post in on_site if likely and post.name not in likely]
    return [
        *(around if question.case is None else [[one for group in around for one in group]]),
        [_post(question, provenance, post) for post in unlikely],
        *([_post(question, provenance, post)] for post in on_site if post not in unlikely),
        *([one] for one in _skills(question, provenance)),
        *(
            [one]
            for one in (
                *_pairings(question, provenance),
                *_restrictions(question, provenance),
                *_absences(question),
            )
        ),
        *([one] for one in _maximums(question, provenance)),
        *([one] for one in _hours(question, provenance)),
        list(_cap(question, provenance)),
    ]


def _importance(post: Post) -> tuple[int, int]:
    """Least important first, and of those the smallest."""
    return -post.priority, post.people * post.length * post.load


def _post(question: FeasibilityQuestion, provenance: Provenance, post: Post) -> Condition:
    where = provenance.places.at("posts", post.name)
    return Condition(
        "post", post_text(question.problem, post), where, (post.name,), without_posts([post.name])
    )


def _rules(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    """Yield each hard rule once, for all the types that have it from the same place."""
    problem = question.problem
    found: dict[tuple[Rule, str], list[str]] = defaultdict(list)
    for staff in problem.types:
        for rule in staff.rules:
            if rule.hard and not isinstance(rule, NoOverlap | AverageHours):
                found[rule, provenance.places.rule(problem, staff, rule)].append(staff.name)
    for (rule, where), types in found.items():
        whom = type_names(problem, types)
        sentence = rule.sentence
        if len(types) < len(problem.types):
            sentence = tr("explain.for_types", types=whom, sentence=sentence)
        law = rule.origin is Origin.LAW
        yield Condition("rule", sentence, where, tuple(types), without_rule(rule, types), rule, law)


def _hours(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    problem = question.problem
    found: dict[tuple[int, int, str, bool], list[str]] = defaultdict(list)
    for staff in problem.types:
        law = any(isinstance(r, AverageHours) and r.origin is Origin.LAW for r in staff.rules)
        where = provenance.places.hours(problem, staff)
        found[staff.net_minutes, staff.weekly_minutes, where, law].append(staff.name)
    for (net, weekly, where, law), types in found.items():
        key = "explain.hours_gross" if net == weekly or question.case else "explain.hours"
        words = {"types": whom(problem, types), "net": hours(net), "weekly": hours(weekly)}
        yield Condition("hours", tr(key, **words), where, tuple(types), without_hours(types), law=law)


def _shifts(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    """Yield what shifts there are: for the types that list theirs each, for the others together."""
    problem = question.problem
    every = tuple(shift.name for shift in problem.shifts)
    found: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for staff in problem.types:
        own = provenance.places.first(("staff_types", staff.name, "shifts"))
        alone = "" if staff.shifts == every and not own else staff.name
        where = own or provenance.places.at("shifts")
        found[where, (alone, *staff.shifts)].append(staff.name)
    for (where, (_, *names)), types in found.items():
        words = {"types": type_names(problem, types), "shifts": shifts_text(problem.shift[n] for n in names)}
        sentence = tr("explain.shifts" if names else "explain.no_shifts", **words)
        limits = [_longest(problem.type[name]) for name in types]
        yield Condition("shifts", sentence, where, tuple(types), with_every_shift(types, max(limits)))


def _longest(staff: StaffType) -> int:
    """Return the longest shift that people of a type may do."""
    return min([DAY, *(rule.minutes for rule in staff.rules if isinstance(rule, ShiftLength) and rule.hard)])


def _skills(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    """Yield for each role that posts ask for who has it, unless everybody does."""
    problem = question.problem
    for role in dict.fromkeys(role for post in problem.posts if post.hard for role in post.roles):
        have = [staff.name for staff in problem.types if role in staff.skills]
        if len(have) == len(problem.types):
            continue
        words = {"role": role_names(problem, [role]), "types": type_names(problem, have)}
        sentence = tr("explain.skill" if have else "explain.skill_nobody", **words)
        where = provenance.places.at("roles", role)
        yield Condition("skill", sentence, where, (role, *have), without_skills_limits(role))


def _minimums(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    if question.case is not None:
        return
    for staff in question.problem.types:
        if staff.minimum:
            words = {"type": type_names(question.problem, [staff.name]), "people": staff.minimum}
            where = _count_place(provenance, staff.name)
            sentence = tr("explain.minimum_one" if staff.minimum == 1 else "explain.minimum", **words)
            yield Condition("minimum", sentence, where, (staff.name,), without_least(staff.name))


def _maximums(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    if question.case is not None:
        return
    for staff in question.problem.types:
        if staff.maximum < UNLIMITED:
            words = {"type": type_names(question.problem, [staff.name]), "people": staff.maximum}
            kind = {0: "_none", 1: "_one"}.get(staff.maximum, "")
            sentence = tr(f"explain.maximum{kind}", **words)
            where = _count_place(provenance, staff.name)
            yield Condition("people", sentence, where, (staff.name,), without_most(staff.name))


def _count_place(provenance: Provenance, name: str) -> str:
    path = ("staff_types", name)
    return (
        provenance.type_options.get(name)
        or provenance.places.first((*path, "count"), (*path, "hire"))
        or provenance.places.first(("people",))
        or provenance.places.at(*path)
    )


def _cap(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    if question.cap is None:
        return
    goal, most = question.cap.goal, question.cap.most
    if goal is Goal.COST:
        sentence = tr("explain.cap_cost", currency=question.problem.currency, amount=f"{most:,}")
        yield Condition("budget", sentence, provenance.cap_option, (), without_cap)
        return
    key = "explain.cap_in_house" if goal is Goal.IN_HOUSE and _vendors(question) else "explain.cap"
    key += "_one" if most == 1 else ""
    yield Condition("people", tr(key, people=most), provenance.cap_option, (), without_cap)


def _vendors(question: FeasibilityQuestion) -> bool:
    problem = question.problem
    return bool(problem.seats) or any(problem.is_vendor(staff) for staff in problem.types)


def _restrictions(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    if question.case is None:
        return
    yield from _days_off(question, provenance)
    for one in (one for one in question.problem.restrictions if one.ban is not Ban.OFF):
        words = {"person": one.person, "when": span(one.first, one.last)}
        kind = "leave" if one.ban is Ban.DUTY else "restriction"
        sentence = tr(f"explain.ban_{one.ban.value}", **words)
        where = provenance.places.restriction(one)
        yield Condition(kind, sentence, where, (one.person,), _without_restriction(one))


def _days_off(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    """Yield the weekdays that each person has off, one condition a person."""
    kept = [one for one in question.problem.restrictions if one.ban is Ban.OFF]
    for name in dict.fromkeys(one.person for one in kept):
        own = [one for one in kept if one.person == name]
        weekdays = listed(
            weekday_names([weekday]) + ("" if (start, end) == (0, DAY) else f" {clock(start)}-{clock(end)}")
            for weekday, start, end in sorted({(one.first.weekday(), one.start, one.end) for one in own})
        )

        def change(question: FeasibilityQuestion, name: str = name) -> FeasibilityQuestion:
            left = tuple(
                one for one in question.problem.restrictions if (one.person, one.ban) != (name, Ban.OFF)
            )
            return replace(question, problem=replace(question.problem, restrictions=left))

        sentence = tr("explain.ban_days_off", person=name, days=weekdays)
        yield Condition("restriction", sentence, provenance.places.restriction(own[0]), (name,), change)


def _pairings(question: FeasibilityQuestion, provenance: Provenance) -> Iterator[Condition]:
    """Yield what is asked of people with one another, which only dates know."""
    for one in question.problem.pairings if question.case is not None else ():
        where = provenance.places.first((one.key,))

        def change(question: FeasibilityQuestion, one: Pairing = one) -> FeasibilityQuestion:
            left = tuple(other for other in question.problem.pairings if other != one)
            return replace(question, problem=replace(question.problem, pairings=left))

        yield Condition("rule", one.sentence, where, (*one.who, *one.by), change)


def _without_restriction(one: Restriction) -> QuestionChange:
    def change(question: FeasibilityQuestion) -> FeasibilityQuestion:
        left = tuple(other for other in question.problem.restrictions if other != one)
        return replace(question, problem=replace(question.problem, restrictions=left))

    return change


def _absences(question: FeasibilityQuestion) -> Iterator[Condition]:
    for one in question.case.absences if question.case else ():
        words = {"person": one.person, "when": span(one.first, one.last)}

        def change(question: FeasibilityQuestion, one: object = one) -> FeasibilityQuestion:
            assert question.case is not None
            left = tuple(other for other in question.case.absences if other != one)
            return replace(question, case=replace(question.case, absences=left))

        yield Condition("leave", tr("explain.ban_leave", **words), "--leave", (one.person,), change)


def _frozen(question: FeasibilityQuestion) -> Iterator[Condition]:
    if question.case is None or question.case.frozen_until is None:
        return
    on = question.case.published.horizon.on(question.case.frozen_until)

    def change(question: FeasibilityQuestion) -> FeasibilityQuestion:
        assert question.case is not None
        return replace(question, case=replace(question.case, frozen_until=None))

    yield Condition("frozen", tr("explain.frozen", date=on), "--freeze-until", (), change)
