"""Requests with their answers, and the days on which each person could be away."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from starlette.responses import Response

from roster.board.away import CASES, of_cases
from roster.board.database import DatabaseRow
from roster.board.drawing import Page, in_script, respond, script_data
from roster.board.program import names_of
from roster.board.verbs.base import Context, Json
from roster.board.verbs.requests import shown
from roster.board.view import dates_shown


@dataclass(slots=True)
class Away:
    """When each person could be away for so many days: by person, a mark for each first day."""

    days: int
    job: str
    stale: bool
    running: bool
    rows: list[tuple[str, list[tuple[str, str, str]]]] = field(default_factory=list)


def leave(context: Context) -> Response:
    """Draw the requests and the calendar of possible leave."""
    rev, state, found = context.server.boards.assembled(context.board)
    people = names_of(state)
    dates = [] if found is None else dates_shown(found)
    return respond(
        "leave.html.jinja",
        context,
        rev=rev,
        planned=found is not None,
        people=people,
        dates=dates,
        rows=shown(context),
        person=context.query.get("person", ""),
        first=context.query.get("first", dates[0]["iso"] if dates else ""),
        away=_away(context, rev, dates, list(people.values())),
        script=in_script({**script_data(context, rev), "watching": True}),
    )


def _running(context: Context) -> DatabaseRow | None:
    """Return the question about everybody's absences that is at work or waits."""
    jobs = [job for job in context.server.jobs.of(context.board) if job["question"] == "resilience"]
    return next((job for job in jobs if job["state"] in ("waiting", "running")), None)


def _away(context: Context, rev: int, dates: list[Json], people: list[str]) -> Away | None:
    """Return when each person could be away: as far as it is answered now, or the latest answer."""
    server, running = context.server, _running(context)
    job, found = running, [] if running is None else server.jobs.partly.get(running["id"], [])
    if running is None:
        jobs = (job for job in server.jobs.of(context.board) if job["question"] == "resilience")
        job = next((job for job in jobs if job["state"] == "done"), None)
        content = None if job is None else server.store.kept(f"job/{job['id']}", CASES)
        found = [] if content is None else of_cases(content)
    if job is None or (running is None and not found):
        return None
    options = json.loads(job["body"])
    days = int(options.get("days", 1))
    marks: dict[str, dict[str, tuple[str, str, str]]] = {name: {} for name in people}
    for name, first, *look in server.boards.away(context.board, list(found)):
        marks.setdefault(name, {})[first] = (look[0], look[1], look[2])
    rows = [(name, [known.get(on["iso"], ("none", "", "")) for on in dates]) for name, known in marks.items()]
    return Away(days, job["id"], int(options.get("rev", rev)) < rev, running is not None, rows)


PAGES = {"/b/{board}/leave": Page("planner", leave)}
