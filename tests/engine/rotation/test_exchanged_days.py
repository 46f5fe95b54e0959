"""Days exchanged between people of a rotation: a calendar asks too much of nobody, and all that is alike stays so."""

from __future__ import annotations

from collections import Counter

import pytest

from roster.domain import rules
from roster.engine.rotation import exchanged_days
from roster.engine.rotation.exchanged_days import Most, Turn, exchanged
from roster.engine.rotation.model import Flow, build
from tests.small import H, post, staff, world


def flow(days: int) -> Flow:
    """Two days of work at most in a row, and nothing else asked; duty 0 is off and 1 work."""
    block = rules.WorkBlock(shortest=1, longest=2)
    one = staff("a", "D", block, net_minutes=40 * H, weekly_minutes=40 * H)
    found = build(world(one, posts=[post("p", 8, 8)]), days=days).flows["a"]
    assert [duty.work_minutes for duty in found.graph.duties] == [0, 8 * H]
    return found


def turn(text: str) -> Turn:
    return tuple(int(letter == "D") for letter in text)


def worked(found: list[Turn], days: range) -> list[int]:
    return [sum(one[day] for day in days) for one in found]


@pytest.mark.parametrize("most", [5, 4])
def test_days_go_to_whoever_has_fewer_and_every_day_stays_as_it_was(most: int) -> None:
    turns = [turn("DD-DD-D-------"), turn("-------DD-DD-D"), turn("--D---D---D---")]
    # In the first week 5, 0 and 2; as the days stay, 7 in all.
    found = exchanged(flow(14), turns, range(7), [Most((0, 1), most)])
    assert found is not None
    assert max(worked(found, range(7))) <= most
    assert [Counter(day) for day in zip(*found, strict=True)] == [
        Counter(day) for day in zip(*turns, strict=True)
    ]
    assert [one[7:] for one in found] == [one[7:] for one in turns]
    assert flow(14).graph.read_round([duty for one in found for duty in one]) is not None


def test_what_suits_the_calendar_stays() -> None:
    turns = [turn("DD-----"), turn("--DD---")]
    assert exchanged(flow(7), turns, range(7), [Most((0, 1), 2)]) == turns


def test_more_than_everybody_may_do_is_found_to_be_too_much() -> None:
    turns = [turn("DD-DD--"), turn("--D-D--")]
    assert exchanged(flow(7), turns, range(7), [Most((0, 1), 2)]) is None


def test_no_limit_is_kept_at_the_cost_of_another() -> None:
    turns = [turn("DD-DD--"), turn("-------")]
    limits = [Most((0, 1), 2), Most((1, 0), 4)]
    assert exchanged(flow(7), turns, range(7), limits) is None


def test_what_would_be_unlawful_is_not_exchanged() -> None:
    # The first day would make three in a row of the second person's two.
    turns = [turn("DD-DD--"), turn("-DD----")]
    found = exchanged(flow(7), turns, range(7), [Most((0, 1), 3)])
    assert found is not None
    assert worked(found, range(7)) == [3, 3]
    assert flow(7).graph.read_round([duty for one in found for duty in one]) is not None


def test_everybody_goes_on_as_before() -> None:
    # The sixth day would make three in a row at once, the seventh with the two that come after it.
    turns = [turn("DD---DD"), turn("---DD--")]
    assert exchanged(flow(7), turns, range(5, 7), [Most((0, 1), 1)]) is None


def test_where_many_places_are_left_out_what_is_dealt_is_lawful_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exchanged_days, "MOST_PLACES", 1)
    turns = [turn("DD-DD-D-------"), turn("-------DD-DD-D"), turn("--D---D---D---")]
    found = exchanged(flow(14), turns, range(7), [Most((0, 1), 4)])
    assert found is not None
    assert max(worked(found, range(7))) <= 4
    assert flow(14).graph.read_round([duty for one in found for duty in one]) is not None


def test_where_no_way_is_looked_on_from_nothing_is_exchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanged_days, "MOST_PLACES", 0)
    turns = [turn("DD-DD--"), turn("-DD----")]
    assert exchanged(flow(7), turns, range(7), [Most((0, 1), 3)]) is None
