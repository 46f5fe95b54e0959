"""Where the hours of a change of clocks are what cannot be held, explaining says so, with the clock as a way out."""

from __future__ import annotations

from pathlib import Path

from roster.domain.outcome import Status
from roster.language import speaking
from roster.questions.explain.answer import ExplainRequest, explain
from roster.scenario import load
from tests.small import ONE_WORKER

WARD = """
name: ward
calendar: {start: 2027-10-25, weeks: 1, time_zone: Europe/London}
employers: {trust: {regime: eu_directive}}
roles: {nurse: {}}
shifts: {N: {start: 21:00, length: 12h}}
posts: {n: {role: nurse, days: sat, window: 21:00-09:00}}
staff_types: {nurse: {skills: nurse, weekly_hours: 12}}
people: {Ann: nurse}
absence: gross
rules: {shift_length: off}
"""


def test_a_night_of_thirteen_hours_is_explained_with_the_clock_as_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "ward.yaml"
    path.write_text(WARD, encoding="utf-8")
    with speaking("en"):
        answer = explain(load(path), ExplainRequest(), ONE_WORKER)
        (by_clock,) = [way for way in answer.ways if "by the clock" in way.sentence]
    assert answer.status is Status.INFEASIBLE
    assert by_clock.law
    path.write_text(WARD.replace("London}", "London, hours: clock}"), encoding="utf-8")
    assert explain(load(path), ExplainRequest(), ONE_WORKER).status is Status.OPTIMAL
