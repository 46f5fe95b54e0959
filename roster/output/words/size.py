"""The answer of `roster size` in sentences, as the terminal, the page and the document say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roster.domain.outcome import Status
from roster.domain.problem import Post
from roster.language import tr
from roster.output.words.cover import when
from roster.questions.size import Planned, Sized
from roster.sizing.design import Level
from roster.sizing.drivers import ASSUMPTION, drivers
from roster.sizing.figures import Figure, plain
from roster.sizing.hours_by_role import work
from roster.sizing.schema import SKILLS

MOST_ASSUMPTIONS = 5


def headline(found: Sized) -> str:
    """Return the answer in one line."""
    if all(level.status is Status.INFEASIBLE for level in found.levels):
        return tr("size.headline_none")
    if any(level.people is None for level in found.levels):
        return tr("size.headline_without", levels=tr("sizing.semicolon").join(map(_known, found.levels)))
    numbers = {level.design.level.value: level.people for level in found.levels}
    return tr("size.headline" if found.status is Status.OPTIMAL else "size.headline_open", **numbers)


def _known(level: Planned) -> str:
    """Return what is known of one level: its number, or that there is none."""
    number = tr(f"size.{level.status}", bound=level.bound or 0) if level.people is None else level.people
    return tr("size.one_level", level=level_name(level.design.level), people=number)


def level_name(level: Level) -> str:
    """Return a level of service in words."""
    return tr(f"sizing.level_{level}")


def source(figure: Figure) -> str:
    """Return the source of a driver; its place where the profile gave it."""
    known = drivers()
    return known[figure.key].source if figure.key in known else figure.where


@dataclass(frozen=True, slots=True)
class Who:
    """A kind of people or a seat: the numbers at each level, how many are there now, and what one costs a month."""

    title: str
    numbers: tuple[str, ...]
    there: str
    each: str


def who(found: Sized) -> Iterator[Who]:
    """Yield the people of each kind at each level, then the seats that some level buys."""
    named = list(found.profile.says.people.values())
    kinds = {staff.name: staff for level in reversed(found.levels) for staff in level.design.types}
    for name in dict.fromkeys(staff.name for level in found.levels for staff in level.design.types):
        numbers = tuple(_number(level, name) for level in found.levels)
        yield Who(kinds[name].title, numbers, str(named.count(name)), f"{kinds[name].cost.value:,.0f}")
    seats = {seat.name: seat for level in reversed(found.levels) for seat in level.design.seats if seat.count}
    for name in dict.fromkeys(seat.name for level in found.levels for seat in level.design.seats):
        if name in seats:
            numbers = tuple(_seats(level, name) for level in found.levels)
            yield Who(seats[name].title, numbers, "", f"{seats[name].cost.value:,.0f}")


def _number(level: Planned, kind: str) -> str:
    if level.headcount is None:
        return "?"
    return str(level.headcount.by_type.get(kind, 0) or "-")


def _seats(level: Planned, name: str) -> str:
    if level.headcount is None:
        return "?"
    return str(sum(use.number for use in level.headcount.seats if use.seat == name) or "-")


def rests_on(found: Sized) -> Iterator[str]:
    """Say how many drivers are used and where they come from, and which assumptions weigh most."""
    known, used = drivers(), used_drivers(found)
    own = [key for key, leaf in used.items() if leaf.key.startswith("drivers.")]
    assumed = [key for key in used if key not in own and known[key].origin == ASSUMPTION]
    sourced = len(used) - len(own) - len(assumed)
    words = {"used": len(used), "assumed": len(assumed), "sourced": sourced, "own": len(own)}
    heavy = sorted((key for key in assumed if known[key].unit == "hours_week"), key=lambda k: -used[k].value)
    named = tr("sizing.list").join(f"{key} {used[key]}" for key in heavy[:MOST_ASSUMPTIONS])
    yield tr("size.rests_on", **words)
    yield from measured_sentences(found)
    if named:
        yield tr("size.assumed_most", drivers=named)


def measured_sentences(found: Sized) -> Iterator[str]:
    """Say which roles' hours were measured, and which drivers they took the place of; what was measured in vain."""
    measured = found.profile.measured
    if measured is None:
        return
    for role, hours in found.recommended.design.work.items():
        if any(leaf.key == f"measured.{role}" for leaf in hours.leaves()):
            words = {"role": tr(f"sizing.role_{role}"), "hours": plain(round(measured.hours(role) or 0, 1))}
            gone = tr("sizing.list").join(replaced_drivers(found, role)) or "–"
            yield tr(
                "size.measured",
                file=measured.file,
                first=measured.first,
                last=measured.last,
                drivers=gone,
                **words,
            )
    for name, role_ in measured.roles.items():
        if role_.hours is None:
            yield tr("size.measured_no_effort", role=name)
        elif name not in SKILLS:
            yield tr("size.measured_no_role", role=name, known=", ".join(SKILLS))


def replaced_drivers(found: Sized, role: str) -> list[str]:
    """Return the drivers of hours that the measured hours of a role took the place of."""
    assumed = work(replace(found.profile, measured=None), Level.RECOMMENDED)
    if role not in assumed:
        return []
    known = drivers()
    leaves = (leaf.key.removeprefix("drivers.") for leaf in assumed[role].leaves())
    return sorted({key for key in leaves if key in known and "hours" in key})


def used_drivers(found: Sized) -> dict[str, Figure]:
    """Return every driver that some figure of the posts and people rests on, by key."""
    figures: list[Figure] = []
    for level in found.levels:
        draft = level.design
        figures += [draft.standby_share, draft.control_share, *draft.absence, *draft.work.values()]
        figures += [figure for post in draft.posts for figure in post.figures]
        figures += [staff.cost for staff in draft.types] + [seat.cost for seat in draft.seats]
        figures += [staff.most for staff in draft.types if staff.most is not None]
        figures += [staff.standby_share for staff in draft.types if staff.standby_share is not None]
    figures += [hire.lead for hire in found.lead.hires] if found.lead else []
    known = drivers()
    leaves = {leaf.key.removeprefix("drivers."): leaf for figure in figures for leaf in figure.leaves()}
    return {key: leaf for key, leaf in sorted(leaves.items()) if key in known}


def when_held(post: Post) -> str:
    """Return when a post is held, and for one on call how soon it answers."""
    if post.on_site:
        return when(post)
    return tr("size.standby_when", when=when(post), minutes=post.response)
