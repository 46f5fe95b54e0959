"""The cover in short: each post, when it is needed, how much of it is held, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.console import Group
from rich.text import Text

from roster.checker import Held, days_text
from roster.domain.outcome import Roster
from roster.domain.problem import Days, Post, Problem
from roster.domain.rules import clock, hours
from roster.language import listed, tr
from roster.output.terminal.console import BAD, DOUBTFUL, FAINT, GOOD, one_line, section, short_names, table
from roster.output.terminal.prose import Prose, bullet

MOST_NAMED = 2
NAME = 9
"""Columns for one of them."""


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
    gaps: tuple[Held, ...]

    @property
    def thin(self) -> bool:
        """Whether no more than one person could stand in for those who hold it."""
        return self.able <= self.post.people + 1

    @property
    def percent(self) -> float:
        """Share held, 100 where nothing is missing; never rounded up to 100."""
        return 100.0 if not self.gaps else min(99.9, round(100 * self.held / max(1, self.required), 1))


def post_covers(problem: Problem, roster: Roster, rows: Iterable[Held]) -> list[PostCover]:
    """Sum up the cover of every post, in the order of the scenario."""
    by_post: defaultdict[str, list[Held]] = defaultdict(list)
    for row in rows:
        by_post[row.post].append(row)
    return [
        _sum_up(problem, roster, post, by_post[post.name]) for post in problem.posts if by_post[post.name]
    ]


def _sum_up(problem: Problem, roster: Roster, post: Post, rows: list[Held]) -> PostCover:
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


def cover_section(problem: Problem, roster: Roster, rows: tuple[Held, ...]) -> Group:
    """Return each post with its share held, how many could hold it and who does; then the wishes left open."""
    covers = post_covers(problem, roster, rows)
    names = short_names([name for cover in covers for name in cover.by], NAME)
    heads = ("post", "when", "places", "able", "held", "by")
    made = table(*(tr(f"plan.{head}") for head in heads), numbers=(2, 3, 4), wrap=(5,))
    for cover in covers:
        made.add_row(
            one_line(cover.post.called),
            when(cover.post),
            str(cover.post.people),
            Text(str(cover.able), DOUBTFUL if cover.thin else ""),
            Text(f"{cover.percent:g} %", GOOD if not cover.gaps else BAD if cover.post.hard else DOUBTFUL),
            Prose(_by(cover, names), FAINT),
        )
    open_wishes = [bullet(_wish(cover, roster)) for cover in covers if cover.gaps and not cover.post.hard]
    why = [Prose(sentence, FAINT) for sentence in reasons(problem.posts)]
    return section(tr("plan.cover"), made, *open_wishes, *why, note=tr("plan.cover_note"))


def reasons(posts: Iterable[Post]) -> list[str]:
    """Return why each post is there, where the scenario says so; the same reason once, with all its posts."""
    titles: dict[str, list[str]] = {}
    for post in posts:
        if post.reason:
            titles.setdefault(post.reason, []).append(post.called)
    comma = tr("plan.list_comma")
    return [tr("plan.reason", posts=comma.join(named), why=why) for why, named in titles.items()]


def _by(cover: PostCover, names: Mapping[str, str]) -> str:
    named = listed(names[name].rstrip() for name in cover.by[:MOST_NAMED])
    left = len(cover.by) - MOST_NAMED
    return tr("plan.and_more", names=named, number=left) if left > 0 else named


def _wish(cover: PostCover, roster: Roster) -> str:
    """Say how much of a soft post is empty, and when."""
    return tr(
        "plan.wish",
        post=cover.post.called,
        hours=hours(cover.required - cover.held),
        days=days_text(roster.horizon, {gap.day for gap in cover.gaps}),
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
    words = [*(names[day] for day in sorted(days.weekdays)), *words]
    return tr("plan.and").join(words)
