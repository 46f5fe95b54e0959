"""
Ways out of a conflict, each the cheapest of its kind and each solved: every one of them was found to hold.

One person more, overtime, a vendor seat, a second skill, a post that may stay empty at times, a limit made looser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace

from roster.domain.problem import Goal, StaffType
from roster.domain.rules import hours
from roster.engine.rotation import cheapest, mix
from roster.engine.solvers.search import Search
from roster.language import tr
from roster.questions.conflict import Conflict, FeasibilityQuestion, QuestionChange, WayOut, with_numbers
from roster.questions.explain.overtime import overtime
from roster.questions.explain.relaxed_rules import limits
from roster.questions.explain.skills_and_shifts import more_shifts, skills
from roster.questions.explain.trial import KINDS, Trials, headcount
from roster.questions.explain.unstaffed_hours import least_empty, softer
from roster.questions.explain.vendor_seats import offers
from roster.questions.wording import listed, post_names, type_names


def ways_out(
    question: FeasibilityQuestion, conflict: Conflict, search: Search
) -> tuple[tuple[WayOut, ...], tuple[str, ...]]:
    """
    Return the ways out of a conflict over an ordinary week, the cheapest first; and kinds not decided in time.

    Parameters
    ----------
    question, conflict : What is asked, and its smallest conflict.
    search : Deadline and settings.
    """
    kinds: dict[str, Callable[[Trials], Iterator[WayOut]]] = {
        "hire": _hires,
        "soft": softer,
        "seat": _seats,
        "overtime": overtime,
        "limit": limits,
        "skill": _second_skills,
        "shift": _shifts,
    }
    with ThreadPoolExecutor(2) as threads:
        # The solvers let go of the interpreter, so two kinds are sought at a time.
        seekers = {kind: Trials(question, conflict, search) for kind in kinds}
        empty = least_empty(conflict, search, threads)
        for trials in seekers.values():
            trials.empty = empty
        asked = {
            kind: threads.submit(copy_context().run, _listed, seek, seekers[kind])
            for kind, seek in kinds.items()
        }
        found = {kind: one.result() for kind, one in asked.items()}
    ways = [way for some in found.values() for way in some]
    open_ = tuple(kind for kind in kinds if seekers[kind].undecided and not found[kind])
    return tuple(sorted(ways, key=lambda way: (way.law, way.cost or 0, KINDS.index(way.kind)))), open_


def _listed(kind: Callable[[Trials], Iterator[WayOut]], trials: Trials) -> list[WayOut]:
    return list(kind(trials))


def _hires(trials: Trials) -> Iterator[WayOut]:
    """Yield one person more: of the cheapest type that helps, or as many in all as it takes."""
    question, problem = trials.question, trials.problem
    if not trials.of("people") and not trials.of("budget"):
        return
    limited = [problem.type[one.names[0]] for one in trials.of("people") if one.names]
    for staff in sorted(limited, key=lambda staff: staff.cost):
        one_more = _one_more(staff, counts=question.cap is not None and _counts(question, staff))
        if trials.works(one_more):
            more = one_more(question)
            words = {
                "type": type_names(problem, [staff.name]),
                "people": staff.maximum + 1,
                "fewer": staff.maximum,
            }
            money = tr("explain.a_month", currency=problem.currency, amount=f"{staff.cost:,}")
            sentence = tr("explain.way_hire", money=money, **words)
            yield WayOut("hire", sentence, staff.cost, headcount(more), more)
            return
    yield from _cheapest_mix(trials, limited)


def _one_more(staff: StaffType, *, counts: bool) -> QuestionChange:
    """Let there be one more of a type; `counts` whether they count towards the limit on everybody."""

    def change(question: FeasibilityQuestion) -> FeasibilityQuestion:
        more = with_numbers({staff.name: (staff.minimum, staff.maximum + 1)})(question)
        if more.cap is None or not counts:
            return more
        return replace(more, cap=replace(more.cap, most=more.cap.most + 1))

    return change


def _counts(question: FeasibilityQuestion, staff: StaffType) -> bool:
    assert question.cap is not None
    return question.cap.goal is not Goal.IN_HOUSE or not question.problem.is_vendor(staff)


def _cheapest_mix(trials: Trials, limited: list[StaffType]) -> Iterator[WayOut]:
    """Yield the fewest people in all, where the limits on their number go; with the mix that costs least."""
    question, problem = trials.question, trials.problem
    # Whoever stands in the way may be the dearest to add: the cheapest mix is one of everybody who can be hired.
    limited = [staff for staff in problem.types if staff in limited or not problem.is_vendor(staff)]
    free = question
    for staff in limited:
        free = with_numbers({staff.name: (staff.minimum, 1000)})(free)
    found = _one_in_all(free, trials)
    if found is None and trials.search.seconds_left > 0:
        found = mix(free.problem, trials.search)
    if found is None:
        trials.undecided = True
        return
    people, by_type = found
    names = [name for name, number in by_type.items() if number]
    shown = listed(f"{type_names(problem, [name])} {by_type[name]}" for name in names)
    before = question.cap.most if question.cap is not None and question.cap.goal is not Goal.COST else None
    added = sum(max(0, by_type[staff.name] - staff.maximum) * staff.cost for staff in limited) or (
        people - (before or people)
    ) * min((problem.type[name].cost for name in names), default=0)
    money = tr("explain.a_month", currency=problem.currency, amount=f"{added:,}")
    key = "explain.way_mix" if before is None else "explain.way_more"
    sentence = tr(key, more=people - (before or 0), people=people, mix=shown, money=money)
    most = {name: (staff.minimum, max(staff.maximum, by_type[name])) for name, staff in problem.type.items()}
    enough = with_numbers(most)(question)
    if question.cap is not None:
        enough = replace(enough, cap=replace(question.cap, most=max(question.cap.most, people)))
    yield WayOut("hire", sentence, added, people, enough)


def _one_in_all(question: FeasibilityQuestion, trials: Trials) -> tuple[int, dict[str, int]] | None:
    """Return the cheapest mix with one person more in all, if that will do; and how many they are."""
    if question.cap is None or question.cap.goal is Goal.COST:
        return None
    cap = replace(question.cap, most=question.cap.most + 1)
    by_type = cheapest(question.problem, cap, trials.soon)
    if not by_type:
        return None
    types = question.problem.type
    return sum(number for name, number in by_type.items() if _counts(question, types[name])), by_type


def _seats(trials: Trials) -> Iterator[WayOut]:
    """Yield the vendor seat of the fewest hours that helps."""
    question, problem = trials.question, trials.problem
    posts = [one.names[0] for one in trials.of("post")]
    for offer in offers(problem, posts):
        # A seat does no more than leave its hours to somebody else.
        if offer.minutes < trials.empty.get(offer.post, offer.minutes + 1):
            continue
        if trials.works(offer.buy):
            words = {
                "post": post_names(problem, [offer.post]),
                "when": offer.when,
                "hours": hours(offer.minutes),
            }
            if offer.cost is None:
                sentence = tr("explain.way_seat", **words)
            else:
                money = tr("explain.a_month", currency=problem.currency, amount=f"{offer.cost:,}")
                sentence = tr("explain.way_seat_price", money=money, **words)
            yield WayOut("seat", sentence, offer.cost, headcount(question), offer.buy(question))
            return


def _second_skills(trials: Trials) -> Iterator[WayOut]:
    """Yield second skills."""
    for sentence, other in skills(trials):
        yield WayOut("skill", sentence, None, headcount(other), other)


def _shifts(trials: Trials) -> Iterator[WayOut]:
    """Yield shifts that people do not do yet."""
    for sentence, other in more_shifts(trials):
        yield WayOut("shift", sentence, None, headcount(other), other)
