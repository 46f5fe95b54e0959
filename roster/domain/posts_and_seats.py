"""What must be held: posts, the days on which they are needed, and the vendor seats that may fill a place of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from roster.domain.duty import Presence
from roster.domain.titles import Named


@dataclass(frozen=True, slots=True)
class Days:
    """
    The days on which a post is needed.

    An ordinary week has five working days and two rest days. On dates, the calendar decides what a day is:
    `workdays` are Monday to Friday without public holidays, plus made-up weekend days; `restdays` are Saturdays and
    Sundays that are not made up; `holidays` are the days off of public holidays. `weekdays` names days (0 Monday)
    on which the post is needed unless they are public holidays. `country` says whose, where not the calendar's. `dates`
    are dates on which it is needed whatever they are, `but` those on which it is not. `ordinary`: of rest days only
    those that are no public holidays.
    """

    workdays: bool = False
    restdays: bool = False
    holidays: bool = False
    weekdays: frozenset[int] = frozenset()
    country: str = ""
    dates: frozenset[date] = frozenset()
    ordinary: bool = False
    but: frozenset[date] = frozenset()

    @property
    def singled_out(self) -> frozenset[date]:
        """Dates on which it is needed, or not, whatever days they are."""
        return self.dates | self.but


DAILY = Days(workdays=True, restdays=True, holidays=True)


@dataclass(frozen=True, slots=True)
class Post(Named):
    """
    A requirement: so many people of a role, on these days, in this window of the day.

    Parameters
    ----------
    roles : Any one of them will do.
    start, length : Window in minutes; it belongs to the day it starts on and may cross midnight. Length 1 to 1440.
    response : For a standby post: minutes within which the holder must answer. None on site.
    chain, level : Escalation chain and level 1, 2, 3; different levels of a chain are held by different people at any
        moment.
    load : Percent of one person's attention that each holder gives it, 1 to 100.
    hard, price : A soft post may stay empty at `price` per hour and person.
    over_price : What an hour costs for each person present, of those who could hold it, beyond the number wanted.
    beside : How many more are wanted, by a post of their own, before anybody is beyond.
    vendor : Whether a vendor (seat or staff) may hold it.
    priority : 1 is the most important; used when not all posts can be held.
    shifts : Names of the shifts and standbys that hold it; empty where any will do.
    reason : Why the post is there, in words.
    """

    name: str
    roles: tuple[str, ...]
    start: int
    length: int
    people: int = 1
    days: Days = DAILY
    presence: Presence = Presence.ON_SITE
    response: int | None = None
    chain: str | None = None
    level: int = 1
    load: int = 100
    hard: bool = True
    price: int = 0
    vendor: bool = False
    site: str | None = None
    priority: int = 1
    title: str = ""
    reason: str = ""
    shifts: tuple[str, ...] = ()
    over_price: int = 0
    beside: int = 0

    @property
    def end(self) -> int:
        """Minutes after the midnight of the day it starts on; above 1440 when it crosses midnight."""
        return self.start + self.length

    @property
    def on_site(self) -> bool:
        """Whether only presence at work holds it."""
        return self.presence is Presence.ON_SITE


@dataclass(frozen=True, slots=True)
class Seat(Named):
    """
    A vendor seat on offer: it fills one place of a post for a price per month, without names.

    `days` narrows it (nights or weekends only are posts of their own window); `start` and `length` narrow the window
    within the post's, None meaning all of it. `also` are the posts that stand for its own on single dates, where it
    fills a place as on all others.
    """

    name: str
    post: str
    cost: int
    maximum: int = 1
    days: Days = DAILY
    start: int | None = None
    length: int | None = None
    employer: str | None = None
    title: str = ""
    also: tuple[str, ...] = ()

    @property
    def posts(self) -> tuple[str, ...]:
        """The names of all posts of which it fills a place, each on its own dates."""
        return (self.post, *self.also)


WEIGHT = 4
"""How many hours of a less important post one hour of a post is worth, where not all can be held."""

WEIGHED = 4
"""Priorities that are told apart by weight, the most important ones; the others weigh the same."""


def weights(posts: Iterable[Post]) -> dict[str, int]:
    """
    Return what an hour of each post that must be held weighs where not all can be: the more important, the more.

    >>> day = {"roles": ("op",), "start": 480, "length": 480}
    >>> weights([Post("seat", priority=1, **day), Post("desk", priority=3, **day)])
    {'seat': 4, 'desk': 1}
    """
    hard = [post for post in posts if post.hard]
    levels = sorted({post.priority for post in hard})[:WEIGHED]
    weight = {priority: WEIGHT ** (len(levels) - 1 - at) for at, priority in enumerate(levels)}
    return {post.name: weight.get(post.priority, 1) for post in hard}
