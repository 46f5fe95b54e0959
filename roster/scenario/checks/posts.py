"""Posts that nobody can hold, for want of a skill, a shift at the hour, or a window that fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from roster.domain.horizon import ring
from roster.domain.problem import DAY
from roster.domain.rules import clock
from roster.language import tr
from roster.scenario.build.calendar import each_day
from roster.scenario.build.clocks import zone_of
from roster.scenario.build.defaults import (
    allowed_shifts,
    employer_of,
    head_range,
    shift_span,
    shift_stretches,
)
from roster.scenario.checks.findings import MOST_DAYS, Check, Finding, Known
from roster.scenario.checks.staff import longest_shift, without_breaks
from roster.scenario.schema import sections as schema
from roster.scenario.schema.sections import Post, Scenario, StaffType
from roster.yaml.tree import Path_

WHOLE_DAY = (1 << DAY) - 1


def _presence(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, post in scenario.posts.items():
        if post.presence == "on_site" and post.response is not None:
            yield ("posts", name, "response"), tr("scenario.response_on_site")
        if post.presence == "on_site" and not scenario.shifts and not _seats(scenario, name):
            yield ("posts", name, "presence"), tr("scenario.no_working_shifts")


def _vendors(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, post in scenario.posts.items():
        kept = [role for role in post.role if scenario.roles[role].in_house == "required"]
        if post.vendor and len(kept) == len(post.role):
            yield ("posts", name, "vendor"), tr("scenario.vendor_in_house", role=kept[0])


def cover(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find hard posts that no mix of the people and seats there may be can hold all day long."""
    return gaps(scenario, hard=True)


def gaps(scenario: Scenario, *, hard: bool) -> Iterator[Finding]:
    """Yield the hard, or the soft, posts that cannot be held all day long, and why."""
    for name, post in scenario.posts.items():
        if post.hard is not hard:
            continue
        able = able_types(scenario, post)
        seats = _seats(scenario, name)
        if not able and not seats:
            barred = "; ".join(
                f"{kind}: {_barred(scenario, kind, post)}" for kind in _skilled(scenario, post)
            )
            key = "nobody_may" if barred else "nobody_has"
            yield ("posts", name, "role"), tr(f"scenario.{key}", roles=", ".join(post.role), why=barred)
            continue
        held = 0
        for staff in able:
            held |= _reach(scenario, staff, post)
        for seat in seats:
            held |= _minutes(*(seat.window or post.window)) if _every_day(seat, post) else 0
        missing = _minutes(*post.window) & ~held
        if missing:
            start, end = _first_gap(missing, post.window[0])
            yield ("posts", name, "window"), tr("scenario.not_covered", start=clock(start), end=clock(end))


def able_types(scenario: Scenario, post: Post) -> list[StaffType]:
    """Return the staff types that may hold a post at some time."""
    return [scenario.staff_types[n] for n in _skilled(scenario, post) if not _barred(scenario, n, post)]


def _skilled(scenario: Scenario, post: Post) -> list[str]:
    return [name for name, staff in scenario.staff_types.items() if set(staff.skills) & set(post.role)]


def _barred(scenario: Scenario, name: str, post: Post) -> str:
    """Return why people of a type with the skill may not hold a post; empty where they may."""
    staff = scenario.staff_types[name]
    own = zone_of(scenario, next(iter(staff.sites or scenario.sites), None))
    zone = zone_of(scenario, post.site)
    if head_range(scenario, name)[1] <= 0:
        return tr("scenario.barred_count")
    if not post.vendor and scenario.employers[employer_of(scenario, staff)].vendor:
        return tr("scenario.barred_vendor")
    if post.site is not None and staff.sites and post.site not in staff.sites:
        return tr("scenario.barred_site", site=post.site)
    return tr("scenario.barred_clock", own=own, zone=zone) if zone != own else ""


def _seats(scenario: Scenario, post: str) -> list[schema.VendorSeat]:
    return [seat for seat in scenario.vendor_seats.values() if seat.post == post and seat.count > 0]


