"""The server: requests let in or not, verbs and pages found by their address, answers given."""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import files
from typing import Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from roster.board import drawing
from roster.board.access import HEADERS, SESSION_DAYS, Access, Served
from roster.board.database import Unreachable
from roster.board.events import MOST_STREAMS, Hub, Listener, heard
from roster.board.hooks import Hooks
from roster.board.jobs import Jobs
from roster.board.log import Entry
from roster.board.openapi import description
from roster.board.screens import PAGES
from roster.board.state import Boards
from roster.board.store import Account, Conflict, Store
from roster.board.verbs.base import Context, Refused, Server, Verb
from roster.board.verbs.editing import conflict
from roster.board.verbs.table import VERBS
from roster.errors import Faults, InputError
from roster.language import LANGUAGES, language_called, speaking, tr

MOST_BYTES = 1_000_000
MOST_UPLOAD = 24_000_000
"""16 MiB as base64, and what stands around it."""

NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

UPLOADS = ("/roster", "/demand", "/scenario", "/scenario/check", "/boards")

STATIC = {
    "board.js": "text/javascript",
    "board.css": "text/css",
    "forms.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
"""The files that pages ask for; nothing else is served, whatever the address says."""


class Guard:
    """
    Lets in what asks for one of our names, and changes that come from our own pages; adds the policy to every answer.

    Requests with a bearer token are other programs': they carry no cookie, and no page can make them.
    """

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self._app = app
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                for name, value in HEADERS.items():
                    if name.lower().encode() not in known:
                        message["headers"].append((name.lower().encode(), value.encode()))
            await send(message)

        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        refused = self._refusal(scope["method"], headers)
        # No name holds the sign NUL, and PostgreSQL keeps no text that does.
        strange = "\x00" in scope["path"] or b"%00" in scope["query_string"]
        if refused or strange:
            said = refused or "no address holds the sign NUL"
            response = JSONResponse({"error": said}, 403 if refused else 400)
            await response(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)

    def _refusal(self, method: str, headers: dict[str, str]) -> str:
        host = headers.get("host", "")
        if not self._served.known(host):
            return "this server is not known by that name"
        if method in ("GET", "HEAD"):
            return ""
        if headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return "changes are sent as application/json"
        if headers.get("authorization", "").startswith("Bearer ") and "cookie" not in headers:
            return ""
        if not self._served.own(headers.get("origin", ""), host):
            return "changes come from the board's own pages"
        return ""


def application(store: Store, served: Served, link: str) -> Starlette:
    """
    Return the server of a database; `link` is the token that opens it.

    Parameters
    ----------
    store, served : Where boards are kept, and where the server is reached.
    link : The token that opens it.
    """
    access = Access(store, link)
    boards = Boards(store)
    hub = Hub(partial(_checked, boards), _described(store, boards), boards.away, store.tell)
    jobs = Jobs(store, hub.job, hub.away)
    hub.left = jobs.left
    hooks = Hooks(store)
    server = Server(store, boards, access, hub, jobs, hooks)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        hub.open()
        store.listen(partial(heard, hub, store, jobs))
        yield
        hub.close()
        jobs.close()
        hooks.close()

    app = Starlette(
        routes=_routes(server),
        middleware=[Middleware(Guard, served=served)],
        exception_handlers={HTTPException: _http_error, Unreachable: _http_error, Exception: _defect},
        lifespan=lifespan,
        max_body_size=MOST_UPLOAD,
    )
    app.state.server = server
    return app


def _checked(boards: Boards, board: str, branch: str, _language: str) -> dict[str, Any]:
    rev, view = boards.view(board, branch)
    return {"rev": rev, **drawing.verdict_message(view)}


def _described(store: Store, boards: Boards) -> Callable[[Entry], dict[str, Any]]:
    """Return what says to pages what an entry changed: cells one by one, anything else as a reason to load anew."""

    def described(entry: Entry) -> dict[str, Any]:
        only_cells = all(one.key.startswith("cell/") for one in entry.changes)
        return {
            "rev": entry.rev,
            "kind": entry.kind,
            "cells": {one.key[5:]: one.new or "off" for one in entry.changes} if only_cells else None,
            "account": entry.account,
        }

    return described


def _routes(server: Server) -> list[Route]:
    routes = [Route(f"/api/v1{verb.path}", _verb(server, verb), methods=[verb.method]) for verb in VERBS]
    routes += [
        Route("/api/v1/login", partial(_log_in, server), methods=["POST"]),
        Route("/api/v1/openapi.json", _description, methods=["GET"]),
        Route("/open", partial(_open, server), methods=["GET"]),
        Route("/static/{name}", _static, methods=["GET"]),
        Route("/b/{board}/events", partial(_events, server), methods=["GET"]),
    ]
    for path, page in PAGES.items():
        routes.append(Route(path, _page(server, page), methods=["GET"]))
    return routes


Endpoint = Callable[[Request], Awaitable[Response]]


def _verb(server: Server, verb: Verb) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request, verb)
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(_speaking, request, partial(_run, server, verb, request, body))

    return endpoint


