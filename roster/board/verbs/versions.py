"""Versions: published, compared, restored, exported; branches, on which variants are tried."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from pydantic import Field

from roster.board.files import Files
from roster.board.log import Entry, State, difference, digest
from roster.board.program import Assembled, assembled, examined, exported, names_of
from roster.board.store import Version
from roster.board.verbs.base import Context, Json, OnBranch, Refused, VerbInput, not_found, wrong
from roster.language import tr
from roster.output.formats import CALENDAR, ON_CALL, PEOPLE
from roster.output.words.findings import verdict

CALENDARS = (CALENDAR, PEOPLE, ON_CALL)


class Publish(OnBranch):
    """A draft that becomes a version."""

    reason: str = Field("", max_length=500, description="Why; asked for where a rule is broken.")


def publish(context: Context, asked: Publish) -> Json:
    """Publish the draft: with nothing broken, or with a reason."""
    branch = context.branch(asked.branch)
    rev, state, found = context.server.boards.assembled(context.board, branch)
    if found is None:
        raise Refused(409, tr("board.no_roster"))
    if asked.seen is not None and asked.seen < rev:
        raise Refused(409, tr("board.publish_moved"))
    checked = examined(found)
    reason = asked.reason.strip()
    if checked.violations and not reason:
        raise Refused(409, tr("board.publish_reason_needed", verdict=verdict(checked.violations)))
    if checked.violations and not context.may("head"):
        raise Refused(403, tr("board.publish_head_needed"))
    made = context.server.store.add_version(
        Version(
            context.board,
            0,
            rev,
            branch,
            "",
            context.account.id,
            digest(state),
            verdict(checked.violations),
            reason,
        ),
        _calendars(context, state, found).items(),
    )
    note = tr("board.published_note", number=made.number) + (f": {reason}" if reason else "")
    entry = Entry(context.board, 0, "", context.account.id, "publish", (), branch=branch, note=note)
    context.server.hub.changed(context.server.store.append(entry))
    context.server.hub.version(context.board, made.number)
    context.server.hooks.tell(
        "published", context.board, number=made.number, verdict=made.verdict, reason=reason
    )
    return {"number": made.number, "hash": made.hash, "verdict": made.verdict}


def _calendars(context: Context, state: State, found: Assembled) -> dict[str, bytes]:
    """Return the calendars of a new version, as what follows those of the last."""
    earlier: dict[str, bytes] = {}
    for last in context.server.store.versions(context.board)[:1]:
        owner = f"version/{context.board}/{last.number}"
        for name in context.server.store.names_kept(owner):
            earlier[name] = context.server.store.kept(owner, name) or b""
    files = exported(found, Files.of(state["files"]).main, ("ics",), earlier)
    return {name: data for name, data in files.items() if name.startswith(CALENDARS)}


def list_versions(context: Context, _asked: VerbInput) -> Json:
    """List the published versions, the latest first."""
    names = {one.id: one.name for one in context.server.store.accounts()}
    return [
        {
            "number": one.number,
            "rev": one.rev,
            "branch": one.branch,
            "at": one.at,
            "account": names.get(one.account, ""),
            "hash": one.hash,
            "verdict": one.verdict,
            "reason": one.reason,
        }
        for one in context.server.store.versions(context.board)
    ]


def version_of(context: Context, number: int) -> Version:
    """Return a version by its number; raises Refused where there is none."""
    found = next((one for one in context.server.store.versions(context.board) if one.number == number), None)
    if found is None:
        raise not_found()
    return found


def state_at(context: Context, name: str) -> tuple[str, State]:
    """Return a state by what it is called: `v3` a version, else a branch as it stands; raises Refused."""
    if name.startswith("v") and name[1:].isascii() and name[1:].isdecimal() and len(name) < 9:
        version = version_of(context, int(name[1:]))
        said = tr("board.versions_number", number=version.number)
        return said, context.server.boards.state(context.board, version.branch, version.rev)
    branch = context.branch(name)
    said = tr("board.draft_of", branch=branch) if branch != "main" else tr("board.the_draft")
    return said, context.server.boards.state(context.board, branch)


class Take(OnBranch):
    """Another state that becomes the draft."""

    source: str = Field(max_length=60, description="`v3` for a version, or a branch.")


def take(context: Context, asked: Take) -> Json:
    """Make a version or a branch the draft: restores, or takes a variant."""
    said, wanted = state_at(context, asked.source)
    now = context.state(asked.branch)
    return context.append("take", difference(now, wanted), asked, note=said)


class Fork(VerbInput):
    """A new branch."""

    name: str = Field(min_length=1, max_length=40, pattern=r"^[^/\\?#%&\x00-\x1f]{1,40}$")
    source: str = Field("main", max_length=60)


def fork(context: Context, asked: Fork) -> Json:
    """Begin a variant beside the draft."""
    name = asked.name.strip()
    if not name or name in context.server.store.branches(context.board) or name.startswith("v"):
        raise wrong("name", tr("board.branch_taken", name=name))
    parent = context.branch(asked.source)
    rev = context.server.boards.live(context.board, parent).rev
    context.server.store.add_branch(context.board, name, parent, rev)
    return {"branch": name}


@dataclass(frozen=True)
class VariantFigures:
    """What a variant comes to, in one row."""

    called: str
    people: int
    cost: int
    currency: str
    broken: int
    nights: tuple[int, int]
    hours: tuple[float, float]
    empty_hours: float
    weekends: tuple[int, int]
    risk: str = ""


def figures(called: str, found: Assembled) -> VariantFigures:
    """Return what a state comes to."""
    checked = examined(found)
    scores = checked.scores
    nights = [one.nights for one in scores.people if one.nights] or [0]
    hours = [one.week_minutes / 60 for one in scores.people] or [0.0]
    weekends = [one.free_weekends for one in scores.people] or [0]
    return VariantFigures(
        called,
        scores.headcount.total,
        scores.cost.total,
        found.problem.currency,
        len(checked.violations),
        (min(nights), max(nights)),
        (round(min(hours), 1), round(max(hours), 1)),
        round(sum(post.empty for post in scores.posts if post.hard) / 60, 1),
        (min(weekends), max(weekends)),
    )


def _risk(context: Context, state: State) -> str:
    """Return how many absences this state does not survive, where that was asked of just this state."""
    store = context.server.store
    for job in store.rows(
        "select id, body from job where board = ? and question = 'resilience' and state = 'done' "
        "order by at desc limit 8",
        context.board,
    ):
        asked, content = json.loads(job["body"]), store.kept(f"job/{job['id']}", "resilience.json")
        if content is None or "rev" not in asked:
            continue
        if context.server.boards.state(context.board, asked.get("branch", "main"), asked["rev"]) == state:
            said = json.loads(content)
            words = {"broken": len(said["broken"]), "cases": said["cases"], "days": asked.get("days", 1)}
            return tr("board.risk_of", **words)
    return ""


def compare(context: Context, _asked: VerbInput) -> Json:
    """Compare two states: what each comes to, and every cell in which they differ."""
    found = comparison(context)
    return {
        "left": vars(found.left),
        "right": vars(found.right),
        "cells": [
            {"person": who, "date": on, "left": old, "right": new} for who, on, old, new in found.cells
        ],
        "other": found.other,
    }


@dataclass(frozen=True)
class Comparison:
    """Two states side by side; `gains` says for each person touched what changes in hours, nights and weekends."""

    left: VariantFigures
    right: VariantFigures
    cells: tuple[tuple[str, str, str, str], ...]
    other: tuple[str, ...]
    gains: tuple[tuple[str, float, int, int], ...]


def comparison(context: Context) -> Comparison:
    """Return the two states that an address names, side by side; raises Refused."""
    names = [context.query.get("left") or "main", context.query.get("right") or "main"]
    (one, before), (other, after) = (state_at(context, name) for name in names)
    left, right = assembled(before), assembled(after)
    if left is None or right is None:
        raise Refused(409, tr("board.no_roster"))
    called = {**names_of(before), **names_of(after)}
    changes = difference(before, after)
    cells = []
    for change in changes:
        part, _, rest = change.key.partition("/")
        if part == "cell":
            who, _, on = rest.rpartition("/")
            cells.append((called.get(who, who), on, change.old or "off", change.new or "off"))
    rest_ = tuple(sorted({change.key.partition("/")[0] for change in changes} - {"cell"}))
    sides = (
        replace(figures(one, left), risk=_risk(context, before)),
        replace(figures(other, right), risk=_risk(context, after)),
    )
    return Comparison(*sides, tuple(cells), rest_, tuple(_gains(left, right)))


def _gains(left: Assembled, right: Assembled) -> list[tuple[str, float, int, int]]:
    before = dict(zip(left.ids, examined(left).scores.people, strict=True))
    found = []
    for who, one in zip(right.ids, examined(right).scores.people, strict=True):
        if (old := before.get(who)) is None:
            continue
        step = (
            round((one.minutes - old.minutes) / 60, 1),
            one.nights - old.nights,
            one.free_weekends - old.free_weekends,
        )
        if any(step):
            found.append((one.name, *step))
    return found


def signature(context: Context, _asked: VerbInput) -> Json:
    """Return what a version's hash is over, so that anybody can work it out again."""
    version = version_of(context, context.number("number"))
    state = context.server.boards.state(context.board, version.branch, version.rev)
    return {"hash": version.hash, "same": digest(state) == version.hash, "state": state}
