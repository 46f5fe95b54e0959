"""What stands in the calendars: one entry for each part of each duty, and one for each stretch of a post."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from roster.domain.problem import DAY, Duty, Post, Problem, Shift
from roster.domain.rules import clock
from roster.language import counted, tr
from roster.output.examined_roster import Examined
from roster.output.ics.lines import text
from roster.output.on_call_stretches import stretches
from roster.output.words.text import one_line
from roster.rosters.dates import stamp

_OURS = uuid.UUID("6f0f6d0e-2c1b-5c38-9f0e-7d5a3c1f4b92")
"""What the identifiers of all entries are derived from."""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One entry of a calendar.

    `key` tells it from every other of its scenario and stays when the roster changes; `day` is the date it belongs to,
    `lines` say everything else but its version.
    """

    uid: str
    person: str
    day: date
    lines: tuple[str, ...]


def identifier(*key: str) -> str:
    """
    Return the identifier of what has this key: the same in every export.

    >>> identifier("desk", "Li", "2027-01-04", "shift") == identifier("desk", "Li", "2027-01-04", "shift")
    True
    """
    return str(uuid.uuid5(_OURS, "\x1f".join(key).encode("utf-8", "replace").decode()))


def duty_entries(examined: Examined) -> Iterator[Entry]:
    """Return an entry for each part of each duty, by person, then by date."""
    problem, roster = examined.problem, examined.roster
    said: dict[tuple[str, Duty, int, tuple[str, ...]], tuple[str, ...]] = {}
    for index, person in enumerate(roster.people):
        for day, duty in enumerate(roster.duties[index]):
            on = roster.horizon.on(day)
            zone = problem.zone_of_type(problem.type_of(person))
            for number, part in enumerate(duty.parts):
                held = examined.posts.get((index, day, number), ())
                same = (person.name, duty, number, held)
                if same not in said:
                    posts = [problem.post[name] for name in held]
                    said[same] = tuple(_lines(problem, person.name, (duty, part), posts))
                # A shift exchanged for another on the same day is the same entry, changed.
                kind = "shift" if part is duty.shift else "standby"
                for place, (start, end) in enumerate(part.stretches):
                    later = (str(place),) if place else ()
                    uid = identifier(problem.name, person.name, on.isoformat(), kind, *later)
                    yield Entry(uid, person.name, on, (*_times(zone, on, start, end), *said[same]))


def _lines(problem: Problem, person: str, what: tuple[Duty, Shift], posts: list[Post]) -> Iterator[str]:
    duty, part = what
    title = one_line(part.called)
    yield f"SUMMARY:{text(f'{one_line(person)} · {title}')}"
    yield f"DESCRIPTION:{text(chr(10).join(_description(problem, duty, part, posts)))}"
    if part.on_site and duty.site:
        yield f"LOCATION:{text(one_line(problem.site[duty.site].called))}"
    yield f"CATEGORIES:{text(tr('export.on_call' if not part.on_site else 'export.at_work'))}"
    # Somebody on standby at home is free for others to invite; somebody at work is not.
    yield "TRANSP:OPAQUE" if part.on_site else "TRANSP:TRANSPARENT"
    yield f"X-ROSTER-DUTY:{text(duty.name)}"


def _times(zone: str, on: date, start: int, end: int) -> Iterator[str]:
    """Return the lines that say when an entry begins and ends, on the clock of a time zone."""
    for name, minute in (("DTSTART", start), ("DTEND", end)):
        yield f"{name};TZID={zone}:{_local(stamp(on, minute))}"


def _local(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S")


def _description(problem: Problem, duty: Duty, part: Shift, posts: list[Post]) -> Iterator[str]:
    if not part.on_site:
        key = "ics_standby" if part.response is None else "ics_standby_within"
        yield tr(f"export.{key}", minutes=part.response)
    for post in posts:
        yield tr(
            "export.ics_post",
            post=one_line(post.called),
            level=post.level,
            start=clock(post.start),
            end=clock(post.end),
        )
    yield tr("export.ics_from", scenario=one_line(problem.called), duty=duty.letters)


def gap_entries(examined: Examined) -> Iterator[Entry]:
    """Return an entry for each stretch in which a post that must be held is empty; it is nobody's."""
    problem, horizon = examined.problem, examined.roster.horizon
    for gap in examined.gaps:
        post, on = problem.post[gap.post], horizon.on(gap.day)
        uid = identifier(problem.name, "empty", post.name, on.isoformat(), str(gap.start))
        lines = (
            *_times(problem.zone_of_post(post), on, gap.start, gap.end),
            f"SUMMARY:{text(tr('gaps.row', post=one_line(post.called)))}",
            f"DESCRIPTION:{text(counted('gaps.people_missing', gap.missing))}",
            f"CATEGORIES:{text(tr('gaps.category'))}",
            "TRANSP:TRANSPARENT",
        )
        yield Entry(uid, "", on, lines)


def post_entries(examined: Examined) -> dict[str, list[Entry]]:
    """
    Return, for each chain and level, or post without a chain, an entry for each stretch and holder.

    The summary is the holder's name and nothing else: tools that page people look it up among their users.
    """
    problem, horizon = examined.problem, examined.roster.horizon
    found: dict[str, list[Entry]] = {}
    for calendar, known in stretches(examined).items():
        for one in known:
            post = problem.post[one.post]
            day, start = divmod(one.start, DAY)
            on = horizon.on(day)
            uid = identifier(problem.name, "post", post.name, on.isoformat(), str(start), str(one.number))
            lines = (
                *_times(problem.zone_of_post(post), on, start, one.end - day * DAY),
                f"SUMMARY:{text(one_line(one.who))}",
                f"DESCRIPTION:{text(tr('export.ics_level', post=one_line(post.called), level=post.level))}",
                f"CATEGORIES:{text(tr('export.ics_category', level=post.level))}",
                "TRANSP:OPAQUE",
            )
            found.setdefault(calendar, []).append(Entry(uid, one.who, on, lines))
    return found
