"""How pages are drawn: templates, texts, what every page has around its own, what scripts are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.responses import Response

from roster.board.store import local
from roster.board.verbs.base import Context
from roster.board.view import FIGURES, View
from roster.language import LANGUAGES, catalogue, language, tr
from roster.output.html.page import environment
from roster.output.words.findings import rule_title
from roster.version import __version__

SCRIPT_TEXTS = (
    "draft",
    "offline",
    "conflict_now",
    "off",
    "lawful",
    "breaks",
    "who_could",
    "nobody_else",
    "who_could_hold",
    "nobody_holds",
    "duties_of",
    "history_of",
    "nothing_yet",
    "posts_held",
    "pin",
    "unpin",
    "pasted",
    "no_such_letter",
    "asking",
    "stopped",
    "failed",
    "best",
    "bound",
    "demand_map_made",
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
    made = environment("roster.board")
    made.globals.update(
        t=text, figures=FIGURES, raw=written, rule_title=rule_title, origin=origin, halves=halves
    )
    made.filters["local"] = local
    return made


def text(key: str, **values: object) -> str:
    """Return a text of the board; a key with a dot is of another catalogue."""
    return tr(key if "." in key else f"board.{key}", **values)


def origin(name: str) -> str:
    """Return what a limit rests on: law, policy or the scenario."""
    return tr(f"plan.origin_{name}")


def halves(name: str) -> tuple[str, str]:
    """
    Return a name and the number at its end, which stays where there is no room for all of it.

    >>> halves("application-2"), halves("Li Na")
    (('application', '-2'), ('Li Na', ''))
    """
    stem, dash, number = name.rpartition("-")
    return (stem, dash + number) if stem and number.isdecimal() else (name, "")


def written(content: str) -> Markup:
    """Return a text as somebody wrote it, line ends and all, escaped."""
    return escape(content)


def others() -> list[dict[str, str]]:
    """Return the languages beside the current one: code, name in itself, and tag."""
    return [
        {"code": name, **{key: catalogue(name, "language")[key] for key in ("name", "tag")}}
        for name in LANGUAGES
        if name != language()
    ]


def render(template: str, **views: Any) -> str:
    """Return a page, or a part of one, in the current language."""
    tag = tr("language.tag")
    return (
        _environment()
        .get_template(template)
        .render(lang=tag, language=language(), languages=others(), version=__version__, **views)
    )


def in_script(data: object) -> Markup:
    """Return data as it may stand in a page for a script to read."""
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def respond(template: str, context: Context | None, **views: Any) -> Response:
    """
    Return a whole page as an answer.

    Parameters
    ----------
    template, views : Its name, and what it draws.
    context : Who asks for which board; None before anybody is known.
    """
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


def script_data(context: Context, rev: int) -> dict[str, Any]:
    """Return what the script must know."""
    return {
        "board": context.board,
        "branch": context.branch(),
        "rev": rev,
        "account": context.account.id,
        "live": context.may("planner"),
        "texts": {key: _raw(key) for key in SCRIPT_TEXTS},
    }


def _raw(key: str) -> str:
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
        "said": said["said"],
        "sums": said["sums"],
        "fair": said["fair"],
        "locked": view.grid["locked"],
    }
