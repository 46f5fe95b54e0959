"""Requests with their answers, and the days on which each person could be away."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from roster.board.database import Row
from roster.board.drawing import Page, in_script, respond, script_data
from roster.board.events import shown as job_shown
from roster.board.product import names_of
from roster.board.verbs.base import Context
from roster.board.verbs.requests import shown
from roster.language import tr


@dataclass(slots=True)
class Away:
    """When each person could be away for so many days: by person, a mark for each first day."""

    days: int
    job: str
    stale: bool
    dates: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)


def leave(context: Context) -> Response:
    """Draw the requests and the calendar of possible leave."""
    rev, state, found = context.server.boards.assembled(context.board)
    people = names_of(state)
    dates = (
        [found.roster.horizon.on(day).isoformat() for day in range(found.roster.horizon.days)]
        if found
        else []
    )
    return respond(
        "leave.html.jinja",
        context,
        rev=rev,
        planned=found is not None,
        people=people,
        dates=dates,
        rows=shown(context),
        person=context.query.get("person", ""),
        first=context.query.get("first", dates[0] if dates else ""),
        away=_away(context, rev, dates),
        running=_running(context),
        script=in_script(script_data(context, rev)),
    )


def _running(context: Context) -> dict[str, Any] | None:
    jobs = [job for job in context.server.jobs.of(context.board) if job["question"] == "resilience"]
    return next((job_shown(job) for job in jobs if job["state"] in ("waiting", "running")), None)


def _away(context: Context, rev: int, dates: list[str]) -> Away | None:
    """Return the latest answer about everybody's absences, read the other way: when could this person be away?"""
    done = (
        job
        for job in context.server.jobs.of(context.board)
        if job["question"] == "resilience" and job["state"] == "done"
    )
    job: Row | None = next(done, None)
    content = None if job is None else context.server.store.kept(f"job/{job['id']}", "cases.csv")
    if job is None or content is None:
        return None
    options = json.loads(job["body"])
    marks: dict[str, dict[str, tuple[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        marks.setdefault(row["people"], {})[row["from"]] = _mark(row)
    found = Away(int(options.get("days", 1)), job["id"], int(options.get("rev", rev)) < rev, dates)
    for name, by_date in marks.items():
        found.rows.append((name, [by_date.get(on, ("none", "")) for on in dates]))
    return found


def _mark(row: dict[str, str]) -> tuple[str, str]:
    """Return how a first day looks: free, costs changes, impossible, not known; with its sentence."""
    changes = row["changes"]
    span = {"first": row["from"], "last": row["to"]}
    if row["posts"]:
        return "no", tr("board.away_no", posts=row["posts"], **span)
    if changes == "0":
        return "free", tr("board.away_free", **span)
    if changes.isdecimal():
        return "costs", tr("board.away_costs", changes=changes, **span)
    return "open", tr("board.away_open", **span)


PAGES = {"/b/{board}/leave": Page("planner", leave)}
