"""The pages: each a role that may see it and a function that draws it, over the templates beside."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from roster import __version__
from roster.board.verbs.base import Context
from roster.board.view import FIGURES, View
from roster.language import LANGUAGES, counted, language, tr
from roster.output.terminal.console import one_line

TAGS = {"en": "en", "zh": "zh-CN"}

SCRIPT_TEXTS = (
    "saved",
    "offline",
    "sending",
    "checking",
    "conflict",
    "conflict_now",
    "off",
    "lawful",
    "breaks",
    "who_could",
    "nobody_else",
    "duties_of",
    "history_of",
    "nothing_yet",
    "posts_held",
    "pin",
    "unpin",
    "take",
    "swap",
    "pasted",
    "paste_outside",
    "no_such_letter",
    "asking",
    "stopped",
    "failed",
    "best",
    "bound",
    "seconds_text",
    "new_name",
    "copied",
)
"""What the script says; everything else is drawn here."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: who may see it, how it is drawn, and whether it is open to anybody."""

    role: str
    draw: Callable[[Context], Response]
    open: bool = False


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("roster.board"),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(t=text, figures=FIGURES, languages=LANGUAGES)
    return made


def text(key: str, **values: object) -> str:
    """Return a text of the board; a key with a dot is of another catalogue."""
    return tr(key if "." in key else f"board.{key}", **values)


def _harmless(value: object) -> object:
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def render(template: str, **views: Any) -> str:
    """Return a page, or a part of one, in the current language."""
    tag = TAGS.get(language(), language())
    return (
        _environment()
        .get_template(template)
        .render(lang=tag, language=language(), version=__version__, **views)
    )


def in_script(data: object) -> Markup:
    """Return data as it may stand in a page for a script to read."""
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def respond(template: str, context: Context | None, **views: Any) -> Response:
    """Return a whole page as an answer."""
    return Response(render(template, **_around(context), **views), media_type="text/html")


def _around(context: Context | None) -> dict[str, Any]:
    """Return what every page shows around its own: whose it is and where one is."""
    board = None
    if context is not None and "board" in context.path:
        board = context.server.store.board(context.path["board"])
    return {
        "shown": board,
        "account": context.account if context is not None else None,
        "may": context.may if context is not None else (lambda _role: False),
        "here": "",
    }


def closed() -> str:
    """Return what somebody sees who has not come by the link."""
    return render(
        "message.html.jinja", **_around(None), title=text("no_access_title"), said=text("no_access")
    )


def refused(context: Context, said: str) -> str:
    """Return a page that says why there is nothing to see."""
    around = {**_around(context), "shown": None}
    return render("message.html.jinja", **around, title=text("refused_title"), said=said)


def plain_error(said: str) -> str:
    """Return a page for an address that there is not."""
    return render("message.html.jinja", **_around(None), title=text("refused_title"), said=said)


def home(context: Context) -> Response:
    """Draw the list of boards."""
    rows = []
    for row in context.server.store.boards():
        versions = context.server.store.versions(row["id"])
        waiting = context.server.store.rows(
            "select count(*) as number from request where board = ? and state = 'asked'", row["id"]
        )
        rows.append({**row, "versions": len(versions), "waiting": waiting[0]["number"]})
    return respond("home.html.jinja", context, boards=rows)


def board_page(context: Context) -> Response:
    """Draw a board: the grid to edit, what the check says, who could take what."""
    branch = context.branch()
    rev, view = context.server.boards.view(context.board, branch)
    if view is None:
        return respond(
            "unplanned.html.jinja", context, rev=rev, branch=branch, script=in_script(_data(context, rev))
        )
    can = context.server.boards.can(context.board, branch, context.account.id)
    return respond(
        "board.html.jinja",
        context,
        rev=rev,
        branch=branch,
        branches=context.server.store.branches(context.board),
        grid=view.grid,
        verdict=view.verdict,
        can=can,
        versions=context.server.store.versions(context.board),
        script=in_script({**_data(context, rev), **_grid_data(view)}),
    )


def _grid_data(view: View) -> dict[str, Any]:
    rows = [row for crew in view.grid["crews"] for row in crew["rows"]]
    return {
        "duties": view.grid["duties"],
        "locked": view.grid["locked"],
        "held": {row["id"]: [cell["duty"] for cell in row["cells"]] for row in rows},
    }


def _data(context: Context, rev: int) -> dict[str, Any]:
    """Return what the script must know."""
    return {
        "board": context.board,
        "branch": context.branch(),
        "rev": rev,
        "account": context.account.id,
        "texts": {key: _raw(key) for key in SCRIPT_TEXTS},
    }


def _raw(key: str) -> str:
    from roster.language import catalogue

    return catalogue(language(), "board")[key]


def verdict_message(view: View | None) -> dict[str, Any]:
    """Return what open pages are told of a check: parts of the page drawn anew, and figures."""
    if view is None:
        return {"html": None}
    said = view.verdict
    return {
        "clean": said["clean"],
        "sentence": said["sentence"],
        "html": {
            "verdict": render("parts/verdict.jinja", verdict=said),
            "findings": render("parts/findings.jinja", verdict=said),
            "cover": render("parts/cover.jinja", verdict=said),
        },
        "marks": said["marks"],
        "sums": said["sums"],
        "fair": said["fair"],
        "locked": view.grid["locked"],
    }


def said_days(number: int) -> str:
    """Return a number of days in words."""
    return counted("board.days", number)


PAGES: dict[str, Page] = {
    "/": Page("viewer", home),
    "/b/{board}": Page("planner", board_page),
}
"""Every page by its address."""
