"""
The classical relief factor, for comparison with what was proven.

Hours that posts want in a year over hours that one person is there in a year: 8760 / 1850 = 4.73 people for one seat
held round the clock. So staffing studies of emergency call centres count (APCO 2000; a study for Orange County, NC,
has 5.10 for each 24/7 position). A week's hours over a week's net hours is the same figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from roster.domain.outcome import SeatUse
from roster.domain.problem import WEEK, Post, Problem, StaffType
from roster.engine.rotation import seat_minutes, weekly_minutes


@dataclass(frozen=True, slots=True)
class Relief:
    """
    What the relief factor says of a scenario.

    Parameters
    ----------
    minutes : Working time a week that the hard posts want: attention on site, standby as far as it counts as work; less
        what vendor seats fill.
    net : Net minutes a week of the people reckoned with, each figure once, ascending.
    factor : People wanted, not rounded: each post's time over the net hours of those who may hold it.
    seat : People for one seat held round the clock, by those with the most net hours.
    """

    minutes: Fraction
    net: tuple[int, ...]
    factor: Fraction
    seat: Fraction

    @property
    def people(self) -> int:
        """Whole people."""
        return ceil(self.factor)


def relief(problem: Problem, seats: Sequence[SeatUse] = ()) -> Relief | None:
    """
    Return the relief factor of a scenario's own posts; None where presence costs nobody working time.

    It adds hours up and nothing else. It cannot see who may hold which post, standby from home that is no work, rest
    and nights, that people come whole for each role, or that one who is away is missed on a certain day.
    """
    minutes, factor, used = Fraction(0), Fraction(0), set[int]()
    for post in (post for post in problem.posts if post.hard):
        able = [staff for staff in problem.types if problem.is_eligible(staff, post)]
        in_house = [staff for staff in able if not problem.is_vendor(staff)] or able
        filled = sum(
            seat_minutes(problem, use.seat) * use.number
            for use in seats
            if _seat_post(problem, use) == post.name
        )
        wanted = max(Fraction(0), (weekly_minutes(post) - filled) * _weight(problem, in_house, post))
        net = max((staff.net_minutes for staff in in_house), default=0)
        if wanted and net:
            minutes, factor = minutes + wanted, factor + wanted / net
            used.add(net)
    if not used:
        return None
    return Relief(minutes, tuple(sorted(used)), factor, Fraction(WEEK, max(used)))


def _seat_post(problem: Problem, use: SeatUse) -> str:
    return next(seat.post for seat in problem.seats if seat.name == use.seat)


def _weight(problem: Problem, able: Sequence[StaffType], post: Post) -> Fraction:
    """Return how much of presence on a post is working time: the least of the shifts and standbys that will do."""
    named = [problem.shift[name] for staff in able for name in staff.shifts]
    shifts = [shift for shift in named if not post.shifts or shift.name in post.shifts]
    if post.on_site:
        fitting = [shift for shift in shifts if shift.on_site]
    else:
        fitting = [
            shift
            for shift in shifts
            if not shift.on_site
            and (post.response is None or (shift.response is not None and shift.response <= post.response))
        ]
    return min((Fraction(shift.work_minutes, shift.minutes) for shift in fitting), default=Fraction(0))
