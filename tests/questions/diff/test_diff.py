"""Two rosters held side by side: what changed is found, both ways round, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from roster.domain.outcome import SeatUse
from roster.domain.rules import MaxNights
from roster.language import speaking
from roster.output.documents.diff import diff_document
from roster.output.html.diff import diff_page
from roster.output.words.diff import gains, seat_sentences, verdict
from roster.questions.diff.answer import diff
from tests.checker.worlds import roster_of, staff, world

PROBLEM = world(staff(MaxNights(nights=2)))
WORDS = st.lists(st.text("DN-", min_size=7, max_size=7), min_size=1, max_size=3)


def test_cells_people_and_findings_are_told() -> None:
    before, after = roster_of(PROBLEM, "DD---N-", "NN-----"), roster_of(PROBLEM, "-D---NN", "NNN----")
    found = diff(PROBLEM, (before, after))
    assert [(cell.person, cell.day, cell.before.name, cell.after.name) for cell in found.cells] == [
        ("P1", 0, "D", "off"),
        ("P1", 6, "off", "N"),
        ("P2", 2, "off", "N"),
    ]
    assert {change.person: gains(change) for change in found.people} == {
        "P1": ("–", "+1", "–", "–"),
        "P2": ("+8", "+1", "–", "–"),
    }
    assert [violation.rule for violation in found.came] == ["max_nights"]
    assert verdict(found) == "3 cells differ, of 2 people; findings: 1 came, 0 went."
    assert diff_document(Path("a"), (Path("b"), Path("c")), found)["came"]
    assert diff(PROBLEM, (after, before)).went == found.came


def test_people_of_one_roster_only_and_seats_are_told() -> None:
    before = roster_of(PROBLEM, "D------", "N------", seats=(SeatUse("night desk", 1),))
    after = replace(roster_of(PROBLEM, "D------"), seats=(SeatUse("night desk", 2),))
    found = diff(PROBLEM, (before, after))
    (gone,) = found.people
    assert gone.after is None
    assert gains(gone)[:2] == ("-8", "-1")
    assert seat_sentences(found) == ["night desk: 1 before, 2 now"]


@settings(derandomize=True, deadline=None, max_examples=40)
@given(WORDS, WORDS)
def test_a_difference_turned_round_is_its_opposite(one: list[str], other: list[str]) -> None:
    first, second = roster_of(PROBLEM, *one), roster_of(PROBLEM, *other)
    there, back = diff(PROBLEM, (first, second)), diff(PROBLEM, (second, first))
    assert diff(PROBLEM, (first, first)).same
    assert {(c.person, c.day, c.before, c.after) for c in there.cells} == {
        (c.person, c.day, c.after, c.before) for c in back.cells
    }
    assert {p.person: p.gained("minutes") for p in there.people} == {
        p.person: -p.gained("minutes") for p in back.people
    }
    assert (there.came, there.went) == (back.went, back.came)


def test_the_page_says_it_in_both_languages() -> None:
    before, after = roster_of(PROBLEM, "DD---N-"), roster_of(PROBLEM, "-D---NN")
    for language, words in (("en", "Who gains and loses"), ("zh", "谁增谁减")):
        with speaking(language):
            page = diff_page(PROBLEM, diff(PROBLEM, (before, after)))
        assert words in page
        assert "http" not in page.replace("http-equiv", "")
