"""The rows of hours.csv: everybody in figures."""

from __future__ import annotations

from collections.abc import Iterator

from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.scores import PersonScore

HOURS_COLUMNS = (
    "person",
    "type",
    "employer",
    "hours",
    "week_hours",
    "week_hours_limit",
    "working_days",
    "leave_days",
    "nights",
    "longest_nights",
    "longest_nights_limit",
    "longest_work",
    "longest_work_limit",
    "weekends",
    "free_weekends",
    "free_weekends_one_in",
    "standby_days",
    "standby_days_limit",
    "standby_percent",
    "statutory_days",
    "single_days_off",
    "single_days_on",
    "quick_returns",
)


def hours_rows(problem: Problem, scores: tuple[PersonScore, ...]) -> Iterator[tuple[object, ...]]:
    """Return the rows of hours.csv, one a person; an empty limit means that no rule sets one."""
    for one in scores:
        yield (
            one.name,
            one.type,
            problem.type[one.type].employer,
            hours(one.minutes),
            hours(round(one.week_minutes)),
            hours(one.week_minutes_limit),
            one.working_days,
            one.leave_days,
            one.nights,
            one.longest_nights,
            one.longest_nights_limit,
            one.longest_work,
            one.longest_work_limit,
            one.weekends,
            one.free_weekends,
            one.free_weekends_limit,
            one.standby_days,
            one.standby_days_limit,
            f"{one.standby_share:.1f}",
            one.statutory_days,
            one.single_days_off,
            one.single_days_on,
            one.quick_returns,
        )
