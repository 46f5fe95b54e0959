"""Names, days and times as an explanation says them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from roster.domain.problem import DAY, WEEK, Days, Post, Problem, Shift, StaffType
from roster.domain.rules import clock
from roster.language import tr
from roster.scenario.build.regimes import names as shipped
from roster.scenario.build.regimes import regime


def listed(words: Iterable[str]) -> str:
    """Return words one after the other, each once."""
    return tr("explain.and").join(dict.fromkeys(words))


def type_names(problem: Problem, names: Iterable[str]) -> str:
    """Return staff types by their titles."""
    return listed(problem.type[name].called for name in names)


def overtime_sources(problem: Problem, types: Iterable[StaffType]) -> str:
    """Return what allows overtime of these types: the texts on which their employers' regimes rest."""
    names = {employer.name: employer.regime for employer in problem.employers}
    found: list[str] = []
    for staff in types:
        name = names[staff.employer]
        if name not in shipped():
            found.append(name)
            continue
        limits = regime(name)
        found.append((limits.most_weekly if staff.overtime_average else limits.overtime_week).source)
    return "; ".join(dict.fromkeys(found))


def whom(problem: Problem, names: Sequence[str]) -> str:
    """Return staff types by their titles at the start of a sentence; all of them as one word."""
    every = len(names) == len(problem.types) > 1
    return tr("explain.all_types") if every else type_names(problem, names)


def post_names(problem: Problem, names: Iterable[str]) -> str:
    """Return posts by their titles."""
    return listed(problem.post[name].called for name in names)


def role_names(problem: Problem, names: Iterable[str]) -> str:
    """Return roles by their titles."""
    titles = {role.name: role.called for role in problem.roles}
    return listed(titles.get(name, name) for name in names)


def hour_text(minute: int) -> str:
    """
    Return a minute of a day as a time of day, whichever midnight it counts from.

    >>> hour_text(22 * 60), hour_text(32 * 60), hour_text(24 * 60)
    ('22:00', '08:00', '24:00')
    """
    return clock(minute % DAY or (DAY if minute else 0))


def weekday_clock(minute: int) -> str:
    """
    Return a minute of an ordinary week.

    >>> weekday_clock(1440 + 480)
    'Tue 08:00'
    """
    names = tr("common.day_names").split()
    return f"{names[minute % WEEK // DAY]} {clock(minute % DAY)}"


def days_text(days: Days) -> str:
    """Return the days on which a post is needed."""
    named = (days.workdays, days.restdays, days.holidays)
    rest = "ordinary" if days.ordinary else "restdays"
    if all(named):
        return tr("explain.daily")
    names = tr("common.day_names").split()
    words = [names[day] for day in sorted(days.weekdays)]
    for key, wanted in zip(("workdays", rest, "holidays"), named, strict=True):
        if wanted:
            words.append(tr(f"explain.{key}"))
    return listed([*words, *map(str, sorted(days.dates))])


def window_text(start: int, end: int) -> str:
    """
    Return a stretch of a day.

    >>> window_text(22 * 60, 30 * 60)
    '22:00-06:00'
    """
    return f"{hour_text(start % DAY)}-{hour_text(end)}"


def post_text(problem: Problem, post: Post) -> str:
    """Return a post as a sentence: how many of whom, when, and where."""
    return tr(
        "explain.post" if post.on_site else "explain.post_standby",
        post=post.called,
        people=post.people,
        roles=tr("explain.or").join(role_names(problem, [role]) for role in post.roles),
        days=days_text(post.days),
        window=window_text(post.start, post.end),
    )


def shifts_text(shifts: Iterable[Shift]) -> str:
    """Return shifts with their times."""
    return listed(
        f"{shift.called} {window_text(shift.start, shift.end) if not shift.pauses else shift.times}"
        for shift in shifts
    )
