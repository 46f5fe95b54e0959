"""Published versions, two states side by side, and every version in the forms that leave the program."""

from __future__ import annotations

import io
import json
import zipfile

from starlette.responses import Response

from roster.board.access import PAGE_POLICY
from roster.board.database import DatabaseRow
from roster.board.drawing import Page, in_script, respond, script_data
from roster.board.files import Files
from roster.board.log import State
from roster.board.program import FORMATS, assembled, examined, exported
from roster.board.verbs.base import Context, Nothing, Refused, forbidden, not_found
from roster.board.verbs.versions import CALENDARS, comparison, list_versions, state_at, version_of
from roster.language import tr
from roster.output.formats import MAIN
from roster.output.html.plan import roster_page

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "grid": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


def versions(context: Context) -> Response:
    """Draw the versions: who published what, when, with which verdict."""
    rev = context.server.boards.live(context.board).rev
    return respond(
        "versions.html.jinja",
        context,
        rows=list_versions(context, Nothing()),
        answers=_answers(context),
        branches=context.server.store.branches(context.board),
        formats=FORMATS,
        script=in_script(script_data(context, rev)),
    )


def _answers(context: Context) -> dict[int, list[DatabaseRow]]:
    """Return by version the answers about its state, or about a draft that led to it: kept as long as it is."""
    store, found = context.server.store, {}
    jobs = [
        (int(json.loads(job["body"])["rev"]), job)
        for job in store.rows(
            "select * from job where board = ? and state = 'done' order by at", context.board
        )
        if "rev" in json.loads(job["body"])
    ]
    before = 0
    for version in reversed(store.versions(context.board)):
        found[version.number] = [job for rev, job in jobs if before < rev <= version.rev]
        before = version.rev
    return found


def compare(context: Context) -> Response:
    """Draw two states side by side."""
    choices = [("main", tr("board.the_draft"))]
    choices += [(name, name) for name in context.server.store.branches(context.board)[1:]]
    numbers = [one.number for one in context.server.store.versions(context.board)]
    choices += [(f"v{number}", tr("board.versions_number", number=number)) for number in numbers]
    chosen = [
        context.query.get(side) or default for side, default in (("left", choices[-1][0]), ("right", "main"))
    ]
    context = Context(
        context.server,
        context.account,
        context.path,
        {**context.query, "left": chosen[0], "right": chosen[1]},
    )
    return respond(
        "compare.html.jinja",
        context,
        found=comparison(context),
        choices=choices,
        left=chosen[0],
        right=chosen[1],
    )


def seen(context: Context) -> State:
    """Return the state of the address; drafts only for those who plan. Raises Refused."""
    name = context.path["state"]
    if not context.may("planner") and not name.startswith("v"):
        raise forbidden()
    return state_at(context, name)[1]


def export(context: Context) -> Response:
    """Return a state in one form, the page as a page, or everything in one archive."""
    state = seen(context)
    form = context.path["form"]
    found = assembled(state)
    if found is None:
        raise Refused(409, tr("board.no_roster"))
    name = Files.of(state["files"]).main
    earlier = _published_calendars(context)
    if form == "all.zip":
        files = exported(found, name, FORMATS, earlier)
        return _download(_archive(state, files), f"{context.board}.zip", "application/zip")
    form = form.partition(".")[0]
    if form not in FORMATS:
        raise not_found()
    data = exported(found, name, (form,), earlier)[MAIN[form]]
    if form == "html":
        return Response(data, media_type=TYPES[form], headers={"Content-Security-Policy": PAGE_POLICY})
    return _download(data, MAIN[form], TYPES[form])


def _published_calendars(context: Context) -> dict[str, bytes]:
    """Return the calendars of the version asked for, or of the last one before a draft."""
    name = context.path["state"]
    store = context.server.store
    if name.startswith("v"):
        number = version_of(context, int(name[1:])).number
    else:
        number = next((one.number for one in store.versions(context.board)), 0)
    owner = f"version/{context.board}/{number}"
    return {
        one: store.kept(owner, one) or b"" for one in store.names_kept(owner) if one.startswith(CALENDARS)
    }


def _archive(state: State, files: dict[str, bytes]) -> bytes:
    kept = dict(Files.of(state["files"]).texts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(name, data)
        for name, text in sorted(kept.items()):
            archive.writestr(f"scenario/{name}", text.encode("utf-8", "replace"))
    return made.getvalue()


def _download(data: bytes, name: str, kind: str) -> Response:
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def page(context: Context) -> Response:
    """Return the report of a state, to show and to print."""
    state = seen(context)
    found = assembled(state)
    if found is None:
        raise Refused(409, tr("board.no_roster"))
    text = roster_page(found.problem, found.roster, examined(found))
    return Response(text, media_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})


PAGES = {
    "/b/{board}/versions": Page("planner", versions),
    "/b/{board}/compare": Page("planner", compare),
    "/b/{board}/s/{state}/report": Page("viewer", page),
    "/b/{board}/s/{state}/{form}": Page("viewer", export),
}
