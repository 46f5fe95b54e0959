"""Names that lead nowhere, and names or letters given twice."""

from __future__ import annotations

from collections.abc import Iterator

from roster.domain.fairness import HOURS, MEASURES
from roster.language import tr
from roster.readable import show
from roster.scenario.build.contracts import type_stated
from roster.scenario.build.effect import rule_sections
from roster.scenario.build.regimes import names as regime_names
from roster.scenario.checks.findings import RESERVED_TYPES, Check, Finding, Known, unknown
from roster.scenario.schema.sections import Scenario
from roster.yaml.tree import Path_


def _employers(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, employer in scenario.employers.items():
        yield from unknown(("employers", name, "regime"), employer.regime, regime_names(), "regime")


def _roles(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, role in scenario.roles.items():
        for index, other in enumerate(role.incompatible):
            yield from unknown(("roles", name, "incompatible", index), other, known.roles, "role")
    if scenario.control.role is not None:
        yield from unknown(("control", "role"), scenario.control.role, known.roles, "role")


def _travel(scenario: Scenario, known: Known) -> Iterator[Finding]:
    seen: set[frozenset[str]] = set()
    for index, way in enumerate(scenario.travel):
        path: Path_ = ("travel", index, "between")
        for end, site in enumerate(way.between):
            yield from unknown((*path, end), site, known.sites, "site")
        ends = frozenset(way.between)
        if len(ends) == 1:
            yield path, tr("scenario.travel_same", site=show(way.between[0]))
        if ends in seen:
            yield path, tr("scenario.travel_twice", sites=" – ".join(way.between))
        seen.add(ends)


def _posts(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, post in scenario.posts.items():
        for index, role in enumerate(post.role):
            yield from unknown(("posts", name, "role", index), role, known.roles, "role")
        for index, shift in enumerate(post.shifts):
            yield from unknown(
                ("posts", name, "shifts", index), shift, known.shifts | known.standbys, "shift"
            )
        if post.site is not None:
            yield from unknown(("posts", name, "site"), post.site, known.sites, "site")


def _types(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, staff in scenario.staff_types.items():
        path: Path_ = ("staff_types", name)
        if name in RESERVED_TYPES:
            yield path, tr("scenario.reserved_type", name=name)
        for index, skill in enumerate(staff.skills):
            yield from unknown((*path, "skills", index), skill, known.roles, "role")
        for index, shift in enumerate(staff.shifts or ()):
            yield from unknown((*path, "shifts", index), shift, known.shifts | known.standbys, "shift")
        for index, site in enumerate(staff.sites or ()):
            yield from unknown((*path, "sites", index), site, known.sites, "site")
        if staff.employer is not None:
            yield from unknown((*path, "employer"), staff.employer, known.employers, "employer")
        elif len(known.employers) > 1:
            yield path, tr("scenario.employer_missing", names=", ".join(sorted(known.employers)))


def _seats(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, seat in scenario.vendor_seats.items():
        yield from unknown(("vendor_seats", name, "post"), seat.post, known.posts, "post")
        if seat.employer is not None:
            yield from unknown(("vendor_seats", name, "employer"), seat.employer, known.employers, "employer")


def _people(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name, person in scenario.people.items():
        yield from unknown(("people", name, "type"), type_stated(person.type), known.types, "type")


def _fairness(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for index, shared in enumerate(scenario.fairness or ()):
        names = frozenset(MEASURES) | known.shifts | known.standbys
        yield from unknown(("fairness", index, "of"), shared.of, names, "measure")
        for place, name in enumerate(shared.among):
            yield from unknown(("fairness", index, "among", place), name, known.types, "type")
        path: Path_ = ("fairness", index, "share")
        for name, kind, _ in shared.share.figures:
            if name:
                yield from unknown((*path, name), name, scenario.people, "person")
            if kind == "minutes" and shared.of != HOURS:
                yield (*path, name) if name else path, tr("scenario.share_of_hours", of=shared.of)
        if shared.among and any(name for name, _, _ in shared.share.figures):
            yield ("fairness", index, "among"), tr("scenario.share_names")


def _rules(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for path, rules in rule_sections(scenario):
        for shift in rules.shift_runs or ():
            yield from unknown((*path, "shift_runs", shift), shift, known.shifts | known.standbys, "shift")
        for index, limit in enumerate(rules.forbidden or ()):
            for shift in dict.fromkeys(limit.pair[:2]):
                yield from unknown((*path, "forbidden", index), shift, known.shifts | known.standbys, "shift")
        for index, handed in enumerate(rules.handovers or ()):
            for shift in dict.fromkeys(handed.pair[:2]):
                yield from unknown((*path, "handovers", index), shift, known.shifts | known.standbys, "shift")


def _shift_names(scenario: Scenario, known: Known) -> Iterator[Finding]:
    for name in sorted(known.shifts & known.standbys):
        yield ("standbys", name), tr("scenario.name_twice", value=show(name))
    if not known.shifts and not known.standbys:
        yield (), tr("scenario.no_shifts")


def _letters(scenario: Scenario, known: Known) -> Iterator[Finding]:
    stated = [
        *((("shifts", name, "letter"), shift.letter) for name, shift in scenario.shifts.items()),
        *((("standbys", name, "letter"), standby.letter) for name, standby in scenario.standbys.items()),
    ]
    yield from _twice(stated)
    yield from _twice([(("sites", name, "letter"), site.letter) for name, site in scenario.sites.items()])


def _twice(stated: list[tuple[tuple[str, str, str], str | None]]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for path, sign in stated:
        if sign is None:
            continue
        if sign in seen:
            yield path, tr("scenario.letter_twice", letter=sign, name=show(seen[sign]))
        seen.setdefault(sign, path[1])


CHECKS: tuple[Check, ...] = (
    _employers,
    _roles,
    _travel,
    _posts,
    _types,
    _seats,
    _people,
    _fairness,
    _rules,
    _shift_names,
    _letters,
)
