"""A rule that nobody it is stated for can break or keep is refused, or its report says that it has no effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.errors import Faults
from roster.language import speaking
from roster.scenario import load

WORLD = """
name: small
calendar: {{start: 2027-03-01, weeks: 2, time_zone: Asia/Tokyo}}
employers: {{h: {{regime: eu_directive}}}}
roles: {{a: {{}}}}
shifts: {{D: {{start: 08:00, length: 8h}}, N: {{start: 22:00, length: 8h}}}}
standbys: {{S: {{start: 16:00, length: 16h}}}}
posts: {{day: {{role: a, window: 08:00-16:00, days: mon}}}}
staff_types:
  worker: {{skills: a}}
  other: {{skills: a, shifts: [{able}], rules: {{{rule}}}}}
absence: gross
"""

NOTED = [
    ("D", "max_nights: 2"),
    ("D", "rest_after_nights: 24h"),
    ("D", "standby_share: 10%"),
    ("N", "no_standby_after_nights: true"),
    ("S", "no_standby_before: 09:00"),
    ("S", "min_rest: 12h"),
    ("S", "week_hours: 30h"),
    ("S", "weekly_rest: 36h"),
    ("S", "shift_length: 8h"),
    ("D", "shift_runs: {N: {longest: 2}}"),
    ("D", "forbidden: [N D]"),
    ("N", "handovers: [D N]"),
    ("D", "counts: [{of: nights, most: 2}]"),
    ("D", "counts: [{of: standby, most: 2}]"),
    ("S", "counts: [{of: days, most: 2}]"),
    ("S", "counts: [{of: hours, most: 20h}]"),
    ("D", "counts: [{of: N, most: 2}]"),
    ("D", "gaps: [{of: nights, days: 2}]"),
    ("D", "gaps: [{of: S, days: 2}]"),
]
REFUSED = [
    ("S", "work_block: {longest: 3}"),
    ("S", "off_block: {shortest: 2}"),
    ("S", "counts: [{of: days_off, most: 2}]"),
    ("S", "counts: [{of: hours, least: 20h}]"),
    ("D", "counts: [{of: nights, least: 1}]"),
    ("D", "counts: [{of: standby, least: 1, per: month}]"),
]
ACTING = [
    ("N", "max_nights: 2"),
    ("S", "standby_share: 10%"),
    ("N, S", "no_standby_after_nights: true"),
    ("D, S", "no_standby_before: 09:00"),
    ("D", "min_rest: 12h"),
    ("D", "off_block: {shortest: 2}"),
    ("S", "shift_runs: {S: {longest: 2}}"),
    ("S, N", "forbidden: [S N]"),
    ("S", "counts: [{of: standby, least: 1}]"),
    ("S", "counts: [{of: weekends, most: 1, per: 2 weeks}]"),
    ("S", "gaps: [{of: S, days: 2}]"),
    ("D", "max_nights: off"),
    ("S", "whole_weekends: true"),
]


def _notes(folder: Path, able: str, rule: str) -> list[str]:
    path = folder / "small.yaml"
    path.write_text(WORLD.format(able=able, rule=rule), encoding="utf-8")
    with speaking("en"):
        return [note for note in load(path).notes if "has no effect" in note]


@pytest.mark.parametrize(("able", "rule"), NOTED)
def test_a_rule_that_is_kept_by_itself_is_said_to_have_no_effect(
    tmp_path: Path, able: str, rule: str
) -> None:
    (note,) = _notes(tmp_path, able, rule)
    assert f"staff_types.other.rules.{rule.split(':')[0]}" in note


@pytest.mark.parametrize(("able", "rule"), REFUSED)
def test_a_rule_that_nobody_could_keep_is_refused(tmp_path: Path, able: str, rule: str) -> None:
    with pytest.raises(Faults) as refused:
        _notes(tmp_path, able, rule)
    (fault,) = refused.value.faults
    assert fault.line == 11
    assert "nobody it is stated for" in fault.message


@pytest.mark.parametrize(("able", "rule"), ACTING)
def test_a_rule_that_concerns_somebody_is_not(tmp_path: Path, able: str, rule: str) -> None:
    assert _notes(tmp_path, able, rule) == []
