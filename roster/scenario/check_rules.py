"""Rules that cannot be meant, or that nothing they are stated for could ever break or keep."""

from __future__ import annotations

from collections.abc import Iterator

from roster.language import tr
from roster.scenario.check_names import rule_sections
from roster.scenario.checks import Check, Finding, Known, unknown
from roster.scenario.counting import WORDS, amiss, counted
from roster.scenario.limits import CountRule, GapRule, Rules
from roster.scenario.schema import Scenario
from roster.scenario.source import Path_
from roster.scenario.values import show


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


CHECKS: tuple[Check, ...] = (_counts,)
