"""The list of boards, where a new one is made, and a board itself with its log."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from roster.board.drawing import Page, in_script, respond, script_data
from roster.board.program import plain_template, tiers
from roster.board.verbs.base import Context, Nothing, not_found
from roster.board.verbs.editing import history
from roster.board.view import View
from roster.errors import RosterError
from roster.language import language

MOST_LOOKED_AT = 20
"""Boards of the list that are looked into: each is read and checked."""


def home(context: Context) -> Response:
    """Draw the list of boards."""
    rows: list[dict[str, Any]] = []
    for row in context.server.store.boards():
        versions = context.server.store.versions(row["id"])
        if not versions and not context.may("planner"):
            continue
        waiting = context.server.store.rows(
            "select count(*) as number from request where board = ? and state = 'asked'", row["id"]
        )
        about = {"period": "", "people": 0, "broken": 0}
        if context.may("planner") and len(rows) < MOST_LOOKED_AT:
            about |= _about(context, row["id"])
        rows.append({**row, "versions": len(versions), "waiting": waiting[0]["number"], **about})
    return respond("home.html.jinja", context, boards=rows)


def _about(context: Context, board: str) -> dict[str, Any]:
    """Return the period and people of a draft, and how much in it is broken; nothing where it cannot be read."""
    try:
        _, view = context.server.boards.view(board)
    except RosterError:
        return {}
    if view is None:
        return {}
    dates = view.grid["dates"]
    people = sum(len(crew["rows"]) for crew in view.grid["crews"])
    period = f"{dates[0]['iso']} – {dates[-1]['iso']}"
    return {"period": period, "people": people, "broken": len(view.verdict["said"])}


def board_page(context: Context) -> Response:
    """Draw a board: the grid to edit, what the check says, who could take what."""
    branch = context.branch()
    rev, view = context.server.boards.view(context.board, branch)
    if view is None:
        return respond(
            "unplanned.html.jinja",
            context,
            rev=rev,
            branch=branch,
            script=in_script(script_data(context, rev)),
        )
    can = context.server.boards.can(context.board, branch, context.account.id)
    return respond(
        "board.html.jinja",
        context,
        rev=rev,
        branch=branch,
        branches=context.server.store.branches(context.board),
        grid=view.grid,
        frozen=context.state(branch).get("freeze") or "",
        verdict=view.verdict,
        can=can,
        versions=context.server.store.versions(context.board),
        script=in_script({**script_data(context, rev), **_grid_data(view)}),
    )


def _grid_data(view: View) -> dict[str, Any]:
    rows = [row for crew in view.grid["crews"] for row in crew["rows"]]
    return {
        "duties": view.grid["duties"],
        "locked": view.grid["locked"],
        "held": {row["id"]: [cell["duty"] for cell in row["cells"]] for row in rows},
    }


def new(context: Context) -> Response:
    """Draw the form of a new board: a hospital of a certain size, its people and posts."""
    tier = context.query.get("tier", "county")
    if tier not in tiers():
        raise not_found()
    found = plain_template(tier, language())
    return respond("new.html.jinja", context, tier=tier, tiers=tiers(), found=found)


def log(context: Context) -> Response:
    """Draw what happened, the latest first."""
    return respond("log.html.jinja", context, rows=history(context, Nothing()))


PAGES = {
    "/": Page("viewer", home),
    "/new": Page("head", new),
    "/b/{board}": Page("planner", board_page),
    "/b/{board}/log": Page("planner", log),
}
