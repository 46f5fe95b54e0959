"""
What no single value of a profile can show to be wrong: demands that contradict each other, targets that nobody reaches.

Each check yields findings: where in the file, and a sentence with the way out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from roster.language import tr
from roster.readable import show
from roster.scenario.build.regimes import names as regime_names
from roster.scenario.checks.findings import RESERVED_TYPES
from roster.scenario.validation.fit import Finding
from roster.sizing import build, nights
from roster.sizing.answering import target_of
from roster.sizing.design import Level
from roster.sizing.drivers import drivers
from roster.sizing.erlang import MOST_LOAD
from roster.sizing.profile import Profile
from roster.sizing.schema import Queue
from roster.sizing.trades import trades
from roster.suggestions import did_you_mean

_PERCENT = ("standby_share_", "control_share")
"""Drivers that go into scenarios as whole percentages."""

_HOURS_A_YEAR = ("sick_hours", "training_hours")
"""Drivers that go into scenarios as whole hours."""

Check = Callable[[Profile], Iterator[Finding]]

MOST_DRIVER = 1_000_000
MOST_AT_DESK = 500
"""More people at once than any desk of a hospital has; above it a rate is taken for a slip of the pen."""

NEEDS = {"ai": ("ai",), "av": ("telemedicine",), "data": ("data_platform",)}
"""Modules without which a role has nothing to do."""


def findings(profile: Profile, *, whole: bool) -> list[Finding]:
    """Return everything wrong; what needs the posts themselves only where all else is right."""
    found = [finding for check in _BY_VALUE for finding in check(profile)]
    if whole and not found:
        found = [finding for check in _BY_POSTS for finding in check(profile)]
    return found


def _regime(profile: Profile) -> Iterator[Finding]:
    known = regime_names()
    if profile.says.regime not in known:
        words = tr("sizing.unknown_regime", value=show(profile.says.regime))
        yield ("regime",), words + did_you_mean(profile.says.regime, known)


def _core(profile: Profile) -> Iterator[Finding]:
    for at, module in enumerate(profile.says.core or ()):
        if module not in profile.modules:
            yield ("core", at), tr("sizing.core_not_used", module=module)


def _posts(profile: Profile) -> Iterator[Finding]:
    for role in profile.says.posts:
        missing = [module for module in NEEDS.get(role, ()) if module not in profile.modules]
        if missing:
            yield ("posts", role), tr("sizing.post_without_module", role=role, module=missing[0])
        if role == "interface" and not profile.says.interfaces and "insurance" not in profile.modules:
            yield ("posts", role), tr("sizing.post_without_interfaces")
        if role == "monitor":
            yield ("posts", role), tr("sizing.post_monitor")


def _security(profile: Profile) -> Iterator[Finding]:
    if not profile.dedicated_security:
        return
    for name, hire in profile.says.hire.items():
        others = [skill for skill in hire.skills if skill != "security"]
        if "security" in hire.skills and others:
            yield ("hire", name, "skills"), tr("sizing.security_shared", other=others[0])


def _continuity(profile: Profile) -> Iterator[Finding]:
    if profile.says.emergency.around_the_clock and profile.says.continuity == "basic":
        yield ("continuity",), tr("sizing.emergency_basic")
    if profile.says.answering.alerts is not None and not profile.watched:
        yield ("answering", "alerts"), tr("sizing.alerts_unwatched")


def _response(profile: Profile) -> Iterator[Finding]:
    response = profile.says.response
    stated = [(key, getattr(response, key)) for key in ("p1", "p2", "p3", "p4")]
    given = [(key, minutes) for key, minutes in stated if minutes is not None]
    for (first, quicker), (second, slower) in pairwise(given):
        if slower < quicker:
            yield (
                ("response", second),
                tr("sizing.response_order", second=second.upper(), first=first.upper()),
            )
    fastest = profile.values.value("standby_fastest_minutes")
    for key in ("p1", "p2"):
        minutes = getattr(response, key)
        if minutes < fastest:
            yield (
                ("response", key),
                tr("sizing.too_fast_for_standby", minutes=minutes, fastest=f"{fastest:g}"),
            )


def _answering(profile: Profile) -> Iterator[Finding]:
    for place in ("alerts", "desk"):
        queue: Queue | None = getattr(profile.says.answering, place)
        if queue is not None:
            for key, message in _queue(queue):
                yield ("answering", place, key), message


def _queue(queue: Queue) -> Iterator[tuple[str, str]]:
    sound = True
    if queue.per_hour <= 0:
        yield "per_hour", tr("sizing.no_arrivals", value=show(queue.per_hour))
        sound = False
    if queue.handling == 0:
        yield "handling", tr("sizing.no_handling")
        sound = False
    if queue.patience == 0:
        yield "patience", tr("sizing.no_patience")
        sound = False
    if queue.answered in (0, 100):
        yield "answered", tr("sizing.answered_all" if queue.answered else "sizing.answered_none")
        sound = False
    if sound:
        target = target_of(queue)
        if target.load > min(MOST_LOAD, MOST_AT_DESK):
            load = f"{target.load:,.0f}"
            yield "per_hour", tr("sizing.huge_load", load=load, most=MOST_AT_DESK)


def _drivers(profile: Profile) -> Iterator[Finding]:
    known = drivers()
    for key, value in profile.says.drivers.items():
        path = ("drivers", key)
        if key not in known:
            yield path, tr("sizing.unknown_driver", key=show(key)) + did_you_mean(key, known)
            continue
        unit = known[key].unit
        least = 0.0
        most = {"share": 1.0, "hours_week": 10_000.0}.get(unit, float(MOST_DRIVER))
        if key == "desk_hours":
            least, most = 1.0, 8.0
        if key in _HOURS_A_YEAR:
            most = 500.0
            if value != round(value):
                yield path, tr("sizing.driver_hours", value=show(value))
        if unit in ("beds", "factor"):
            least = 0.1
        if not least <= value <= most:
            yield path, tr("sizing.driver_range", value=show(value), least=f"{least:g}", most=f"{most:g}")
        if unit == "money_month" and value != round(value):
            yield path, tr("sizing.driver_whole", value=show(value))
        if key.startswith(_PERCENT) and abs(value * 100 - round(value * 100)) > 1e-9:
            yield path, tr("sizing.driver_percent", value=show(value))


def _people(profile: Profile) -> Iterator[Finding]:
    known = {trade.name: trade for trade in trades(profile)}
    for name in profile.says.hire:
        if name in (*RESERVED_TYPES, nights.CAMPUS):
            yield ("hire", name), tr("sizing.reserved_kind", name=name)
    named = Counter(profile.says.people.values())
    for person, kind in profile.says.people.items():
        if kind not in known:
            yield ("people", person), tr("sizing.unknown_kind", value=show(kind)) + did_you_mean(kind, known)
    for kind, number in named.items():
        most = known[kind].most if kind in known else None
        if most is not None and number > most.value:
            yield ("people",), tr("sizing.more_than_most", kind=kind, number=number, most=most)


def _seats(profile: Profile) -> Iterator[Finding]:
    """Find vendor seats beyond the places that a vendor may fill: the watched seat and the further campuses' desks."""
    places = max(0, len(nights.campus_sites(profile)) - 1)
    if profile.watched:
        try:
            places += nights.seat_people(profile)
        except (ValueError, ZeroDivisionError):
            return
    seats = profile.says.outsourcing.seats
    if seats > places:
        yield ("outsourcing", "seats"), tr("sizing.too_many_seats", seats=seats, places=places)


def _skills(profile: Profile) -> Iterator[Finding]:
    """Find posts for which nobody can be hired."""
    missing: set[str] = set()
    for level in Level:
        made = build.design(profile, level)
        for post in made.posts:
            able = [staff for staff in made.types if set(post.roles) & set(staff.skills)]
            bought = sum(seat.count for seat in made.seats if seat.post == post.name)
            if not able and bought < post.people:
                missing.add(tr("sizing.or").join(tr(f"sizing.role_{role}") for role in post.roles))
    for role in sorted(missing):
        yield ("hire",), tr("sizing.nobody_for", role=role)


_BY_VALUE: tuple[Check, ...] = (
    _regime,
    _core,
    _posts,
    _security,
    _continuity,
    _response,
    _answering,
    _drivers,
    _people,
    _seats,
)
_BY_POSTS: tuple[Check, ...] = (_skills,)
