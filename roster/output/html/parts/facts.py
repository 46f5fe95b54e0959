"""Small views of pages: the figure at the top, the ladder, posts with their cover, limits and assumptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from roster.domain.outcome import Outcome, Rung, Violation
from roster.domain.problem import Goal, Problem
from roster.domain.rules import Origin, hours
from roster.language import counted, length, listed, tr
from roster.output.examined_roster import Examined
from roster.output.html.parts.escalation import seat_titles
from roster.output.words.cover import post_covers, when
from roster.output.words.findings import MOST_SENTENCES, rule_title, verdict
from roster.output.words.gaps import empty_posts, lawful_sentence, when_empty
from roster.output.words.limits import by_employers, whom
from roster.output.words.plan import money
from roster.output.words.text import short_names
from roster.scores import PersonScore, Scores

MOST_HOLDERS = 6
"""Most holders of a post named."""

NAME = 24
"""Columns for one of them."""


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """The number at the top and what it counts; `value` is what a program reads."""

    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class HeadlineAnswer:
    """The answer: its figure if there is one, the sentence, how sure it is, and why."""

    figure: HeadlineFigure | None
    sentence: str
    status: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the strip below the answer."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A step of the ladder: its number, the share of the longest bar, what it means and how sure it is."""

    number: str
    share: float
    name: str
    status: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """A post: when it is wanted, how much of it is held, how many could, and who does."""

    title: str
    when: str
    level: str
    places: int
    able: int
    thin: bool
    percent: str
    state: str
    by: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that hold for the same employers: (origin, its name, sentence, source)."""

    whom: str
    rows: tuple[tuple[str, str, str, str], ...]


def figure(problem: Problem, outcome: Outcome) -> HeadlineFigure | None:
    """Return the number that answers, of what the scenario makes least."""
    if outcome.plan is None:
        return None
    heads = outcome.plan.headcount
    number = heads.total if problem.goal is Goal.PEOPLE else heads.in_house
    words = "page.unit_people" if problem.goal is Goal.PEOPLE else "page.unit_in_house"
    return HeadlineFigure(str(number), counted(words, number))


def unit(number: int) -> str:
    """Return what stands behind a number of in-house people."""
    return counted("page.unit_in_house", number)


def span(problem: Problem) -> str:
    """Return the dates of the calendar."""
    dates = problem.dates
    words = {"first": dates.start.isoformat(), "last": dates.last.isoformat()}
    return tr("plan.calendar_note", **words, length=length(dates.days))


def bound(problem: Problem, outcome: Outcome) -> tuple[Tile, ...]:
    """Return what is proven impossible, as a figure of the strip."""
    if outcome.bound is None or outcome.plan is None:
        return ()
    name = tr("page.tile_bound")
    if problem.goal is Goal.COST:
        return (Tile(name, tr("page.tile_bound_cost", value=money(outcome.bound, problem.currency))),)
    return (Tile(name, tr("page.tile_bound_people", number=max(0, outcome.bound - 1))),)


def tiles(problem: Problem, scores: Scores) -> tuple[Tile, ...]:
    """Return the strip of figures: who there is beside people of one's own, what they cost, what they hold."""
    heads, cost = scores.headcount, scores.cost
    made = []
    if heads.vendor:
        made.append(Tile(tr("page.tile_vendor"), str(heads.vendor)))
    if seats := sum(use.number for use in heads.seats):
        made.append(Tile(tr("page.tile_seats"), str(seats)))
    if cost.total:
        made.append(Tile(tr("page.tile_cost"), money(cost.total, problem.currency)))
    wanted = sum(post.wanted for post in scores.posts)
    empty = sum(post.empty for post in scores.posts if post.hard)
    held = 100.0 if not empty else min(99.9, round(100 * (1 - empty / wanted), 1))
    made.append(Tile(tr("page.tile_held"), f"{held:g} %", tr("page.tile_held_note")))
    supply = sum(one.week_minutes_limit for one in scores.people)
    spare = sum(max(0, one.week_minutes_limit - one.week_minutes) for one in scores.people)
    if supply:
        note = tr("page.tile_spare_note", whole=f"{supply / 60:.0f}")
        made.append(Tile(tr("page.tile_spare"), f"{spare / 60:.0f}", note))
    nights = [one.nights for one in scores.people]
    if any(nights):
        made.append(Tile(tr("page.tile_nights"), str(max(nights)), tr("page.tile_nights_note")))
    return tuple(made)


