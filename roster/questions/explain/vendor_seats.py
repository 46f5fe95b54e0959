"""Vendor seats that could be bought for a post: as offered in the scenario, for all of its window or a shift of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from roster.domain.horizon import seat_week_minutes
from roster.domain.problem import DAILY, Days, Post, Problem, Seat
from roster.questions.conflict import FeasibilityQuestion, QuestionChange, changed
from roster.questions.wording import days_text, window_text

NAME = "+seat"
MOST_OFFERS = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """A seat, its minutes a week, its price a month (None: not in the scenario), and a question with it on offer."""

    post: str
    when: str
    minutes: int
    cost: int | None
    buy: QuestionChange


def offers(problem: Problem, posts: Sequence[str]) -> list[Offer]:
    """Return the seats worth trying for some posts, those of the fewest hours first."""
    closed = {role.name for role in problem.roles if role.in_house}
    found = []
    for name in posts:
        post = problem.post[name]
        if not closed.intersection(post.roles):
            found += list(_of(problem, post))
    return sorted(found, key=lambda offer: (offer.minutes, offer.cost or 0))[:MOST_OFFERS]


def _of(problem: Problem, post: Post) -> Iterator[Offer]:
    priced = next((seat for seat in problem.seats if seat.post == post.name), None)
    windows = {(post.start, post.end)}
    for shift in problem.shifts:
        for start in (shift.start, shift.start + 1440):
            if shift.on_site and post.start <= start and start + shift.length <= post.end:
                windows.add((start, start + shift.length))
    for start, end in sorted(windows):
        for days in _days(post):
            seat = Seat(NAME, post.name, 0, 1, days, start % 1440, end - start)
            minutes = seat_week_minutes(post, seat)
            if minutes:
                cost = _price(priced, post, minutes)
                seat = replace(seat, cost=cost or 0, employer=priced.employer if priced else None)
                when = f"{days_text(post.days if days == DAILY else days)} {window_text(start, end)}"
                yield Offer(post.name, when, minutes, cost, _with(post, seat))


def _days(post: Post) -> list[Days]:
    """Return all of a post's days, and its rest days alone where it has others too."""
    both = post.days.restdays and post.days.workdays
    return [DAILY, Days(restdays=True, holidays=True)] if both else [DAILY]


def _price(priced: Seat | None, post: Post, minutes: int) -> int | None:
    """Return the price a month, by the hour as the scenario's seat on this post costs."""
    if priced is None:
        return None
    whole = seat_week_minutes(post, priced)
    return round(priced.cost * minutes / whole) if whole else priced.cost


def _with(post: Post, seat: Seat) -> QuestionChange:
    def change(question: FeasibilityQuestion) -> FeasibilityQuestion:
        problem = question.problem
        posts = tuple(replace(one, vendor=True) if one.name == post.name else one for one in problem.posts)
        return replace(question, problem=changed(problem, posts=posts, seats=(*problem.seats, seat)))

    return change
