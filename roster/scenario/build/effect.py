"""Rules that are stated for people none of whom can ever do what they are about: they would be without effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from roster.domain import rules
from roster.domain.duty import Shift
from roster.domain.rule import Rule
from roster.language import tr
from roster.scenario.build.contracts import type_stated
from roster.scenario.build.counts import countable
from roster.scenario.build.defaults import allowed_shifts, employer_of, night_window
from roster.scenario.build.rules import layer_of
from roster.scenario.build.shifts import all_shifts
from roster.scenario.schema.rule_limits import Rules
from roster.scenario.schema.sections import Scenario, StaffType
from roster.yaml.tree import Path_


@dataclass(frozen=True, slots=True)
class Idle:
    """
    A rule without effect: where it stands, what it says, and why it has none.

    `refused`: why it cannot be meant so, where it asks for what nobody can ever have, or plainly means other duties;
    empty where it is kept by itself.
    """

    path: Path_
    sentence: str
    why: str
    refused: str


def rule_sections(scenario: Scenario) -> Iterator[tuple[Path_, Rules]]:
    """Yield every place of a scenario that states rules."""
    yield ("rules",), scenario.rules
    for name, employer in scenario.employers.items():
        yield ("employers", name, "rules"), employer.rules
    for name, staff in scenario.staff_types.items():
        if type_stated(name) == name:
            yield ("staff_types", name, "rules"), staff.rules
    for name, person in scenario.people.items():
        yield ("people", name, "rules"), person.rules


def concerned(scenario: Scenario, section: Path_) -> list[StaffType]:
    """Return the staff types that a `rules` section is about."""
    if section[0] == "staff_types":
        return [staff for name, staff in scenario.staff_types.items() if type_stated(name) == section[1]]
    if section[0] == "people":
        return [scenario.staff_types[scenario.people[str(section[1])].type]]
    everybody = scenario.staff_types.values()
    if section[0] == "employers":
        return [staff for staff in everybody if employer_of(scenario, staff) == section[1]]
    return list(everybody)


def without_effect(scenario: Scenario) -> Iterator[Idle]:
    """Yield the rules that a scenario states for people none of whom they can concern."""
    shifts = all_shifts(scenario, night_window(scenario))
    for section, stated in rule_sections(scenario):
        able = [
            [shift for shift in shifts if shift.name in allowed_shifts(scenario, staff)]
            for staff in concerned(scenario, section)
        ]
        seen: Counter[type[Rule]] = Counter()
        for rule in layer_of(stated).rules if able else ():
            if not any(_concerns(rule, own) for own in able):
                yield Idle(
                    (*section, *_place(rule, seen[type(rule)])), rule.sentence, _why(rule), _refused(rule)
                )
            seen[type(rule)] += 1


def _on_site(shift: Shift) -> bool:
    return shift.on_site


def _works(shift: Shift) -> bool:
    return shift.on_site or shift.work_minutes > 0


def _night(shift: Shift) -> bool:
    return shift.night


def _on_call(shift: Shift) -> bool:
    return not shift.on_site


_NEEDS: dict[type[Rule], tuple[Callable[[Shift], bool], ...]] = {
    rules.MinRest: (_works,),
    rules.WeekHours: (_works,),
    rules.WeeklyRest: (_works,),
    rules.ShiftLength: (_on_site,),
    rules.WorkBlock: (_on_site,),
    rules.OffBlock: (_on_site,),
    rules.MaxNights: (_night,),
    rules.RestAfterNights: (_night,),
    rules.StandbyShare: (_on_call,),
    rules.NoStandbyBefore: (_on_call, _on_site),
    rules.NoStandbyAfterNights: (_on_call, _night),
}
"""What somebody has to have for a rule to say anything, one of each kind."""

_NIGHTS, _STANDBY = (
    (rules.MaxNights, rules.RestAfterNights),
    (rules.StandbyShare, rules.NoStandbyBefore, rules.NoStandbyAfterNights),
)


def _concerns(rule: Rule, able: Sequence[Shift]) -> bool:
    """Whether a rule says anything to somebody who may do these shifts and standbys."""
    if isinstance(rule, rules.Count | rules.Gap):
        return countable(rule.of, rule.shifts, able)
    names = {shift.name for shift in able}
    if isinstance(rule, rules.ShiftRun):
        return rule.shift in names
    if isinstance(rule, rules.Succession | rules.Handover):
        return rule.first in names and rule.second in names
    return all(any(needed(shift) for shift in able) for needed in _NEEDS.get(type(rule), ()))


def _refused(rule: Rule) -> str:
    if isinstance(rule, rules.OffBlock):
        return tr("scenario.no_effect_off_block")
    if isinstance(rule, rules.WorkBlock):
        return tr("scenario.no_effect_work_block")
    # Days off are counted of everybody; nobody without shifts has ever fewer than all.
    if isinstance(rule, rules.Count) and (rule.least or rule.of is rules.Counted.DAYS_OFF):
        return tr("scenario.no_effect_least", why=_why(rule))
    return ""


def _why(rule: Rule) -> str:
    if isinstance(rule, rules.ShiftRun):
        return tr("scenario.idle_shift", shifts=rule.shift)
    if isinstance(rule, rules.Succession | rules.Handover):
        return tr("scenario.idle_pair", first=rule.first, second=rule.second)
    of = rule.of if isinstance(rule, rules.Count | rules.Gap) else None
    if of is rules.Counted.SHIFTS and isinstance(rule, rules.Count | rules.Gap):
        return tr("scenario.idle_shift", shifts=", ".join(rule.shifts))
    if of is rules.Counted.NIGHTS or isinstance(rule, _NIGHTS):
        return tr("scenario.idle_nights")
    if of is rules.Counted.STANDBY or isinstance(rule, _STANDBY):
        return tr("scenario.idle_standby")
    return tr("scenario.idle_work")


def _place(rule: Rule, number: int) -> Path_:
    """Return where a section of rules has one, the so manieth of its kind."""
    several = {
        rules.Succession: "forbidden",
        rules.Handover: "handovers",
        rules.Count: "counts",
        rules.Gap: "gaps",
    }
    if isinstance(rule, rules.ShiftRun):
        return ("shift_runs", rule.shift)
    return (several[type(rule)], number) if type(rule) in several else (rule.key,)
