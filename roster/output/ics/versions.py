"""
Versions of entries: what was published before is updated, not doubled, and what is gone is called off.

An entry keeps its identifier; when anything in it changes, its SEQUENCE rises by one (RFC 5546, 2.1.4). A duty that is
gone stays in the file as STATUS:CANCELLED: programs that imported the old file would otherwise keep it for ever.
Subscribed calendars are replaced as a whole, and hide it. Nothing depends on the time of day: equal rosters exported to
equal folders make equal files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from roster.language import tr
from roster.output.ics.entries import Entry
from roster.output.ics.lines import END, block, plain, text, unfolded

PRODUCT = "-//roster//roster//EN"

_EVENT = re.compile(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", re.DOTALL)
_VERSIONED = ("UID:", "DTSTAMP:", "SEQUENCE:", "STATUS:", "X-ROSTER-PERSON:", "X-ROSTER-DATE:")
LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class Version:
    """An entry as it stands in a file: which version it is, and whether it was called off."""

    entry: Entry
    sequence: int = 0
    cancelled: bool = False

    def content(self) -> str:
        """Return it as a VEVENT."""
        entry = self.entry
        # Some time that rises with the version, and is not the clock's.
        stamp = datetime.combine(entry.day, time(), UTC) + timedelta(seconds=self.sequence)
        return block(
            (
                "BEGIN:VEVENT",
                f"UID:{entry.uid}",
                f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
                f"SEQUENCE:{self.sequence}",
                f"STATUS:{'CANCELLED' if self.cancelled else 'CONFIRMED'}",
                f"X-ROSTER-PERSON:{text(entry.person)}",
                f"X-ROSTER-DATE:{entry.day:%Y%m%d}",
                *entry.lines,
                "END:VEVENT",
            )
        )


def published(file: Path, scenario: str) -> dict[str, Version]:
    """Return what a calendar file of ours says by identifier; nothing where it is none, or of another scenario."""
    try:
        if file.stat().st_size > LARGEST:
            return {}
        content = file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return {}
    head = unfolded(content.partition("BEGIN:V" + "EVENT")[0])
    if f"PRODID:{PRODUCT}{END}" not in head or f"X-ROSTER-SCENARIO:{text(scenario)}{END}" not in head:
        return {}
    versions = (_version(found.group(1)) for found in _EVENT.finditer(content))
    return {version.entry.uid: version for version in versions if version is not None}


def _version(content: str) -> Version | None:
    """Return the version of an entry that we wrote; None where somebody has meddled with it."""
    lines = unfolded(content).split(END)[:-1]
    parts = (line.partition(":") for line in lines if line.startswith(_VERSIONED))
    said = {name: value for name, _, value in parts}
    try:
        day = date.fromisoformat(said["X-ROSTER-DATE"])
        sequence = int(said["SEQUENCE"])
        entry = Entry(said["UID"], plain(said["X-ROSTER-PERSON"]), day, _rest(lines))
        return Version(entry, sequence, said["STATUS"] == "CANCELLED") if sequence >= 0 else None
    except (KeyError, ValueError):
        return None


def _rest(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if not line.startswith(_VERSIONED))


def latest(files: Iterable[Mapping[str, Version]]) -> dict[str, Version]:
    """Return the highest version of each entry; of equal ones that of the first file."""
    found: dict[str, Version] = {}
    for versions in files:
        for uid, version in versions.items():
            if uid not in found or found[uid].sequence < version.sequence:
                found[uid] = version
    return found


def updated(
    entries: Iterable[Entry], before: Mapping[str, Version], first: date, last: date
) -> Iterator[Version]:
    """
    Return the entries as versions that follow those published before, by date.

    What is gone is called off only within the dates of the new roster; before and after it lie other periods.

    Parameters
    ----------
    entries, before : What the roster has, and what was published before, by identifier.
    first, last : Dates of the roster, both included.
    """
    found: dict[str, Version] = {}
    for entry in entries:
        old = before.get(entry.uid)
        if old is None:
            found[entry.uid] = Version(entry)
        elif old.entry.lines == entry.lines and not old.cancelled:
            found[entry.uid] = Version(entry, old.sequence)
        else:
            found[entry.uid] = Version(entry, old.sequence + 1)
    for uid, old in before.items():
        if uid not in found:
            gone = first <= old.entry.day <= last and not old.cancelled
            found[uid] = _called_off(old) if gone else old
    return iter(sorted(found.values(), key=lambda one: (one.entry.day, one.entry.person, one.entry.lines)))


def _called_off(old: Version) -> Version:
    lines = []
    for line in old.entry.lines:
        if line.startswith("SUMMARY:"):
            line = f"SUMMARY:{text(tr('export.ics_cancelled', summary=plain(line.removeprefix('SUMMARY:'))))}"
        lines.append("TRANSP:TRANSPARENT" if line.startswith("TRANSP:") else line)
    return Version(
        Entry(old.entry.uid, old.entry.person, old.entry.day, tuple(lines)), old.sequence + 1, True
    )
