"""Breaches and empty posts put into sentences for a manager, the same finding on several days in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from roster.checker.cover.stretches import PostHeld
from roster.checker.rules.breach import Breach, Moment, OnDay
from roster.domain.horizon import Horizon
from roster.domain.outcome import Violation
from roster.domain.problem import DAY, Problem
from roster.language import tr

RANGES = 4
"""So many ranges of days are written out; the rest is counted."""

SINGLE = ("work_block_short", "off_block_short", "shift_run_short")
"""Sentences that say one day otherwise than several."""


def day_text(horizon: Horizon, day: int) -> str:
    """Return a day as people read it: a date, or a line and weekday of a rotation."""
    weekday = tr("common.day_names").split()[horizon.weekday(day)]
    if horizon.first is not None:
        return tr("checker.date", weekday=weekday, date=horizon.on(day).isoformat())
    if horizon.days <= 7:
        return weekday
    return tr("checker.line_day", line=day % horizon.days // 7 + 1, weekday=weekday)


def moment_text(horizon: Horizon, moment: Moment) -> str:
    """Return a minute of a day as people read it."""
    over, minute = divmod(moment.minute, DAY)
    if moment.ending and minute == 0:
        over, minute = over - 1, DAY
    return f"{day_text(horizon, moment.day + over)} {minute // 60:02d}:{minute % 60:02d}"


def days_text(horizon: Horizon, days: Iterable[int], most: int | None = RANGES) -> str:
    """
    Return days as people read them, days in a row as a range; beyond so many ranges only how many more they are.

    Parameters
    ----------
    horizon, days : The dates, and numbers of days in any order.
    most : Ranges that are written out; None for all.
    """
    ranges: list[list[int]] = []
    for day in sorted(set(days)):
        if ranges and ranges[-1][1] == day - 1:
            ranges[-1][1] = day
        else:
            ranges.append([day, day])
    texts = [
        day_text(horizon, first)
        if first == last
        else tr("checker.range", first=day_text(horizon, first), last=day_text(horizon, last))
        for first, last in ranges[:most]
    ]
    text = tr("checker.comma").join(texts)
    rest = 0 if most is None else sum(last - first + 1 for first, last in ranges[most:])
    return tr("checker.and_more", days=text, number=rest) if rest else text


def _figure(horizon: Horizon, figure: object) -> object:
    if isinstance(figure, OnDay):
        return day_text(horizon, figure.day)
    return moment_text(horizon, figure) if isinstance(figure, Moment) else figure


def said(horizon: Horizon, rule: str, who: str, breaches: Iterable[Breach]) -> list[Violation]:
    """
    Return breaches of one rule by one person as violations: what is found alike on several days is said once.

    Parameters
    ----------
    horizon : The dates that the sentences name.
    rule, who : Key of the rule, and the person's name.
    breaches : Where the rule is broken.
    """
    alike: dict[tuple[object, ...], list[Breach]] = {}
    for breach in breaches:
        alike.setdefault(breach.shape, []).append(breach)
    found = []
    for same in alike.values():
        first = same[0]
        figures = {name: _figure(horizon, figure) for name, figure in first.figures.items()}
        one = first.text in SINGLE and first.figures.get("found") == 1
        sentence = tr(f"checker.{first.text}_one" if one else f"checker.{first.text}", who=who, **figures)
        if len(same) > 1:
            others = days_text(horizon, [breach.days[-1] for breach in same[1:]])
            sentence = tr("checker.again", sentence=sentence, number=len(same) - 1, days=others)
        days = sorted(
            {day % horizon.days if horizon.cyclic else day for breach in same for day in breach.days}
        )
        found.append(Violation(rule, who, tuple(day for day in days if 0 <= day < horizon.days), sentence))
    return found


def empty_posts(problem: Problem, horizon: Horizon, rows: Sequence[PostHeld]) -> list[Violation]:
    """
    Return hard posts short of people as violations: the same gap on several days is said once.

    Parameters
    ----------
    problem, horizon : The scenario, and the dates.
    rows : Who holds what over each stretch of time.
    """
    gaps = [row for row in rows if row.held < row.required and problem.post[row.post].hard]
    daily: dict[tuple[str, int, int, int], list[int]] = {}
    for (post, day, held), same in groupby(gaps, key=lambda row: (row.post, row.day, row.held)):
        for start, end in _joined(same):
            daily.setdefault((post, start, end, held), []).append(day)
    found = []
    for (name, start, end, held), days in daily.items():
        post = problem.post[name]
        sentence = tr(
            "checker.post_one" if post.people == 1 else "checker.post_many",
            post=post.called,
            level=post.level,
            held=held,
            required=post.people,
            days=days_text(horizon, days),
            start=_clock(start),
            end=_clock(end),
        )
        found.append(Violation("post", None, tuple(sorted(days)), sentence))
    return found


def _joined(rows: Iterable[PostHeld]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for row in rows:
        if spans and spans[-1][1] == row.start:
            spans[-1] = (spans[-1][0], row.end)
        else:
            spans.append((row.start, row.end))
    return spans


def _clock(minute: int) -> str:
    """Return a time of day; what lies past midnight says so."""
    if minute <= DAY:
        return f"{minute // 60:02d}:{minute % 60:02d}"
    return tr("checker.next_day", time=f"{(minute - DAY) // 60:02d}:{minute % 60:02d}")
