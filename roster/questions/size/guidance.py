"""A sized team beside what others have, and the tensions said plainly: what these people cannot do, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.domain.outcome import Headcount
from roster.domain.problem import Post, Problem
from roster.domain.rules import hours
from roster.language import tr
from roster.sizing.design import Design, Level
from roster.sizing.figures import Figure, plain, quotient
from roster.sizing.profile import Profile

Case = tuple[Design, Problem, Headcount | None, int | None]


@dataclass(frozen=True, slots=True)
class Guidance:
    """What an article, a survey and beds would have: `high` is None where the range is open."""

    low: Figure
    high: Figure | None
    survey: Figure
    by_beds: Figure
    aspired: Figure


@dataclass(frozen=True, slots=True)
class Tension:
    """A sentence on what does not fit, what it is about, and the given figures it rests on."""

    kind: str
    sentence: str
    figures: tuple[Figure, ...] = ()


def guidance(profile: Profile) -> Guidance:
    """Return what others have for a hospital of this kind and size."""
    beds = profile.stated(profile.says.beds, tr("size.beds"), "beds")
    open_ended = not profile.values.has(f"guidance_high_{profile.tier}")
    survey = "survey_mean_tertiary" if profile.tier in ("tertiary", "group") else "survey_mean_below"
    return Guidance(
        low=profile.driver("guidance_low"),
        high=None if open_ended else profile.driver("guidance_high"),
        survey=profile.driver(survey),
        by_beds=quotient(tr("size.by_beds"), beds, profile.driver("survey_beds_per_person")),
        aspired=quotient(tr("size.aspired"), beds, profile.driver("survey_beds_aspired")),
    )


def tensions(profile: Profile, beside: Guidance, cases: Sequence[Case]) -> tuple[Tension, ...]:
    """
    Return what does not fit, the general first, then what holds at the recommended level.

    Parameters
    ----------
    profile, beside : The profile, and what others have.
    cases : Each level's design, with its scenario and the people found.
    """
    found = [*_seat(profile, beside, cases), *_outside(beside, cases), *_budget(profile, cases)]
    for draft, problem, headcount, _ in cases:
        if draft.level is Level.RECOMMENDED and headcount is not None:
            found += [*_single(problem, headcount), *_standby(profile, problem, headcount)]
    found += _security(profile)
    found += _mix(profile)
    return tuple(found)


def net_minutes(problem: Problem) -> int:
    """Return what one in-house person supplies at most in a week."""
    return max((staff.net_minutes for staff in problem.types if not problem.is_vendor(staff)), default=0)


def _seat(profile: Profile, beside: Guidance, cases: Sequence[Case]) -> Iterator[Tension]:
    problem = cases[0][1]
    net = net_minutes(problem)
    week = profile.driver("seat_week_hours")
    if not net:
        return
    people = math.ceil(week.value * 60 / net - 1e-9)
    words = {"week": week, "net": hours(net), "people": people}
    # What one person supplies is the regime's year (see the scenario's limits) less leave and these.
    rests_on = (week, *cases[0][0].absence)
    if profile.watched:
        yield Tension("seat", tr("size.seat_takes", **words), rests_on)
    elif beside.high is not None and beside.high.value < people:
        yield Tension("seat", tr("size.seat_impossible", most=beside.high, **words), (*rests_on, beside.high))
    else:
        yield Tension("seat", tr("size.seat_extra", **words), rests_on)


def _outside(beside: Guidance, cases: Sequence[Case]) -> Iterator[Tension]:
    """Say why a level lies outside the recommended range."""
    for draft, problem, headcount, _ in cases:
        if headcount is None:
            continue
        people, net = headcount.in_house, net_minutes(problem)
        words: dict[str, object] = {"level": _level(draft), "people": people, "hours": plain(draft.hours)}
        if beside.high is not None and people > beside.high.value:
            supply = beside.high.value * net / 60
            words |= {"most": beside.high, "supply": plain(round(supply, 1))}
            words["standby"] = plain(draft.standby_share.value * 100)
            sentence = tr("size.above" if draft.hours > supply else "size.above_fits", **words)
            yield Tension("above", sentence, (beside.high, draft.standby_share))
        elif people < beside.low.value:
            yield Tension("below", tr("size.below", least=beside.low, **words), (beside.low,))


def _level(draft: Design) -> str:
    """Name a level at the beginning of a sentence."""
    return tr(f"sizing.level_{draft.level}").capitalize()


def _budget(profile: Profile, cases: Sequence[Case]) -> Iterator[Tension]:
    if profile.says.budget is None:
        return
    budget = profile.stated(profile.says.budget, tr("size.budget"), "budget")
    for draft, problem, _, cost in cases:
        if cost is not None and cost > budget.value:
            words = {"level": _level(draft), "currency": problem.currency}
            more = f"{cost - round(budget.value):,}"
            yield Tension("budget", tr("size.over_budget", cost=f"{cost:,}", more=more, **words), (budget,))


def _able(problem: Problem, headcount: Headcount, post: Post) -> int:
    """Return how many of these people could hold a post."""
    return sum(
        number for name, number in headcount.by_type.items() if problem.is_eligible(problem.type[name], post)
    )


def _single(problem: Problem, headcount: Headcount) -> Iterator[Tension]:
    """Say which posts have no more holders than places: a gap with every leave, and every night."""
    taken = {use.seat for use in headcount.seats if use.number}
    bought = {seat.post for seat in problem.seats if seat.name in taken}
    alone = [
        post.title
        for post in problem.posts
        if post.on_site and post.name not in bought and _able(problem, headcount, post) <= post.people
    ]
    if alone:
        yield Tension("single", tr("size.single", posts=tr("sizing.list").join(alone)))
    nights = {role for post in problem.posts if _at_night(post) for role in post.roles}
    absent = [role.called for role in problem.roles if nights.isdisjoint(role.name.split("_"))]
    if absent:
        yield Tension("nights", tr("size.no_night", roles=tr("sizing.list").join(absent)))


def _at_night(post: Post) -> bool:
    return post.start + post.length > 24 * 60 or post.length == 24 * 60


def _standby(profile: Profile, problem: Problem, headcount: Headcount) -> Iterator[Tension]:
    """Say how often each standby line comes round, where that is more than a quarter of all days."""
    most = profile.driver("standby_share_comfortable")
    for post in problem.posts:
        if post.on_site or not _at_night(post):
            continue
        people = _on_call(problem, headcount, post)
        if people and 1 / people > most.value + 1e-9:
            share = f"{100 / people:.0f}"
            words = {"post": post.title, "people": people, "share": share, "most": f"{most.value * 100:g}"}
            yield Tension("standby", tr("size.often", **words), (most,))


def _on_call(problem: Problem, headcount: Headcount, post: Post) -> int:
    return sum(
        number
        for name, number in headcount.by_type.items()
        if problem.is_eligible(problem.type[name], post)
        and any(not problem.shift[shift].on_site for shift in problem.type[name].shifts)
    )


def _security(profile: Profile) -> Iterator[Tension]:
    level = profile.stated(profile.says.protection, tr("size.protection"), "protection")
    if profile.dedicated_security:
        yield Tension("security", tr("size.security_dedicated"), (level,))
        if not profile.says.outsourcing.security_operations:
            return
        yield Tension("security", tr("size.security_split"), (level,))
    else:
        yield Tension("security", tr("size.security_shared", level=level), (level,))


def _mix(profile: Profile) -> Iterator[Tension]:
    """Say where the article's own table does not add up."""
    if profile.tier in ("secondary", "tertiary"):
        low, high = profile.driver("guidance_low"), profile.driver("guidance_high")
        yield Tension("mix", tr(f"size.mix_{profile.tier}", low=low, high=high), (low, high))
