"""
Every figure that is reported about a roster or its rotations, worked out again from the finished duties.

Nothing here knows how the roster was made. The limits stand beside the figures they belong to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from roster.checker import (
    PersonCase,
    PostHeld,
    Timeline,
    count_breaches,
    coverage,
    coverage_of_rotation,
    leave_days,
    leave_minutes,
    period_left,
    ring_weeks,
    weekend_free,
    weekends,
    worked_minutes,
)
from roster.domain import rules
from roster.domain.costs import Cost, headcount_of, monthly_cost
from roster.domain.even_weeks import even_weeks
from roster.domain.horizon import days_a_week, ring
from roster.domain.outcome import Headcount, Roster, Rotation, SeatUse
from roster.domain.problem import DAY, Duty, Problem, StaffType, Wish

QUICK_RETURN = 11 * 60
"""Less rest than this, in minutes, between two duties is a quick return (Directive 2003/88/EC, art. 3: 11 h)."""


@dataclass(frozen=True, slots=True)
class PersonScore:
    """
    One person's figures over a calendar; the fields with `limit` are what the person's rules allow, None: nothing.

    `week_minutes` is the average of the weeks present, in minutes; `longest_*` count days in a row. `free_weekends` are
    those without a minute of duty between Saturday 00:00 and Monday 00:00, of the `weekends` wholly inside.
    `period_left` are the minutes that a reference period longer than the calendar still has after it, None without one.
    """

    name: str
    type: str
    minutes: int
    week_minutes: float
    week_minutes_limit: int
    working_days: int
    nights: int
    weekends: int
    free_weekends: int
    free_weekends_limit: int | None
    standby_days: int
    standby_share: float
    standby_days_limit: int | None
    leave_days: int
    single_days_off: int
    single_days_on: int
    quick_returns: int
    statutory_days: int
    longest_work: int
    longest_work_limit: int | None
    longest_nights: int
    longest_nights_limit: int | None
    period_left: int | None = None


@dataclass(frozen=True, slots=True)
class PostScore:
    """Person-hours of a post over the days judged: wanted, held and empty, in minutes; the price of the empty ones."""

    post: str
    hard: bool
    wanted: int
    held: int
    empty: int
    price: float


@dataclass(frozen=True, slots=True)
class Scores:
    """A roster on dates in figures."""

    people: tuple[PersonScore, ...]
    headcount: Headcount
    cost: Cost
    posts: tuple[PostScore, ...]

    @property
    def empty_price(self) -> float:
        """What the empty hours of soft posts cost, over the days judged."""
        return sum(post.price for post in self.posts)


@dataclass(frozen=True, slots=True)
class QualityScore:
    """One soft rule: how often it is broken, and the points that makes."""

    rule: rules.Rule
    breaches: int

    @property
    def points(self) -> int:
        """Price times breaches."""
        return self.breaches * (self.rule.price or 0)


@dataclass(frozen=True, slots=True)
class RotationScore:
    """One rotation in figures; minutes are of one week on average, counts of one circuit."""

    rotation: Rotation
    people: int
    week_minutes: float
    week_minutes_limit: int
    weekends: int
    free_weekends: int
    standby_share: float
    nights: int
    quality: tuple[QualityScore, ...]


@dataclass(frozen=True, slots=True)
class RotationScores:
    """
    Rotations in figures.

    `demanded` are the minutes of on-site posts in an ordinary week, people times window; `supplied` the minutes on
    site of all lines. Where one person holds two posts at once, less can be supplied than is demanded.
    """

    rotations: tuple[RotationScore, ...]
    headcount: Headcount
    cost: Cost
    posts: tuple[PostScore, ...]
    demanded: int
    supplied: int

    @property
    def points(self) -> int:
        """Points of all soft rules in all rotations."""
        return sum(quality.points for rotation in self.rotations for quality in rotation.quality)

    @property
    def empty_price(self) -> float:
        """What the empty hours of soft posts cost in an ordinary week."""
        return sum(post.price for post in self.posts)


def score(problem: Problem, roster: Roster) -> Scores:
    """Return a roster in figures. Its people must be of staff types of the problem."""
    people = score_people(problem, roster)
    headcount = _count_heads(problem, (person.type for person in roster.people), roster.seats)
    posts = _posts(problem, coverage(problem, roster))
    return Scores(people, headcount, monthly_cost(problem, headcount), posts)


def score_people(problem: Problem, roster: Roster) -> tuple[PersonScore, ...]:
    """Return everybody in figures."""
    return tuple(_person(problem, roster, index) for index in range(len(roster.people)))


def wishes_granted(problem: Problem, roster: Roster) -> tuple[tuple[Wish, int, int], ...]:
    """Return for each wish of somebody in a roster on how many of its dates it is granted, and how many there are."""
    rows = {person.name: line for person, line in zip(roster.people, roster.duties, strict=True)}
    found = []
    for wish in (wish for wish in problem.wishes if wish.person in rows):
        first, last = roster.horizon.number(wish.first), roster.horizon.number(wish.last)
        days = range(max(first, 0), min(last + 1, roster.horizon.days))
        granted = sum(wish.granted(rows[wish.person][day].name) for day in days)
        found.append((wish, granted, len(days)))
    return tuple(found)


def score_rotation(
    problem: Problem, rotations: Sequence[Rotation], seats: Sequence[SeatUse] = ()
) -> RotationScores:
    """
    Return rotations in figures.

    Parameters
    ----------
    problem, rotations : The scenario, and all its rotations together; their types are the scenario's.
    seats : The vendor seats that are taken.
    """
    types = (rotation.type for rotation in rotations for _ in range(rotation.people))
    headcount = _count_heads(problem, types, seats)
    posts = _posts(problem, coverage_of_rotation(problem, rotations, seats), weeks=ring_weeks(rotations))
    on_site = [post for post in problem.posts if post.on_site]
    wanted = sum(post.length * post.people * days_a_week(post.days) for post in on_site)
    supplied = sum(
        sum(part.minutes for duty in rotation.word for part in duty.parts if part.on_site) / rotation.weeks
        for rotation in rotations
    )
    scored = tuple(
        _rotation(problem, rotation, even_weeks(_of_type(rotations, rotation.type), problem.even_weeks))
        for rotation in rotations
        if rotation.lines
    )
    return RotationScores(scored, headcount, monthly_cost(problem, headcount), posts, wanted, round(supplied))


def _count_heads(problem: Problem, types: Iterable[str], seats: Sequence[SeatUse]) -> Headcount:
    """Return how many people there are of each type and employer, in the order of the types; and the vendor seats."""
    counted = Counter(types)
    by_type = {staff.name: counted[staff.name] for staff in problem.types if counted[staff.name]}
    return headcount_of(problem, by_type, tuple(seats))


def _person(problem: Problem, roster: Roster, index: int) -> PersonScore:
    person, duties, horizon = roster.people[index], roster.duties[index], roster.horizon
    staff = problem.type[person.type]
    line = Timeline(duties, horizon, roster.history(index))
    judged = [saturday for saturday in weekends(line) if saturday >= 0]
    away = leave_days(problem, person.name, horizon)
    minutes = sum(worked_minutes(problem, staff, horizon, day, duty) for day, duty in enumerate(duties))
    week = staff.calendar_minutes
    taken = float(leave_minutes(problem, person.name, staff, horizon))
    present = max(0.0, horizon.days / 7 - taken / week) if week else horizon.days / 7
    averaged = next((rule for rule in staff.rules if isinstance(rule, rules.AverageHours)), None)
    left = None
    if averaged is not None and averaged.over > horizon.days:
        case = PersonCase(problem, line, staff, away, leave_minutes(problem, person.name, staff, horizon))
        left = max(0, period_left(averaged, case) - minutes)

    def breaches(rule: rules.Rule) -> int:
        before = roster.history(index)
        return count_breaches(rule, duties, horizon, problem, staff=staff, before=before, leave=away)

    standby = sum(any(not part.on_site for part in duty.parts) for duty in duties)
    statutory = {day for day in range(horizon.days) if horizon.on(day) in problem.dates.statutory}
    return PersonScore(
        name=person.name,
        type=person.type,
        minutes=minutes,
        week_minutes=minutes / present if present else float(minutes),
        week_minutes_limit=staff.weekly_minutes,
        working_days=sum(duty.works for duty in duties),
        nights=sum(duty.night for duty in duties),
        weekends=len(judged),
        free_weekends=sum(weekend_free(line, saturday) for saturday in judged),
        free_weekends_limit=_limit(staff, rules.FreeWeekends, lambda rule: rule.one_in),
        standby_days=standby,
        standby_share=100 * standby / horizon.days if horizon.days else 0.0,
        standby_days_limit=_limit(staff, rules.StandbyShare, lambda rule: rule.most_days(horizon.days)),
        leave_days=len(away),
        single_days_off=breaches(rules.OffBlock(shortest=2)),
        single_days_on=breaches(rules.WorkBlock(shortest=2)),
        quick_returns=breaches(rules.MinRest(minutes=QUICK_RETURN)),
        statutory_days=len(statutory & _days_at_work(duties)),
        longest_work=_longest(line, lambda duty: duty.works),
        longest_work_limit=_limit(staff, rules.WorkBlock, lambda rule: rule.longest),
        longest_nights=_longest(line, lambda duty: duty.night),
        longest_nights_limit=_limit(staff, rules.MaxNights, lambda rule: rule.nights),
        period_left=left,
    )


def _days_at_work(duties: tuple[Duty, ...]) -> set[int]:
    """Return the days with a minute of a shift on site: the morning after a night counts."""
    found: set[int] = set()
    for day, duty in enumerate(duties):
        if duty.shift is not None:
            found.update(range(day + duty.shift.start // DAY, day + (duty.shift.end - 1) // DAY + 1))
    return found


def _longest(line: Timeline, test: Callable[[Duty], bool]) -> int:
    """Return the most days in a row that touch the horizon, those carried in counted."""
    return max((run.length for run in line.runs(test) if run.last >= 0), default=0)


R = TypeVar("R", bound=rules.Rule)


def _limit(staff: StaffType, kind: type[R], of: Callable[[R], int | None]) -> int | None:
    """Return what the hard rule of a kind allows; None where there is none."""
    for rule in staff.rules:
        if isinstance(rule, kind) and (rule.hard or kind in rules.AVERAGES):
            return of(rule)
    return None


def _posts(problem: Problem, rows: Sequence[PostHeld], weeks: int = 1) -> tuple[PostScore, ...]:
    """Return each post in figures; minutes are those of all rows, divided by a number of weeks."""
    wanted, held, empty = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        minutes = row.end - row.start
        wanted[row.post] += minutes * row.required
        held[row.post] += minutes * min(row.held, row.required)
        empty[row.post] += minutes * max(0, row.required - row.held)
    return tuple(
        PostScore(
            post.name,
            post.hard,
            wanted[post.name] // weeks,
            held[post.name] // weeks,
            -(-empty[post.name] // weeks),
            0.0 if post.hard else empty[post.name] * post.price / 60 / weeks,
        )
        for post in problem.posts
    )


def _of_type(rotations: Iterable[Rotation], name: str) -> list[Rotation]:
    return [rotation for rotation in rotations if rotation.type == name]


def _rotation(problem: Problem, rotation: Rotation, alike: rules.Rule | None) -> RotationScore:
    staff, word, weeks = problem.type[rotation.type], rotation.word, len(rotation.lines)
    horizon = ring(weeks)
    line = Timeline(word, horizon)
    judged = weekends(line)
    standby = sum(any(not part.on_site for part in duty.parts) for duty in word)
    wishes = (*staff.rules, *problem.quality, *((alike,) if alike else ()))
    soft = dict.fromkeys(rule for rule in wishes if not rule.hard)
    return RotationScore(
        rotation=rotation,
        people=rotation.people,
        week_minutes=sum(duty.work_minutes for duty in word) / weeks,
        week_minutes_limit=staff.net_minutes,
        weekends=len(judged),
        free_weekends=sum(weekend_free(line, saturday) for saturday in judged),
        standby_share=100 * standby / (7 * weeks),
        nights=sum(duty.night for duty in word),
        quality=tuple(
            QualityScore(rule, count_breaches(rule, word, horizon, problem, staff=staff)) for rule in soft
        ),
    )
