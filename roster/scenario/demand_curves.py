"""
Posts with a demand curve: `demand:` says how many people are wanted from hour to hour, on each kind of day.

Such a post becomes posts with windows, days and people before anything else looks at it, so that every rule, bound and
check that holds of posts holds of curves. Names: `desk` where one post will do, else `desk-1`, `desk-2`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from roster.domain.curve import (
    HOLIDAYS,
    KINDS,
    RESTDAYS,
    WORKDAYS,
    Curve,
    CurvePiece,
    Levels,
    hourly,
    merged,
    pieces,
)
from roster.domain.problem import DAY
from roster.domain.rule import clock
from roster.errors import FileFault
from roster.language import tr
from roster.notation.values import WEEKDAYS, window
from roster.readable import show
from roster.rosters.csv_sheet import read_records
from roster.scenario.validation.fit import Finding
from roster.suggestions import did_you_mean
from roster.yaml.inheritance import check_inside
from roster.yaml.tree import Node

KEY = "demand"
INSTEAD = ("people", "days", "window", "on", "best")
"""Keys that a demand curve says itself."""

WORDS = ("daily", *KINDS, *WEEKDAYS)
MOST_PEOPLE = 10_000
_CSV_DAYS = {"workday": WORKDAYS, "restday": RESTDAYS, "holiday": HOLIDAYS, "monday": "mon"}


class _Wrong(Exception):
    """Something in a curve cannot hold; carries the path below `demand` and the sentence."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path, self.message = path, message


