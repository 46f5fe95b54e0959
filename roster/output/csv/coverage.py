"""The rows of coverage.csv: every post, stretch by stretch, with who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from roster.checker import PostHeld
from roster.domain.horizon import Horizon
from roster.domain.problem import Problem

COVERAGE_COLUMNS = ("date", "start", "end", "post", "level", "required", "held", "by")


def coverage_rows(
    problem: Problem, rows: Iterable[PostHeld], horizon: Horizon
) -> Iterator[tuple[object, ...]]:
    """
    Return one row a post and stretch of time in which the same people hold it.

    Parameters
    ----------
    problem, horizon : The scenario with its time zones, and the dates.
    rows : Who holds each post over each stretch of time.
    """
    for row in rows:
        zone = ZoneInfo(problem.zone_of_post(problem.post[row.post]))
        yield (
            horizon.on(row.day).isoformat(),
            _moment(horizon, zone, row.day, row.start),
            _moment(horizon, zone, row.day, row.end),
            row.post,
            row.level,
            row.required,
            row.held,
            ";".join(row.by),
        )


def _moment(horizon: Horizon, zone: ZoneInfo, day: int, minute: int) -> str:
    """
    Return minutes after the midnight of a day as ISO 8601 with the offset from UTC.

    >>> from datetime import date
    >>> _moment(Horizon(7, first=date(2027, 1, 4)), ZoneInfo("Asia/Shanghai"), 0, 24 * 60)
    '2027-01-05T00:00+08:00'
    """
    local = datetime.combine(horizon.on(day), time()) + timedelta(minutes=minute)
    return local.replace(tzinfo=zone).isoformat(timespec="minutes")
