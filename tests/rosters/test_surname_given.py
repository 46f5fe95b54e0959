"""Names as staff lists write them, surname and given name with a comma between, everywhere that names are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.domain.outcome import Roster
from roster.errors import Faults
from roster.questions.service.request import parse_team, split_names
from roster.rosters.files import read_roster
from roster.rosters.leave_list import parse_leaves as leaves
from roster.rosters.leave_list import split_leave
from roster.rosters.rows import write_roster
from roster.scenario import load
from tests.small import cut, word

DESK = """
name: desk
calendar: {start: 2027-03-01, weeks: 1, time_zone: Europe/Dublin}
employers: {firm: {regime: eu_directive}}
roles: {a: {}}
shifts: {D: {start: 09:00, length: 8h}}
posts: {desk: {role: a, days: weekdays, window: 09:00-17:00}}
staff_types: {a: {skills: a}}
people: {"O'Connor, Seán": a, "Ng, Li": a, Bob: a}
absence: gross
"""
NAMES = ["O'Connor, Seán", "Ng, Li", "Bob"]


def test_they_are_read_in_scenarios_rosters_and_leaves(tmp_path: Path) -> None:

    (tmp_path / "desk.yaml").write_text(DESK, encoding="utf-8")
    problem = load(tmp_path / "desk.yaml")
    assert [person.name for person in problem.people] == NAMES
    rows = (word("DD-----"), word("--DD---"), word("----D--"))
    on_shift = {duty.name: duty for duty in problem.duties(problem.types[0])}
    duties = tuple(tuple(on_shift[duty.name] for duty in row) for row in rows)
    roster = Roster(problem.people, cut(problem, 7), duties)
    write_roster(problem, roster, tmp_path / "roster.csv")
    assert read_roster(problem, tmp_path / "roster.csv").duties == roster.duties
    asked = split_leave("o'connor, seán:2027-03-02")
    found, faults = leaves([asked], NAMES, problem.dates)  # type: ignore[list-item]
    assert [one.person for one in found] == ["O'Connor, Seán"]
    assert not faults
    crowd = parse_team(problem, None, None, "Ng, Li, Bob", ())
    assert crowd.by_type == {"a": 2}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("O'Connor, Seán,Ng,Li,Bob", NAMES),
        ("O'Connor, Seán; Bob", ["O'Connor, Seán", "Bob"]),
        ("O'Connor,Bob", ["O'Connor", "Bob"]),
        ("Ng，Li；Bob", ["Ng, Li", "Bob"]),
    ],
)
def test_lists_of_names_are_taken_apart_at_the_right_commas(text: str, names: list[str]) -> None:
    assert split_names(text, NAMES) == names


@pytest.mark.parametrize("name", [", Li", "Li,", "Li,, Na", "Li; Na"])
def test_a_comma_stands_between_two_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "desk.yaml").write_text(DESK.replace("Bob", f'"{name}"'), encoding="utf-8")
    with pytest.raises(Faults):
        load(tmp_path / "desk.yaml")
