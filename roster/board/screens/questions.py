"""Questions that need a search: asked, watched, and their answers kept."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from roster.board.access import PAGE_POLICY
from roster.board.drawing import Page, in_script, respond, script_data
from roster.board.events import shown
from roster.board.jobs import OVER, TEXT
from roster.board.program import problem_of
from roster.board.verbs.base import Context, not_found
from roster.board.verbs.measures import DEMAND, LEVELS
from roster.board.verbs.questions import job_of
from roster.demand.kinds import KINDS
from roster.language import tr
from roster.sizing.schema import MODULES

QUESTIONS = ("plan", "explain", "resilience", "frontier", "service", "rotas")
REPORTS = ("report.html", "size.html", "demand.html")
TAKES = (*((name, True) for name in LEVELS), (DEMAND, False))
"""Scenarios of an answer, and whether they become a board of their own."""


def ask(context: Context) -> Response:
    """Draw the questions, and those that were asked."""
    live = context.server.boards.live(context.board)
    return respond(
        "ask.html.jinja",
        context,
        questions=QUESTIONS,
        jobs=[shown(job) for job in context.server.jobs.of(context.board)],
        people=len(live.state.get("people", ())),
        script=in_script(script_data(context, live.rev)),
    )


def size(context: Context) -> Response:
    """Draw the form that says what a hospital's systems are."""
    live = context.server.boards.live(context.board)
    start = date.today()
    start += timedelta(-start.weekday() % 7)
    script = in_script(script_data(context, live.rev))
    modules = [(name, tr(f"sizing.module_{name}")) for name in MODULES]
    return respond("size.html.jinja", context, modules=modules, start=start.isoformat(), script=script)


def demand(context: Context) -> Response:
    """Draw where an export of tickets is measured."""
    live = context.server.boards.live(context.board)
    problem = problem_of({"files": live.state["files"]})
    roles = sorted({skill for kind in problem.types for skill in kind.skills})
    script = in_script(script_data(context, live.rev))
    return respond("demand.html.jinja", context, kinds=KINDS, roles=roles, script=script)


def job(context: Context) -> Response:
    """Draw a question: where it stands, or its answer."""
    row = job_of(context)
    owner = f"job/{row['id']}"
    names = context.server.store.names_kept(owner)
    answer = context.server.store.kept(owner, TEXT)
    inside = Context(context.server, context.account, {**context.path, "board": row["board"]}, context.query)
    said: dict[str, Any] = json.loads(row["result"] or "{}")
    return respond(
        "job.html.jinja",
        inside,
        job=shown(row),
        over=row["state"] in OVER,
        names=names,
        page=next((name for name in REPORTS if name in names), ""),
        takes=[one for one in TAKES if one[0] in names] if inside.may("head") else [],
        said=said.get("said", ""),
        answer=(answer or b"").decode("utf-8", "replace"),
        script=in_script(script_data(inside, context.server.boards.live(row["board"]).rev)),
    )


def file(context: Context) -> Response:
    """Return a file of an answer: a page as a page, anything else to be kept."""
    row = job_of(context)
    name = context.path["name"]
    content = context.server.store.kept(f"job/{row['id']}", name)
    if content is None:
        raise not_found()
    if name.endswith(".html"):
        return Response(content, media_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)
    headers = {"Content-Disposition": f'attachment; filename="{plain}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


PAGES = {
    "/b/{board}/ask": Page("planner", ask),
    "/b/{board}/size": Page("planner", size),
    "/b/{board}/demand": Page("planner", demand),
    "/jobs/{job}": Page("planner", job),
    "/jobs/{job}/f/{name:path}": Page("planner", file),
}
