"""Sites in several time zones: where one hands over to the other, and when clocks that change apart leave a gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from roster.domain.horizon import ring
from roster.domain.problem import DateRange
from roster.domain.rule import clock
from roster.language import listed, span, tr
from roster.scenario.schema.sections import Post, Scenario


def zone_of(scenario: Scenario, site: str | None) -> str:
    """Return the time zone of a site; the calendar's where it has none of its own."""
    own = scenario.sites.get(site or "")
    return (own.time_zone if own is not None else None) or scenario.calendar.time_zone


def clock_notes(scenario: Scenario, dates: DateRange) -> list[str]:
    """Return whose clock is whose, and which hours nobody is asked for when clocks along a chain change apart."""
    chains: dict[str, list[Post]] = defaultdict(list)
    for post in scenario.posts.values():
        if post.chain is not None and post.hard:
            chains[post.chain].append(post)
    clocks = {site.title or name: zone_of(scenario, name) for name, site in scenario.sites.items()}
    found = []
    if len(set(clocks.values())) > 1:
        named = listed(f"{site} {zone}" for site, zone in clocks.items())
        found.append(tr("scenario.note_site_clocks", sites=named))
    for name, posts in chains.items():
        if len({zone_of(scenario, post.site) for post in posts}) > 1:
            found += list(_gaps(scenario, name, posts, dates))
    return found


def _gaps(scenario: Scenario, chain: str, posts: list[Post], dates: DateRange) -> Iterator[str]:
    """Say from when to when a chain that is held around the clock on most days has a gap, in the calendar's time."""
    zone = ZoneInfo(dates.time_zone)
    by_gap: dict[tuple[str, str], list[date]] = defaultdict(list)
    whole = 0
    for number in range(dates.days):
        on = dates.start + timedelta(days=number)
        gaps = list(_open(scenario, posts, on, zone))
        whole += not gaps
        for gap in gaps:
            begins, ends = (clock(edge.hour * 60 + edge.minute) for edge in gap)
            by_gap[begins, ends].append(on)
    if not whole:
        return
    for (start, end), days in by_gap.items():
        when = span(days[0], days[-1])
        yield tr("scenario.note_clocks_apart", chain=chain, start=start, end=end, when=when)


def _open(
    scenario: Scenario, posts: Iterable[Post], on: date, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches of a date in which no post of a chain is wanted."""
    week, wanted = ring(), list[tuple[datetime, datetime]]()
    for post in posts:
        own = ZoneInfo(zone_of(scenario, post.site))
        for near in (on + timedelta(days=step) for step in (-2, -1, 0, 1, 2)):
            if week.needs(post.days, near.weekday()):
                midnight = datetime(near.year, near.month, near.day)
                edges = [
                    midnight + timedelta(minutes=minute) for minute in (post.window[0], sum(post.window))
                ]
                start, end = (edge.replace(tzinfo=own).astimezone(UTC) for edge in edges)
                wanted.append((start, end))
    first = datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC)
    last = (datetime(on.year, on.month, on.day) + timedelta(days=1)).replace(tzinfo=zone).astimezone(UTC)
    edges_of_day = sorted({first, last, *(edge for each in wanted for edge in each if first < edge < last)})
    open_ = [
        (start, end)
        for start, end in pairwise(edges_of_day)
        if not any(begin <= start and end <= stop for begin, stop in wanted)
    ]
    for start, end in open_:
        yield start.astimezone(zone), end.astimezone(zone)
