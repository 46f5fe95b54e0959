"""
Posts that a roster states for people, held against who they are and when they are there.

Whoever is put on a post holds that one and no other; what cannot be, is found here, and the post then is as empty as
the roster has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roster.checker.cover.eligibility import barred, fits, unskilled
from roster.checker.cover.presence import roster_wants
from roster.checker.cover.stretches import Cover
from roster.checker.rules.breach import Breach, OnDay
from roster.checker.sentences import said
from roster.domain.outcome import Roster, Violation
from roster.domain.problem import DAY, Problem

Stated = Mapping[tuple[int, int, int], tuple[str, ...]]
"""Names of posts by person, day and part of the duty."""

KEY = "posts_column"


def stated_posts(problem: Problem, roster: Roster, stated: Stated, cover: Cover) -> list[Violation]:
    """
    Return everything in which the posts that a roster states for people cannot be.

    Parameters
    ----------
    problem, roster : The scenario, and the roster read.
    stated : The posts that the roster gives, by (person, day, part).
    cover : Who holds what with them.
    """
    by_person: dict[int, list[Breach]] = {}
    windows = _windows(problem, roster)
    for slot, names in stated.items():
        person, day, _ = slot
        breaches = [
            Breach(f"stated_{kind}", (day,), figures=_figures(problem, name) | {"day": OnDay(day)})
            for name in names
            if (kind := _wrong(problem, roster, slot, name, windows))
        ]
        breaches += _crowded(problem, roster, stated, slot, cover) if not breaches else []
        if breaches:
            by_person.setdefault(person, []).extend(breaches)
    found: list[Violation] = []
    for person, breaches in by_person.items():
        found += said(roster.horizon, KEY, roster.people[person].name, breaches)
    return found


def _figures(problem: Problem, name: str) -> dict[str, object]:
    post = problem.post.get(name)
    if post is None:
        return {"post": name, "roles": ""}
    roles = {role.name: role.called for role in problem.roles}
    return {"post": post.called, "roles": " / ".join(roles.get(role, role) for role in post.roles)}


def _windows(problem: Problem, roster: Roster) -> dict[str, list[tuple[int, int]]]:
    """Return when each post is wanted, in minutes since the midnight that starts day 0."""
    found: dict[str, list[tuple[int, int]]] = {}
    for want in roster_wants(problem, roster):
        found.setdefault(problem.posts[want.post].name, []).append((want.start, want.end))
    return found


def _wrong(
    problem: Problem,
    roster: Roster,
    slot: tuple[int, int, int],
    name: str,
    windows: Mapping[str, list[tuple[int, int]]],
) -> str:
    """Return why somebody cannot be on a post with a part of a duty; empty where that can be."""
    person, day, part = slot
    post, staff = problem.post.get(name), problem.type.get(roster.people[person].type)
    duty = roster.duties[person][day]
    if post is None:
        return "unknown"
    if staff is None or unskilled(staff, post):
        return "unskilled"
    if barred(problem, staff, post):
        return "unable"
    if part >= len(duty.parts) or not fits(duty, duty.parts[part], post):
        return "unfit"
    start, end = _span(roster, slot)
    if not any(start < until and since < end for since, until in windows.get(name, ())):
        return "untimely"
    return ""


def _crowded(
    problem: Problem, roster: Roster, stated: Stated, slot: tuple[int, int, int], cover: Cover
) -> Iterator[Breach]:
    """
    Yield a breach where somebody has one post and never holds it, because others have its places all that time.

    Others count who have only this post too, over the same minutes of it: so nobody who hands a post over within a
    shift is taken for one too many.
    """
    name = next(iter(stated[slot]))
    if len(set(stated[slot])) > 1 or name in cover.posts.get(slot, ()):
        return
    post, mine = problem.post[name], _window(problem, roster, slot, name)
    others = [
        other
        for other, names in stated.items()
        if other[0] != slot[0] and set(names) == {name} and abs(other[1] - slot[1]) <= 1
        if _window(problem, roster, other, name) == mine
    ]
    if len(others) >= post.people:
        figures = {"post": post.called, "day": OnDay(slot[1]), "limit": post.people}
        yield Breach("stated_crowded", (slot[1],), figures=figures)


def _span(roster: Roster, slot: tuple[int, int, int]) -> tuple[int, int]:
    """Return the minutes of a part of a duty, since the midnight that starts day 0; none where it has no such part."""
    person, day, part = slot
    parts = roster.duties[person][day].parts
    return (day * DAY + parts[part].start, day * DAY + parts[part].end) if part < len(parts) else (0, 0)


def _window(
    problem: Problem, roster: Roster, slot: tuple[int, int, int], name: str
) -> tuple[int, int] | None:
    """Return the minutes of a part of a duty that lie in a post's window; None where none do."""
    start, end = _span(roster, slot)
    post = problem.post[name]
    days = range(slot[1] - 1, slot[1] + 2)
    spans = [(day * DAY + post.start, day * DAY + post.end) for day in days]
    return next((((max(start, a), min(end, b))) for a, b in spans if start < b and a < end), None)