UNEVEN: dict[str, tuple[int, Callable[[PersonScore], int]]] = {
    "nights": (3, lambda one: one.nights),
    "weekends": (3, lambda one: one.weekends - one.free_weekends),
    "holidays": (2, lambda one: one.statutory_days),
}
"""From which difference within a type on a figure is called unequal."""


def uneven(problem: Problem, scores: Scores) -> list[str]:
    """Return what people of one type share unequally: who has least of it and who most."""
    found = []
    for staff in problem.types:
        people = [one for one in scores.people if one.type == staff.name]
        for key, (least, figure) in UNEVEN.items():
            low, high = (pick(people, key=figure, default=None) for pick in (min, max))
            if low is None or high is None or figure(high) - figure(low) < least:
                continue
            words = {"least": figure(low), "fewest": low.name, "most": figure(high), "highest": high.name}
            found.append(tr("page.uneven", type=staff.called, figure=tr(f"page.uneven_{key}"), **words))
    return found


def ladder(rungs: Sequence[Rung], name: Callable[[str], str]) -> tuple[LadderStep, ...]:
    """Return the steps of the staffing ladder as bars."""
    known = [rung.headcount if rung.headcount is not None else rung.bound for rung in rungs]
    most = max((number for number in known if number is not None), default=1) or 1
    steps = []
    for rung, number in zip(rungs, known, strict=True):
        text = "?" if number is None else str(number) if rung.headcount is not None else f"≥ {number}"
        state = tr(f"plan.rung_{rung.status}")
        share = round(100 * (number or 0) / most, 2)
        steps.append(LadderStep(text, share, name(rung.name), state, str(rung.status) == "optimal"))
    return tuple(steps)


def covers(examined: Examined) -> tuple[Cover, ...]:
    """Return every post with its cover."""
    found = []
    for cover in post_covers(examined.problem, examined.roster, examined.cover):
        post = cover.post
        state = "full" if not cover.gaps else "gap" if post.hard else "wish"
        found.append(
            Cover(
                title=post.called,
                when=when(post),
                level="" if post.chain is None else str(post.level),
                places=post.people,
                able=cover.able,
                thin=cover.thin,
                percent=f"{cover.percent:g} %",
                state=state,
                by=_named(tuple(seat_titles(examined.problem, cover.by))),
            )
        )
    return tuple(found)


def _named(names: Sequence[str]) -> str:
    short = short_names(names, NAME)
    shown = listed(short[name].rstrip() for name in names[:MOST_HOLDERS])
    left = len(names) - MOST_HOLDERS
    return tr("plan.and_more", names=shown, number=left) if left > 0 else shown


def broken(violations: Iterable[Violation]) -> tuple[tuple[str, tuple[str, ...], int], ...]:
    """Return what is broken rule by rule: its title, sentences, and how many more there are."""
    by_rule: dict[str, list[str]] = {}
    for violation in violations:
        by_rule.setdefault(violation.rule, []).append(violation.sentence)
    return tuple(
        (rule_title(rule), tuple(sentences[:MOST_SENTENCES]), max(0, len(sentences) - MOST_SENTENCES))
        for rule, sentences in by_rule.items()
    )


@dataclass(frozen=True, slots=True)
class EmptyPostFact:
    """A post that stays empty: its title and priority, the hours, their share, and when."""

    title: str
    priority: int
    hours: str
    percent: str
    when: str


def gaps(examined: Examined) -> tuple[EmptyPostFact, ...]:
    """Return what stays empty of posts that must be held, the most important first."""
    horizon = examined.roster.horizon
    return tuple(
        EmptyPostFact(
            one.post.called,
            one.post.priority,
            hours(one.minutes),
            f"{one.percent:g} %",
            when_empty(horizon, one.gaps),
        )
        for one in empty_posts(examined)
    )


def found(examined: Examined) -> dict[str, object]:
    """Return what the check found: where only posts stay empty, which another table tells, no sentences."""
    if examined.violations and examined.lawful:
        return {"verdict": lawful_sentence(examined), "broken": ()}
    return {"verdict": verdict(examined.violations), "broken": broken(examined.violations)}


def limits(problem: Problem) -> tuple[Limits, ...]:
    """Return the limits in force with their sources, those that hold for most first."""
    return tuple(
        Limits(
            whom(problem, employers),
            tuple(
                (
                    str(Origin(limit.origin)),
                    tr(f"plan.origin_{Origin(limit.origin)}"),
                    limit.sentence,
                    limit.source,
                )
                for limit in rows
            ),
        )
        for employers, rows in by_employers(problem).items()
    )


def notes(problem: Problem) -> tuple[str, ...]:
    """Return what the rota assumes."""
    said = tr("scenario.note_no_advice")
    return tuple(note for note in problem.notes if note != said)
