"""What `roster demand` measured, read from its `demand.json`: hours of each role, rates by hour, targets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roster.errors import FileFault, reason
from roster.language import tr

LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class MeasuredRole:
    """
    The work of one role.

    `hours` a week of booked effort, None where no effort was booked; `handling` minutes of one; `share` to be answered
    `within` minutes; `rates` arrivals an hour by kind of day and hour; `awake` people needed at work then.
    """

    role: str
    hours: float | None
    handling: float
    share: float
    within: float
    rates: Mapping[tuple[str, int], float]
    awake: Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class Measured:
    """A `demand.json`: its file, from when to when, and its roles by name."""

    file: str
    first: str
    last: str
    roles: Mapping[str, MeasuredRole]

    def hours(self, role: str) -> float | None:
        """Return the measured hours a week of a role; None where there are none."""
        return self.roles[role].hours if role in self.roles else None


def read_measured(path: Path) -> Measured:
    """Return what was measured; raises FileFault where the file is no `demand.json`."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileFault(tr("size.measured_bad", file=path))
        said: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileFault(tr("size.measured_unreadable", file=path, why=reason(error))) from error
    except ValueError:
        raise FileFault(tr("size.measured_bad", file=path)) from None
    try:
        if said["measured"] != 1:
            raise KeyError("measured")
        roles = {str(one["role"]): _role(one) for one in said["roles"]}
        return Measured(path.name, str(said["first"]), str(said["last"]), roles)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise FileFault(tr("size.measured_bad", file=path)) from None


def _role(one: dict[str, Any]) -> MeasuredRole:
    booked = one["handling_minutes"]["origin"] == "measured"
    later = one["waiting"]
    waits = float(later["hours_a_week"])
    hours: float | None = None
    if booked and (later["origin"] == "measured" or not waits):
        hours = float(one["at_once_hours_a_week"]) + waits
    places = [((str(hour["kind"]), int(hour["hour"])), hour) for hour in one["hours"]]
    return MeasuredRole(
        role=str(one["role"]),
        hours=hours,
        handling=float(one["handling_minutes"]["mean"]),
        share=float(one["target"]["share"]),
        within=float(one["target"]["within"]),
        rates={place: float(hour["rate"]) for place, hour in places},
        awake={place: int(hour["awake"]) for place, hour in places},
    )
