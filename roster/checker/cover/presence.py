"""Who is where, and which posts are wanted, from which minute to which: the two sides that a cover check matches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from roster.checker.cover.eligibility import may_hold
from roster.domain.horizon import Horizon, judged_from, judged_until, ring, seat_window
from roster.domain.outcome import Roster, Rotation, SeatUse
from roster.domain.problem import DAY, WEEK, Duty, Post, Problem, Shift, StaffType


@dataclass(frozen=True, slots=True)
class Presence:
    """One part of a person's duty, in minutes since the midnight that starts day 0; `able` are posts as bits."""

    person: int
    day: int
    part: int
    start: int
    end: int
    able: int


@dataclass(frozen=True, slots=True)
class PostDay:
    """
    A post on a day, in minutes since the midnight that starts day 0.

    `seats` are the vendor places in it: (name, start, end). Outside [judged, judged_end) it may stay empty, because
    who is there is not known.
    """

    post: int
    day: int
    start: int
    end: int
    seats: tuple[tuple[str, int, int], ...]
    judged: int
    judged_end: int


class Abilities:
    """Which posts each part of each duty of each staff type can hold, worked out once each."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._masks: dict[tuple[str, Duty, int], int] = {}

    def mask(self, staff: StaffType, duty: Duty, number: int) -> int:
        """
        Return the posts that people of a type can hold on a part of a duty, as bits.

        Parameters
        ----------
        staff, duty : The type, and the whole duty.
        number : Which part of it.
        """
        key = (staff.name, duty, number)
        if key not in self._masks:
            part: Shift = duty.parts[number]
            self._masks[key] = sum(
                1 << place
                for place, post in enumerate(self.problem.posts)
                if may_hold(self.problem, staff, (duty, part), post)
            )
        return self._masks[key]


def roster_presences(
    problem: Problem, roster: Roster, stated: Mapping[tuple[int, int, int], tuple[str, ...]] | None = None
) -> Iterator[Presence]:
    """
    Return where everybody of a roster is, the day before day 0 included where it is known.

    Parameters
    ----------
    problem, roster : The scenario, and the roster read.
    stated : Posts by (person, day, part); whoever is there holds those alone.
    """
    abilities, given = Abilities(problem), stated or {}
    places = {post.name: 1 << place for place, post in enumerate(problem.posts)}
    for person, duties in enumerate(roster.duties):
        staff = problem.type.get(roster.people[person].type)
        if staff is None:
            continue
        history = roster.history(person)[-1:]
        for day, duty in [*((-1, duty) for duty in history), *enumerate(duties)]:
            for number, part in enumerate(duty.parts):
                mask = abilities.mask(staff, duty, number)
                if (person, day, number) in given:
                    mask &= sum(places.get(name, 0) for name in set(given[person, day, number]))
                for start, end in part.stretches if mask else ():
                    if day * DAY + end > 0:
                        yield Presence(person, day, number, day * DAY + start, day * DAY + end, mask)


def rotation_presences(problem: Problem, rotations: Sequence[Rotation], weeks: int) -> Iterator[Presence]:
    """
    Return who is where in so many weeks, everybody on their lines; people are numbered over all rotations.

    After the last week the first comes again, with everybody where another was: whoever works the last Sunday night is
    on their own next line on Monday morning. So the last Sunday is read off the lines before the first week.

    Parameters
    ----------
    problem, rotations : The scenario, and all its rotations together.
    weeks : Length of the ring.
    """
    abilities, base, end_of_ring = Abilities(problem), 0, weeks * WEEK
    for rotation in rotations:
        staff = problem.type.get(rotation.type)
        for person, day, duty in _cells(rotation, weeks) if staff is not None else ():
            for number, part in enumerate(duty.parts):
                assert staff is not None
                mask = abilities.mask(staff, duty, number)
                for first, last in part.stretches if mask else ():
                    start, end = max(day * DAY + first, 0), min(day * DAY + last, end_of_ring)
                    if start < end:
                        yield Presence(base + person, day, number, start, end, mask)
        base += rotation.people


def _cells(rotation: Rotation, weeks: int) -> Iterator[tuple[int, int, Duty]]:
    """Yield what each person does on each day of so many weeks, and on the day before them."""
    for person in range(rotation.people):
        yield person, -1, rotation.lines[rotation.line(person, -1)][-1]
        for week in range(weeks):
            for weekday, duty in enumerate(rotation.lines[rotation.line(person, week)]):
                yield person, 7 * week + weekday, duty


def roster_wants(problem: Problem, roster: Roster) -> list[PostDay]:
    """Return every post of every day of a roster's calendar."""
    horizon = roster.horizon
    carried_in = bool(roster.before) and all(roster.before)
    bounds = [
        (judged_from(problem, post, carried_in=carried_in), judged_until(problem, post, horizon.days))
        for post in problem.posts
    ]
    return [
        PostDay(number, day, day * DAY + post.start, day * DAY + post.end, places, *bounds[number])
        for number, day, post, seats in _needs(problem, horizon, roster.seats)
        for places in [(*seats, *_stand_ins(roster, post, day))]
    ]


def _stand_ins(roster: Roster, post: Post, day: int) -> Iterator[tuple[str, int, int]]:
    """Places of a post that a vendor fills on this day only."""
    sent = sum(each.number for each in roster.stand_ins if (each.post, each.day) == (post.name, day))
    for number in range(min(sent, post.people) if post.vendor else 0):
        yield stand_in_name(post.name, number), day * DAY + post.start, day * DAY + post.end


def stand_in_name(post: str, number: int) -> str:
    """Return what a vendor's person for one day is called, by place of the post, from 0."""
    return f"{post} vendor #{number + 1}"


def rotation_wants(problem: Problem, seats: Sequence[SeatUse], weeks: int) -> list[PostDay]:
    """
    Return every post of a ring of weeks; what passes the last midnight comes twice, once for each side of it.

    Parameters
    ----------
    problem, seats : The scenario, and the vendor seats that are taken.
    weeks : Length of the ring.
    """
    found, length = [], weeks * WEEK
    for number, day, post, places in _needs(problem, ring(weeks), seats):
        for turn in (0, length):
            start, end = day * DAY + post.start - turn, day * DAY + post.end - turn
            moved = tuple((name, left - turn, right - turn) for name, left, right in places)
            if start < length and end > 0:
                found.append(PostDay(number, day, max(start, 0), min(end, length), moved, 0, length))
    return found


def _needs(
    problem: Problem, horizon: Horizon, seats: Sequence[SeatUse]
) -> Iterator[tuple[int, int, Post, tuple[tuple[str, int, int], ...]]]:
    """Posts needed on each day of a horizon, with the vendor places in them."""
    for day in range(horizon.days):
        for number, post in enumerate(problem.posts):
            if horizon.needs(post.days, day):
                yield number, day, post, _places(problem, horizon, seats, post, day)


def _places(
    problem: Problem, horizon: Horizon, seats: Sequence[SeatUse], post: Post, day: int
) -> tuple[tuple[str, int, int], ...]:
    offers = {seat.name: seat for seat in problem.seats if post.name in seat.posts}
    numbers = {name: count(1) for name in offers}
    found = []
    for use in seats:
        offer = offers.get(use.seat)
        if offer is None or not post.vendor or not horizon.needs(offer.days, day):
            continue
        start, end = seat_window(post, offer)
        names = [f"{offer.name} #{next(numbers[offer.name])}" for _ in range(min(use.number, post.people))]
        found += [(name, day * DAY + start, day * DAY + end) for name in names]
    return tuple(found)
