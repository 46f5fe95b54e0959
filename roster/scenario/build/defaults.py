"""What a scenario comes to once defaults are filled in: spans, numbers, employers, and the rules in force for whom."""

from __future__ import annotations

from collections import Counter

from roster.domain.problem import DAY, NightWindow
from roster.domain.rules import AverageHours, NoOverlap, Rule
from roster.scenario.build.regimes import Regime, regime
from roster.scenario.build.rules import Layer, layer_of, stacked
from roster.scenario.schema import sections as schema
from roster.scenario.schema.sections import Scenario

UNLIMITED = 1000
"""People of a type where the scenario sets no maximum."""


def night_window(scenario: Scenario) -> NightWindow:
    """Return when it is night, the end after midnight counted on."""
    start, end = scenario.night.start, scenario.night.end
    return NightWindow(start, end if end > start else end + DAY, scenario.night.at_least)


def shift_span(shift: schema.Shift | schema.Standby) -> tuple[int, int]:
    """Return start and length of a shift or standby in minutes; an end not later than the start is the next day's."""
    stretches = shift_stretches(shift)
    return stretches[0][0], stretches[-1][1] - stretches[0][0]


def shift_stretches(shift: schema.Shift | schema.Standby) -> list[tuple[int, int]]:
    """
    Return the minutes [start, end) of the stretches of a shift or standby, after the midnight of its day.

    A stretch that starts before the one before it ends is the next day's.
    """
    found: list[tuple[int, int]] = []
    for start, length in shift.stretches if isinstance(shift, schema.Shift) else ():
        begins = start if not found or start >= found[-1][1] else start + DAY
        found.append((begins, begins + length))
    if found:
        return found
    start = shift.start or 0
    if shift.length is not None:
        return [(start, start + shift.length)]
    end = shift.end if shift.end is not None else start
    return [(start, end if end > start else end + DAY)]


def employer_of(scenario: Scenario, staff: schema.StaffType) -> str:
    """Return a type's employer: the one it names, or the only one there is."""
    return staff.employer if staff.employer is not None else next(iter(scenario.employers))


def regime_of(scenario: Scenario, staff: schema.StaffType) -> Regime:
    """Return the regime of a type's employer."""
    return regime(scenario.employers[employer_of(scenario, staff)].regime)


def employer_rules(scenario: Scenario, name: str) -> tuple[Rule, ...]:
    """Return the rules in force for everybody of an employer."""
    employer = scenario.employers[name]
    shipped = regime(employer.regime)
    always = Layer(frozenset(), (NoOverlap(), _average(shipped)))
    by_law = Layer(frozenset(), shipped.limits)
    return stacked([always, by_law, layer_of(employer.rules), layer_of(scenario.rules)])


def type_rules(scenario: Scenario, staff: schema.StaffType) -> tuple[Rule, ...]:
    """Return the rules in force for a staff type."""
    common = Layer(frozenset(), employer_rules(scenario, employer_of(scenario, staff)))
    return stacked([common, *map(layer_of, staff.layers)])


def _average(shipped: Regime) -> AverageHours:
    return AverageHours(origin=shipped.annual.origin, source=shipped.annual.source)


def allowed_shifts(scenario: Scenario, staff: schema.StaffType) -> tuple[str, ...]:
    """Return the names of the shifts and standbys a type may do, as the scenario orders them."""
    every = (*scenario.shifts, *scenario.standbys)
    return every if staff.shifts is None else tuple(name for name in every if name in staff.shifts)


def head_range(scenario: Scenario, name: str) -> tuple[int, int]:
    """
    Return how many people of a type there may be.

    Named people are there, so they are the number unless the scenario says how many more may be hired, or states the
    number itself.
    """
    staff = scenario.staff_types[name]
    named = Counter(person.type for person in scenario.people.values())[name]
    count = staff.count
    stated = count is not None and (not named or "min" in count.model_fields_set)
    least = max(0, count.min) if count is not None and stated else named
    if staff.hire is not None:
        return least, named + staff.hire
    if count is not None and count.max is not None:
        return least, count.max
    return least, named if named and count is None else max(UNLIMITED, least)


def full_time(scenario: Scenario, staff: schema.StaffType) -> int:
    """Return the contract minutes a week of full time."""
    return regime_of(scenario, staff).weekly.value if staff.weekly_hours is None else staff.weekly_hours
