"""Leave that goes on before or after the calendar is taken as far as it lies in it; only other dates are a fault."""

from __future__ import annotations

from datetime import date

import pytest

from roster.domain.problem import DAY, DateRange
from roster.rosters.leave_list import parse_leaves, split_leave

OCTOBER = DateRange(date(2026, 10, 1), 4, extra=3)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("2026-10-30..2026-11-03", (30, 31, 0, DAY)),
        ("2026-09-20..2026-10-02 12:00", (1, 2, 0, DAY // 2)),
        ("2026-09-01..2026-12-01", (1, 31, 0, DAY)),
        ("2026-09-30..2026-10-01", (1, 1, 0, DAY)),
        ("2026-09-28..2026-09-30", None),
        ("2026-11-01..2026-11-03", None),
    ],
)
def test_leave_over_the_borders_of_the_calendar(given: str, found: tuple[int, int, int, int] | None) -> None:
    asked = split_leave(f"Li:{given}")
    leaves, faults = parse_leaves([asked], ["Li"], OCTOBER)  # type: ignore[list-item]
    assert [(one.first.day, one.last.day, one.start, one.end) for one in leaves] == ([found] if found else [])
    assert [fault.message for fault in faults if "outside the calendar" in fault.message] == (
        [] if found else [fault.message for fault in faults]
    )