async def _body(request: Request, verb: Verb) -> bytes:
    if verb.method == "GET":
        return b""
    most = MOST_UPLOAD if verb.path.endswith(UPLOADS) else MOST_BYTES
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise HTTPException(413)
    return bytes(body)


def _speaking(request: Request, answer: Callable[[], Response]) -> Response:
    with speaking(language_of(request)):
        return answer()


def language_of(request: Request) -> str:
    """Return the language of a request: asked for, chosen before, or the browser's."""
    for wanted in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wanted in LANGUAGES:
            return wanted
    return language_called(request.headers.get("accept-language", ""))


def account_of(server: Server, request: Request) -> Account | None:
    """Return who asks: by a session's cookie, or a program's token."""
    bearer = request.headers.get("authorization", "")
    if bearer.startswith("Bearer ") and server.access.cookie not in request.cookies:
        found = server.access.holder(bearer.removeprefix("Bearer "), "api")
    else:
        found = server.access.holder(request.cookies.get(server.access.cookie, ""), "session")
    return None if found is None else found[0]


def _run(server: Server, verb: Verb, request: Request, body: bytes) -> Response:
    account = account_of(server, request)
    if account is None:
        return _error(403, tr("board.no_access"))
    context = Context(server, account, dict(request.path_params), dict(request.query_params))
    if not context.may(verb.role):
        return _error(403, tr("board.forbidden"))
    try:
        said = _said(body)
    except (ValueError, RecursionError):
        return _error(400, tr("board.not_json"))
    try:
        return JSONResponse(verb.run(context, verb.model.model_validate(said)))
    except ValidationError as error:
        faults = [
            {"key": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()[:20]
        ]
        return _error(422, tr("board.what_was_sent"), faults=faults)
    except Conflict as problem:
        return JSONResponse(conflict(problem, context), 409)
    except Refused as refused:
        return _error(refused.status, str(refused), **refused.more)
    except Faults as faults:
        said = [
            {"line": one.line, "key": one.key, "message": one.message, "file": one.file or faults.source}
            for one in faults.faults
        ]
        return _error(422, str(faults), faults=said)
    except InputError as error:
        return _error(422, str(error))


def _said(body: bytes) -> Any:
    """Return what a body says; raises ValueError for what is not JSON, or text that cannot be written down."""
    said = json.loads(body) if body else {}
    if NUL.search(body):
        raise ValueError("the sign NUL")
    if b"\\u" in body:
        json.dumps(said, ensure_ascii=False).encode("utf-8")  # halves of characters have no form in a file
    return said


def _error(status: int, message: str, **more: Any) -> Response:
    return JSONResponse({"error": message, **more}, status)


def _page(server: Server, page: drawing.Page) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_speaking, request, partial(_draw, server, page, request))

    return endpoint


