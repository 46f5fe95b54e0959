"""Vendor seats: what they are, and what a month of one costs."""

from __future__ import annotations

from dataclasses import replace

from roster.domain.costs import monthly
from roster.domain.horizon import days_a_week
from roster.domain.problem import Seat
from roster.scenario.schema import sections as schema
from roster.scenario.schema.sections import Scenario


def seat(scenario: Scenario, name: str) -> Seat:
    """Return a vendor seat, with its price and the times it may be taken for."""
    stated = scenario.vendor_seats[name]
    start, length = stated.window if stated.window is not None else (None, None)
    return Seat(
        name=name,
        post=stated.post,
        cost=seat_price(scenario, stated),
        maximum=stated.count,
        days=replace(stated.days, country=country_of(scenario, scenario.posts[stated.post])),
        start=start,
        length=length,
        employer=stated.employer,
        title=stated.title,
        also=tuple(on_dates(stated.post, other) for other in scenario.posts[stated.post].on if other.people),
    )


def seat_price(scenario: Scenario, seat: schema.VendorSeat) -> int:
    """Return the price of a seat per month: as stated, or its hours of an ordinary week over a month."""
    if seat.cost is not None:
        return seat.cost
    post = scenario.posts[seat.post]
    minutes = days_a_week(post.days, seat.days) * (seat.window or post.window)[1]
    return round(monthly(seat.cost_per_hour or 0, minutes))


def on_dates(name: str, other: schema.PostOnDates) -> str:
    """Return the name of the post that stands for another, by its name, on single dates."""
    return f"{name}@{min(first for first, _ in other.dates)}"


def country_of(scenario: Scenario, post: schema.Post) -> str:
    """Return the country whose days a post has, where that is not the calendar's."""
    site = scenario.sites.get(post.site or "")
    own = None if site is None else site.country
    return own if own is not None and own != scenario.calendar.country else ""
