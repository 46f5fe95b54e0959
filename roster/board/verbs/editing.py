"""Boards made, looked at and edited: cells, undo, locks, names, rosters and scenarios."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import Any

from pydantic import Field

from roster.board import candidates as candidates_of
from roster.board.files import Files, safe_name
from roster.board.log import UNDO, Entry, KeyChange, State, changes_to, inverse, to_redo, to_undo, undoable
from roster.board.program import Assembled, assembled, duty_named, problem_of, read_roster_text, state_of
from roster.board.store import Conflict, local
from roster.board.verbs.base import Context, Json, OnBranch, Refused, VerbInput, not_found, wrong
from roster.board.view import locked
from roster.checker import day_text
from roster.domain.problem import Problem
from roster.language import tr

MOST_CELLS = 5000
CELL = r"^[^/\x00-\x1f]{1,200}$"
DATE = r"^\d{4}-\d{2}-\d{2}$"


class ScenarioFiles(VerbInput):
    """A scenario as texts by name; `main` is the scenario itself, the others are what it names."""

    main: str = Field(max_length=200)
    texts: dict[str, str] = Field(max_length=20)


class Make(VerbInput):
    """A new board."""

    files: ScenarioFiles
    title: str = Field("", max_length=200, description="What the board is called; else the scenario's title.")


def make(context: Context, asked: Make) -> Json:
    """Make a board from a scenario."""
    name = new_board(context, _files(asked.files), asked.title)
    return {"board": name}


def new_board(context: Context, files: Files, title: str = "", more: State | None = None) -> str:
    """
    Make a board from a scenario's files and what else its state begins with.

    Parameters
    ----------
    context, files : Who asks, and the files.
    title, more : What it is called, and further keys of its state.

    Raises
    ------
    Faults
        The files are no scenario.
    """
    problem = problem_of({"files": files.kept()})
    wanted = re.sub(r"[^a-z0-9]+", "-", problem.name.lower()).strip("-")[:40] or "board"
    state: State = {"files": files.kept(), **(more or {})}
    changes = tuple(KeyChange(key, None, value) for key, value in state.items())
    first = Entry(wanted, 1, "", context.account.id, "made", changes)
    return context.server.store.add_board(wanted, title or problem.called, first)


def _files(asked: ScenarioFiles) -> Files:
    for name in asked.texts:
        safe_name(name)
    if asked.main not in asked.texts:
        raise wrong("main", tr("board.no_such_file", name=asked.main))
    return Files(asked.main, tuple(sorted(asked.texts.items())))


def list_boards(context: Context, _asked: VerbInput) -> Json:
    """List the boards."""
    return [
        {"board": row["id"], "title": row["title"], "made": row["made_at"]}
        for row in context.server.store.boards()
    ]


def show(context: Context, _asked: VerbInput) -> Json:
    """Return the roster of a board, with what the check says of it."""
    rev, view = context.server.boards.view(context.board, context.branch())
    if view is None:
        return {"rev": rev, "grid": None, "verdict": None}
    return {"rev": rev, "grid": view.grid, "verdict": view.verdict}


class Cells(OnBranch):
    """New duties for cells; a duty is named as in `roster.csv`, `off` for none."""

    cells: list[tuple[str, str, str]] = Field(
        min_length=1, max_length=MOST_CELLS, description="Person, date and duty of each."
    )


def cells(context: Context, asked: Cells) -> Json:
    """Give people other duties."""
    _, state, found = _roster(context, asked.branch)
    wanted: dict[str, Any] = {}
    locks = locked(state, found)
    for person, on, duty in asked.cells:
        key = f"{person}/{_day(found, on)}"
        if (why := locks.get(key)) is not None:
            raise Refused(423, tr("board.cell_locked", person=_called(found, person), date=on, why=why[1]))
        wanted[f"cell/{key}"] = _duty(found, person, duty)
    changes = changes_to(state, wanted)
    if not changes:
        return {"rev": context.server.boards.live(context.board, context.branch(asked.branch)).rev}
    return context.append("cells", changes, asked)


def _roster(context: Context, branch: str) -> tuple[int, State, Assembled]:
    rev, state, found = context.server.boards.assembled(context.board, context.branch(branch))
    if found is None:
        raise Refused(409, tr("board.no_roster"))
    return rev, state, found


def _day(found: Assembled, on: str) -> str:
    """Return a date of the calendar as it is written; raises Faults where it is none."""
    try:
        day = found.roster.horizon.number(date.fromisoformat(on))
    except (ValueError, OverflowError):
        raise wrong("date", tr("board.bad_date", date=on[:20])) from None
    if not 0 <= day < found.roster.horizon.days:
        raise wrong("date", tr("board.bad_date", date=on[:20]))
    return found.roster.horizon.on(day).isoformat()


def _person(found: Assembled, person: str) -> int:
    index = found.index(person)
    if index is None:
        raise wrong("person", tr("board.bad_person", person=person[:80]))
    return index


def _called(found: Assembled, person: str) -> str:
    return found.roster.people[_person(found, person)].name


def _duty(found: Assembled, person: str, duty: str) -> str | None:
    kind = found.roster.people[_person(found, person)].type
    meant = duty_named(found.problem, kind, duty)
    if meant is None:
        raise wrong("duty", tr("board.bad_duty", duty=duty[:40], type=found.problem.type[kind].called))
    return None if meant.is_off else meant.name


def undo(context: Context, asked: OnBranch) -> Json:
    """Take one's last change back, unless somebody has changed the same since."""
    return _back(context, asked, to_undo)


