"""
The posts of a scenario, and those that what it says beside makes of them.

Other numbers on single dates are posts of their own, needed on these dates and no others (`ward@2027-10-01`), the usual
one being needed on all but these; those between the least number and the best are a soft post (`ward+`). So every rule,
bound and check that holds of posts holds of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from roster.domain.duty import Presence
from roster.domain.posts_and_seats import Days, Post
from roster.language import tr
from roster.scenario.build.calendar import each_day
from roster.scenario.build.seats import country_of, on_dates
from roster.scenario.schema import sections as schema
from roster.scenario.schema.sections import Scenario


def posts(scenario: Scenario) -> tuple[Post, ...]:
    """Return the posts of a scenario in its order, each followed by those that were made of it."""
    return tuple(one for name, post in scenario.posts.items() for one in _posts(scenario, name, post))


def _posts(scenario: Scenario, name: str, post: schema.Post) -> Iterator[Post]:
    usual = _post(scenario, name, post)
    but = each_day(span for other in post.on for span in other.dates)
    yield from with_best(replace(usual, days=replace(usual.days, but=but)), post.best, post.best_price)
    for other in (other for other in post.on if other.people or other.best):
        special = replace(
            usual,
            name=on_dates(name, other),
            title=tr("scenario.post_on", post=usual.called, dates=_dates(other.dates)),
            days=Days(dates=each_day(other.dates)),
            people=other.people,
        )
        yield from with_best(special, other.best, post.best_price)


def with_best(post: Post, best: int | None, price: int) -> Iterator[Post]:
    """
    Yield a post, and the soft one of those between its least number and the best.

    Parameters
    ----------
    post : The post with its least number.
    best, price : The best number, and what an hour costs for each person missing up to it.
    """
    more = max(0, (best or 0) - post.people)
    if post.people:
        yield replace(post, beside=more)
    if more:
        yield replace(
            post,
            name=f"{post.name}+",
            title=tr("scenario.post_best", post=post.called, best=best),
            people=more,
            hard=False,
            price=price,
            over_price=0 if post.people else post.over_price,
        )


def _dates(spans: list[tuple[date, date]]) -> str:
    return ", ".join(str(first) if first == last else f"{first}..{last}" for first, last in spans)


def _post(scenario: Scenario, name: str, post: schema.Post) -> Post:
    start, length = post.window
    return Post(
        name=name,
        roles=tuple(dict.fromkeys(post.role)),
        start=start,
        length=length,
        people=post.people,
        days=replace(post.days, country=country_of(scenario, post)),
        presence=Presence(post.presence),
        response=post.response,
        chain=post.chain,
        level=post.level,
        load=post.load,
        hard=post.hard,
        price=0 if post.hard else post.price,
        vendor=post.vendor,
        site=post.site,
        priority=post.priority,
        over_price=post.over_price,
        title=post.title,
        reason=post.reason,
        shifts=tuple(post.shifts),
    )
