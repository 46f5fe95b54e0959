"""
Who is on call when, from the files of tools that page people: PagerDuty, Opsgenie, Grafana OnCall, and iCalendar.

Field names are those of the tools' published interfaces; the sources stand in docs/oncall.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from roster.errors import Fault, Faults, FileFault
from roster.language import tr
from roster.rosters.csv_sheet import read_text

KINDS = ("pagerduty", "opsgenie", "grafana", "ics")


@dataclass(frozen=True, slots=True)
class OnCall:
    """Somebody on call from one moment to another, both on the clock of the roster's zone; `schedule` is the file's."""

    who: tuple[str, ...]
    start: datetime
    end: datetime
    schedule: str = ""


def read_on_call(
    path: Path, kind: str, zone: str, frame: tuple[date, date], schedules: Collection[str] = ()
) -> list[OnCall]:
    """
    Return everybody's times on call in a file, as far as they touch a frame of dates.

    Parameters
    ----------
    path, kind : The file, and the tool it comes from.
    zone, frame : The scenario's time zone, and the first and last date.
    schedules : Names of those known; any other is called as the file is.

    Raises
    ------
    FileFault
        It cannot be read, or nobody is on call in it.
    Faults
        Times end before they start.
    """
    text = read_text(path)
    if kind == "ics":
        found = list(_calendar(path, text, zone, frame))
    else:
        try:
            found = list(_READERS[kind](json.loads(text), zone))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
            raise FileFault(tr("import.not_json", file=path, kind=kind, why=_why(error))) from error
    if not found:
        raise FileFault(tr("import.nobody", file=path, kind=kind))
    named = [
        replace(one, schedule=path.stem) if one.schedule not in schedules else one
        for one in found
        if _touches(one, frame)
    ]
    if turned := [one for one in named if one.end < one.start]:
        raise Faults(str(path), [_backwards(one) for one in turned])
    return [one for one in named if one.start < one.end]


def _backwards(one: OnCall) -> Fault:
    words = tr("import.backwards", start=f"{one.start:%Y-%m-%d %H:%M}", end=f"{one.end:%Y-%m-%d %H:%M}")
    return Fault(None, one.who[0] if one.who else "", words)


def _touches(one: OnCall, frame: tuple[date, date]) -> bool:
    first, last = sorted((one.start, one.end))
    return first.date() <= frame[1] + timedelta(days=1) and last.date() >= frame[0]


def _why(error: Exception) -> str:
    return str(error)[:120] or type(error).__name__


def _local(text: str, zone: str) -> datetime:
    """Return a moment of a file on the wall clock of a zone; one without an offset is on that clock already."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is None else at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _names(user: Any) -> tuple[str, ...]:
    """Return every text by which a user may be known: name, login, mail address and its first part."""
    if isinstance(user, str):
        user = {"name": user}
    keys = (
        "summary",
        "name",
        "full_name",
        "username",
        "user_username",
        "email",
        "user_email",
        "id",
        "user_pk",
    )
    found = [str(user[key]) for key in keys if isinstance(user, Mapping) and user.get(key)]
    return tuple(dict.fromkeys([*found, *(name.partition("@")[0] for name in found if "@" in name)]))


def _pagerduty(data: Any, zone: str) -> Iterator[OnCall]:
    """Yield entries of a schedule rendered between two dates, of `oncalls`, or of overrides."""
    for schedule in [*([data["schedule"]] if "schedule" in data else []), *data.get("schedules", ())]:
        name = str(schedule.get("name") or schedule.get("summary") or "")
        final = schedule.get("final_schedule") or {}
        for entry in final.get("rendered_schedule_entries", ()):
            yield _entry(_names(entry["user"]), entry["start"], entry["end"], name, zone)
    for entry in [*data.get("oncalls", ()), *data.get("overrides", ())]:
        if entry.get("start") and entry.get("end"):
            name = str((entry.get("schedule") or {}).get("summary", ""))
            yield _entry(_names(entry["user"]), entry["start"], entry["end"], name, zone)


