"""Overtime keeps the law's average, and a long week that others make up for is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.domain.rules import WeekHours
from roster.questions.absences.case import overtime_minutes
from roster.scenario import load
from tests.small import H, post, roster, staff, word, world

TEXT = """
name: desk
calendar: {{start: 2026-11-02, weeks: 2, time_zone: Europe/Berlin}}
employers: {{acme: {{regime: eu_directive}}}}
roles: {{op: {{}}}}
shifts: {{D: {{start: 07:00, length: 12h}}}}
posts: {{seat: {{role: op, window: 07:00-19:00}}}}
staff_types: {{op: {{skills: op, weekly_hours: {hours}, share: {share}}}}}
absence: gross
"""


@pytest.mark.parametrize(
    ("hours", "share", "most"), [(48, 1, 48), (44, 1, 48), (40, 1, 48), (36, 1, 44), (40, 0.5, 24)]
)
def test_overtime_never_breaks_the_average_of_the_law(
    tmp_path: Path, hours: int, share: float, most: int
) -> None:
    path = tmp_path / "desk.yaml"
    path.write_text(TEXT.format(hours=hours, share=share), encoding="utf-8")
    (kind,) = load(path).with_overtime().types
    assert kind.calendar_minutes == most * H


def test_a_long_week_that_a_short_one_makes_up_for_is_no_overtime() -> None:
    line = word("DDDDDD-DDDD---")  # 48 h and 32 h
    for rules, minutes in (((), 0), ((WeekHours(minutes=40 * H),), 8 * H)):
        problem = world(staff("a", "D", *rules, weekly_minutes=40 * H), posts=(post("p", 8, 8),), weeks=2)
        assert list(overtime_minutes(problem, roster(problem, [line])).values()) == [minutes]
        assert list(overtime_minutes(problem.with_overtime(), roster(problem, [line])).values()) == [minutes]


def test_hours_above_the_contract_are_overtime() -> None:
    problem = world(staff("a", "D", weekly_minutes=40 * H), posts=(post("p", 8, 8),), weeks=2)
    line = word("DDDDDD-DDDDD--")
    assert list(overtime_minutes(problem, roster(problem, [line])).values()) == [8 * H]