def _draw(server: Server, page: drawing.Page, request: Request) -> Response:
    account = account_of(server, request)
    if account is None and not page.open:
        if server.store.accounts():
            return RedirectResponse("/login", 303)
        return Response(drawing.closed(), 403, media_type="text/html")
    context = Context(
        server, account or Account(-1, "", "", ""), dict(request.path_params), dict(request.query_params)
    )
    if not page.open and not context.may(page.role):
        return Response(drawing.refused(context, tr("board.forbidden")), 403, media_type="text/html")
    try:
        response = page.draw(context)
    except Refused as refused:
        response = Response(drawing.refused(context, str(refused)), refused.status, media_type="text/html")
    except InputError as error:
        response = Response(drawing.refused(context, str(error)), 422, media_type="text/html")
    if (wanted := request.query_params.get("lang")) in LANGUAGES:
        response.set_cookie("lang", str(wanted), max_age=10**8, samesite="strict", httponly=True)
    return response


async def _open(server: Server, request: Request) -> Response:
    """Exchange the link's token for a cookie, and take it out of the address."""
    session = await run_in_threadpool(server.access.by_link, request.query_params.get("token", ""))
    if session is None:
        with speaking(language_of(request)):
            return Response(drawing.closed(), 403, media_type="text/html")
    to = request.query_params.get("to", "")
    target = f"/b/{to}" if to and server.store.board(to) else "/"
    response = RedirectResponse(target, 303)
    _set_session(response, server.access, session)
    return response


async def _log_in(server: Server, request: Request) -> Response:
    """Exchange a name and its password for a cookie."""
    body = await request.body()
    try:
        said = _said(body[:10_000])
        name, password = str(said["name"]), str(said["password"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return _error(400, "name and password are needed")
    session = await run_in_threadpool(server.access.log_in, name[:60], password[:200])
    with speaking(language_of(request)):
        if session is None:
            return _error(403, tr("board.login_wrong"))
    response = JSONResponse({})
    _set_session(response, server.access, session)
    return response


async def _description(_request: Request) -> Response:
    return JSONResponse(description())


def _set_session(response: Response, access: Access, session: str) -> None:
    """Give a browser its session; pages cannot read it, and other sites' requests do not carry it."""
    response.set_cookie(
        access.cookie, session, max_age=SESSION_DAYS * 86400, httponly=True, samesite="strict"
    )


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    return Response(static(name), media_type=STATIC[name], headers={"Cache-Control": "no-cache"})


def static(name: str) -> bytes:
    """Return a file of ours."""
    return (files("roster.board") / "static" / name).read_bytes()


async def _events(server: Server, request: Request) -> Response:
    account = await run_in_threadpool(account_of, server, request)
    board, branch = request.path_params["board"], request.query_params.get("branch", "main")
    if account is None or not Context(server, account, {}, {}).may("planner"):
        return PlainTextResponse("", 403)
    if server.store.board(board) is None or branch not in server.store.branches(board):
        return PlainTextResponse("", 404)
    if server.hub.listening >= MOST_STREAMS:
        return PlainTextResponse("", 503)
    last = request.headers.get("last-event-id") or request.query_params.get("after", "0")
    after = int(last) if last.isascii() and last.isdecimal() and len(last) < 12 else 0
    missed = partial(server.store.entries, board, branch, after)
    listener = Listener(board, branch, language_of(request), "leave" in request.query_params)
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(
        server.hub.stream(listener, missed), media_type="text/event-stream", headers=headers
    )


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 503
    with speaking(language_of(request)):
        key = {404: "board.not_found", 413: "board.too_large"}.get(status, "board.what_was_sent")
        said = str(error) if status == 503 else tr(key)
        if request.url.path.startswith("/api/"):
            return _error(status, said)
        return Response(drawing.plain_error(said), status, media_type="text/html")


async def _defect(_request: Request, error: Exception) -> Response:
    """Say no more to the page than that it happened; whoever runs the server sees where it came from."""
    print("".join(traceback.format_exception(error)), file=sys.stderr, flush=True)
    return JSONResponse({"error": "a defect of this program"}, 500)
