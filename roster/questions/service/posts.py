"""What a service means for each post: how much of it is held, when it is empty, and the same as a problem to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from roster.checker import check_rotation, coverage_of_rotation
from roster.domain.horizon import ring, seat_window
from roster.domain.outcome import Rotation, SeatUse
from roster.domain.problem import DAY, WEEK, Days, Post, Problem, Seat


@dataclass(frozen=True, slots=True)
class MissingPeople:
    """
    People missing at a post on one day: minutes after the midnight of the day the post belongs to.

    Days are counted from the first Monday of a rota that may repeat after several weeks.
    """

    day: int
    start: int
    end: int
    missing: int

    @property
    def minutes(self) -> int:
        """Person-minutes that stay empty."""
        return (self.end - self.start) * self.missing


@dataclass(frozen=True, slots=True)
class PostService:
    """
    How far a post is held in an ordinary week, in person-minutes, and when it is not.

    With `weeks` above 1 gaps are those of so many weeks, and what is empty is a week's on average, rounded up.
    """

    post: Post
    wanted: int
    gaps: tuple[MissingPeople, ...] = ()
    weeks: int = 1

    @property
    def empty(self) -> int:
        """Person-minutes empty."""
        return -(-sum(gap.minutes for gap in self.gaps) // self.weeks)

    @property
    def held(self) -> int:
        """Person-minutes held."""
        return self.wanted - self.empty

    @property
    def state(self) -> str:
        """Return `held`, `partly` or `empty`."""
        missing = sum(gap.minutes for gap in self.gaps)
        return "held" if not missing else "partly" if missing < self.wanted * self.weeks else "empty"


def post_services(
    problem: Problem, empty: Mapping[tuple[str, int, int], int], weeks: int = 1
) -> tuple[PostService, ...]:
    """
    Return how far each post is held, those of highest priority first.

    Parameters
    ----------
    problem : The scenario.
    empty : People missing, by post and stretch of the weeks in minutes since the first Monday 00:00.
    weeks : How many weeks these are.
    """
    horizon = ring(weeks)
    found = []
    for post in sorted(problem.posts, key=lambda one: (not one.hard, one.priority)):
        days = [day for day in range(7 * weeks) if horizon.needs(post.days, day)]
        pieces = {
            (start, end): number
            for (name, start, end), number in sorted(empty.items())
            if name == post.name and number
        }
        gaps = [gap for day in days for gap in _gaps(post, day, pieces, weeks)]
        wanted = len(days) // weeks * post.length * post.people
        found.append(PostService(post, wanted, tuple(gaps), weeks))
    return tuple(found)


def _gaps(post: Post, day: int, pieces: Mapping[tuple[int, int], int], weeks: int) -> Iterator[MissingPeople]:
    """Yield the gaps of a post on one day, stretches that follow each other with as many missing joined."""
    found: list[MissingPeople] = []
    for (first, last), number in pieces.items():
        for turn in (0, weeks * WEEK):
            start, end = first + turn - day * DAY, last + turn - day * DAY
            if post.start <= start and end <= post.end:
                found.append(MissingPeople(day, start, end, number))
    joined: list[MissingPeople] = []
    for gap in sorted(found, key=lambda one: one.start):
        if joined and joined[-1].end == gap.start and joined[-1].missing == gap.missing:
            joined[-1] = replace(joined[-1], end=gap.end)
        else:
            joined.append(gap)
    yield from joined


def _held_only(
    problem: Problem, services: Iterable[PostService], seats: Sequence[SeatUse]
) -> tuple[Problem, tuple[SeatUse, ...]]:
    """
    Return the problem with its posts cut down to what is told as held, so that a check of it is a check of the telling.

    A post with gaps becomes a post for each day and stretch with the same number of people; its seats are cut alike.
    """
    posts: list[Post] = []
    offers: list[Seat] = []
    taken: list[SeatUse] = []
    number = {use.seat: use.number for use in seats}
    for service in services:
        mine = [seat for seat in problem.seats if seat.post == service.post.name]
        if not service.gaps:
            posts.append(service.post)
            offers += mine
            taken += [SeatUse(seat.name, number[seat.name]) for seat in mine if seat.name in number]
            continue
        for part, day, shift in held_parts(service):
            posts.append(part)
            for seat in mine:
                cut = _cut_seat(service.post, seat, part, day, shift)
                if cut is not None and number.get(seat.name):
                    offers.append(cut)
                    taken.append(SeatUse(cut.name, number[seat.name]))
    return replace(problem, posts=tuple(posts), seats=tuple(offers)), tuple(taken)


def held_parts(service: PostService) -> Iterator[tuple[Post, int, int]]:
    """Yield the parts of a post that are held, the day they belong to, and the midnights between both."""
    post, week = service.post, ring()
    for day in range(7):
        if not week.needs(post.days, day):
            continue
        gaps = [gap for gap in service.gaps if gap.day == day]
        edges = sorted({post.start, post.end, *(edge for gap in gaps for edge in (gap.start, gap.end))})
        for start, end in pairwise(edges):
            missing = sum(gap.missing for gap in gaps if gap.start <= start < gap.end)
            if missing < post.people:
                shift = start // DAY
                part = replace(
                    post,
                    name=f"{post.name} {day} {start}",
                    start=start - shift * DAY,
                    length=end - start,
                    people=post.people - missing,
                    days=Days(weekdays=frozenset({(day + shift) % 7})),
                )
                yield part, day, shift


def _cut_seat(post: Post, seat: Seat, part: Post, day: int, shift: int) -> Seat | None:
    if not ring().needs(seat.days, day):
        return None
    first, last = seat_window(post, seat)
    start, end = max(first - shift * DAY, part.start), min(last - shift * DAY, part.end)
    if start >= end:
        return None
    return replace(
        seat,
        name=f"{seat.name} {part.name}",
        post=part.name,
        start=start % DAY,
        length=end - start,
        days=part.days,
    )


def faults(
    problem: Problem, services: Sequence[PostService], rotations: Sequence[Rotation], seats: Sequence[SeatUse]
) -> list[str]:
    """
    Return in sentences what the independent check has against rotations, but for the posts told as empty.

    Parameters
    ----------
    problem : With as many people of each type as there are.
    services : How far each post is held.
    rotations, seats : All rotations together, and the vendor seats that are taken.
    """
    found = [one.sentence for one in check_rotation(problem, rotations, seats) if one.rule != "post"]
    short = Counter(_short(problem, services, rotations, seats))
    return found + [f"{name}: {number} stretches told as held are empty" for name, number in short.items()]


def _short(
    problem: Problem, services: Sequence[PostService], rotations: Sequence[Rotation], seats: Sequence[SeatUse]
) -> Iterator[str]:
    """
    Yield the posts that are not held where they are told to be, one for each stretch.

    Where gaps differ from week to week, each day is looked at by itself, with the posts of the days beside it.
    """
    weeks = max((one.weeks for one in services), default=1)
    if weeks == 1:
        told, taken = _held_only(problem, services, seats)
        rows = coverage_of_rotation(told, rotations, taken)
        yield from (row.post for row in rows if row.held < row.required)
        return
    for day in range(7 * weeks):
        own = tuple(around(one, day) for one in services if around(one, day).post.days.weekdays)
        told, taken = _held_only(problem, own, seats)
        of_day = {
            part.name: (day + shift) % (7 * weeks) for one in own for part, weekday, shift in held_parts(one)
        }
        names = {part.name for one in own for part, weekday, _ in held_parts(one) if weekday == day % 7}
        for row in coverage_of_rotation(told, rotations, taken):
            cut = row.post in of_day
            mine = row.day == of_day[row.post] and row.post in names if cut else row.day == day
            if mine and row.held < row.required:
                yield row.post


def around(service: PostService, day: int) -> PostService:
    """Return a post on one day of several weeks, the day before and the day after, as if they were of one week."""
    days = {other % (7 * service.weeks): other % 7 for other in (day - 1, day, day + 1)}
    weekdays = frozenset(weekday for weekday in days.values() if ring().needs(service.post.days, weekday))
    gaps = tuple(replace(gap, day=days[gap.day]) for gap in service.gaps if gap.day in days)
    return PostService(replace(service.post, days=Days(weekdays=weekdays)), service.wanted, gaps)


def by_week(service: PostService) -> list[tuple[int | None, PostService]]:
    """
    Return a post's gaps week by week, each with the number of its week; once, without a number, where all are alike.

    Days of the gaps are those of one week then.
    """
    weeks = [
        tuple(replace(gap, day=gap.day % 7) for gap in service.gaps if gap.day // 7 == week)
        for week in range(service.weeks)
    ]
    if len(set(weeks)) == 1:
        return [(None, replace(service, gaps=weeks[0], weeks=1))]
    return [(week, replace(service, gaps=gaps, weeks=1)) for week, gaps in enumerate(weeks, start=1) if gaps]


def alike(gaps: Iterable[MissingPeople]) -> list[tuple[MissingPeople, tuple[int, ...]]]:
    """Return gaps that differ in nothing but the day once, with the days; the longest first."""
    ordered = sorted(gaps, key=lambda gap: (gap.start - gap.end, gap.start, -gap.missing, gap.day))
    groups = groupby(ordered, key=lambda gap: (gap.start, gap.end, gap.missing))
    found = [list(same) for _, same in groups]
    return [(same[0], tuple(gap.day for gap in same)) for same in found]
