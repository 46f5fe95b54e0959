"""Questions that need a search: asked, watched, and their answers kept."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from roster.board.access import PAGE_POLICY
from roster.board.drawing import Page, in_script, respond, script_data
from roster.board.events import shown
from roster.board.jobs import OVER, TEXT
from roster.board.verbs.base import Context, not_found
from roster.board.verbs.questions import job_of

QUESTIONS = ("plan", "explain", "resilience", "frontier", "service", "rotas")
PAGE = "report.html"


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
        page=PAGE in names,
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
    "/jobs/{job}": Page("planner", job),
    "/jobs/{job}/f/{name:path}": Page("planner", file),
}
