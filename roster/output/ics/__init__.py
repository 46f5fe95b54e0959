"""
Calendars: `roster.ics` with everybody and what stays empty, one file a person, and one for each chain and level for
tools that page people.

See `versions` for how a changed roster updates what was imported before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from roster.domain.problem import Problem
from roster.language import tr
from roster.output.examined_roster import Examined
from roster.output.formats import CALENDAR, ON_CALL, PEOPLE
from roster.output.ics.entries import duty_entries, gap_entries, post_entries
from roster.output.ics.lines import block, text
from roster.output.ics.names import file_names
from roster.output.ics.versions import PRODUCT, latest, published, updated
from roster.output.words.text import one_line

__all__ = ["write_calendars"]


def write_calendars(new: Path, earlier: Iterable[Path], examined: Examined) -> None:
    """
    Write the calendars as the versions that follow those in earlier folders.

    Parameters
    ----------
    new, earlier : The new folder, and those with what was published before.
    examined : The roster with what is said of it.

    Raises
    ------
    OSError
        They cannot be written.
    """
    problem, horizon = examined.problem, examined.roster.horizon
    first, last = horizon.on(0), horizon.on(horizon.days - 1)
    folders = list(dict.fromkeys(earlier))
    before = latest(published(folder / CALENDAR, problem.name) for folder in folders)
    versions = list(updated((*duty_entries(examined), *gap_entries(examined)), before, first, last))
    zone = _zone(problem, [version.entry.day for version in versions] or [first])
    events = [(version.entry.person, version.content()) for version in versions]
    _write(new / CALENDAR, problem, zone, one_line(problem.called), (one for _, one in events))
    (new / PEOPLE).mkdir()
    by_person: dict[str, list[str]] = {person.name: [] for person in examined.roster.people}
    for name, event in events:
        if name:
            by_person.setdefault(name, []).append(event)
    for name, stem in file_names(by_person).items():
        _write(new / PEOPLE / f"{stem}.ics", problem, zone, one_line(name), by_person[name])
    (new / ON_CALL).mkdir()
    groups = post_entries(examined)
    for name, stem in file_names(groups).items():
        file = Path(ON_CALL) / f"{stem}.ics"
        known = latest(published(folder / file, problem.name) for folder in folders)
        # These are subscribed to, and replaced as a whole: what is gone is simply not there.
        kept = [one for one in updated(groups[name], known, first, last) if not one.cancelled]
        _write(new / file, problem, zone, one_line(name), (one.content() for one in kept))


def _zone(problem: Problem, days: list[date]) -> str:
    """Return the time zones of a scenario as VTIMEZONEs for the years of its entries."""
    # Imported here: it takes 80 ms.
    from icalendar import Timezone

    first, last = date(min(days).year - 1, 1, 1), date(max(days).year + 2, 1, 1)
    made = (Timezone.from_tzid(zone, first_date=first, last_date=last) for zone in problem.zones)
    return "".join(zone.to_ical().decode() for zone in made)


def _write(file: Path, problem: Problem, zone: str, name: str, events: Iterable[str]) -> None:
    head = block(
        (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:{PRODUCT}",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"X-WR-CALNAME:{text(name)}",
            f"X-WR-TIMEZONE:{problem.dates.time_zone}",
            f"X-WR-CALDESC:{text(tr('export.ics_about', scenario=one_line(problem.called)))}",
            f"X-ROSTER-SCENARIO:{text(problem.name)}",
        )
    )
    with file.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        stream.write(head)
        stream.write(zone)
        stream.writelines(events)
        stream.write("END:VCALENDAR\r\n")
