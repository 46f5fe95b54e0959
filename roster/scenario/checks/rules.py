"""Rules that cannot be meant, or that nothing they are stated for could ever break or keep."""

from __future__ import annotations

from collections.abc import Iterator

from roster.language import tr
from roster.readable import show
from roster.scenario.build.counts import WORDS, amiss, counted, gap_rule
from roster.scenario.build.defaults import night_window
from roster.scenario.build.effect import rule_sections, without_effect
from roster.scenario.build.shifts import all_shifts
from roster.scenario.build.turns import crew, even_days
from roster.scenario.checks.findings import Check, Finding, Known, unknown
from roster.scenario.schema.rule_limits import CountRule, GapRule, Rules
from roster.scenario.schema.sections import Scenario
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


def _idle(scenario: Scenario, known: Known) -> Iterator[Finding]:
    """Find rules that nobody they are stated for could ever keep, or that are plainly meant for other duties."""
    yield from ((idle.path, idle.refused) for idle in without_effect(scenario) if idle.refused)


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
WHOLE: tuple[Check, ...] = (_idle, even)
"""Those that look at the file as a whole."""
