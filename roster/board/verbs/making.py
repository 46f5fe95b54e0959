"""A board made from nothing: a hospital of a certain size, the names of its people, its posts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from pydantic import Field

from roster.board.files import Files
from roster.board.program import laid_over, plain_template, tiers
from roster.board.verbs.base import Context, Json, VerbInput, wrong
from roster.board.verbs.editing import DATE, new_board
from roster.language import language, tr
from roster.scenario import template

MOST_NAMES = 500


class Post(VerbInput):
    """A post of the scenario to start from, as it is to be."""

    keep: bool = True
    title: str = Field("", max_length=80)
    window: str = Field("", max_length=30)
    people: int = Field(1, ge=1, le=100)


class Start(VerbInput):
    """A hospital to plan for."""

    tier: str = Field(max_length=20, description="county, city, tertiary or group.")
    title: str = Field("", max_length=120)
    start: str = Field(pattern=DATE, description="The first day, a Monday.")
    weeks: int = Field(4, ge=1, le=13)
    people: dict[str, list[str]] = Field(
        {}, max_length=40, description="Names by staff type; none: as many as needed."
    )
    posts: dict[str, Post] = Field({}, max_length=60)


def start(context: Context, asked: Start) -> Json:
    """Make a board for a hospital of a certain size."""
    if asked.tier not in tiers():
        raise wrong("tier", tr("board.bad_tier", tiers=", ".join(tiers())))
    main = f"{asked.tier}.yaml"
    files = Files(main, ((main, template(asked.tier, language())),))
    patch: dict[str, Any] = {
        "calendar": {"start": date.fromisoformat(asked.start).isoformat(), "weeks": asked.weeks}
    }
    if asked.title.strip():
        patch["title"] = asked.title.strip()
    if asked.posts:
        patch["posts"] = {name: _post(post) for name, post in asked.posts.items()}
    if people := _people(asked):
        patch["people"] = people
        patch["staff_types"] = _room(asked, people)
    return {"board": new_board(context, laid_over(files, patch))}


def _room(asked: Start, people: dict[str, str]) -> dict[str, Any]:
    """Return the numbers of the types that have more names than the scenario to start from has room for."""
    found = {}
    for kind, staff in plain_template(asked.tier, language()).get("staff_types", {}).items():
        number = sum(one == kind for one in people.values())
        count = staff.get("count") if isinstance(staff, dict) else None
        most = count.get("max") if isinstance(count, dict) else None
        if most is not None and number > most:
            found[kind] = {"count": {"max": number}}
    return found


def _post(post: Post) -> dict[str, Any] | None:
    if not post.keep:
        return None
    found: dict[str, Any] = {"people": post.people}
    if post.title.strip():
        found["title"] = post.title.strip()
    if post.window.strip():
        found["window"] = post.window.strip()
    return found


def _people(asked: Start) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, names in asked.people.items():
        for name in names:
            plain = re.sub(r"\s+", " ", name).strip()
            if not plain:
                continue
            if plain in found:
                raise wrong("people", tr("board.name_taken", name=plain[:60]))
            found[plain] = kind
    if len(found) > MOST_NAMES:
        raise wrong("people", tr("board.too_large"))
    return found
