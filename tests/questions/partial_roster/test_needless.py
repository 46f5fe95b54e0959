"""Duties that no post needs go; those that a rule, a pin or a wish wants stay, and no post is held by fewer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.checker import check_roster
from roster.checker import coverage as cover_of
from roster.domain import rules
from roster.domain.problem import Person, Pin, Presence, Problem, Wish
from roster.questions.partial_roster import answer
from roster.questions.partial_roster.answer import PresentTeam, best_partial
from roster.questions.partial_roster.needless import without_needless
from tests.small import MONDAY, ONE_WORKER, post, roster, staff, word, world


def three(*limits: rules.Rule, **other: object) -> Problem:
    people = (Person("Li", "a"), Person("Wang", "a"), Person("Zhao", "a"))
    posts = (post("day", 8, 8, "a"), post("night", 16, 16, "a", presence=Presence.STANDBY))
    return world(staff("a", "Ds", *limits), posts=posts, people=people, **other)


def names(problem: Problem, *lines: str) -> list[str]:
    found = without_needless(problem, roster(problem, [word(line) for line in lines]))
    return [" ".join(duty.letters or "-" for duty in line) for line in found.duties]


def test_who_holds_nothing_goes_and_so_does_half_a_duty() -> None:
    lines = ("Ds Ds Ds Ds Ds Ds Ds", "- - D - - - -", "- - - - s D s")
    assert names(three(), *lines) == ["Ds Ds Ds Ds Ds Ds Ds", "- - - - - - -", "- - - - - - -"]
    shared = ("Ds Ds s Ds D Ds Ds", "- - D - - - -", "- - - - s D s")
    assert names(three(), *shared) == ["Ds Ds s Ds D Ds Ds", "- - D - - - -", "- - - - s - -"]


def test_a_rule_a_pin_or_a_wish_keeps_it() -> None:
    lines = ("Ds Ds Ds Ds Ds Ds Ds", "- - D - - - -", "- - D D - - -")
    third = MONDAY.replace(day=3)
    assert names(three(pins=(Pin("Wang", "D", third, third),)), *lines)[1:] == [
        "- - D - - - -",
        "- - - - - - -",
    ]
    assert names(three(wishes=(Wish("Zhao", "D", third, third),)), *lines)[1:] == [
        "- - - - - - -",
        "- - D - - - -",
    ]
    assert names(three(rules.OffBlock(longest=4)), *lines)[2].count("D") >= 1


@pytest.mark.parametrize("seconds", [0.0, 3.0])
def test_a_roster_that_was_searched_too_short_has_none_either(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    problem = three(rules.WorkBlock(longest=5))
    problem = replace(problem, posts=(*problem.posts, post("more", 8, 8, "a", people=3)))
    monkeypatch.setattr(answer, "BETTER", seconds)
    found = best_partial(problem, PresentTeam(problem.people), replace(ONE_WORKER, time_limit_s=5.0))
    assert found is not None
    lines = found.roster.duties
    held = sum((row.end - row.start) * min(row.held, row.required) for row in cover_of(problem, found.roster))
    for index, line in enumerate(lines):
        for day, duty in enumerate(line):
            if duty.is_off:
                continue
            fewer = [list(each) for each in lines]
            fewer[index][day] = word("-")[0]
            trial = replace(found.roster, duties=tuple(map(tuple, fewer)))
            less = sum(
                (row.end - row.start) * min(row.held, row.required) for row in cover_of(problem, trial)
            )
            broken = len([one for one in check_roster(problem, trial) if one.rule != "post"])
            assert less < held or broken, (index, day)
