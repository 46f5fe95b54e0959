"""Who may hold a post: the check's reading by hand, and on every shipped scenario the same as the engine's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from roster.checker.cover.eligibility import barred, fits, unskilled
from roster.domain.problem import Employer, Presence, Site
from roster.scenario import load
from tests.small import duty, post, staff, world

SCENARIOS = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))
HERE, THERE = Site("here", "h", time_zone="Asia/Shanghai"), Site("there", "t", time_zone="Europe/London")


@pytest.mark.parametrize(
    ("type_", "place", "out"),
    [
        pytest.param({}, {}, False, id="whoever serves every site serves the calendar's own"),
        pytest.param({"sites": ("here",)}, {"site": "here"}, False, id="own site"),
        pytest.param({"sites": ("there",)}, {"site": "here"}, True, id="another site"),
        pytest.param({}, {"site": "there"}, True, id="another clock"),
        pytest.param({"employer": "firm"}, {}, True, id="a vendor's people on a post of the house"),
        pytest.param({"employer": "firm"}, {"vendor": True}, False, id="a vendor's people on an open post"),
    ],
)
def test_who_is_barred(type_: dict[str, object], place: dict[str, object], out: bool) -> None:
    who = replace(staff("a", "D"), **type_)  # type: ignore[arg-type]
    where = replace(post("desk", 8, 8), **place)  # type: ignore[arg-type]
    problem = world(who, posts=(where,))
    dates = replace(problem.dates, time_zone="Asia/Shanghai")
    employers = (*problem.employers, Employer("firm", "any", vendor=True))
    problem = replace(problem, sites=(HERE, THERE), dates=dates, employers=employers)
    assert barred(problem, who, where) is out
    assert problem.is_eligible(who, where) is not out


def test_where_somebody_is_has_to_be_what_the_post_asks_for() -> None:
    site, home = post("desk", 8, 8), replace(post("line", 17, 15), presence=Presence.STANDBY, response=20)
    at_work, on_call = duty("D"), duty("s")
    slow = replace(on_call.parts[0], response=30)
    assert fits(at_work, at_work.parts[0], site)
    assert not fits(on_call, on_call.parts[0], site)
    assert fits(at_work, at_work.parts[0], home)
    assert not fits(on_call, slow, home)
    assert not fits(at_work, at_work.parts[0], replace(site, shifts=("N",)))
    assert not fits(replace(at_work, site="there"), at_work.parts[0], replace(site, site="here"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_engine_and_check_agree(path: Path) -> None:
    problem = load(path)
    seen = 0
    for who in problem.types:
        for where in problem.posts:
            may = not unskilled(who, where) and not barred(problem, who, where)
            assert problem.is_eligible(who, where) == may
            for day in problem.duties(who):
                for part in day.parts:
                    assert problem.suits(day, part, where) == fits(day, part, where)
                    seen += 1
    assert seen
