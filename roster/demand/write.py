"""A scenario out of demand: posts over the scenario there is, or a complete one to start from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from roster.demand.answer import Demand
from roster.demand.posts import DemandPost
from roster.demand.streams import OnCall
from roster.domain.duty import Presence
from roster.domain.problem import Problem
from roster.domain.rules import clock
from roster.language import tr
from roster.sizing.write import text

DEFAULT_SHIFTS = (("D", 480), ("M", 600), ("E", 960), ("N", 0))
"""Name and start of the shifts of a scenario that is made from nothing; each is 8 h."""

DEFAULT_LIMITS = (0, 480, 600, 960, 1080)
LETTERS = "stuvwxyzabcdefghijklmnopqr"


def limits_of(problem: Problem) -> tuple[int, ...]:
    """Return the minutes at which a scenario's shifts begin and end."""
    edges = {edge % 1440 for shift in problem.shifts if shift.on_site for edge in (shift.start, shift.end)}
    return tuple(sorted(edges))


def scenario_text(found: Demand, folder: Path) -> str:
    """
    Return the scenario that demand asks for, as YAML that plans as it is.

    Parameters
    ----------
    found : What was measured.
    folder : Where the file will lie: a scenario in it, or below it, becomes the base; any other is written out in full.
    """
    files = ", ".join(sorted({one.file.name for one in found.read}))
    head = [f"# {tr('demand.yaml_head', files=files, first=found.first, last=found.last)}"]
    body = (
        _complete(found) if found.request.scenario is None else _over(found, *found.request.scenario, folder)
    )
    return "\n".join([*head, *body]) + "\n"


def _over(found: Demand, path: Path, problem: Problem, folder: Path) -> Iterator[str]:
    """Yield posts over a scenario: those of the roles measured take the place of its own."""
    gone = replaced(found, problem)
    yield f"# {tr('demand.yaml_base', base=path.name)}"
    if path.resolve().is_relative_to(folder.resolve()):
        yield f"base: {text(os.path.relpath(path.resolve(), folder.resolve()))}"
        yield f"name: {text(f'{problem.name}_measured'[:60])}"
        yield "posts:"
        for name in gone:
            yield f"  {text(name)}: null"
        yield from _posts(found, problem)
        seats = [seat.name for seat in problem.seats if seat.post in gone]
        if seats:
            yield "vendor_seats:"
            yield from (f"  {text(name)}: null" for name in seats)
        return
    yield from _written_out(found, path, problem, gone)


def _written_out(found: Demand, path: Path, problem: Problem, gone: list[str]) -> Iterator[str]:
    import yaml

    from roster.yaml import inheritance

    plain: dict[str, Any] = inheritance.read(path).plain()
    plain["name"] = f"{problem.name}_measured"[:60]
    for key in inheritance.NAMED:
        plain.pop(key, None)
    kept = {name: post for name, post in plain.pop("posts", {}).items() if name not in gone}
    seats = {n: seat for n, seat in plain.pop("vendor_seats", {}).items() if seat.get("post") not in gone}
    yield yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110).rstrip()
    if seats:
        yield yaml.safe_dump({"vendor_seats": seats}, allow_unicode=True, sort_keys=False, width=110).rstrip()
    yield "posts:"
    if kept:
        dumped = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110).rstrip()
        yield from (f"  {line}" for line in dumped.split("\n"))
    yield from _posts(found, problem)


def replaced(found: Demand, problem: Problem) -> list[str]:
    """Return the posts of a scenario whose work was measured, and which the measured ones take the place of."""
    roles = {one.role for one in found.streams}
    on_call = {one.role for one in found.streams if any(call.holds for call in one.calls)}
    return [post.name for post in problem.posts if set(post.roles) <= (roles if post.on_site else on_call)]


def _posts(found: Demand, problem: Problem | None) -> Iterator[str]:
    taken = set() if problem is None else {p.name for p in problem.posts} - set(replaced(found, problem))
    standbys = {} if problem is None else {s.name: s for s in problem.shifts if not s.on_site}
    for post in found.posts:
        name = post.name
        while name in taken:
            name += "_measured"
        yield from _post(post, name, has_standby=problem is None or bool(standbys))


def _post(post: DemandPost, name: str, *, has_standby: bool) -> Iterator[str]:
    days = post.days[0] if len(post.days) == 1 else f"[{', '.join(post.days)}]"
    yield f"  {text(name)}:"
    yield f"    role: {text(post.role)}"
    yield f"    days: {days}"
    yield f"    window: {post.window}"
    if post.people > 1:
        yield f"    people: {post.people}"
    if post.level is not None and has_standby:
        yield "    presence: standby"
        yield f"    response: {post.response}min"
        if post.level > 1 or (any(post.name.endswith(f"_{n}") for n in (1, 2, 3)) and "_call_" in post.name):
            yield f"    chain: {text(post.role)}"
            yield f"    level: {post.level}"
    yield f"    reason: {text(post.reason)}"


def _complete(found: Demand) -> Iterator[str]:
    """Yield a whole scenario: one employer, one type a role, usual shifts, the standbys that hold."""
    start = found.last + timedelta(days=7 - found.last.weekday())
    country = str(found.request.days.get("country") or "")
    regime = "cn_public_institution" if country in ("", "CN") else "eu_directive"
    yield "name: measured"
    yield "calendar:"
    yield f"  start: {start.isoformat()}"
    yield "  weeks: 4"
    for key in ("country", "time_zone"):
        if found.request.days.get(key):
            yield f"  {key}: {found.request.days[key]}"
    yield f"employers:\n  own: {{regime: {regime}}}"
    roles = [one.role for one in found.streams]
    yield "roles:"
    yield from (f"  {text(role)}: {{}}" for role in roles)
    yield "shifts:"
    yield from (f"  {name}: {{start: {clock(at)}, length: 8h}}" for name, at in DEFAULT_SHIFTS)
    calls = _windows(found)
    if calls:
        yield "standbys:"
        for (begins, length, response), letter in zip(calls, LETTERS, strict=False):
            says = (
                f"start: {clock(begins)}, length: {length // 60}h, response: {response}min, letter: {letter}"
            )
            yield f"  {letter.upper()}call: {{{says}}}"
    yield "posts:"
    yield from _posts(found, None)
    yield f"staff_types:  # {tr('demand.yaml_types')}"
    yield from (f"  {text(role)}: {{skills: {text(role)}}}" for role in roles)
    early = [one for stream in found.streams for one in stream.calls if _early(one)]
    if early:
        window = f"{clock(early[0].start)}+{early[0].length // 60}h"
        yield f"# {tr('demand.yaml_early', window=window)}"
        yield "rules:\n  no_standby_before: 10:00"


def _early(one: OnCall) -> bool:
    return one.holds and one.verdict.no_shift_after


def _windows(found: Demand) -> list[tuple[int, int, int]]:
    every: Mapping[tuple[int, int, int], None] = {
        (one.start, one.length, round(one.call.response)): None
        for stream in found.streams
        for one in stream.calls
        if one.holds and one.costs.expected > 0
    }
    return list(every)


def standby_windows(problem: Problem) -> tuple[tuple[int, int, int], ...]:
    """Return start, length and response of a scenario's standbys."""
    return tuple(
        (shift.start, shift.length, shift.response or 30)
        for shift in problem.shifts
        if shift.presence is Presence.STANDBY
    )
