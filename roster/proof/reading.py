"""
Proof files read and written: JSON, and nothing in it taken on trust.

Numbers are whole, multipliers whole or fractions in text (`"5/12"`); anything else, unknown keys and keys given twice
make a file unreadable. Files of the first format name no scope: they were made for rotas of one week, and are read so.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from roster.domain.problem import Goal
from roster.errors import FileFault, reason
from roster.language import tr
from roster.proof.certificate import Certificate, Count, Leaf, Node, Part, Searched, Split, Use
from roster.proof.fields import MOST_DIGITS, Fields, Unreadable
from roster.proof.inequalities import KINDS
from roster.proof.scope import WEEKLY, Scope, scope_named
from roster.proof.writing import FORMAT, Document

BEFORE_SCOPES = "roster-proof/1"
"""The format of files that name no scope."""

LARGEST_FILE = 64 * 1024 * 1024
DEEPEST = 210
COUNTS = ("people", "seats", "shifts", "standbys")


def read_proof(file: Path) -> Certificate:
    """Read a proof file; raises FileFault where it is none."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise FileFault(tr("proof.unreadable", file=file, why=tr("proof.too_large")))
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileFault(tr("proof.unreadable", file=file, why=reason(error))) from error
    except UnicodeDecodeError as error:
        raise FileFault(tr("proof.unreadable", file=file, why=tr("proof.no_text"))) from error
    return proof_of(text, str(file))


def proof_of(text: str, file: str = "proof.json") -> Certificate:
    """Read a proof from text; raises FileFault where it is none."""
    try:
        return _certificate(json.loads(text, object_pairs_hook=_once, parse_constant=_no, parse_float=_no))
    except Unreadable as error:
        raise FileFault(tr("proof.unreadable", file=file, why=error)) from error
    except (ValueError, RecursionError) as error:
        raise FileFault(tr("proof.unreadable", file=file, why=tr("proof.no_json"))) from error


def _once(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable(tr("proof.key_twice"))
    return found


def _no(text: str) -> Any:
    raise Unreadable(tr("proof.no_number", value=text[:MOST_DIGITS]))


def _certificate(document: Any) -> Certificate:
    if not isinstance(document, dict) or document.get("format") not in (FORMAT, BEFORE_SCOPES):
        raise Unreadable(tr("proof.no_proof", format=FORMAT))
    found = Fields(document, "proof")
    scoped = found.text("format") == FORMAT
    made = Certificate(
        scenario=found.text("scenario"),
        fingerprint=found.text("fingerprint"),
        goal=_goal(found.text("goal")),
        bound=found.value("bound"),
        program=found.text("program"),
        scope=_scope(found) if scoped else WEEKLY,
        parts=tuple(_part(part, scoped) for part in found.many("parts")),
    )
    found.done()
    return made


def _goal(text: str) -> Goal:
    if text not in {goal.value for goal in Goal}:
        raise Unreadable(tr("proof.wrong_value", key="goal", value=text))
    return Goal(text)


def _scope(found: Fields) -> Scope:
    text = found.text("scope")
    scope = scope_named(text)
    if scope is None:
        raise found.wrong("scope", text)
    return scope


def _part(document: Any, scoped: bool) -> Part:
    found = Fields(document, "part")
    searched = _searched(found.take("searched"), scoped) if "searched" in found else None
    made = Part(
        types=found.names("types"),
        posts=found.names("posts"),
        seats=found.names("seats"),
        bound=found.value("bound"),
        tree=_tree(found.take("tree"), 1),
        searched=searched,
    )
    found.done()
    return made


def _searched(document: Any, scoped: bool) -> Searched:
    found = Fields(document, "searched")
    made = Searched(
        found.value("bound"),
        _scope(found) if scoped else WEEKLY,
        found.text("solver"),
        found.text("version"),
        found.text("parameters"),
        found.text("confirmed"),
    )
    found.done()
    return made


def _tree(document: Any, depth: int) -> Node:
    found = Fields(document, "tree")
    if depth > DEEPEST:
        raise Unreadable(tr("proof.too_deep", limit=DEEPEST))
    made: Node
    if "add" in found:
        made = Leaf(tuple(_use(use) for use in found.many("add")))
    else:
        made = Split(
            tuple(_count(count) for count in found.many("sum_of")),
            found.whole("at_most"),
            _tree(found.take("if_so"), depth + 1),
            _tree(found.take("if_more"), depth + 1),
        )
    found.done()
    return made


def _count(document: Any) -> Count:
    found = Fields(document, "sum_of")
    made: Count
    if "duty" in found:
        made = ("duty", found.text("type"), found.weekday("day"), found.text("duty"))
    else:
        kind = next((kind for kind in COUNTS if kind in found), "people")
        made = (kind, found.text(kind))
    found.done()
    return made


def _use(document: Any) -> Use:
    found = Fields(document, "add")
    row = found.text("row")
    if row != "case" and row not in KINDS:
        raise found.wrong("row", row)
    posts: tuple[tuple[str, Fraction], ...] = ()
    if row == "cover":
        counted = Fields(found.take("posts"), "posts")
        posts = tuple((name, counted.fraction(name)) for name in counted.left())
    elif row == "week":
        posts = tuple((name, Fraction(1)) for name in found.names("posts"))
    made = Use(
        row=row,
        times=Fraction(1) if row == "cover" else found.fraction("times"),
        type=found.text("type") if "type" in found else "",
        weekday=found.weekday("day") if "day" in found else -1,
        at=found.minute("at") if "at" in found else -1,
        shift=found.text("shift") if "shift" in found else "",
        posts=posts,
        first=found.names("first") if "first" in found else (),
        second=found.names("second") if "second" in found else (),
        number=found.whole("number") if "number" in found else 0,
    )
    found.done()
    return made
