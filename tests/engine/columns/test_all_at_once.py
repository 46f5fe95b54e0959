"""The scenario that uses every rule at once: everybody has a lawful calendar soon, in tables of bounded size."""

from __future__ import annotations

import time
from pathlib import Path

from roster.checker import check_roster
from roster.domain.pairing import BONDS
from roster.engine.columns.best_response import respond
from roster.engine.columns.compile_team import Aims, compile_team
from roster.engine.columns.generate import Deadline
from roster.engine.columns.pricing import CELLS
from roster.engine.columns.state import State
from roster.questions.calendar.people import skeleton
from roster.scenario import load

FILE = Path(__file__).parents[3] / "scenarios" / "teams" / "ward_and_engineers.yaml"


def test_everybody_has_a_lawful_calendar_where_every_rule_is_used() -> None:
    problem = load(FILE)
    kinds = {rule.key for staff in problem.types for rule in staff.rules}
    assert {"count", "gap", "handover", "weekly_rest", "week_hours", "whole_weekends", "shift_run"} <= kinds
    assert {change.by for change in problem.dates.changes if change.on >= problem.dates.start} == {60}
    assert {pairing.key for pairing in problem.pairings} == {"apart", "together", "supervised"}
    compiled = compile_team(problem, skeleton(problem), Aims())
    state = State(compiled.team, 1, Deadline(time.monotonic() + 300), None)
    lines = respond(state, [None] * len(compiled.team.members), 1, state.deadline)
    assert lines is not None
    roster = compiled.read(lines)
    assert not [one for one in check_roster(problem, roster) if one.person and one.rule not in BONDS]
    for pricer in state.generator.pricers:
        for table in pricer._laid.values():
            assert max(arcs.before for arcs in pricer.member.days) * table._width <= CELLS
