"""From a profile to one level of service: posts, the people who can hold them, and the seats that may be bought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from roster.language import tr
from roster.sizing import nights
from roster.sizing.design import Design, Level, PostDraft, SeatDraft, TypeDraft
from roster.sizing.desks import desk_posts, desks, role_title, service_desk
from roster.sizing.figures import Figure
from roster.sizing.hours_by_role import in_house, work
from roster.sizing.profile import Profile
from roster.sizing.schema import SKILLS
from roster.sizing.trades import Trade, trades


def design(profile: Profile, level: Level) -> Design:
    """Return what a profile becomes at a level of service."""
    sites = nights.campus_sites(profile)
    hub = next(iter(sites), "")
    hours, hired = work(profile, level), trades(profile)
    combined = desks(profile, hours, hired)
    posts = [
        *nights.seat(profile, hub),
        *(post for desk in combined for post in desk_posts(desk, profile, hub)),
        *service_desk(profile, level, hub),
        *nights.on_site_hours(profile, level, hub),
        *nights.campus_posts(profile, level, sites),
    ]
    posts += nights.standby(profile, level, posts)
    posts = [replace(post, priority=priority(post)) for post in posts]
    seats = _seats(profile, level, posts)
    parts = {desk.role: desk.roles for desk in combined}
    return Design(
        level=level,
        work=hours,
        posts=tuple(posts),
        types=tuple(_types(profile, level, hired, posts, seats)),
        seats=tuple(seats),
        standby_share=profile.driver(f"standby_share_{level}"),
        control_share=profile.driver("control_share"),
        absence=(profile.driver("sick_hours"), profile.driver("training_hours")),
        roles={role: role_title(role, parts.get(role, ())) for role in _used(posts)},
        sites=sites,
        bought=tuple(_bought(profile, level)),
    )


def priority(post: PostDraft) -> int:
    """
    Return which posts are held first where not all can be.

    1: whoever answers alarms and nights; 2: the security administrator, whom the law wants; 3: desks of the core
    trades; 4: other desks and presence on site; 5: what goes beyond a first person.
    """
    if post.name == nights.SEAT or (post.standby and post.level == 2):
        return 1
    if post.name.endswith("_extra"):
        return 5
    if "security" in post.roles:
        return 2
    return 3 if set(post.name.split("_")) & {"ops", "network", "application"} else 4


def _used(posts: Iterable[PostDraft]) -> list[str]:
    return list(dict.fromkeys(role for post in posts for role in post.roles))


def _seats(profile: Profile, level: Level, posts: list[PostDraft]) -> list[SeatDraft]:
    """Return the seats on offer: bought where the level is lean, as many as may be; else none, for comparison."""
    left = profile.says.outsourcing.seats if level is Level.LEAN else 0
    found = []
    for post in (post for post in posts if post.vendor):
        count = min(left, post.people)
        left -= count
        fee = profile.driver("seat_fee" if post.name == nights.SEAT else "resident_fee")
        title = tr("sizing.bought_title", post=post.title)
        found.append(SeatDraft(f"{post.name}_service", title, post.name, fee, count))
    return found


def _types(
    profile: Profile, level: Level, hired: tuple[Trade, ...], posts: list[PostDraft], seats: list[SeatDraft]
) -> list[TypeDraft]:
    """Return the people who can hold something, or are there already; the campuses' own last."""
    used = _used(posts)
    rosters = [post for post in posts if not _all_bought(post, seats)]
    found = []
    for trade in hired:
        skills = [role for role in used if _can(role, trade.skills)]
        named = trade.name in profile.says.people.values()
        if not skills and not named:
            continue
        if not named and not any(set(post.roles) & set(skills) for post in rosters):
            continue
        shifts = _shifts(trade, skills, hired, rosters)
        found.append(_type(profile, level, trade, (skills or list(trade.skills), shifts)))
    if any(post.roles == ("campus",) for post in rosters):
        sites = tuple(post.site for post in posts if post.roles == ("campus",))
        cost = profile.driver("cost_ops")
        found.append(TypeDraft("campus", tr("sizing.trade_campus"), ("campus",), cost, ("D",), sites))
    return found


def _all_bought(post: PostDraft, seats: list[SeatDraft]) -> bool:
    return any(seat.post == post.name and seat.count >= post.people for seat in seats)


def _type(
    profile: Profile, level: Level, trade: Trade, holds: tuple[list[str], tuple[str, ...]]
) -> TypeDraft:
    skills, shifts = holds
    on_call_alone = "coordinator" in skills and "S" in shifts
    return TypeDraft(
        name=trade.name,
        title=trade.title,
        skills=tuple(skills),
        cost=trade.cost,
        shifts=shifts,
        sites=tuple(list(nights.campus_sites(profile))[:1]),
        most=trade.most,
        standby_share=profile.driver("standby_share_coordinator") if on_call_alone else None,
    )


def _can(role: str, skills: tuple[str, ...]) -> bool:
    """Whether somebody can fill a role; a combined one asks for all of its parts."""
    return role in skills or (role not in _SINGLE and set(_parts(role)) <= set(skills))


_SINGLE = (*SKILLS, "campus")


def _parts(role: str) -> list[str]:
    return role.split("_")


def _shifts(
    trade: Trade, skills: list[str], hired: tuple[Trade, ...], posts: list[PostDraft]
) -> tuple[str, ...]:
    """
    Return the shifts and standbys of a trade.

    Who does no more than watch and operate takes the seat round the clock and is not on call as well; the others take
    its days and evenings, and are on call. Where everybody has more to do, everybody takes everything.
    """
    mine = [post for post in posts if set(post.roles) & set(skills)]
    watches = any(post.name == nights.SEAT for post in mine)
    calls = any(post.standby for post in mine)
    rotates = watches and set(trade.skills) <= _ROUND_THE_CLOCK
    alone = watches and not any(
        "monitor" in one.skills and set(one.skills) <= _ROUND_THE_CLOCK for one in hired
    )
    shifts = ["D"]
    if watches or any(post.window == nights.EVENING_WINDOW for post in mine):
        shifts.append("E")
    if rotates or alone:
        shifts.append("N")
    if calls and not rotates:
        shifts += ["S", "W"]
    return tuple(shifts)


_ROUND_THE_CLOCK = frozenset({"monitor", "ops"})


def _bought(profile: Profile, level: Level) -> list[str]:
    """Return what a level leaves to vendors without a post of the hospital's, in words."""
    found = []
    share: Figure = profile.driver(f"noncore_share_{level}")
    if outside := [module for module in profile.modules if module not in profile.core]:
        names = tr("sizing.list").join(tr(f"sizing.module_{module}") for module in outside)
        if share.value < 1:
            found.append(tr("sizing.bought_modules", modules=names))
    if not in_house(profile, level, "desktop"):
        found.append(tr("sizing.bought_desktop"))
    if profile.dedicated_security and not in_house(profile, level, "security_operations"):
        found.append(tr("sizing.bought_security"))
    return found
