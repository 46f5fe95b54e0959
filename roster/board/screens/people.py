"""Pages for one person, for the wall, for logging in, and the settings."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import RedirectResponse, Response

from roster.board.access import ROLES
from roster.board.drawing import Page, closed, in_script, respond, script_data
from roster.board.feeds import calendar_of
from roster.board.program import Assembled, assembled, names_of
from roster.board.store import Version
from roster.board.verbs.base import Context, Nothing, Server, not_found
from roster.board.verbs.people import list_accounts, list_audit, person_id
from roster.board.verbs.requests import shown
from roster.checker import cover_of_roster
from roster.domain.problem import DAY
from roster.domain.rules import clock
from roster.output.html.parts.tiles import Tints

DAYS = 28


def published(server: Server, board: str) -> tuple[Version, Assembled] | None:
    """Return the version of a board that is in force, with its roster."""
    version = next(iter(server.store.versions(board)), None)
    if version is None:
        return None
    found = assembled(server.boards.state(board, version.branch, version.rev))
    return None if found is None else (version, found)


def me(context: Context) -> Response:
    """Draw one person's own page: the next duties, requests, the address of the calendar."""
    for row in context.server.store.boards():
        inside = Context(context.server, context.account, {"board": row["id"]}, context.query)
        state = context.server.boards.state(row["id"])
        who = person_id(context.account, names_of(state))
        if who is None and context.may("planner"):
            who = next((one for one in names_of(state) if one == context.query.get("person")), None)
        if who is not None:
            return _me(inside, who)
    return respond("me.html.jinja", context, who=None, script=in_script({}))


def _me(context: Context, who: str) -> Response:
    state = context.server.boards.state(context.board)
    names = names_of(state)
    current = published(context.server, context.board)
    duties = _duties(current[1], who) if current is not None else []
    return respond(
        "me.html.jinja",
        context,
        who=who,
        name=names[who],
        others={one: name for one, name in names.items() if one != who},
        number=current[0].number if current is not None else 0,
        duties=duties,
        rows=[row for row in shown(context) if row["person"] == who],
        script=in_script(script_data(context, 0)),
    )


def _duties(found: Assembled, who: str) -> list[dict[str, Any]]:
    """Return a person's next days: from today, or from the first day where that is still to come."""
    index = found.index(who)
    if index is None:
        return []
    tints, horizon = Tints(found.problem), found.roster.horizon
    now = datetime.now(ZoneInfo(found.problem.dates.time_zone)).date()
    first = max(0, horizon.number(now))
    days = []
    for day in range(first, min(horizon.days, first + DAYS)):
        duty = found.roster.duties[index][day]
        cell = tints.cell(duty)
        days.append(
            {
                "iso": horizon.on(day).isoformat(),
                "weekday": horizon.weekday(day),
                "text": cell.text,
                "css": cell.css,
                "off": duty.is_off,
                "title": " + ".join(part.called for part in duty.parts),
                "hours": " + ".join(f"{clock(part.start)}–{clock(part.end)}" for part in duty.parts),
            }
        )
    return days


@dataclass(frozen=True, slots=True)
class LevelNow:
    """Who answers on one level: now, and from when the next."""

    title: str
    level: int
    now: str
    next: str
    since: str


def _now_of(server: Server, board: str, at: datetime | None = None) -> list[LevelNow]:
    """Return who answers at each post now and next, by the published version."""
    current = published(server, board)
    if current is None:
        return []
    found = current[1]
    here = at or datetime.now(ZoneInfo(found.problem.dates.time_zone)).replace(tzinfo=None)
    start = datetime.combine(found.problem.dates.start, datetime.min.time())
    minute = int((here - start) / timedelta(minutes=1))
    rows = sorted(
        cover_of_roster(found.problem, found.roster).rows, key=lambda row: row.day * DAY + row.start
    )
    levels = []
    for post in found.problem.posts:
        own = [row for row in rows if row.post == post.name]
        there = next(
            (row for row in own if row.day * DAY + row.start <= minute < row.day * DAY + row.end), None
        )
        by = ", ".join(there.by) if there else ""
        later = next(
            (row for row in own if row.day * DAY + row.start > minute and ", ".join(row.by) != by), None
        )
        since = (
            "" if later is None else f"{start + timedelta(minutes=later.day * DAY + later.start):%m-%d %H:%M}"
        )
        levels.append(LevelNow(post.called, post.level, by, ", ".join(later.by) if later else "", since))
    return sorted(levels, key=lambda one: (not one.now, one.level))


def now(context: Context) -> Response:
    """Draw who answers now, on every board that has a version."""
    boards = [(row["title"], _now_of(context.server, row["id"])) for row in context.server.store.boards()]
    return respond("now.html.jinja", context, boards=[one for one in boards if one[1]], refresh=True)


def wall(context: Context) -> Response:
    """Draw who answers now for a screen on the wall, whose token can do nothing else."""
    found = context.server.access.holder(context.path["token"], "wall")
    if found is None:
        return Response(closed(), 403, media_type="text/html")
    row = context.server.store.board(found[1])
    if row is None:
        raise not_found()
    boards = [(row["title"], _now_of(context.server, row["id"]))]
    return respond("now.html.jinja", None, boards=boards, refresh=True)


def feed(context: Context) -> Response:
    """Return the calendar of an address."""
    token = context.path["token"].removesuffix(".ics")
    found = context.server.access.holder(token, "feed")
    if found is None:
        raise not_found()
    board, _, person = found[1].partition("/")
    if context.server.store.board(board) is None:
        raise not_found()
    return Response(calendar_of(context.server, board, person), media_type="text/calendar; charset=utf-8")


def settings(context: Context) -> Response:
    """Draw who has access, and what else is set."""
    people = [
        name
        for row in context.server.store.boards()
        for name in names_of(context.server.boards.state(row["id"])).values()
    ]
    return respond(
        "settings.html.jinja",
        context,
        accounts=list_accounts(context, Nothing()),
        noted=list_audit(context, Nothing())[:50],
        roles=ROLES,
        people=sorted(set(people)),
        boards=context.server.store.boards(),
        hooks=context.server.store.rows("select id, address, shape from hook order by id"),
        script=in_script({}),
    )


def backup(context: Context) -> Response:
    """Return a consistent copy of everything: the database, to be kept elsewhere."""
    with tempfile.TemporaryDirectory(prefix="roster-board-") as work:
        copy = Path(work) / "copy.sqlite"
        context.server.store.backup(copy)
        data = copy.read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="roster-board-backup.sqlite"'}
    return Response(data, media_type="application/vnd.sqlite3", headers=headers)


def login(context: Context) -> Response:
    """Draw where one logs in."""
    if not context.server.store.accounts():
        return RedirectResponse("/", 303)
    return respond("login.html.jinja", None, script=in_script({}))


PAGES = {
    "/me": Page("viewer", me),
    "/now": Page("viewer", now),
    "/wall/{token}": Page("viewer", wall, open=True),
    "/feed/{token}": Page("viewer", feed, open=True),
    "/settings": Page("admin", settings),
    "/backup": Page("admin", backup),
    "/login": Page("viewer", login, open=True),
}
