"""People with a contract of their own: a staff type for each, kept to by search and check, and faults in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.outcome import SolveOptions
from roster.domain.rules import Count, MaxNights, WorkBlock
from roster.questions.calendar import best_calendar
from tests.scenario.helpers import faults, line_of, loaded
from tests.small import roster, word

WARD = """
name: ward
calendar: {start: 2027-03-01, weeks: 1}
employers: {ward: {regime: eu_directive}}
roles: {nurse: {}}
shifts:
  D: {start: 08:00, length: 8h}
  N: {start: 22:00, length: 8h}
posts:
  night: {role: nurse, window: 22:00-06:00, hard: false}
staff_types:
  nurse: {skills: nurse, weekly_hours: 40h, rules: {max_nights: 3, off_block: {shortest: 2}}}
people:
  Ann: {type: nurse, share: 50%, rules: {max_nights: 2, off_block: off}}
  Bob: {type: nurse, shifts: [D]}
  Cid: {type: nurse, shifts: [D]}
  Dan: nurse
absence: gross
fairness: [{of: nights, among: [nurse]}]
"""


def test_each_contract_is_a_type_and_who_has_the_same_shares_one(tmp_path: Path) -> None:
    problem = loaded(tmp_path, WARD)
    assert [(one.name, one.type) for one in problem.people] == [
        ("Ann", "nurse@Ann"),
        ("Bob", "nurse@Bob"),
        ("Cid", "nurse@Bob"),
        ("Dan", "nurse"),
    ]
    own = {one.name: one for one in problem.types}
    assert list(own) == ["nurse", "nurse@Ann", "nurse@Bob"]
    assert [(one.minimum, one.maximum) for one in problem.types] == [(1, 1), (1, 1), (2, 2)]
    assert [one.weekly_minutes for one in problem.types] == [2400, 1200, 2400]
    assert own["nurse@Bob"].shifts == ("D",)
    assert own["nurse@Bob"].title == "nurse (Bob, Cid)"
    assert problem.fairness[0].among == tuple(own), "who is named as a type is meant whatever the contract"


def test_rules_of_a_person_lie_over_those_of_the_type(tmp_path: Path) -> None:
    problem = loaded(
        tmp_path,
        WARD.replace("rules: {max_nights: 2,", "rules: {counts: [{of: nights, most: 1}], max_nights: 2,"),
    )
    rules = {one.name: one.rules for one in problem.types}
    nights = {
        name: [rule.nights for rule in own if isinstance(rule, MaxNights)] for name, own in rules.items()
    }
    assert nights == {"nurse": [3], "nurse@Ann": [2], "nurse@Bob": [3]}
    blocks = {name: sum(rule.key == "off_block" for rule in own) for name, own in rules.items()}
    assert blocks == {"nurse": 1, "nurse@Ann": 0, "nurse@Bob": 1}
    counted = {name: sum(isinstance(rule, Count) for rule in own) for name, own in rules.items()}
    assert counted == {"nurse": 0, "nurse@Ann": 1, "nurse@Bob": 0}
    assert all(any(isinstance(rule, WorkBlock) for rule in own) for own in rules.values()), (
        "the regime's, too"
    )


@pytest.mark.parametrize(
    ("line", "broken"),
    [("NN-----", set()), ("NNN----", {"max_nights", "hours"}), ("D-D----", set())],
)
def test_the_check_holds_everybody_to_the_own_contract(tmp_path: Path, line: str, broken: set[str]) -> None:
    problem = loaded(tmp_path, WARD)
    others = [word("-------"), word("D------")]
    given = roster(problem, [word(line), *others, word("NNN----")])
    found = {(one.person, one.rule) for one in check_roster(problem, given) if one.person}
    assert {person for person, _ in found} == ({"Ann"} if broken else set()), found
    assert {"max_nights"} & broken <= {rule for _, rule in found}
    own = roster(problem, [word("-------"), word("N------"), word("-------"), word(line)])
    assert {one.person for one in check_roster(problem, own) if one.person} == (
        {"Bob", "Dan"} if line == "D-D----" else {"Bob"}
    )


def test_the_search_keeps_to_it(tmp_path: Path) -> None:
    problem = loaded(tmp_path, WARD)
    answer = best_calendar(problem, SolveOptions(time_limit_s=5.0, workers=1))
    assert answer.roster is not None
    assert not check_roster(problem, answer.roster)
    ann, bob, cid, dan = (sum(duty.night for duty in line) for line in answer.roster.duties)
    assert ann <= 2
    assert bob == cid == 0
    assert 0 < dan <= 5


@pytest.mark.parametrize(
    ("people", "count", "least", "most"),
    [("", "4", 1, 1), ("", "[5, 6]", 2, 3), ("  Eve: nurse\n", "5", 2, 2)],
)
def test_the_count_of_a_type_counts_its_people_whatever_their_contract(
    tmp_path: Path, people: str, count: str, least: int, most: int
) -> None:
    text = WARD.replace("{skills: nurse,", f"{{skills: nurse, count: {count},")
    problem = loaded(tmp_path, text.replace("absence:", f"{people}absence:".lstrip("\n")))
    assert (problem.types[0].minimum, problem.types[0].maximum) == (least, most)


def test_nobody_is_hired_where_everybody_has_a_contract_of_the_own(tmp_path: Path) -> None:
    problem = loaded(tmp_path, WARD.replace("Dan: nurse", "Dan: {type: nurse, share: 80%}"))
    assert problem.types[0].maximum == 0
    hiring = loaded(
        tmp_path,
        WARD.replace("Dan: nurse", "Dan: {type: nurse, share: 80%}").replace("{skills", "{hire: 2, skills"),
    )
    assert hiring.types[0].maximum == 2


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("share: 50%", "share: 50", "people.Ann.share", "50 is not between 0 and 1"),
        ("share: 50%", "weekly_hours: 200h", "people.Ann.weekly_hours", "more than a week has"),
        ("share: 50%", "weekly_hours: 0.5", "people.Ann.weekly_hours", "less than an hour a week"),
        (
            "Cid: {type: nurse, shifts: [D]",
            "Cid: {type: nurse, shifts: [E]",
            "people.Cid.shifts[0]",
            "'E' is not",
        ),
        ("max_nights: 2", "max_nights: two", "people.Ann.rules.max_nights", "not a whole number"),
        ("max_nights: 2", "max_night: 2", "people.Ann.rules.max_night", "did you mean 'max_nights'?"),
        (
            "max_nights: 2",
            "shift_length: 6h",
            "people.Ann.rules",
            "every shift of this type is longer than the 6 h",
        ),
        ("max_nights: 2", "forbidden: [N E]", "people.Ann.rules.forbidden[0]", "'E' is not"),
        (
            "max_nights: 2",
            "work_block: {shortest: 3, longest: 2}",
            "people.Ann.rules.work_block.longest",
            "2",
        ),
        (
            "{skills: nurse,",
            "{skills: nurse, count: 3,",
            "staff_types.nurse.count",
            "names 4 of this type, but there may be 3",
        ),
        ("Ann: {type: nurse,", "Ann: {type: nurs,", "people.Ann.type", "did you mean 'nurse'?"),
    ],
)
def test_a_contract_that_cannot_be_is_a_fault_where_it_stands(
    tmp_path: Path, old: str, new: str, key: str, words: str
) -> None:
    text = WARD.replace(old, new)
    found = faults(tmp_path, text)
    assert len(found) == 1, found
    assert found[0][:2] == (line_of(text, new), key)
    assert words in found[0][2]


def test_a_fault_of_the_type_is_told_once_and_where_the_type_stands(tmp_path: Path) -> None:
    found = faults(tmp_path, WARD.replace("weekly_hours: 40h", "weekly_hours: 400h"))
    assert [key for _, key, _ in found] == ["staff_types.nurse.weekly_hours"]


def test_a_rule_of_the_type_that_cannot_concern_somebody_is_no_fault_and_one_of_the_person_is_told(
    tmp_path: Path,
) -> None:
    counted = WARD.replace(
        "rules: {max_nights: 3,", "rules: {counts: [{of: nights, least: 1}], max_nights: 3,"
    )
    problem = loaded(tmp_path, counted)
    least = {one.name: any(isinstance(rule, Count) for rule in one.rules) for one in problem.types}
    assert least == {"nurse": True, "nurse@Ann": True, "nurse@Bob": False}
    assert not [note for note in problem.notes if "max_nights" in note]
    own = WARD.replace(
        "Bob: {type: nurse, shifts: [D]", "Bob: {type: nurse, shifts: [D], rules: {max_nights: 1}"
    )
    assert [note for note in loaded(tmp_path, own).notes if "people.Bob.rules.max_nights" in note]
    never = WARD.replace(
        "Bob: {type: nurse, shifts: [D]",
        "Bob: {type: nurse, shifts: [D], rules: {counts: [{of: nights, least: 1}]}",
    )
    assert [key for _, key, _ in faults(tmp_path, never)] == ["people.Bob.rules.counts[0]"]


@pytest.mark.parametrize(
    ("country", "start", "shared"),
    [
        ("CN", "2026-09-28", True),
        ("CN", "2026-11-02", False),
        ("DE", "2027-03-22", False),
        ("null", "2026-09-28", False),
    ],
)
def test_statutory_days_are_shared_on_their_own_where_other_days_off_stand_beside_them(
    tmp_path: Path, country: str, start: str, shared: bool
) -> None:
    text = f"""
name: desk
calendar: {{start: {start}, weeks: 4, country: {country}}}
employers: {{desk: {{regime: eu_directive}}}}
roles: {{any: {{}}}}
shifts: {{D: {{start: 08:00, length: 8h}}}}
posts: {{seat: {{role: any, window: 08:00-16:00}}}}
staff_types: {{any: {{skills: any}}}}
people: {{Ann: any, Bob: any}}
absence: gross
"""
    measures = [one.measure for one in loaded(tmp_path, text).fairness]
    assert ("statutory" in measures) is shared
    assert "holidays" in measures
