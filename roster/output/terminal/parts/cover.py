"""The cover in short: each post, when it is needed, how much of it is held, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group
from rich.text import Text

from roster.checker import PostHeld, days_text
from roster.domain.outcome import Roster
from roster.domain.problem import Post, Problem
from roster.domain.rules import hours
from roster.language import listed, tr
from roster.output.terminal.console import BAD, DOUBTFUL, FAINT, GOOD, section, table
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.cover import PostCover, post_covers, when
from roster.output.words.text import one_line, short_names

MOST_NAMED = 2
NAME = 9
"""Columns for one of them."""


def cover_section(problem: Problem, roster: Roster, rows: tuple[PostHeld, ...]) -> Group:
    """
    Return each post with its share held, how many could hold it and who does; then the wishes left open.

    Parameters
    ----------
    problem, roster : The scenario, and the roster.
    rows : Who holds each post over each stretch of time.
    """
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
