"""People with people: from what a file says to pairings, and what cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator

from roster.domain.pairing import Bond, Pairing
from roster.language import tr
from roster.readable import show
from roster.scenario.build.clocks import zone_of
from roster.scenario.checks.findings import Check, Finding, Known, unknown
from roster.scenario.schema.sections import Scenario
from roster.yaml.tree import Path_


def pairings(scenario: Scenario) -> tuple[Pairing, ...]:
    """Return what a file asks of people with one another."""
    return (
        *(Pairing(Bond.APART, tuple(who)) for who in scenario.apart),
        *(Pairing(Bond.TOGETHER, tuple(who)) for who in scenario.together),
        *(Pairing(Bond.SUPERVISED, tuple(one.who), tuple(one.by), one.source) for one in scenario.supervised),
    )


def _named(scenario: Scenario, known: Known) -> Iterator[Finding]:
    people = tuple(scenario.people)
    both = (*people, *known.roles)
    for key, groups, among in (("apart", scenario.apart, both), ("together", scenario.together, people)):
        for index, who in enumerate(groups):
            path: Path_ = (key, index)
            for place, name in enumerate(who):
                yield from unknown(
                    (*path, place), name, among, "person_or_role" if among is both else "person"
                )
            yield from _alone(scenario, path, who)
    for index, one in enumerate(scenario.supervised):
        for field, names in (("who", one.who), ("by", one.by)):
            for place, name in enumerate(names):
                yield from unknown(("supervised", index, field, place), name, both, "person_or_role")


def _alone(scenario: Scenario, path: Path_, who: list[str]) -> Iterator[Finding]:
    """Find groups of one person, who has nobody to be apart from or together with."""
    twice = [name for place, name in enumerate(who) if name in who[:place]]
    if twice:
        yield path, tr("scenario.paired_twice", name=show(twice[0]))
    elif len(who) < 2 and who[0] in scenario.people:
        yield path, tr("scenario.paired_alone", name=show(who[0]))


def _clocks(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find people bound to one another who live by different clocks: their minutes are not the same."""
    for path, names in _groups(scenario):
        zones = {
            zone_of(scenario, next(iter(staff.sites or scenario.sites), None))
            for name, staff in scenario.staff_types.items()
            if set(staff.skills) & names
            or any(scenario.people[who].type == name for who in names if who in scenario.people)
        }
        if len(zones) > 1:
            yield path, tr("scenario.paired_clocks", zones=", ".join(sorted(zones)))


def _groups(scenario: Scenario) -> Iterator[tuple[Path_, set[str]]]:
    for index, who in enumerate(scenario.apart):
        yield ("apart", index), set(who)
    for index, who in enumerate(scenario.together):
        yield ("together", index), set(who)
    for index, one in enumerate(scenario.supervised):
        yield ("supervised", index), {*one.who, *one.by}


def _clashing(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find two people who are to be apart and together."""
    together = [set(who) for who in scenario.together]
    for index, who in enumerate(scenario.apart):
        for group in together:
            both = [name for name in who if name in group]
            if len(both) > 1:
                yield ("apart", index), tr("scenario.apart_and_together", one=both[0], other=both[1])


CHECKS: tuple[Check, ...] = (_named, _clashing, _clocks)
