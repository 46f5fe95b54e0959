"""Rules that cannot be meant, or that nothing they are stated for could ever break or keep."""

from __future__ import annotations

from collections.abc import Iterator

from roster.language import tr
from roster.readable import show
from roster.scenario.build.counts import WORDS, amiss, counted, gap_rule
from roster.scenario.build.defaults import allowed_shifts, employer_of, night_window
from roster.scenario.build.shifts import all_shifts
from roster.scenario.build.turns import crew, even_days
from roster.scenario.checks.findings import Check, Finding, Known, unknown
from roster.scenario.checks.names import rule_sections
from roster.scenario.schema.rule_limits import CountRule, GapRule, Rules
from roster.scenario.schema.sections import Scenario, StaffType
from roster.yaml.tree import Path_


def _counting(path: Path_, rules: Rules) -> Iterator[tuple[Path_, CountRule | GapRule]]:
    for index, count in enumerate(rules.counts or ()):
        yield (*path, "counts", index), count
    for index, gap in enumerate(rules.gaps or ()):
        yield (*path, "gaps", index), gap


def _counts(scenario: Scenario, known: Known) -> Iterator[Finding]:
    names = known.shifts | known.standbys
    for section, rules in rule_sections(scenario):
        for path, limit in _counting(section, rules):
            of, shifts = counted(limit.of)
            for place, name in enumerate(limit.of):
                if name in shifts and name not in WORDS:
                    words = (*sorted(names), *WORDS)
                    yield from unknown((*path, "of", place), name, words, "counted")
            for key, sentence in amiss(limit):
                yield (*path, key), sentence
            if of.value in names:
                yield (*path, "of"), tr("scenario.count_shift_word", value=show(of.value))
        for index, handed in enumerate(rules.handovers or ()):
            if handed.pair[2]:
                yield (
                    (*section, "handovers", index),
                    tr("scenario.handover_at_once", pair=" ".join(handed.pair[:2])),
                )


def _concerned(scenario: Scenario, section: Path_) -> list[StaffType]:
    """Return the staff types that a `rules` section is about."""
    if section[0] == "staff_types":
        return [scenario.staff_types[str(section[1])]]
    everybody = scenario.staff_types.values()
    if section[0] == "employers":
        return [staff for staff in everybody if employer_of(scenario, staff) == section[1]]
    return list(everybody)


def without_effect(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find rules on shifts and days off that are stated for people who are only ever on call."""
    for section, rules in rule_sections(scenario):
        types = _concerned(scenario, section)
        works = any(name in scenario.shifts for staff in types for name in allowed_shifts(scenario, staff))
        if not types or works:
            continue
        if rules.off_block is not None:
            yield (*section, "off_block"), tr("scenario.no_effect_off_block")
        if rules.work_block is not None:
            yield (*section, "work_block"), tr("scenario.no_effect_work_block")


def even(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find gaps that are to be even among people of whom it is not known how many they are, or who are too few."""
    shifts = all_shifts(scenario, night_window(scenario))
    for section, rules in rule_sections(scenario):
        for path, limit in _counting(section, rules):
            if isinstance(limit, GapRule) and limit.days == 0:
                rule = gap_rule(limit, {})
                found = crew(scenario, rule, list(shifts))
                if found.people is None:
                    yield (*path, "days"), tr("scenario.even_open")
                elif even_days(rule, (), found) is None:
                    yield (*path, "days"), tr("scenario.even_few", people=found.people, places=found.places)


CHECKS: tuple[Check, ...] = (_counts,)
WHOLE: tuple[Check, ...] = (without_effect, even)
"""Those that look at the file as a whole."""
