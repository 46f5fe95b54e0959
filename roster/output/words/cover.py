"""How a post is held, summed up over a calendar, and when it is wanted, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from roster.checker import PostHeld
from roster.domain.outcome import Roster
from roster.domain.problem import Days, Post, Problem
from roster.domain.rules import clock
from roster.language import tr


@dataclass(frozen=True, slots=True)
class PostCover:
    """
    How far a post is held over a calendar, in person-minutes, and by whom, the most frequent first.

    `able` counts the people who could hold it and the vendor seats that do.
    """

    post: Post
    required: int
    held: int
    by: tuple[str, ...]
    able: int
    gaps: tuple[PostHeld, ...]

    @property
    def thin(self) -> bool:
        """Whether no more than one person could stand in for those who hold it."""
        return self.able <= self.post.people + 1

    @property
    def percent(self) -> float:
        """Share held, 100 where nothing is missing; never rounded up to 100."""
        return 100.0 if not self.gaps else min(99.9, round(100 * self.held / max(1, self.required), 1))


def post_covers(problem: Problem, roster: Roster, rows: Iterable[PostHeld]) -> list[PostCover]:
    """
    Sum up the cover of every post, in the order of the scenario.

    Parameters
    ----------
    problem, roster : The scenario, and the roster.
    rows : Who holds each post over each stretch of time.
    """
    by_post: defaultdict[str, list[PostHeld]] = defaultdict(list)
    for row in rows:
        by_post[row.post].append(row)
    return [
        _sum_up(problem, roster, post, by_post[post.name]) for post in problem.posts if by_post[post.name]
    ]


def _sum_up(problem: Problem, roster: Roster, post: Post, rows: list[PostHeld]) -> PostCover:
    minutes: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        for name in row.by:
            minutes[name] += row.end - row.start
    people = {person.name: problem.is_eligible(problem.type_of(person), post) for person in roster.people}
    return PostCover(
        post=post,
        required=sum((row.end - row.start) * row.required for row in rows),
        held=sum((row.end - row.start) * min(row.held, row.required) for row in rows),
        by=tuple(sorted(minutes, key=lambda name: (-minutes[name], name))),
        able=sum(people.values()) + sum(name not in people for name in minutes),
        gaps=tuple(row for row in rows if row.held < row.required),
    )


def when(post: Post) -> str:
    """Return the days and the window of a post in words."""
    return f"{days_in_words(post.days)} {clock(post.start)}-{clock(post.end)}"


def days_in_words(days: Days) -> str:
    """Return the days on which a post is needed in words."""
    named = (days.workdays, days.restdays, days.holidays)
    rest = "ordinary" if days.ordinary else "restdays"
    if named == (True, True, True):
        return tr("plan.daily")
    words = [
        tr(f"plan.{key}") for key, wanted in zip(("workdays", rest, "holidays"), named, strict=True) if wanted
    ]
    names = tr("common.day_names").split()
    words = [*(names[day] for day in sorted(days.weekdays)), *words, *map(str, sorted(days.dates))]
    return tr("plan.and").join(words)


def minutes_by_day(rows: Iterable[PostHeld]) -> dict[str, dict[int, tuple[int, int]]]:
    """Return the minutes needed and held of each post on each day on which it is needed."""
    found: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for row in rows:
        needed, held = found[row.post].get(row.day, (0, 0))
        length = row.end - row.start
        found[row.post][row.day] = (
            needed + length * row.required,
            held + length * min(row.held, row.required),
        )
    return found
