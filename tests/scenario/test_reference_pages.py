"""What is made from the schema equals what is committed, and the files to start from load."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roster.domain.problem import Problem
from roster.language import LANGUAGES
from roster.scenario import load, reference, schema_json, template
from roster.scenario.reference_pages import SECTIONS, TIERS
from roster.scenario.schema.sections import Scenario
from tests.scenario.helpers import loaded

ROOT = Path(__file__).parents[2]


def test_the_committed_reference_is_that_of_the_schema() -> None:
    assert (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8") == reference()


def test_the_committed_json_schema_is_that_of_the_schema() -> None:
    assert (ROOT / "scenarios" / "scenario.schema.json").read_text(encoding="utf-8") == schema_json()


def test_every_part_is_in_the_reference_and_every_key_described() -> None:
    parts = json.loads(schema_json())["$defs"]
    shown = {model.__name__ for _, model in SECTIONS}
    alike = {"CountLimit", "ShareLimit", "TimeLimit"}  # shown once, as a rule with one limit
    assert set(parts) - alike <= shown
    for _, model in SECTIONS:
        assert all(field.description for field in model.model_fields.values()), model
        assert model.__doc__


def test_the_json_schema_lets_a_variation_leave_out_what_its_base_says() -> None:
    document = json.loads(schema_json())
    assert {"required": ["base"]} in document["anyOf"]
    assert "base" in document["properties"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", TIERS)
def test_a_template_loads_without_faults_and_explains_itself(
    tmp_path: Path, tier: str, language: str
) -> None:
    text = template(tier, language)
    problem = loaded(tmp_path, text)
    assert len([line for line in text.splitlines() if "#" in line]) >= 6
    assert all(post.title for post in problem.posts)
    assert (language == "zh") == any("一" <= sign <= "鿿" for sign in text.split("name:")[0])


def untitled(problem: Problem) -> Problem:
    def bare(things: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(thing, title="") for thing in things)

    return replace(
        problem,
        title="",
        shifts=bare(problem.shifts),
        posts=bare(problem.posts),
        types=tuple(replace(staff, title="", rules=()) for staff in problem.types),
        roles=bare(problem.roles),
        employers=bare(problem.employers),
        seats=bare(problem.seats),
        sites=bare(problem.sites),
        limits=(),
    )


@pytest.mark.parametrize("tier", TIERS)
def test_templates_of_both_languages_ask_the_same(tmp_path: Path, tier: str) -> None:
    english, chinese = (untitled(loaded(tmp_path, template(tier, language))) for language in LANGUAGES)
    assert english == chinese


@pytest.mark.parametrize(("tier", "language"), [("village", "en"), ("city", "fr"), ("../en/city", "en")])
def test_a_template_that_is_not_shipped(tier: str, language: str) -> None:
    with pytest.raises(KeyError):
        template(tier, language)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    import subprocess
    import sys

    code = (
        "import sys, roster.scenario; print(any(m in sys.modules for m in ('pydantic', 'yaml', 'holidays')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_names_of_functions_survive_the_import_of_their_modules() -> None:
    import roster.scenario

    load(Path(__file__).with_name("good.yaml"))
    assert callable(roster.scenario.regimes)
    assert callable(roster.scenario.reference)
    assert Scenario.model_fields
