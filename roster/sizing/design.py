"""What a profile becomes for one level of service: posts with their reasons, people, and seats on offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from roster.sizing.figures import Figure


class Level(StrEnum):
    """How much service is planned for."""

    LEAN = "lean"
    RECOMMENDED = "recommended"
    COMFORTABLE = "comfortable"


@dataclass(frozen=True, slots=True)
class PostDraft:
    """
    A post to be written into a scenario.

    `roles` any of which will do; `days` and `window` as a scenario writes them; `response` in minutes for standby.
    `reason` says in words why it is there; `figures` are what it rests on. `priority` 1 is held before 2.
    """

    name: str
    title: str
    roles: tuple[str, ...]
    days: tuple[str, ...]
    window: str
    reason: str
    figures: tuple[Figure, ...] = ()
    people: int = 1
    response: int | None = None
    level: int | None = None
    vendor: bool = False
    site: str = ""
    priority: int = 1

    @property
    def standby(self) -> bool:
        """Whether it is held from home."""
        return self.response is not None


@dataclass(frozen=True, slots=True)
class TypeDraft:
    """People to be hired, or there already: what they can do, what they cost, which shifts they may do."""

    name: str
    title: str
    skills: tuple[str, ...]
    cost: Figure
    shifts: tuple[str, ...]
    sites: tuple[str, ...] = ()
    most: Figure | None = None
    standby_share: Figure | None = None


@dataclass(frozen=True, slots=True)
class SeatDraft:
    """A vendor seat on offer; `count` of them are bought at this level."""

    name: str
    title: str
    post: str
    cost: Figure
    count: int


@dataclass(frozen=True, slots=True)
class Design:
    """
    One level of service.

    `work` are the hours a week by role; `absence` hours a year of sickness and of training; `bought` what the level
    leaves to vendors without a post, in words.
    """

    level: Level
    work: dict[str, Figure]
    posts: tuple[PostDraft, ...]
    types: tuple[TypeDraft, ...]
    seats: tuple[SeatDraft, ...]
    standby_share: Figure
    control_share: Figure
    absence: tuple[Figure, Figure]
    roles: dict[str, str]
    sites: dict[str, str] = field(default_factory=dict)
    bought: tuple[str, ...] = ()

    @property
    def hours(self) -> float:
        """Hours a week at work that the posts ask for, those bought as seats left out."""
        seats = {seat.post: seat.count for seat in self.seats}
        return sum(weekly_hours(post, post.people - seats.get(post.name, 0)) for post in self.posts)


def weekly_hours(post: PostDraft, people: int) -> float:
    """Return the hours a week at work of a post in an ordinary week; none for standby."""
    if post.standby:
        return 0.0
    start, end = (int(part[:2]) for part in post.window.split("-"))
    length = end - start if end > start else end + 24 - start
    return sum(_DAYS.get(word, 1) for word in post.days) * length * max(0, people)


_DAYS = {"daily": 7, "weekdays": 5, "weekends": 2, "holidays": 0}
