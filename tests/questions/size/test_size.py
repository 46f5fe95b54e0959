"""Sizes: three proven levels whose every figure leads to a line of a file, and which hold together as demands grow."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import roster.sizing
from roster.domain.outcome import SolveOptions, Status
from roster.domain.problem import Problem
from roster.language import LANGUAGES, speaking
from roster.output.documents.size import size_document
from roster.questions.plan.answer import plan_headcount
from roster.questions.size.answer import Sized, size
from roster.scenario import load
from roster.sizing import load_profile
from roster.sizing.build import design
from roster.sizing.design import Design, Level
from roster.sizing.erlang import Target, people_needed
from roster.sizing.profile import Profile
from roster.sizing.write import scenario_text
from roster.yaml.tree import parse
from tests.sizing.helpers import GOOD, NAMES, PROFILES, profiled

TODAY = date(2026, 11, 22)
RANGES = {
    "county": (2, 3),
    "secondary": (4, 6),
    "tertiary": (8, 15),
    "group": (15, None),
    "connected": (8, 15),
}
PLANNED = ("county",)
"""Profiles whose recommended scenario is planned in full here: the quickest of them."""


@cache
def sized(name: str) -> Sized:
    profile = load_profile(PROFILES / f"{name}.yaml")
    return size(
        replace(profile, says=profile.says.model_copy(update={"go_live": None})), SolveOptions(), TODAY
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_level_of_a_shipped_profile_is_proven_and_grows(name: str) -> None:
    found = sized(name)
    people = [level.people for level in found.levels]
    assert None not in people
    # What no weekly rota can do with one fewer, a longer one may: then one number is open, and said to be.
    open_ = [level for level in found.levels if level.bound != level.people]
    assert (found.status is Status.OPTIMAL) == (not open_)
    assert all(level.bound == (level.people or 0) - 1 for level in open_)
    assert len(open_) <= 1
    lean, recommended, comfortable = people
    assert lean <= recommended <= comfortable
    assert all(level.proof.reason and level.cost for level in found.levels)


@pytest.mark.parametrize("name", NAMES)
def test_the_range_overlaps_the_recommended_one_or_the_answer_says_why_not(name: str) -> None:
    found = sized(name)
    low, high = RANGES[name]
    assert found.guidance.low.value == low
    assert (found.guidance.high.value if found.guidance.high else None) == high
    numbers = [level.people or 0 for level in found.levels]
    assert max(numbers) >= low
    assert high is None or min(numbers) <= high
    said = [one.sentence for one in found.tensions if one.kind in ("above", "below")]
    outside = [number for number in numbers if number < low or (high is not None and number > high)]
    assert len(said) == len(outside)


@pytest.mark.parametrize("name", PLANNED)
def test_what_is_written_is_planned_without_editing(name: str, tmp_path: Path) -> None:
    chosen = sized(name).recommended
    file = tmp_path / "written.yaml"
    file.write_text(chosen.text, encoding="utf-8")
    outcome = plan_headcount(load(file), SolveOptions())
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    assert outcome.plan.headcount.in_house == chosen.people


# --- every figure leads to a line


def figures(document: Any) -> Iterator[dict[str, Any]]:
    """Yield every figure of a document, parts of parts included."""
    if isinstance(document, dict):
        if {"what", "value", "how"} <= document.keys():
            yield document
        for value in document.values():
            yield from figures(value)
    elif isinstance(document, list):
        for value in document:
            yield from figures(value)


def redone(how: str, parts: list[float]) -> float:
    """Work a figure out again, from the words of its step alone."""
    first, second = (*parts, 0.0, 0.0)[:2]
    return {
        "sum": lambda: sum(parts),
        "product": lambda: math.prod(parts),
        "quotient": lambda: first / second,
        "difference": lambda: max(0.0, first - second),
        "whole_up": lambda: math.ceil(first - 1e-6),
        "per_hundred": lambda: first / 100 * second,
        "further": lambda: 1 + second * (first - 1),
        "load": lambda: first * second / 60,
        "answering": lambda: people_needed(Target(*parts)),
    }[how]()


def stated(where: str, key: str, profile: Profile) -> tuple[Any, str]:
    """Return the value that stands at a key, and the line that a figure names."""
    file, _, line = where.rpartition(":")
    own = file == "drivers.yaml"
    path = Path(roster.sizing.__file__).with_name(file) if own else Path(profile.file)
    value, lines = read(path)
    for step in key.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return (value["value"] if own else value), lines[int(line) - 1]


@cache
def read(path: Path) -> tuple[Any, list[str]]:
    text = path.read_text(encoding="utf-8")
    return parse(text, path.name).plain(), text.splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_leads_to_a_line_of_the_driver_file_or_the_profile(name: str) -> None:
    found = sized(name)
    document = size_document(found, SolveOptions(), {})
    every = list(figures(document))
    assert len(every) > 200
    for figure in every:
        if parts := figure.get("parts"):
            assert figure["value"] == pytest.approx(
                redone(figure["how"], [part["value"] for part in parts])
            ), figure
            continue
        value, line = stated(figure["where"], figure["key"], found.profile)
        assert figure["key"].rpartition(".")[2] in line or figure["key"].split(".")[0] in line, figure
        if isinstance(value, int | float):
            assert figure["value"] == value, figure
        else:
            assert figure["where"].startswith(found.profile.file), figure


@pytest.mark.parametrize("name", NAMES)
def test_posts_and_costs_rest_on_figures(name: str) -> None:
    found = sized(name)
    for level in found.levels:
        problem, draft = level.problem, level.design
        for post in draft.posts:
            assert post.reason, post.name
            assert problem.post[post.name].reason == post.reason
            assert post.figures or post.name == "evening_duty", post.name
            assert problem.post[post.name].people == post.people
        for staff in draft.types:
            assert problem.type[staff.name].cost == staff.cost.value
        assert draft.hours == pytest.approx(
            week_hours(problem, {seat.post: seat.count for seat in draft.seats})
        )


def week_hours(problem: Problem, bought: dict[str, int]) -> float:
    from roster.domain.horizon import ring

    week = ring()
    return sum(
        post.length / 60 * (post.people - bought.get(post.name, 0))
        for post in problem.posts
        for day in range(7)
        if post.on_site and week.needs(post.days, day)
    )


@pytest.mark.parametrize("name", NAMES)
def test_days_at_desks_supply_the_hours_of_work(name: str) -> None:
    for level in sized(name).levels:
        draft = level.design
        for role, hours in draft.work.items():
            holders = [post for post in draft.posts if role in post.roles[0].split("_") and not post.standby]
            desks = [post for post in holders if post.name.removesuffix("_extra") in draft.roles]
            together = {part for post in desks for part in post.roles[0].split("_")}
            wanted = sum(draft.work[part].value for part in together)
            days = sum(post.people * (5 if post.days == ("weekdays",) else len(post.days)) for post in desks)
            assert 8 * (days - 1) < wanted <= 8 * days + 1e-6, (role, hours.value, days)


# --- more asked for is never fewer people


def drafted(folder: Path, text: str, level: Level = Level.RECOMMENDED) -> Design:
    return design(profiled(folder, text), level)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("interfaces: 5", "interfaces: 25"),
        ("users: 500", "users: 1500"),
        ("modules: [his, emr, insurance]", "modules: [his, emr, insurance, lis, pacs, appointment]"),
        ("continuity: basic", "continuity: standard"),
        ("continuity: basic", "continuity: critical"),
        ("campuses: 1", "campuses: 2"),
        ("protection: 2", "protection: 3"),
    ],
)
def test_more_is_never_fewer_hours(tmp_path: Path, old: str, new: str) -> None:
    text = f"{GOOD}campuses: 1\n"
    for level in Level:
        before, after = drafted(tmp_path, text, level), drafted(tmp_path, text.replace(old, new), level)
        assert after.hours >= before.hours, level
    assert after.hours > before.hours


def test_level_three_makes_security_exclusive_and_in_house(tmp_path: Path) -> None:
    from roster.scenario.loader import from_node

    profile = profiled(tmp_path, GOOD.replace("protection: 2", "protection: 3"))
    draft = design(profile, Level.RECOMMENDED)
    problem = from_node(parse(scenario_text(profile, draft), "x.yaml"), "x.yaml")
    (role,) = [role for role in problem.roles if role.name == "security"]
    assert role.exclusive
    assert role.in_house
    assert [staff.skills for staff in problem.types if "security" in staff.skills] == [
        frozenset({"security"})
    ]
    shared = drafted(tmp_path, GOOD)
    assert all("security" not in post.roles for post in shared.posts)


def test_telemedicine_brings_a_network_line_with_its_reason(tmp_path: Path) -> None:
    profile = load_profile(PROFILES / "tertiary.yaml")
    with speaking("en"):
        lines = {post.name: post.reason for post in design(profile, Level.RECOMMENDED).posts}
    assert lines["network_call"] == "network standby 24×7, 30 min: telemedicine platform in use"
    text = (PROFILES / "tertiary.yaml").read_text(encoding="utf-8")
    without = "\n".join(line for line in text.splitlines() if not line.strip().startswith("telemedicine:"))
    assert "network_call" not in {post.name for post in drafted(tmp_path, without).posts}


def test_answering_times_decide_how_many_sit_at_the_seat(tmp_path: Path) -> None:
    text = (PROFILES / "tertiary.yaml").read_text(encoding="utf-8")
    busy = text.replace("per_hour: 4", "per_hour: 30")
    places = {post.name: post.people for post in drafted(tmp_path, busy).posts}
    assert places["monitor_seat"] == people_needed(Target(30, 3, 0.9, 5)) > 1
    assert {post.name: post.people for post in drafted(tmp_path, text).posts}["monitor_seat"] == 1


def test_tensions_are_said_plainly() -> None:
    with speaking("en"):
        profile = load_profile(PROFILES / "county.yaml")
        found = size(profile, SolveOptions(), TODAY)
    said = {one.kind: one.sentence for one in found.tensions}
    assert "3 people or fewer cannot hold a seat awake on site day and night" in said["seat"]
    assert "5 people" in said["seat"]
    assert "level 3" in said["security"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_level_is_a_scenario_in_both_languages(name: str, language: str, tmp_path: Path) -> None:
    with speaking(language):
        profile = load_profile(PROFILES / f"{name}.yaml")
        for level in Level:
            text = scenario_text(profile, design(profile, level))
            file = tmp_path / f"{level}.yaml"
            file.write_text(text, encoding="utf-8")
            problem = load(file)
            assert problem.posts
            assert len([line for line in text.splitlines() if "#" in line]) >= 8
            assert all(
                thing.title for thing in (*problem.posts, *problem.types, *problem.roles, *problem.shifts)
            )


def test_named_people_stay_and_count() -> None:
    found = sized("secondary").recommended
    assert found.headcount is not None
    assert found.headcount.by_type["ops_network"] >= 1
    assert found.headcount.by_type["ops_application"] >= 1
    assert {person.name for person in found.problem.people} == {"王强", "李娜"}