def redo(context: Context, asked: OnBranch) -> Json:
    """Do again what was taken back last."""
    return _back(context, asked, to_redo)


def _back(context: Context, asked: OnBranch, choose: Any) -> Json:
    live = context.server.boards.live(context.board, context.branch(asked.branch))
    entry = choose(live.entries, context.account.id)
    if entry is None:
        raise Refused(409, tr("board.nothing_to_undo"))
    if not undoable(live.entries, entry):
        raise Refused(409, tr("board.undo_conflict"))
    seen = asked.model_copy(update={"seen": live.rev})
    return context.append(UNDO, inverse(entry), seen, undoes=entry.rev)


class Pins(OnBranch):
    """Cells that are settled, or are free again."""

    cells: list[tuple[str, str]] = Field(min_length=1, max_length=MOST_CELLS)
    on: bool = True


def pins(context: Context, asked: Pins) -> Json:
    """Settle cells, or free them."""
    _, state, found = _roster(context, asked.branch)
    keys = [f"pin/{found.ids[_person(found, who)]}/{_day(found, on)}" for who, on in asked.cells]
    return context.append("pin", changes_to(state, dict.fromkeys(keys, True if asked.on else None)), asked)


class Freeze(OnBranch):
    """Up to which date nothing changes any more; none to free all."""

    until: str | None = Field(None, pattern=DATE)


def freeze(context: Context, asked: Freeze) -> Json:
    """Let no day up to a date be changed."""
    _, state, found = _roster(context, asked.branch)
    until = None if asked.until is None else _day(found, asked.until)
    return context.append("freeze", changes_to(state, {"freeze": until}), asked)


class Name(OnBranch):
    """What somebody is called from now on."""

    person: str = Field(max_length=200)
    name: str = Field(min_length=1, max_length=60, pattern=CELL)


def name(context: Context, asked: Name) -> Json:
    """Give somebody a name."""
    _, state, found = _roster(context, asked.branch)
    who, wanted = found.ids[_person(found, asked.person)], asked.name.strip()
    if problem_of({"files": state["files"]}).people:
        raise Refused(409, tr("board.named_in_scenario"))
    others = {
        one.name.casefold()
        for one in found.roster.people
        if one.name != found.roster.people[_person(found, who)].name
    }
    if not wanted or wanted.casefold() in others:
        raise wrong("name", tr("board.name_taken", name=wanted))
    return context.append(
        "name", changes_to(state, {f"name/{who}": None if wanted == who else wanted}), asked
    )


class Upload(OnBranch):
    """A roster's file: CSV, or a workbook."""

    name: str = Field(max_length=200)
    content: str = Field(max_length=22_000_000, description="The file, in base64.")


def upload(context: Context, asked: Upload) -> Json:
    """Take a roster from a file."""
    state = context.state(asked.branch)
    try:
        content = base64.b64decode(asked.content, validate=True)
    except (binascii.Error, ValueError):
        raise wrong("content", tr("board.bad_base64")) from None
    problem = problem_of({"files": state["files"]})
    roster = read_roster_text(problem, asked.name, content)
    return context.append(
        "roster", roster_changes(state, state_of(problem, roster)), asked, note=asked.name[:80]
    )


def roster_changes(state: State, wanted: State) -> tuple[KeyChange, ...]:
    """Return what makes a state's roster another one: its cells, people and seats, and names and locks dropped."""
    known = {person for person, _ in wanted["people"]}
    gone: dict[str, Any] = {}
    for key in state:
        part, _, rest = key.partition("/")
        if (
            part in ("cell", "pin")
            or (part in ("name",) and rest not in known)
            or key in ("seats", "stand_ins")
        ):
            gone[key] = None
    return changes_to(state, {**gone, **wanted})


class Scenario(OnBranch):
    """The scenario's files from now on."""

    files: ScenarioFiles