def _reach(scenario: Scenario, staff: StaffType, post: Post) -> int:
    """Return the minutes of the day, as bits, at which people of a type may hold a post."""
    limit = longest_shift(scenario, staff)
    held = 0
    for name in allowed_shifts(scenario, staff):
        if post.shifts and name not in post.shifts:
            continue
        if name in scenario.shifts:
            stretches = shift_stretches(scenario.shifts[name])
            if limit is None or without_breaks(scenario.shifts[name]) <= limit.minutes:
                for start, end in stretches:
                    held |= _minutes(start, end - start)
        elif post.presence == "standby" and answers(scenario.standbys[name].response, post):
            held |= _minutes(*shift_span(scenario.standbys[name]))
    return held


def answers(response: int | None, post: Post) -> bool:
    """Whether a standby's response is what a post asks for."""
    return post.response is None or (response is not None and response <= post.response)


def same_minutes(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches, each start and length, have a minute of the day in common."""
    return bool(_minutes(*one) & _minutes(*other))


def _minutes(start: int, length: int) -> int:
    """Return a stretch of the day as bits, what passes midnight at the beginning."""
    bits = ((1 << length) - 1) << start
    return (bits | bits >> DAY) & WHOLE_DAY


def _first_gap(missing: int, after: int) -> tuple[int, int]:
    """Return the first stretch of missing minutes, looking from a time of day on and over midnight."""
    turned = (missing >> after) | ((missing << (DAY - after)) & WHOLE_DAY)
    start = (turned & -turned).bit_length() - 1
    end = start
    while turned >> end & 1:
        end += 1
    return (after + start) % DAY, (after + end) % DAY or DAY


def _every_day(seat: schema.VendorSeat, post: Post) -> bool:
    """Whether a seat is filled on all the days on which its post is needed."""
    week = ring()
    ordinary = all(week.needs(seat.days, day) or not week.needs(post.days, day) for day in range(7))
    return ordinary and (seat.days.holidays or not post.days.holidays)


def _inside(window: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Whether a window lies in another that starts on the same day, itself or a day later."""
    start = window[0] if window[0] >= outer[0] else window[0] + DAY
    return start + window[1] <= outer[0] + outer[1]


def _seat_windows(scenario: Scenario, known: Known) -> Iterator[Finding]:
    week = ring()
    for name, seat in scenario.vendor_seats.items():
        post = scenario.posts[seat.post]
        start, length = post.window
        if seat.window is not None and not _inside(seat.window, post.window):
            shown = f"{clock(start)}-{clock(start + length)}"
            yield ("vendor_seats", name, "window"), tr("scenario.seat_outside", post=seat.post, window=shown)
        both = any(week.needs(post.days, day) and week.needs(seat.days, day) for day in range(7))
        if not both and not (post.days.holidays and seat.days.holidays):
            yield ("vendor_seats", name, "days"), tr("scenario.seat_never", post=seat.post)


def _numbers(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find numbers of people that cannot be: a best that is none, and dates with two numbers."""
    for name, post in scenario.posts.items():
        path: Path_ = ("posts", name)
        if post.best is not None and post.best <= post.people:
            yield (*path, "best"), tr("scenario.best_no_more", best=post.best, people=post.people)
        elif "best_price" in post.model_fields_set and not any((post.best, *(one.best for one in post.on))):
            yield (*path, "best_price"), tr("scenario.best_price_alone")
        if post.load < 100 and any((post.best, *(one.best for one in post.on))):
            yield (*path, "load"), tr("scenario.best_load")
        seen: set[date] = set()
        for number, other in enumerate(post.on):
            here: Path_ = (*path, "on", number)
            if other.best is not None and other.best <= other.people:
                yield (*here, "best"), tr("scenario.best_no_more", best=other.best, people=other.people)
            if any((last - first).days >= MOST_DAYS for first, last in other.dates):
                yield (*here, "dates"), tr("scenario.span_too_long", most=MOST_DAYS)
                continue
            own = [on for span in other.dates for on in each_day([span])]
            if twice := sorted(on for on, times in Counter([*own, *seen]).items() if times > 1):
                yield (*here, "dates"), tr("scenario.on_twice", date=twice[0])
            seen |= set(own)


CHECKS: tuple[Check, ...] = (_presence, _vendors, cover, _seat_windows, _numbers)
