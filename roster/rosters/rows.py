"""A roster as rows of `roster.csv`: one for each part of each duty, and one for each day of a vendor seat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from roster.checker import Gap, posts_held, stand_in_name
from roster.domain.horizon import seat_window
from roster.domain.outcome import Roster
from roster.domain.problem import Duty, Person, Problem
from roster.rosters.csv_sheet import write_sheet
from roster.rosters.dates import stamp

Holding = Mapping[tuple[int, int, int], tuple[str, ...]]
"""The posts that parts of duties hold, by person, day and part."""

SEAT = "seat"
"""What the type column says of a vendor seat."""

STAND_IN = "stand-in"
"""What the duty column says of a vendor's person for one day."""

EMPTY = "empty"
"""What the columns type and duty say of a post that nobody holds: a mark for readers, no duty of anybody's."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def roster_rows(
    problem: Problem, roster: Roster, held: Holding | None = None, gaps: Iterable[Gap] = ()
) -> list[dict[str, str]]:
    """
    Return the rows of `roster.csv`, by date, then people in their order, then vendor seats, then what stays
    empty.

    A day off has no row. Only somebody who has no duty at all and whom the scenario does not name gets one
    row, of the duty `off` on the first day, so as to be known when the file is read back.

    Parameters
    ----------
    problem, roster : The scenario, and the roster.
    held : Which posts each part of each duty holds, where that is known already.
    gaps : Hours that stay empty; each is a row for everybody missing, without a person.
    """
    held = posts_held(problem, roster) if held is None else held
    named = {person.name for person in problem.people}
    empty = list(gaps)
    rows = []
    for day in range(roster.horizon.days):
        for index, person in enumerate(roster.people):
            duty = roster.duties[index][day]
            base = _base(problem, roster.horizon.on(day), person, duty)
            for number, part in enumerate(duty.parts):
                posts = held.get((index, day, number), ())
                zone = problem.zone_of_type(problem.type_of(person))
                times = _times(zone, roster.horizon.on(day), part.start, part.end)
                rows.append({**base, **times, "presence": part.presence.value, "posts": ";".join(posts)})
            if day == 0 and person.name not in named and all(duty.is_off for duty in roster.duties[index]):
                rows.append(base)
        rows += _seat_rows(problem, roster, day)
        rows += _stand_in_rows(problem, roster, day)
        rows += [row for gap in empty if gap.day == day for row in _empty_rows(problem, roster, gap)]
    return rows


def _base(problem: Problem, on: date, person: Person, duty: Duty) -> dict[str, str]:
    staff = problem.type.get(person.type)
    return {
        "date": on.isoformat(),
        "weekday": WEEKDAYS[on.weekday()],
        "person": person.name,
        "type": person.type,
        "employer": staff.employer if staff is not None else "",
        "duty": duty.name,
        "presence": "",
        "start": "",
        "end": "",
        "posts": "",
    }


def _times(time_zone: str, on: date, start: int, end: int) -> dict[str, str]:
    zone = ZoneInfo(time_zone)
    moments = {"start": stamp(on, start), "end": stamp(on, end)}
    return {name: at.replace(tzinfo=zone).isoformat(timespec="minutes") for name, at in moments.items()}


def _seat_rows(problem: Problem, roster: Roster, day: int) -> list[dict[str, str]]:
    offers = {seat.name: seat for seat in problem.seats}
    rows = []
    for use in roster.seats:
        seat = offers.get(use.seat)
        needs = roster.horizon.needs
        posts = [problem.post[name] for name in (seat.posts if seat else ()) if name in problem.post]
        post = next((one for one in posts if needs(one.days, day)), None)
        if seat is None or post is None or not needs(seat.days, day):
            continue
        on = roster.horizon.on(day)
        base = {
            "date": on.isoformat(),
            "weekday": WEEKDAYS[on.weekday()],
            "type": SEAT,
            "employer": seat.employer or "",
            "duty": seat.name,
            "presence": post.presence.value,
            "posts": post.name,
            **_times(problem.zone_of_post(post), on, *seat_window(post, seat)),
        }
        rows += [{**base, "person": f"{seat.name} #{number + 1}"} for number in range(use.number)]
    return rows


def _stand_in_rows(problem: Problem, roster: Roster, day: int) -> list[dict[str, str]]:
    rows = []
    for each in (each for each in roster.stand_ins if each.day == day and each.post in problem.post):
        post, on = problem.post[each.post], roster.horizon.on(day)
        base = {
            "date": on.isoformat(),
            "weekday": WEEKDAYS[on.weekday()],
            "type": SEAT,
            "employer": "",
            "duty": STAND_IN,
            "presence": post.presence.value,
            "posts": post.name,
            **_times(problem.zone_of_post(post), on, post.start, post.end),
        }
        rows += [{**base, "person": stand_in_name(post.name, number)} for number in range(each.number)]
    return rows


def _empty_rows(problem: Problem, roster: Roster, gap: Gap) -> list[dict[str, str]]:
    post, on = problem.post[gap.post], roster.horizon.on(gap.day)
    row = {
        "date": on.isoformat(),
        "weekday": WEEKDAYS[on.weekday()],
        "person": "",
        "type": EMPTY,
        "employer": "",
        "duty": EMPTY,
        "presence": post.presence.value,
        "posts": post.name,
        **_times(problem.zone_of_post(post), on, gap.start, gap.end),
    }
    return [dict(row) for _ in range(gap.missing)]


def write_roster(
    problem: Problem, roster: Roster, path: Path, held: Holding | None = None, gaps: Iterable[Gap] = ()
) -> None:
    """
    Write a roster as `roster.csv`, whole or not at all.

    Parameters
    ----------
    problem, roster, path : The scenario, the roster, and its file.
    held, gaps : As of `roster_rows`.

    Raises
    ------
    FileFault
        It cannot be written.
    """
    write_sheet(path, roster_rows(problem, roster, held, gaps))
