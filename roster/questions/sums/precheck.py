"""
What the people allowed can supply against what the posts want, before anything is solved: a matter of milliseconds.

By groups of posts that the same people may hold, by days on call, by moments of the week, and by the weeks of the
calendar. Every sum but the weeks' is a limit that no rota can get round: where one fails, the case is hopeless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import ceil

from roster.domain.horizon import DayKind, Horizon, calendar, days_a_week, ring
from roster.domain.problem import DAY, WEEK, Ban, Goal, Post, Problem, Shift, StaffType
from roster.domain.rules import StandbyShare, WeekHours, hours
from roster.language import tr
from roster.questions.sums.hours import Group, hours_rows, packed
from roster.questions.sums.supply import SupplyLimits, SupplyRow
from roster.questions.wording import hour_text, post_names, role_names, weekday_clock


def precheck(problem: Problem, most: int | None = None, goal: Goal | None = None) -> tuple[SupplyRow, ...]:
    """
    Return every sum of a problem.

    Parameters
    ----------
    problem : The scenario.
    most, goal : A limit, and on what; none, and the scenario's own goal, where not given.
    """
    books = SupplyLimits(problem, most, goal or problem.goal)
    by_hours, by_calls = list(hours_rows(books)), list(_standby(books))
    return (
        *_missing(books),
        *packed(books, [*by_hours, *by_calls]),
        *(row for _, row in by_hours),
        *(row for _, row in by_calls),
        *_moments(books),
        *_weeks(books),
    )


def hopeless(rows: Iterable[SupplyRow]) -> list[SupplyRow]:
    """Return the sums that fail: the plainest of each kind."""
    found: dict[str, SupplyRow] = {}
    for row in rows:
        if row.fails and (row.kind not in found or _plain(row) < _plain(found[row.kind])):
            found[row.kind] = row
    return list(found.values())


def _plain(row: SupplyRow) -> tuple[int, int]:
    short = row.needed - (row.allowed or 0)
    return (len(row.posts), -short)


def _missing(books: SupplyLimits) -> Iterator[SupplyRow]:
    """Yield the posts that nobody has the skill for, and the hours that no shift of those who have it reaches."""
    problem, week = books.problem, ring()
    for post in problem.posts:
        seats = [seat for seat in problem.seats if seat.post == post.name and seat.maximum]
        if not post.hard or seats or not any(week.needs(post.days, day) for day in range(7)):
            continue
        words = {"post": post_names(problem, [post.name]), "roles": role_names(problem, post.roles)}
        if not books.able(post):
            sentence = tr("explain.sum_skill", **words)
            yield SupplyRow("skill", words["post"], 1, None, 1, 0, sentence, (post.name,))
            continue
        gap = _unreached(problem, books.able(post), post)
        if gap:
            start, end = gap[0]
            sentence = tr("explain.sum_reach", start=hour_text(start), end=hour_text(end), **words)
            wanted = sum(b - a for a, b in gap)
            yield SupplyRow("reach", words["post"], wanted, 0, post.people, 0, sentence, (post.name,))


def _unreached(problem: Problem, able: frozenset[str], post: Post) -> list[tuple[int, int]]:
    """Return the stretches of a post's window, minutes of the day, that nobody able has a shift for."""
    cuts = {post.start, post.end}
    reach: list[tuple[int, int]] = []
    for name in able:
        for duty in problem.duties(problem.type[name]):
            for part in duty.parts:
                if problem.suits(duty, part, post):
                    for turn, (start, end) in product((-DAY, 0, DAY), part.stretches):
                        reach.append((start + turn, end + turn))
                        cuts.update((start + turn, end + turn))
    inside = sorted(cut for cut in cuts if post.start <= cut <= post.end)
    return [(a, b) for a, b in pairwise(inside) if not any(s <= a and b <= e for s, e in reach)]


def _standby(books: SupplyLimits) -> Iterator[Group]:
    """Yield what each post on call wants in days on call, against the share of days that people may be on call."""
    problem = books.problem
    for post in (post for post in problem.posts if post.hard and not post.on_site):
        able = books.able(post)
        shares = [_share(problem.type[name]) for name in able]
        longest = max((part.length for name in able for part in _calls(problem, name, post)), default=0)
        if not able or not longest or None in shares or any(seat.post == post.name for seat in problem.seats):
            continue
        percent = max(share for share in shares if share is not None)
        minutes = sum(b - a for a, b in _off_site(problem, able, post))
        needed_days = days_a_week(post.days) * post.people
        # A fraction of a day in one week is a whole one in another: only people are rounded up.
        days = Fraction(needed_days * minutes, min(longest, minutes)) if minutes else Fraction(0)
        allowed = books.allowed(able)
        if not days or not percent:
            continue
        needed = ceil(days * 100 / (7 * percent))
        what = post_names(problem, [post.name])
        words = {"post": what, "days": f"{float(days):.4g}", "percent": percent, "needed": needed}
        sentence = tr("explain.sum_standby", **words)
        supply = None if allowed is None else ceil(Fraction(7 * percent * allowed, 100))
        if allowed is not None and needed > allowed:
            share = float(Fraction(7 * percent * allowed, 100))
            sentence = tr("explain.sum_standby_short", people=allowed, supply=f"{share:g}", **words)
        yield able, SupplyRow("standby", what, ceil(days), supply, needed, allowed, sentence, (post.name,))