def _opsgenie(data: Any, zone: str) -> Iterator[OnCall]:
    """Yield the periods of a schedule's final timeline, or overrides."""
    if isinstance(data, list):
        data = {"overrides": data}
    inner = data.get("data", data)
    timeline = inner.get("finalTimeline", {}) if isinstance(inner, Mapping) else {}
    for rotation in timeline.get("rotations", ()):
        for period in rotation.get("periods", ()):
            recipient = period.get("recipient") or {}
            if recipient.get("type", "user") == "user" and recipient:
                yield _entry(
                    _names(recipient),
                    period["startDate"],
                    period["endDate"],
                    str(rotation.get("name", "")),
                    zone,
                )
    for one in data.get("overrides", ()):
        yield _entry(_names(one["user"]), one["startDate"], one["endDate"], "", zone)


def _grafana(data: Any, zone: str) -> Iterator[OnCall]:
    """Yield the final shifts of a schedule, or single events of its shifts."""
    rows = data if isinstance(data, list) else data.get("results", data.get("on_call_shifts", ()))
    for row in rows:
        if "shift_start" in row:
            yield _entry(_names(row), row["shift_start"], row["shift_end"], "", zone)
        elif row.get("type") in ("single_event", "override"):
            own = row.get("time_zone") or zone
            start = datetime.fromisoformat(row["start"])
            aware = start if start.tzinfo is not None else start.replace(tzinfo=ZoneInfo(own))
            local = aware.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            end = (aware.astimezone(UTC) + timedelta(seconds=row["duration"])).astimezone(ZoneInfo(zone))
            for user in row["users"]:
                yield OnCall(_names(user), local, end.replace(tzinfo=None), str(row.get("name", "")))


def _entry(who: tuple[str, ...], start: str, end: str, schedule: str, zone: str) -> OnCall:
    return OnCall(who, _local(start, zone), _local(end, zone), schedule)


_READERS = {"pagerduty": _pagerduty, "opsgenie": _opsgenie, "grafana": _grafana}


def _calendar(path: Path, text: str, zone: str, frame: tuple[date, date]) -> Iterator[OnCall]:
    """Yield the entries of a calendar; whose they are stands in the summary, the guests, or the calendar's name."""
    # Imported here: it takes 80 ms.
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        raise FileFault(tr("import.not_ics", file=path, why=_why(error))) from error
    for calendar in calendars:
        title = str(calendar.get("X-WR-CALNAME", "")) or path.stem
        for event in calendar.walk("VEVENT"):
            if str(event.get("STATUS", "")).upper() == "CANCELLED" or "DTSTART" not in event:
                continue
            who = _invited(event, title)
            for start, end in _times(event, zone, frame):
                yield OnCall(who, start, end, title)


def _invited(event: Any, title: str) -> tuple[str, ...]:
    summary = str(event.get("SUMMARY", ""))
    people = event.get("ATTENDEE", [])
    texts = [
        summary,
        *(part.strip() for sign in ("·", "-", "–", ":", "：", "(") for part in summary.split(sign)),
    ]
    for one in people if isinstance(people, list) else [people]:
        texts += [str(one.params.get("CN", "")), str(one).removeprefix("mailto:").partition("@")[0]]
    return tuple(dict.fromkeys(text.strip(" )") for text in [*texts, title] if text.strip(" )")))


def _times(event: Any, zone: str, frame: tuple[date, date]) -> Iterable[tuple[datetime, datetime]]:
    begins = event.decoded("DTSTART")
    start = _wall(begins, zone)
    if "DTEND" in event:
        end = _wall(event.decoded("DTEND"), zone)
        if end == start and not isinstance(begins, datetime):
            # RFC 5545 wants the day after; many programs write an entry of one day like that.
            end += timedelta(days=1)
    else:
        length = event.decoded("DURATION") if "DURATION" in event else timedelta(days=1)
        end = start + length
    if "RRULE" not in event:
        return [(start, end)]
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    rule = event["RRULE"].to_ical().decode()
    last = datetime.combine(frame[1] + timedelta(days=2), datetime.min.time())
    skipped = {_wall(one.dt, zone) for part in _many(event.get("EXDATE")) for one in part.dts}
    # The end of a rule is a moment of the world's clock; here all is on the zone's.
    rule = ";".join(part.rstrip("Z") for part in rule.split(";"))
    starts = rrulestr(rule, dtstart=start).between(start - timedelta(days=1), last, inc=True)
    return [(at, at + (end - start)) for at in starts if at not in skipped]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _wall(value: date | datetime, zone: str) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, datetime.min.time())
    return value if value.tzinfo is None else value.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
