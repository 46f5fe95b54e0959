"""
The penalties of a calendar of named people, term by term, worked out again from the finished roster.

Nothing here knows how the roster was made. A term is a count or a length of time and the points that it makes; points
are whole numbers of 480ths, so that shares of a unit stay exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from roster.checker import (
    Timeline,
    count_breaches,
    coverage,
    leave_days,
    weekend_free,
    weekends,
    worked_minutes,
)
from roster.domain.duty_price import duty_price, spared_by_a_minute_empty
from roster.domain.fairness import (
    DAYS,
    HOLIDAYS,
    HOURS,
    NIGHTS,
    POINT,
    STANDBY,
    STATUTORY,
    TENTHS,
    WEEKENDS,
    Share,
)
from roster.domain.horizon import DayKind
from roster.domain.likeness import Likeness
from roster.domain.outcome import Roster
from roster.domain.posts_and_seats import weights
from roster.domain.problem import DAY, Post, Problem
from roster.domain.rules import AVERAGES


@dataclass(frozen=True, slots=True)
class Term:
    """
    One thing that costs points.

    `kind` is `empty` (a soft post, minutes), `over` (people beyond those wanted, minutes), `rule` (a soft rule,
    breaches), `wish` (dates not granted), `share` (minutes or tenths away from a fair share), `rota` (days unlike the
    rota), `duty` (duties) or `spared` (minutes of a soft post that nobody holds, at what the duties would cost that
    hold it); `what` names it, `person` whose it is, if anybody's.
    """

    kind: str
    what: str
    person: str
    number: int
    parts: int

    @property
    def points(self) -> float:
        """Its points."""
        return self.parts / POINT


def terms(
    problem: Problem, roster: Roster, shares: Sequence[Share] = (), like: Likeness | None = None
) -> tuple[Term, ...]:
    """
    Return everything that costs points, without what costs none.

    Parameters
    ----------
    problem, roster : The scenario, and a roster of people with names.
    shares, like : What is fair for each, and the rota that the calendar should be like.
    """
    found = [*_posts(problem, roster), *_people(problem, roster), *_shares(problem, roster, shares)]
    found += _unlike(roster, like) if like is not None else ()
    duties = sum(len(duty.parts) for line in roster.duties for duty in line)
    found.append(Term("duty", "", "", duties, duty_price(problem) * POINT * duties))
    return tuple(term for term in found if term.parts)


def empty_hard(problem: Problem, roster: Roster) -> int:
    """Return the person-minutes of hard posts that stay empty."""
    return sum(
        (row.end - row.start) * max(0, row.required - row.held)
        for row in coverage(problem, roster)
        if problem.post[row.post].hard
    )


def empty_weighed(problem: Problem, roster: Roster) -> int:
    """Return the same, an hour of a more important post counted as several."""
    weight = weights(problem.posts)
    return sum(
        (row.end - row.start) * max(0, row.required - row.held) * weight.get(row.post, 0)
        for row in coverage(problem, roster)
    )


def _posts(problem: Problem, roster: Roster) -> Iterator[Term]:
    empty: dict[str, int] = {}
    for row in coverage(problem, roster):
        minutes = (row.end - row.start) * max(0, row.required - row.held)
        empty[row.post] = empty.get(row.post, 0) + minutes
    for post in problem.posts:
        minutes = empty.get(post.name, 0)
        if not post.hard and minutes:
            spared = spared_by_a_minute_empty(problem, post, duty_price(problem))
            yield Term("empty", post.name, "", minutes, minutes * post.price * POINT // 60)
            yield Term("spared", post.name, "", minutes, minutes * spared)
        if post.over_price:
            minutes = sum(_over(problem, roster, post, day) for day in range(roster.horizon.days))
            yield Term("over", post.name, "", minutes, minutes * post.over_price * POINT // 60)


def _over(problem: Problem, roster: Roster, post: Post, day: int) -> int:
    """Return the person-minutes beyond those wanted of a post on a day: everybody present counts who could hold it."""
    if not roster.horizon.needs(post.days, day):
        return 0
    there = []
    for person, line in zip(roster.people, roster.duties, strict=True):
        if not problem.is_eligible(problem.type_of(person), post):
            continue
        for near in range(max(0, day - 1), min(roster.horizon.days, day + 2)):
            turn = DAY * (near - day)
            there += [
                (max(part.start + turn, post.start), min(part.end + turn, post.end))
                for part in line[near].parts
                if problem.suits(line[near], part, post)
            ]
    cuts = sorted({minute for first, last in there if first < last for minute in (first, last)})
    wanted = post.people + post.beside
    return sum(
        (end - start) * max(0, sum(first <= start and end <= last for first, last in there) - wanted)
        for start, end in pairwise(cuts)
    )


def _people(problem: Problem, roster: Roster) -> Iterator[Term]:
    for index, person in enumerate(roster.people):
        staff, line = problem.type_of(person), roster.duties[index]
        away = leave_days(problem, person.name, roster.horizon)
        for rule in dict.fromkeys((*staff.rules, *problem.quality)):
            if rule.hard or isinstance(rule, AVERAGES):
                continue
            history = roster.history(index)
            breaches = count_breaches(
                rule, line, roster.horizon, problem, staff=staff, before=history, leave=away
            )
            yield Term("rule", rule.subject, person.name, breaches, breaches * (rule.price or 0) * POINT)
        for wish in (wish for wish in problem.wishes if wish.person == person.name):
            number, meant = roster.horizon.number, (wish.duty, *wish.others)
            days = range(max(number(wish.first), 0), min(number(wish.last) + 1, roster.horizon.days))
            missed = sum((line[day].name in meant) is wish.against for day in days)
            yield Term(
                "wish",
                f"{wish.first}..{wish.last} {' / '.join(meant)}",
                person.name,
                missed,
                missed * wish.price * POINT,
            )


def _shares(problem: Problem, roster: Roster, shares: Sequence[Share]) -> Iterator[Term]:
    index = {person.name: at for at, person in enumerate(roster.people)}
    for share in shares:
        if share.person in index:
            has = had(problem, roster, index[share.person], share.measure)
            yield Term("share", share.measure, share.person, has - share.target, share.cost(has))


def _unlike(roster: Roster, like: Likeness) -> Iterator[Term]:
    for person, line in zip(roster.people, roster.duties, strict=True):
        rota = like.lines.get(person.name, line)
        days = sum(one != other for one, other in zip(line, rota, strict=True))
        yield Term("rota", "", person.name, days, days * like.price * POINT)


def amounts(problem: Problem, roster: Roster, shares: Sequence[Share]) -> dict[tuple[str, str], int]:
    """
    Return what everybody has of what is shared, by person and measure: minutes of hours, tenths of all that is counted.

    Parameters
    ----------
    problem, roster : The scenario and the roster.
    shares : What is shared, of people in the roster.
    """
    place = {person.name: at for at, person in enumerate(roster.people)}
    return {(s.person, s.measure): had(problem, roster, place[s.person], s.measure) for s in shares}


def had(problem: Problem, roster: Roster, index: int, measure: str) -> int:
    """
    Return what somebody has of a measure: minutes of hours, tenths of all that is counted.

    Parameters
    ----------
    problem, roster, index : The scenario, the roster, and the person's place in it.
    measure : Name of what is shared.
    """
    line, horizon = roster.duties[index], roster.horizon
    if measure == HOURS:
        staff = problem.type_of(roster.people[index])
        return sum(worked_minutes(problem, staff, horizon, day, duty) for day, duty in enumerate(line))
    if measure == WEEKENDS:
        timeline = Timeline(line, horizon, roster.history(index))
        judged = [saturday for saturday in weekends(timeline) if saturday >= 0]
        return TENTHS * sum(not weekend_free(timeline, saturday) for saturday in judged)
    busy = [(day, duty) for day, duty in enumerate(line) if not duty.is_off]
    counted = {
        DAYS: lambda: sum(duty.works for _, duty in busy),
        NIGHTS: lambda: sum(duty.night for _, duty in busy),
        STANDBY: lambda: sum(duty.standby is not None for _, duty in busy),
        HOLIDAYS: lambda: sum(horizon.kind(day) is DayKind.HOLIDAY for day, _ in busy),
        STATUTORY: lambda: sum(horizon.on(day) in problem.dates.statutory for day, _ in busy),
    }
    if measure in counted:
        return TENTHS * counted[measure]()
    return TENTHS * sum(any(part.name == measure for part in duty.parts) for _, duty in busy)