def _share(staff: StaffType) -> int | None:
    found = [rule.percent for rule in staff.rules if isinstance(rule, StandbyShare)]
    return min(found) if found else None


def _calls(problem: Problem, name: str, post: Post) -> Iterator[Shift]:
    for duty in problem.duties(problem.type[name]):
        if duty.standby is not None and problem.suits(duty, duty.standby, post):
            yield duty.standby


def _off_site(problem: Problem, able: frozenset[str], post: Post) -> list[tuple[int, int]]:
    """Return the stretches of a post on call that nobody at work could hold as well."""
    cuts, reach = {post.start, post.end}, []
    for name in able:
        for shift in (problem.shift[name_] for name_ in problem.type[name].shifts):
            if shift.on_site:
                for turn, (start, end) in product((-DAY, 0, DAY), shift.stretches):
                    reach.append((start + turn, end + turn))
                    cuts.update(reach[-1])
    inside = sorted(cut for cut in cuts if post.start <= cut <= post.end)
    return [(a, b) for a, b in pairwise(inside) if not any(s < b and a < e for s, e in reach)]


def _moments(books: SupplyLimits) -> Iterator[SupplyRow]:
    """Yield for each set of posts the moment of the week that wants most people at once."""
    problem, week = books.problem, ring()
    for able, posts in books.sets():
        allowed = books.allowed(able)
        if allowed is None:
            continue
        needed, at = 0, 0
        names: tuple[str, ...] = ()
        for minute in sorted({day * DAY + post.start for post in posts for day in range(7)}):
            now = [post for post in posts if _on(week, post, minute)]
            load = sum(post.people * post.load for post in now) - _bought(problem, now)
            people = ceil(Fraction(load, 100))
            if people > needed:
                needed, at, names = people, minute % WEEK, tuple(post.name for post in now)
        what = post_names(problem, names)
        words = {"posts": what, "when": weekday_clock(at), "needed": needed}
        key = "explain.sum_moment_short" if needed > allowed else "explain.sum_moment"
        sentence = tr(key, people=allowed, **words)
        yield SupplyRow("moment", what, needed, allowed, needed, allowed, sentence, names)


def _on(week: Horizon, post: Post, minute: int) -> bool:
    """Whether a post is needed at a minute of the ring week."""
    return any(
        week.needs(post.days, day % 7) and day * DAY + post.start <= minute < day * DAY + post.end
        for day in range(minute // DAY - 1, minute // DAY + 1)
    )


def _bought(problem: Problem, posts: Sequence[Post]) -> int:
    """Return percent of attention that vendor seats take off these posts at most."""
    names = {post.name: post.load for post in posts}
    return sum(seat.maximum * names[seat.post] for seat in problem.seats if seat.post in names)


def _weeks(books: SupplyLimits) -> Iterator[SupplyRow]:
    """Yield for each week of the calendar its hours on site against those of the people allowed, leave taken off."""
    problem = books.problem
    horizon = calendar(problem.dates)
    types = [staff for staff in problem.types if staff.maximum]
    everybody = books.allowed(staff.name for staff in types)
    limits = [_week_limit(staff) for staff in types]
    if everybody is None or not types:
        return
    most = max(limits)
    for week in horizon.weeks():
        days = range(week.first, week.last + 1)
        wanted = sum(
            post.length * post.people * post.load // 100
            for post in problem.posts
            for day in days
            if post.hard and post.on_site and horizon.needs(post.days, day)
        )
        away = sum(
            1
            for one in problem.restrictions
            for day in days
            if one.ban is Ban.DUTY
            and one.first <= horizon.on(day) <= one.last
            and one.minutes is None
            and horizon.kind(day) is DayKind.WORKDAY
        )
        supply = max(0, everybody * most - away * most // 5)
        needed = ceil(Fraction(wanted, most)) if most else 0
        words = {"date": horizon.on(week.first), "hours": hours(wanted), "supply": hours(supply)}
        sentence = tr("explain.sum_week", **words)
        yield SupplyRow("week", str(horizon.on(week.first)), wanted, supply, needed, everybody, sentence)


def _week_limit(staff: StaffType) -> int:
    found = [rule.minutes for rule in staff.rules if isinstance(rule, WeekHours) and rule.hard]
    return min([*found, staff.weekly_minutes])
