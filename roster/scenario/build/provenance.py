"""What a report must say of a scenario: every limit in force with its source, and every assumption made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roster.domain.problem import Limit, StaffType
from roster.domain.rules import AverageHours, Count, Gap, NoOverlap, Origin, Rule, hours
from roster.language import listed, tr
from roster.scenario.build.counts import as_stated
from roster.scenario.build.defaults import employer_of, employer_rules, full_time, regime_of
from roster.scenario.build.effect import without_effect
from roster.scenario.build.net_hours import leave_days, supply
from roster.scenario.build.pairings import pairings
from roster.scenario.build.regimes import Regime, regime
from roster.scenario.checks.posts import gaps

if TYPE_CHECKING:
    from roster.scenario.schema.sections import Scenario


def limits(scenario: Scenario, types: tuple[StaffType, ...]) -> tuple[Limit, ...]:
    """Return one limit for each employer and rule, then what single staff types have of their own."""
    found: list[Limit] = []
    for name, employer in scenario.employers.items():
        shipped = regime(employer.regime)
        common = employer_rules(scenario, name)
        found += _hours_limits(scenario, name, shipped)
        found += [_limit(name, rule) for rule in common if _listed(rule)]
        for staff in types:
            if staff.employer == name:
                own = [rule for rule in map(as_stated, staff.rules) if rule not in common and _listed(rule)]
                found += [_limit(f"{name} / {staff.name}", rule) for rule in own]
    first = next(iter(scenario.employers))
    found += [
        Limit(first, pairing.key, pairing.sentence, Origin.SCENARIO.value, pairing.source)
        for pairing in pairings(scenario)
    ]
    return tuple(found)


def _listed(rule: Rule) -> bool:
    """
    Whether a rule is a limit of its own: nobody needs to be told of overlaps, and hours have their own lines.

    An even gap is known for each type only.
    """
    if isinstance(rule, AverageHours):
        return bool(rule.over)
    return not isinstance(rule, NoOverlap) and not (isinstance(rule, Gap) and not rule.days)


def _limit(employer: str, rule: Rule) -> Limit:
    text = rule.sentence
    if rule.price is not None:
        text = tr("scenario.soft_limit", sentence=text, price=rule.price)
    return Limit(employer, rule.subject, text, rule.origin.value, rule.source)


def _hours_limits(scenario: Scenario, name: str, shipped: Regime) -> list[Limit]:
    absence = scenario.absence
    annual = tr("scenario.limit_annual", hours=hours(shipped.annual.value), week=hours(shipped.weekly.value))
    found = [Limit(name, "average_hours", annual, shipped.annual.origin.value, shipped.annual.source)]
    if not absence.gross:
        own = absence.annual_leave_days is not None
        days = leave_days(absence, shipped)
        origin = Origin.SCENARIO if own else shipped.leave_days.origin
        source = "" if own else shipped.leave_days.source
        found.append(Limit(name, "annual_leave", tr("scenario.limit_leave", days=days), origin.value, source))
    return found


def notes(scenario: Scenario, types: tuple[StaffType, ...]) -> list[str]:
    """Return the assumptions a reader must know, the general ones first."""
    found = [tr("scenario.note_no_advice"), *_absence_notes(scenario)]
    if any(rule.origin is Origin.POLICY for staff in types for rule in staff.rules):
        found.append(tr("scenario.note_policy"))
    used = dict.fromkeys(employer.regime for employer in scenario.employers.values())
    for name in used:
        shipped = regime(name)
        found.append(tr("scenario.note_regime", regime=shipped.title, note=shipped.note))
        found += _response_notes(scenario, shipped)
    found += _standby_notes(scenario)
    found += _dates_only_notes(scenario, types)
    if special := [name for name, post in scenario.posts.items() if post.on]:
        found.append(tr("scenario.note_on", posts=listed(special)))
    found += [
        tr("scenario.note_idle", key=".".join(map(str, one.path)), sentence=one.sentence, why=one.why)
        for one in without_effect(scenario)
    ]
    found += _named_only_notes(scenario)
    found += _contract_notes(scenario)
    found += _vendor_notes(scenario)
    found += [
        tr("scenario.note_soft_empty", name=path[1], reason=why) for path, why in gaps(scenario, hard=False)
    ]
    return found


def _absence_notes(scenario: Scenario) -> list[str]:
    absence = scenario.absence
    if absence.gross:
        return [tr("scenario.note_gross")]
    found: list[str] = []
    for name in dict.fromkeys(employer.regime for employer in scenario.employers.values()):
        shipped = regime(name)
        net = supply(absence, shipped, shipped.weekly.value, 100).net
        found.append(
            tr(
                "scenario.note_absence",
                regime=shipped.title,
                days=leave_days(absence, shipped),
                sick=absence.sick_hours,
                training=absence.training_hours,
                net=f"{net / 60:.1f}",
            )
        )
    return found


def _dates_only_notes(scenario: Scenario, types: tuple[StaffType, ...]) -> list[str]:
    """Say which limits a rota without dates does not know, so that the fewest people are a lower bound under them."""
    counts = [
        rule for staff in types for rule in staff.rules if isinstance(rule, Count) and not rule.by_sequence
    ]
    said = dict.fromkeys((*(one.sentence for one in counts), *(one.sentence for one in pairings(scenario))))
    return [tr("scenario.note_dates_only", limits=" ".join(said))] if said else []


def _named_only_notes(scenario: Scenario) -> list[str]:
    """Say which keys are about calendars of people with names, where there are none."""
    if scenario.people:
        return []
    keys = [f"posts.{name}.over_price" for name, post in scenario.posts.items() if post.over_price]
    keys += ["rotation.likeness"] if scenario.rotation.likeness else []
    keys += [key for key in ("fairness", "ledger") if getattr(scenario, key)]
    return [tr("scenario.note_named_only", keys=listed(keys))] if keys else []


def _standby_notes(scenario: Scenario) -> list[str]:
    free = [name for name, standby in scenario.standbys.items() if standby.weight == 0]
    return [tr("scenario.note_standby", names=", ".join(free))] if free else []


def _response_notes(scenario: Scenario, shipped: Regime) -> list[str]:
    """Return what CJEU C-518/15 (Matzak) makes of short response times, under a regime where it holds."""
    most = shipped.response_warning
    if most is None:
        return []
    return [
        tr("scenario.note_response", name=name, minutes=standby.response)
        for name, standby in scenario.standbys.items()
        if standby.response is not None and standby.response <= most and standby.weight < 1
    ]


def _contract_notes(scenario: Scenario) -> list[str]:
    found: list[str] = []
    for name, staff in scenario.staff_types.items():
        shipped, weekly = regime_of(scenario, staff), full_time(scenario, staff)
        if weekly > shipped.most_weekly.value:
            most = hours(shipped.most_weekly.value)
            found.append(
                tr(
                    "scenario.note_above_most",
                    type=name,
                    hours=hours(weekly),
                    most=most,
                    source=shipped.most_weekly.source,
                )
            )
        elif weekly > shipped.weekly.value:
            found.append(
                tr("scenario.note_overtime", type=name, hours=hours(weekly), week=hours(shipped.weekly.value))
            )
    return found


def _vendor_notes(scenario: Scenario) -> list[str]:
    vendors = {name for name, employer in scenario.employers.items() if employer.vendor}
    chinese = any(employer.regime.startswith("cn_") for employer in scenario.employers.values())
    resident = any(employer_of(scenario, staff) in vendors for staff in scenario.staff_types.values())
    return [tr("scenario.note_dispatch")] if chinese and resident else []
