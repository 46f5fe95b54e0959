"""Posts by day: the week's hours of each role laid out over whole days at a desk."""

from __future__ import annotations

from dataclasses import dataclass, replace

from roster.language import tr
from roster.sizing.answering import answering
from roster.sizing.design import Level, PostDraft
from roster.sizing.figures import Figure, How, plain, product, quotient, total, whole_up
from roster.sizing.hours_by_role import in_house
from roster.sizing.profile import Profile
from roster.sizing.trades import POOLS, Trade

DAY_WINDOW = "08:00-16:00"
_SOME_DAYS = {
    1: ("wed",),
    2: ("tue", "thu"),
    3: ("mon", "wed", "fri"),
    4: ("mon", "tue", "thu", "fri"),
    5: ("weekdays",),
}
"""Days that spread over the week, and that meet other roles' days as little as may be."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Work of one or several roles that whoever holds the desk can do, and the days a week it takes."""

    roles: tuple[str, ...]
    hours: Figure
    days: Figure

    @property
    def role(self) -> str:
        """The role that holds it: one of its own where it combines several."""
        return "_".join(self.roles)

    @property
    def title(self) -> str:
        """The role in words."""
        return role_title(self.role, self.roles)


def role_title(role: str, parts: tuple[str, ...] = ()) -> str:
    """Return a role in words; a combined one names its parts."""
    title = tr("sizing.with").join(tr(f"sizing.role_{part}") for part in parts or (role,))
    return title[0].upper() + title[1:]


def desks(profile: Profile, work: dict[str, Figure], trades: tuple[Trade, ...]) -> tuple[Desk, ...]:
    """
    Return the desks: roles pooled where one trade can do all and whole days are saved, else one a role.

    Parameters
    ----------
    profile, work : The profile, and hours a week by role.
    trades : Which roles one person can have together.
    """
    found: dict[str, Desk] = {}
    pooled: set[str] = set()
    for pool in POOLS[profile.tier]:
        roles = tuple(role for role in pool if role in work)
        if profile.dedicated_security:
            roles = tuple(role for role in roles if role != "security")
        if len(roles) < 2 or not any(set(roles) <= set(trade.skills) for trade in trades):
            continue
        single = sum(_desk(profile, (role,), work).days.value for role in roles)
        together = _desk(profile, roles, work)
        if together.days.value < single:
            found[roles[0]] = together
            pooled.update(roles)
    for role in work:
        if role not in pooled:
            found[role] = _desk(profile, (role,), work)
    return tuple(found[role] for role in work if role in found)


def _desk(profile: Profile, roles: tuple[str, ...], work: dict[str, Figure]) -> Desk:
    names = tr("sizing.with").join(tr(f"sizing.role_{role}") for role in roles)
    what = tr("sizing.hours_of", role=names)
    hours = work[roles[0]] if len(roles) == 1 else total(what, [work[role] for role in roles])
    days = whole_up(tr("sizing.days_of", role=names), quotient(what, hours, profile.driver("desk_hours")))
    asked = [profile.says.posts[role] for role in roles if role in profile.says.posts]
    if asked and max(asked) > days.value:
        role = max((role for role in roles if role in profile.says.posts), key=profile.says.posts.__getitem__)
        days = profile.stated(max(asked), days.what, "posts", role)
    return Desk(roles, hours, days)


def desk_posts(desk: Desk, profile: Profile, site: str) -> list[PostDraft]:
    """
    Return the posts of a desk: so many people on all working days, and one more on the days left over.

    Parameters
    ----------
    desk, site : The desk, and where it is.
    profile : The profile, for its figures.
    """
    days = round(desk.days.value)
    whole, left = divmod(days, 5)
    post = PostDraft(
        name=desk.role,
        title=tr("sizing.desk_title", role=desk.title),
        roles=(desk.role,),
        days=("weekdays",),
        window=DAY_WINDOW,
        reason=_reason(desk, profile),
        figures=(desk.hours, desk.days),
        people=max(1, whole),
        site=site,
    )
    if not left:
        return [post]
    more = replace(post, days=_SOME_DAYS[left], people=1)
    if not whole:
        return [more]
    extra = tr("sizing.extra_title", role=desk.title)
    return [
        post,
        replace(more, name=f"{desk.role}_extra", title=extra, reason=tr("sizing.extra_reason", days=days)),
    ]


def _reason(desk: Desk, profile: Profile) -> str:
    works = tr("sizing.list").join(f"{part.what} {plain(part.value)} h" for part in pieces(desk.hours))
    words = tr("sizing.reason_desk", works=works, hours=plain(desk.hours.value), days=plain(desk.days.value))
    if desk.days.key.startswith("posts."):
        words = tr(
            "sizing.reason_asked", works=works, hours=plain(desk.hours.value), days=plain(desk.days.value)
        )
    if "security" in desk.roles and profile.dedicated_security:
        words = tr("sizing.reason_security", reason=words)
    return words


def pieces(hours: Figure) -> list[Figure]:
    """Return what a sum of hours is made of, module by module, the reserve of the level applied to each."""
    if hours.how is How.SUM and not (len(hours.parts) == 1 and hours.parts[0].how is How.GIVEN):
        return [piece for part in hours.parts if part.value > 0 for piece in _piece(part)]
    if hours.how is How.PRODUCT and hours.parts and hours.parts[0].how is How.SUM:
        return [product(piece.what, piece, *hours.parts[1:]) for piece in pieces(hours.parts[0])]
    return [hours]


def _piece(part: Figure) -> list[Figure]:
    """Open a role's own sum within a desk; what one module asks, or one thing under its own name, is not opened."""
    named = len(part.parts) == 1 and part.parts[0].how is How.GIVEN
    reserved = part.how is How.PRODUCT and bool(part.parts) and part.parts[0].how is How.SUM
    return pieces(part) if reserved or (part.how is How.SUM and not named) else [part]


def service_desk(profile: Profile, level: Level, site: str) -> list[PostDraft]:
    """
    Return the desk that answers users' calls; none where desktop support is bought, or no figures are given.

    Parameters
    ----------
    profile, level : The profile, and a level of service.
    site : Where the desk is.
    """
    found, desk = answering(profile, "desk"), profile.says.answering.desk
    if found is None or desk is None or not in_house(profile, level, "desktop"):
        return []
    start, length = desk.window
    end = (start + length) % 1440 or 1440
    return [
        PostDraft(
            name="service_desk",
            title=tr("sizing.service_desk"),
            roles=("ops",),
            days=_day_words(profile),
            window=f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}",
            reason=found.sentence,
            figures=found.figures,
            people=found.people,
            site=site,
        )
    ]


def _day_words(profile: Profile) -> tuple[str, ...]:
    node, _ = profile.root.nearest(("answering", "desk", "days"))
    said = node.plain()
    if isinstance(said, str):
        return (said,)
    return tuple(said) if isinstance(said, list) else ("weekdays",)
