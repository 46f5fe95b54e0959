"""What a director has to decide, at most three things with their cost, read off the finished plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.domain.problem import Post, Problem, StaffType
from roster.domain.rules import hours
from roster.language import counted, listed, tr
from roster.output.examined_roster import Examined
from roster.output.words.cover import PostCover, post_covers
from roster.output.words.plan import money

if TYPE_CHECKING:
    from roster.questions.frontier import Frontier

MOST = 3


def decisions(examined: Examined, bought: Frontier | None = None) -> list[str]:
    """
    Return what is to be decided: whom to hire, what to buy, whom to train.

    Parameters
    ----------
    bought : The answer to "make or buy?", where that was asked.
    """
    found = [*_hire(examined), *_buy(examined, bought), *_train(examined)]
    return found[:MOST]


def _hire(examined: Examined) -> Iterator[str]:
    """Say which people are still without a name, or, where nobody has one, what the posts ask for altogether."""
    problem, heads = examined.problem, examined.scores.headcount
    named: dict[str, int] = {}
    for person in problem.people:
        named[person.type] = named.get(person.type, 0) + 1
    wanted = {name: number - named.get(name, 0) for name, number in heads.by_type.items()}
    open_ = {problem.type[name]: number for name, number in wanted.items() if number > 0}
    if not open_:
        return
    who = listed(tr("decide.so_many", number=number, type=staff.called) for staff, number in open_.items())
    cost = money(sum(staff.cost * number for staff, number in open_.items()), problem.currency)
    number = sum(open_.values())
    yield counted("decide.hire" if problem.people else "decide.fill", number, who=who, cost=cost)


def _buy(examined: Examined, bought: Frontier | None) -> Iterator[str]:
    """Say what is cheaper than people of one's own alone, or else what one person fewer costs."""
    if bought is None or not bought.points:
        return
    from roster.output.words.frontier import bought as title

    problem, heads = bought.problem, examined.scores.headcount
    own = [(point.cost.total, point.headcount.in_house) for point in bought.points if not point.vendor]
    if not heads.vendor and not heads.seats:
        own.append((examined.scores.cost.total, heads.in_house))
    others = [point for point in bought.points if point.vendor]
    least = min(others, key=lambda point: point.cost.total, default=None)
    if not own:
        if least is not None:
            price = money(least.cost.total, problem.currency)
            yield tr("decide.buy_only", what=title(problem, least), cost=price)
        return
    cost, people = min(own)
    if least is not None and least.cost.total < cost:
        words = {"cost": money(least.cost.total, problem.currency), "what": title(problem, least)}
        yield tr("decide.buy", saved=money(cost - least.cost.total, problem.currency), **words)
        return
    fewer = [point for point in others if point.headcount.in_house < people]
    if not fewer:
        yield tr("decide.buy_nothing")
        return
    nearest = max(fewer, key=lambda point: (point.headcount.in_house, -point.cost.total))
    more = money(nearest.cost.total - cost, problem.currency)
    number = people - nearest.headcount.in_house
    yield counted("decide.buy_not", number, what=title(problem, nearest), more=more)


def _train(examined: Examined) -> Iterator[str]:
    """Say for which post somebody is to be trained: the one that fewest could stand in for; and whom."""
    problem = examined.problem
    covers = [
        cover
        for cover in post_covers(problem, examined.roster, examined.cover)
        if cover.post.hard and cover.thin and not _seated(examined, cover)
    ]
    if not covers:
        return
    spare = {staff.name: left for staff in problem.types if (left := _spare(examined, staff)) > 0}
    pupils = {
        cover.post.name: [
            staff for staff in problem.types if staff.name in spare and _may_learn(problem, staff, cover.post)
        ]
        for cover in covers
    }
    thinnest = min(
        covers,
        key=lambda one: (
            not pupils[one.post.name],
            one.able - one.post.people,
            one.post.priority,
            -one.required,
        ),
    )
    post, able = thinnest.post, thinnest.able
    words = {"post": post.called, "able": able, "people": post.people}
    if pupils[post.name]:
        best = max(pupils[post.name], key=lambda staff: spare[staff.name])
        more = {"type": best.called, "spare": hours(round(spare[best.name]))}
        yield counted("decide.train", able, **words, **more)
    else:
        yield counted("decide.train_new", able, **words)


def _seated(examined: Examined, cover: PostCover) -> bool:
    """Whether a vendor holds some of a post: training is then the vendor's."""
    people = {person.name for person in examined.roster.people}
    return any(name not in people for name in cover.by)


def _spare(examined: Examined, staff: StaffType) -> float:
    """Return the minutes a week that a person of a type has left on average."""
    left = [
        max(0.0, one.week_minutes_limit - one.week_minutes)
        for one in examined.scores.people
        if one.type == staff.name
    ]
    return sum(left) / len(left) if left else 0.0


def _may_learn(problem: Problem, staff: StaffType, post: Post) -> bool:
    """Whether people of a type may be taught a role of a post and could then hold it."""
    if problem.is_vendor(staff) or problem.is_eligible(staff, post):
        return False
    site = post.site is None or post.site in (staff.sites or (post.site,))
    return site and any(problem.may_learn(staff, role) for role in post.roles)
