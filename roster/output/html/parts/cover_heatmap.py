"""People there against people needed, by hour of the week, as an average of the calendar's weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from roster.checker import PostHeld
from roster.domain.horizon import Horizon, judged_from
from roster.domain.problem import DAY, WEEK, Post
from roster.language import tr
from roster.output.examined_roster import Examined
from roster.output.words.by_hour import hours_sentences

HOUR = 60
HOURS = WEEK // HOUR

SHADES = 5

Bins = list[float]
"""Person-minutes by hour of the week, Monday 00:00 first."""


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the week: how many are there and needed, and its shade: more people, darker; or what is empty."""

    there: float
    needed: float
    css: str

    @property
    def text(self) -> str:
        """What stands in the cell."""
        return f"{_short(self.there)}/{_short(self.needed)}" if self.css else ""

    @property
    def title(self) -> str:
        """The same in words."""
        return tr("page.heat_cell", there=_short(self.there), needed=_short(self.needed))


@dataclass(frozen=True, slots=True)
class Heat:
    """
    A map of one kind of presence: hours of the day, those alike in one row of 7 days, and the most people.

    `idle` says in sentences how many of them are not needed.
    """

    kind: str
    rows: tuple[tuple[str, tuple[Hour, ...]], ...]
    most: str
    idle: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What is empty anywhere, worst first."""
        here = {hour.css for _, hours in self.rows for hour in hours}
        return tuple(css for css in ("gap", "wish") if css in here)

    @property
    def blank(self) -> bool:
        """Whether nobody is there and nobody is needed."""
        return not any(hour.css for _, hours in self.rows for hour in hours)


def _short(number: float) -> str:
    """
    Return a number with one decimal where it has one.

    >>> _short(8.0), _short(7.75)
    ('8', '7.8')
    """
    return f"{number:.1f}".removesuffix(".0")


def heats(examined: Examined) -> list[Heat]:
    """Return the map at work and the map on call, those that have anything on them."""
    made = [_heat(examined, on_site=True), _heat(examined, on_site=False)]
    return [heat for heat in made if not heat.blank]


def _heat(examined: Examined, *, on_site: bool) -> Heat:
    problem, horizon = examined.problem, examined.roster.horizon
    posts = [post for post in problem.posts if post.on_site is on_site]
    names = {post.name: post for post in posts}
    start = max((judged_from(problem, post, carried_in=False) for post in problem.posts), default=0)
    times = _binned(((start, horizon.days * DAY, 1.0),), horizon, 0)
    there = _binned(_there(examined, names, on_site=on_site), horizon, start)
    needed = _binned(_needed(posts, horizon), horizon, start)
    gaps = _binned(_empty(examined.cover, names, hard=True), horizon, start)
    wishes = _binned(_empty(examined.cover, names, hard=False), horizon, start)

    def average(bins: Bins) -> Bins:
        return [
            round(total / passed, 2) if passed else 0.0 for total, passed in zip(bins, times, strict=True)
        ]

    here, wanted = average(there), average(needed)
    most = max(here)
    shades = [_shade(*each, most) for each in zip(here, wanted, gaps, wishes, strict=True)]
    hours = [Hour(*each) for each in zip(here, wanted, shades, strict=True)]
    rows = tuple(_grouped([tuple(hours[at::24]) for at in range(24)]))
    idle = hours_sentences([(hour.needed, hour.there) for hour in hours]) if on_site else []
    return Heat("on_site" if on_site else "on_call", rows, _short(most), tuple(idle))


def _grouped(rows: Sequence[tuple[Hour, ...]]) -> Iterator[tuple[str, tuple[Hour, ...]]]:
    """Yield the hours of the day, those alike all week as one row: `00-08`."""
    for _, same in groupby(range(len(rows)), key=lambda at: rows[at]):
        known = list(same)
        yield f"{known[0]:02d}–{known[-1] + 1:02d}", rows[known[0]]


def _shade(here: float, wanted: float, gap: float, wish: float, most: float) -> str:
    """Return the style of an hour."""
    if gap or wish:
        return "gap" if gap else "wish"
    if not here and not wanted:
        return ""
    return f"h{max(1, min(SHADES, round(SHADES * here / most)))}" if most else "h1"


HeatStretch = tuple[int, int, float]
"""Minutes [start, end) since the calendar's first midnight, and how many people."""


def _there(examined: Examined, posts: dict[str, Post], *, on_site: bool) -> Iterator[HeatStretch]:
    """Yield who is there, and the vendor seats, which have no duties but hold posts."""
    people = {person.name for person in examined.roster.people}
    present: Counter[tuple[int, int]] = Counter()
    for line in examined.roster.duties:
        for day, duty in enumerate(line):
            for part in duty.parts:
                for start, end in part.stretches if part.on_site is on_site else ():
                    present[day * DAY + start, day * DAY + end] += 1
    yield from ((start, end, float(count)) for (start, end), count in present.items())
    for row in examined.cover:
        seats = sum(name not in people for name in row.by) if row.post in posts else 0
        if seats:
            yield row.day * DAY + row.start, row.day * DAY + row.end, seats * posts[row.post].load / 100


def _needed(posts: Iterable[Post], horizon: Horizon) -> Iterator[HeatStretch]:
    """Yield what posts ask for; a post that takes a share of one's attention counts as that share."""
    for post in posts:
        for day in range(-1, horizon.days):
            if horizon.needs(post.days, day):
                yield day * DAY + post.start, day * DAY + post.end, post.people * post.load / 100


def _empty(cover: Iterable[PostHeld], posts: dict[str, Post], *, hard: bool) -> Iterator[HeatStretch]:
    for row in cover:
        post = posts.get(row.post)
        if post is not None and post.hard is hard and row.held < row.required:
            yield row.day * DAY + row.start, row.day * DAY + row.end, float(row.required - row.held)


def _binned(stretches: Iterable[HeatStretch], horizon: Horizon, since: int) -> Bins:
    """Add up person-minutes by hour of the week, from a minute of the calendar to its end."""
    bins = [0.0] * HOURS
    shift = horizon.weekday(0) * DAY
    until = horizon.days * DAY
    for start, end, people in stretches:
        at, end = max(start, since), min(end, until)
        while at < end:
            step = min(end, (at // HOUR + 1) * HOUR)
            bins[(at + shift) // HOUR % HOURS] += (step - at) * people
            at = step
    return bins
