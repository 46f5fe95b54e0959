"""
Requests: leave with its proven answer, swaps, wishes; asked for, answered in the background, granted or refused.

A request's answer is worked out when it comes in, and again when the roster has changed since. Granting writes all of
its changes as one entry of the log.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Literal

from pydantic import Field

from roster.board import candidates
from roster.board.database import DatabaseRow
from roster.board.jobs import Question, Result
from roster.board.log import KeyChange, State, changes_to
from roster.board.program import (
    Assembled,
    dates_of,
    names_of,
    problem_of,
    read_roster_text,
    state_of,
)
from roster.board.store import now
from roster.board.verbs.base import (
    Context,
    Json,
    OnBranch,
    Refused,
    Server,
    VerbInput,
    forbidden,
    not_found,
    wrong,
)
from roster.board.verbs.editing import DATE
from roster.board.view import locked
from roster.language import tr

ASKED, GRANTED, DENIED, WITHDRAWN = "asked", "granted", "denied", "withdrawn"
MOST_DAYS = 366
MOST_OPEN = 200


class RequestBody(VerbInput):
    """Something that somebody asks for."""

    kind: Literal["leave", "swap", "wish"]
    person: str = Field(max_length=200)
    first: str = Field(pattern=DATE)
    last: str | None = Field(None, pattern=DATE)
    other: str = Field("", max_length=200, description="Swap: with whom.")
    duty: str = Field("off", max_length=60, description="Wish: the duty wished for.")
    note: str = Field("", max_length=300)


def request(context: Context, asked: RequestBody) -> Json:
    """Ask for leave, a swap or a duty; leave is answered in the background."""
    _, _, found = context.server.boards.assembled(context.board)
    if found is None:
        raise Refused(409, tr("board.no_roster"))
    index = found.index(asked.person)
    if index is None:
        raise wrong("person", tr("board.bad_person", person=asked.person[:80]))
    if not context.may("planner") and context.account.person not in (
        asked.person,
        found.roster.people[index].name,
    ):
        raise forbidden()
    first, last = _span(found, asked)
    if asked.kind == "swap" and found.index(asked.other) is None:
        raise wrong("other", tr("board.bad_person", person=asked.other[:80]))
    open_ = context.server.store.rows(
        "select count(*) as number from request where board = ? and state = ?", context.board, ASKED
    )
    if open_[0]["number"] >= MOST_OPEN:
        raise Refused(409, tr("board.too_many_requests"))
    body = {"person": asked.person, "first": first, "last": last, "note": asked.note.strip()}
    body |= {"other": asked.other, "duty": asked.duty}
    number = context.server.store.write(
        "insert into request (board, account, kind, body, state, at) values (?, ?, ?, ?, ?, ?) returning id",
        context.board,
        context.account.id,
        asked.kind,
        json.dumps(body, ensure_ascii=False),
        ASKED,
        now(),
    )
    _work_out(context.server, context.board, number)
    _tell(context, "asked", number, found.roster.people[index].name, body)
    return {"request": number}


def _tell(context: Context, event: str, number: int, name: str, body: Json) -> None:
    words = {"request": number, "person": name, "first": body["first"], "last": body["last"]}
    context.server.hooks.tell(event, context.board, **words)


def _span(found: Assembled, asked: RequestBody) -> tuple[str, str]:
    """Return first and last date, within the calendar; raises Faults."""
    horizon = found.roster.horizon
    try:
        first = date.fromisoformat(asked.first)
        last = date.fromisoformat(asked.last or asked.first)
    except ValueError:
        raise wrong("first", tr("board.bad_date", date=asked.first)) from None
    if last < first:
        raise wrong("last", tr("board.last_before_first"))
    if last < horizon.on(0) or first > horizon.on(horizon.days - 1) or (last - first).days > MOST_DAYS:
        raise wrong("first", tr("board.bad_date", date=asked.first))
    return max(first, horizon.on(0)).isoformat(), min(last, horizon.on(horizon.days - 1)).isoformat()


def _row_of(server: Server, board: str, number: int) -> DatabaseRow:
    """Return a request; raises Refused where there is none."""
    rows = server.store.rows("select * from request where board = ? and id = ?", board, number)
    if not rows:
        raise not_found()
    return rows[0]


def _work_out(server: Server, board: str, number: int) -> None:
    """Work out the answer to a request, as the draft stands now: leave by a search, a swap by the check."""
    row = _row_of(server, board, number)
    live = server.boards.live(board)
    state, rev = live.state, live.rev
    body = json.loads(row["body"])
    if row["kind"] == "leave":
        _store(server, board, number, {"rev": rev, "state": "working"})
        question = Question("what-if", _leave_options(state, body))
        server.jobs.ask(
            board, state, question, lambda job, result: _answered(server, board, number, rev, job, result)
        )
    elif row["kind"] == "swap":
        _store(server, board, number, {"rev": rev, "state": "answered", **_swap(server, board, body)})
    else:
        _store(
            server,
            board,
            number,
            {"rev": rev, "state": "answered", "verdict": "", "lawful": True, "cells": []},
        )


def _leave_options(state: State, body: Json) -> dict[str, Any]:
    name = state.get(f"name/{body['person']}", body["person"])
    options: dict[str, Any] = {"leaves": [[name, body["first"], body["last"]]], "seconds": 60}
    if state.get("freeze"):
        options["freeze"] = state["freeze"]
    return options


def _store(server: Server, board: str, number: int, answer: Json) -> None:
    server.store.write(
        "update request set answer = ? where id = ?", json.dumps(answer, ensure_ascii=False), number
    )
    server.hub.request(board, number)


def _answered(
    server: Server, board: str, number: int, rev: int, job: DatabaseRow, result: Result | None
) -> None:
    """Keep what the search found: how many changes, which, proven or not; or why not and the ways out."""
    if result is None:
        said = json.loads(job["result"] or "{}").get("said", "")
        _store(
            server, board, number, {"rev": rev, "state": "failed", "verdict": said[-600:], "job": job["id"]}
        )
        return
    found = result.document
    answer: dict[str, Any] = {
        "rev": rev,
        "state": "answered",
        "job": job["id"],
        "status": found.get("status"),
        "verdict": found.get("verdict", ""),
        "proof": found.get("proof", ""),
        "changed": found.get("changed"),
        "changes": found.get("changes", []),
        "ways": [way["sentence"] for way in found.get("ways_out", [])][:6],
        "lawful": found.get("status") in ("optimal", "feasible"),
        "cells": None,
    }
    if answer["lawful"] and "roster.csv" in result.files:
        answer["cells"] = _cells(server, board, rev, result.files["roster.csv"])
    _store(server, board, number, answer)


def _cells(server: Server, board: str, rev: int, content: bytes) -> list[list[Any]]:
    """Return what a search's roster has otherwise than the draft it was asked about, as changes of the log."""
    state = server.boards.state(board, rev=rev)
    problem = problem_of(state)
    wanted = state_of(problem, read_roster_text(problem, "roster.csv", content))
    ids = {state.get(f"name/{who}", who): who for who, _ in state["people"]}
    renamed: State = {}
    for key, value in wanted.items():
        if key.startswith("cell/"):
            who, _, on = key[5:].rpartition("/")
            renamed[f"cell/{ids.get(who, who)}/{on}"] = value
    gone = dict.fromkeys(key for key in state if key.startswith("cell/") and key not in renamed)
    more = {"stand_ins": wanted["stand_ins"]} if "stand_ins" in wanted else {}
    return [[one.key, one.new] for one in changes_to(state, {**gone, **renamed, **more})]