def scenario(context: Context, asked: Scenario) -> Json:
    """Change the scenario; faults come back with line and key."""
    files, state = _files(asked.files), context.state(asked.branch)
    checked = {**state, "files": files.kept()}
    problem_of({"files": files.kept()})
    if "people" in state:
        assembled(checked)
    return context.append("scenario", changes_to(state, {"files": files.kept()}), asked)


def check_scenario(context: Context, asked: Scenario) -> Json:
    """Say whether a scenario would do, without changing anything; faults come back with line and key."""
    problem: Problem = problem_of({"files": _files(asked.files).kept()})
    return {"title": problem.called, "posts": len(problem.posts), "types": len(problem.types)}


def get_scenario(context: Context, _asked: VerbInput) -> Json:
    """Return the scenario's files."""
    return context.state()["files"]


def cell(context: Context, _asked: VerbInput) -> Json:
    """Say of one cell what it could be, who could take it, what it holds, whether it is locked, and its history."""
    _, state, found = _roster(context, context.branch())
    index = _person(found, context.query.get("person", ""))
    on = _day(found, context.query.get("date", ""))
    locks, who = locked(state, found), found.ids[index]
    day = found.roster.horizon.number(date.fromisoformat(on))
    lock = locks.get(f"{who}/{on}")
    options = [] if lock else candidates_of.could_be(found, index, day)
    return {
        "person": who,
        "name": found.roster.people[index].name,
        "date": on,
        "date_said": day_text(found.roster.horizon, day),
        "locked": lock[1] if lock else None,
        "pinned": f"pin/{who}/{on}" in state,
        "options": options,
        "candidates": [] if lock else candidates_of.who_could(found, index, day, locks),
        "posts": candidates_of.posts_of(found, index, day),
        "history": _trail(context, f"cell/{who}/{on}"),
    }


def hole(context: Context, _asked: VerbInput) -> Json:
    """Say who could fill a post that is empty on a date."""
    _, state, found = _roster(context, context.branch())
    post, on = context.query.get("post", ""), _day(found, context.query.get("date", ""))
    if post not in found.problem.post:
        raise not_found()
    day = found.roster.horizon.number(date.fromisoformat(on))
    return {
        "title": found.problem.post[post].called,
        "date_said": day_text(found.roster.horizon, day),
        "candidates": candidates_of.who_could_hold(found, post, day, locked(state, found)),
    }


def _trail(context: Context, key: str) -> list[str]:
    live = context.server.boards.live(context.board, context.branch())
    names = {one.id: one.name for one in context.server.store.accounts()}
    lines = []
    for entry in reversed(live.entries):
        for one in entry.changes:
            if one.key == key and entry.kind not in ("roster", "made"):
                words = {"old": one.old or tr("board.off"), "new": one.new or tr("board.off")}
                who = names.get(entry.account, tr("board.owner"))
                lines.append(tr("board.trail", at=local(entry.at), who=who, **words))
    return lines[:12]


def can(context: Context, _asked: VerbInput) -> Json:
    """Say which of undo and redo one has."""
    return context.server.boards.can(context.board, context.branch(), context.account.id)


def history(context: Context, _asked: VerbInput) -> Json:
    """Return what happened, the latest first: to one cell where person and date are given."""
    live = context.server.boards.live(context.board, context.branch())
    person, on = context.query.get("person"), context.query.get("date")
    key = f"cell/{person}/{on}" if person and on else None
    names = {one.id: one.name for one in context.server.store.accounts()}
    rows = [
        {
            "rev": entry.rev,
            "at": entry.at,
            "account": names.get(entry.account, ""),
            "kind": entry.kind,
            "undoes": entry.undoes,
            "note": entry.note,
            "changes": [
                {"key": one.key, "old": _short(one.old), "new": _short(one.new)}
                for one in entry.changes
                if key is None or one.key == key
            ][:200],
            "number": len(entry.changes),
        }
        for entry in reversed(live.entries)
        if key is None or key in entry.keys
    ]
    return rows[:500]


def _short(value: Any) -> Any:
    """Return a value as the history shows it: texts of scenarios are not repeated there."""
    return value if not isinstance(value, dict) or "texts" not in value else {"main": value["main"]}


def conflict(problem: Conflict, context: Context) -> Json:
    """Return both sides of a conflict: for each key what stands there now, and who put it there."""
    names = {one.id: one.name for one in context.server.store.accounts()}
    last = {
        key: next(one for one in reversed(entry.changes) if one.key == key)
        for key, entry in problem.keys.items()
    }
    return {
        "error": tr("board.conflict"),
        "keys": {
            key: {
                "now": _short(change.new),
                "by": names.get(problem.keys[key].account, ""),
                "rev": problem.keys[key].rev,
            }
            for key, change in last.items()
        },
    }