@dataclass(frozen=True, slots=True)
class Expanded:
    """A tree without curves, what was wrong with them, and the post that each made one came from."""

    root: Node
    findings: list[Finding] = field(default_factory=list)
    origins: Mapping[str, str] = field(default_factory=dict)

    def back(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """Return a path in the tree as it was written."""
        if len(path) > 1 and path[0] == "posts" and path[1] in self.origins:
            return (path[0], self.origins[str(path[1])], *path[2:])
        return path


def expanded(root: Node) -> Expanded:
    """Return a scenario's tree with each post that has a curve made plain posts."""
    posts = root.child("posts")
    if posts is None or not isinstance(posts.value, dict):
        return Expanded(root)
    if not any(isinstance(node.value, dict) and KEY in node.value for node in posts.value.values()):
        return Expanded(root)
    made: dict[str, Node] = {}
    findings: list[Finding] = []
    origins: dict[str, str] = {}
    for name, node in posts.value.items():
        said = node.child(KEY) if isinstance(node.value, dict) else None
        if said is None:
            made[name] = node
            continue
        for own, plain in _posts(name, node, said, findings):
            if (own in posts.value or own in made) and own != name:
                findings.append((("posts", name, KEY), tr("scenario.demand_name", value=show(own))))
            made[own] = plain
            origins[own] = name
    assert isinstance(root.value, dict)
    pairs = {**root.value, "posts": replace(posts, value=made)}
    return Expanded(replace(root, value=pairs), findings, origins)


def _posts(name: str, node: Node, said: Node, findings: list[Finding]) -> Iterator[tuple[str, Node]]:
    """Yield the plain posts of a post with a curve; one without it where the curve cannot hold."""
    assert isinstance(node.value, dict)
    kept = {key: value for key, value in node.value.items() if key != KEY}
    found: list[CurvePiece] = []
    findings += [
        (("posts", name, key), tr("scenario.demand_instead", key=key)) for key in INSTEAD if key in kept
    ]
    try:
        roles = node.child("role")
        found = pieces(curve_of(said, [] if roles is None else roles.plain()))
        if not found:
            raise _Wrong((), tr("scenario.demand_nothing"))
    except _Wrong as wrong:
        findings.append((("posts", name, KEY, *wrong.path), wrong.message))
    plain = {key: value for key, value in kept.items() if key not in INSTEAD}
    if not found:
        yield name, replace(node, value=plain)
        return
    for number, piece in enumerate(found, start=1):
        own = name if len(found) == 1 else f"{name}-{number}"
        more = _nodes(piece, said)
        title = plain.get("title")
        if title is not None and isinstance(title.value, str) and len(found) > 1:
            more["title"] = replace(title, value=f"{title.value} {number}")
        yield own, replace(node, value={**plain, **more})


def _nodes(piece: CurvePiece, at: Node) -> dict[str, Node]:
    hours, minutes = divmod(piece.length, 60)
    length = " ".join(
        part for part in (f"{hours}h" if hours else "", f"{minutes}min" if minutes else "") if part
    )
    words = [{RESTDAYS: "ordinary_weekends"}.get(kind, kind) for kind in piece.kinds]
    if HOLIDAYS in piece.kinds and RESTDAYS in piece.kinds:
        words[words.index("ordinary_weekends")] = RESTDAYS
    words += [WEEKDAYS[day] for day in piece.weekdays]

    def node(value: str | int) -> Node:
        return Node(value, at.file, at.line)

    days = Node([node(word) for word in words], at.file, at.line)
    return {"window": node(f"{clock(piece.start)}+{length}"), "days": days, "people": node(piece.people)}


def curve_of(said: Node, roles: object = ()) -> Curve:
    """
    Return the curve that a scenario writes; raises _Wrong.

    Parameters
    ----------
    said : A file's name, or people by kind of day.
    roles : Roles of the post: of a table with a column `role` only their rows count.
    """
    value = said.value
    if isinstance(value, str):
        return _assembled(_of_file(said, {roles} if isinstance(roles, str) else set(roles or ())))  # type: ignore[call-overload]
    if not isinstance(value, dict) or not value:
        raise _Wrong((), tr("scenario.demand_shape", value=show(said.plain())))
    found: dict[str, Levels] = {}
    for word, node in value.items():
        if word not in WORDS:
            words = tr("scenario.demand_days", value=show(word), known=", ".join(WORDS))
            raise _Wrong((word,), words + did_you_mean(word, WORDS))
        found[word] = _levels(word, node)
    return _assembled(found)


def _assembled(found: dict[str, Levels]) -> Curve:
    """Return days of a curve, those that are not told filled in: holidays are as weekends, and `daily` is all three."""
    none = hourly([0] * 24)
    usual = found.get("daily", none)
    kinds = {kind: found.get(kind, usual) for kind in (WORKDAYS, RESTDAYS)}
    kinds[HOLIDAYS] = found.get(HOLIDAYS, kinds[RESTDAYS])
    return Curve(kinds, {at: found[day] for at, day in enumerate(WEEKDAYS) if day in found})


def _levels(word: str, node: Node) -> Levels:
    """Return the people of one kind of day: one number, 24 of them, or people by window."""
    value = node.value
    if isinstance(value, list):
        if len(value) != 24:
            raise _Wrong((word,), tr("scenario.demand_24", number=len(value)))
        return hourly([_people((word, at), one) for at, one in enumerate(value)])
    if isinstance(value, dict):
        minutes = [0] * DAY
        taken = [False] * DAY
        for text, one in value.items():
            try:
                start, length = window(text)
            except ValueError as error:
                raise _Wrong((word, text), str(error)) from None
            for minute in (at % DAY for at in range(start, start + length)):
                if taken[minute]:
                    raise _Wrong(
                        (word, text), tr("scenario.demand_twice", value=show(text), time=clock(minute))
                    )
                taken[minute] = True
                minutes[minute] = _people((word, text), one)
        return merged((at, at + 1, people) for at, people in enumerate(minutes))
    return hourly([_people((word,), node)] * 24)


def _people(path: tuple[str | int, ...], node: Node) -> int:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PEOPLE:
        raise _Wrong(path, tr("scenario.demand_people", value=show(node.plain()), most=MOST_PEOPLE))
    return value


def _of_file(said: Node, roles: set[str]) -> dict[str, Levels]:
    """Return the people of a table with a row for each kind of day and hour, as `roster demand` writes it."""
    folder = Path(said.file).parent
    path = folder / str(said.value)
    try:
        check_inside(folder, path)
        lines = [(at, cells) for at, cells in read_records(path).lines if any(map(str.strip, cells))]
    except FileFault as fault:
        raise _Wrong((), str(fault)) from None
    if not lines:
        raise _Wrong((), tr("scenario.demand_columns", file=path))
    heads = [cell.strip(" \ufeff").lower() for cell in lines[0][1]]
    day = next((heads.index(name) for name in ("kind", "days") if name in heads), None)
    people = next((heads.index(name) for name in ("awake", "people") if name in heads), None)
    if day is None or people is None or "hour" not in heads:
        raise _Wrong((), tr("scenario.demand_columns", file=path))
    hour, role = heads.index("hour"), heads.index("role") if "role" in heads else None
    numbers: dict[str, dict[int, int]] = {}
    for line, cells in lines[1:]:
        if role is not None and roles and _cell(cells, role) not in roles:
            continue
        word = _CSV_DAYS.get(_cell(cells, day).lower(), _cell(cells, day).lower())
        at, wanted = _whole(_cell(cells, hour).partition(":")[0]), _whole(_cell(cells, people))
        if word not in WORDS or at is None or not 0 <= at <= 23 or wanted is None or wanted > MOST_PEOPLE:
            raise _Wrong((), tr("scenario.demand_row", file=path, line=line, known=", ".join(WORDS)))
        if at in numbers.setdefault(word, {}):
            raise _Wrong((), tr("scenario.demand_row_twice", file=path, line=line, day=word, hour=at))
        numbers[word][at] = wanted
    short = next((word for word, hours in numbers.items() if len(hours) < 24), None)
    if short is not None or not numbers:
        known = len(numbers.get(short or "", ()))
        raise _Wrong((), tr("scenario.demand_hours", file=path, day=short or WORKDAYS, number=known))
    return {word: hourly([hours[at] for at in range(24)]) for word, hours in numbers.items()}


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 8 else None