def _swap(server: Server, board: str, body: Json) -> dict[str, Any]:
    """Return whether two people may exchange their duties of a day, and what that would break."""
    _, state, found = server.boards.assembled(board)
    assert found is not None
    one, other = found.index(body["person"]), found.index(body["other"])
    if one is None or other is None:
        return {"lawful": False, "verdict": tr("board.bad_person", person=body["other"]), "cells": []}
    day = found.roster.horizon.number(date.fromisoformat(body["first"]))
    mine, theirs = (found.roster.duties[who][day] for who in (one, other))
    tried = candidates.who_could(found, one, day, locked(state, found))
    match = next((each for each in tried if each["person"] == body["other"]), None)
    cells = [
        [f"cell/{body['person']}/{body['first']}", None if theirs.is_off else theirs.name],
        [f"cell/{body['other']}/{body['first']}", None if mine.is_off else mine.name],
    ]
    if match is None:
        return {
            "lawful": False,
            "verdict": tr("board.swap_not_possible"),
            "cells": cells if mine != theirs else [],
        }
    verdict = tr("board.swap_lawful") if match["lawful"] else " ".join(match["why"])
    return {"lawful": match["lawful"], "verdict": verdict, "cells": cells}


class Decide(OnBranch):
    """What becomes of a request."""

    anyway: bool = Field(False, description="Grant although it cannot be covered, or breaks a rule.")


def grant(context: Context, asked: Decide) -> Json:
    """Grant a request: leave and all the changes that cover it are one entry of the log."""
    number, row = context.number("number"), _open(context)
    body, answer = json.loads(row["body"]), json.loads(row["answer"] or "{}")
    if answer.get("state") != "answered":
        raise Refused(409, tr("board.answer_not_ready"))
    if _moved(context, answer["rev"]):
        _work_out(context.server, context.board, number)
        raise Refused(409, tr("board.answer_stale"))
    if not answer["lawful"] and not asked.anyway:
        raise Refused(409, tr("board.cannot_be_covered"))
    state = context.state()
    wanted: State = dict(answer.get("cells") or ())
    if row["kind"] == "leave":
        leave = {"person": body["person"], "first": body["first"], "last": body["last"]}
        off = {f"cell/{body['person']}/{on}": None for on in dates_of(body["first"], body["last"])}
        wanted = {**wanted, **off, f"leave/{number}": leave}
    changes: tuple[KeyChange, ...] = changes_to(state, wanted)
    note = tr(f"board.kind_{row['kind']}")
    made = context.append(row["kind"], changes, asked.model_copy(update={"seen": answer["rev"]}), note=note)
    _decide(context, number, GRANTED)
    return made


def _moved(context: Context, rev: int) -> bool:
    """Whether anything of the draft has changed since a revision."""
    live = context.server.boards.live(context.board)
    return any(entry.rev > rev and entry.changes for entry in live.entries)


def _open(context: Context) -> DatabaseRow:
    row = _row_of(context.server, context.board, context.number("number"))
    if row["state"] != ASKED:
        raise Refused(409, tr("board.request_decided"))
    return row


def _decide(context: Context, number: int, state: str) -> None:
    context.server.store.write(
        "update request set state = ?, decided_by = ? where id = ?", state, context.account.id, number
    )
    context.server.hub.request(context.board, number)
    body = json.loads(_row_of(context.server, context.board, number)["body"])
    if state in (GRANTED, DENIED):
        _tell(context, state, number, names_of(context.state()).get(body["person"], body["person"]), body)


def deny(context: Context, _asked: VerbInput) -> Json:
    """Refuse a request."""
    _open(context)
    _decide(context, context.number("number"), DENIED)
    return {"request": context.number("number")}


def withdraw(context: Context, _asked: VerbInput) -> Json:
    """Take one's own request back, while it is open."""
    row = _open(context)
    if row["account"] != context.account.id and not context.may("planner"):
        raise forbidden()
    _decide(context, context.number("number"), WITHDRAWN)
    return {"request": row["id"]}


def ask_again(context: Context, _asked: VerbInput) -> Json:
    """Work the answer out anew, as the draft stands now."""
    _open(context)
    _work_out(context.server, context.board, context.number("number"))
    return {"request": context.number("number")}


def shown(context: Context) -> list[Json]:
    """Return the requests that an account may see, the open ones first."""
    rows = context.server.store.rows("select * from request where board = ? order by id desc", context.board)
    names = {one.id: one.name for one in context.server.store.accounts()}
    state = context.state()
    found = []
    for row in rows[:400]:
        if not context.may("planner") and row["account"] != context.account.id:
            continue
        body, answer = json.loads(row["body"]), json.loads(row["answer"] or "null")
        granted = row["kind"] != "leave" or row["state"] != GRANTED or f"leave/{row['id']}" in state
        found.append(
            {
                "number": row["id"],
                "kind": row["kind"],
                "state": row["state"] if granted else "undone",
                "by": names.get(row["account"], ""),
                "name": state.get(f"name/{body['person']}", body["person"]),
                "other_name": state.get(f"name/{body['other']}", body["other"]),
                "answer": answer,
                **body,
            }
        )
    return sorted(found, key=lambda one: one["state"] != ASKED)


def list_requests(context: Context, _asked: VerbInput) -> Json:
    """List the requests: one's own, or everybody's for who plans."""
    return shown(context)
