"""Every question is whole, and every format: it stands in each place that its guide names, by the command's word."""

from __future__ import annotations

from pathlib import Path

import pytest

import roster
from roster.api.roster import Roster
from roster.api.scenario import Scenario
from roster.cli import COMMANDS
from roster.language import LANGUAGES
from roster.output.folders.roster import FORMATS as WRITTEN
from roster.output.formats import FORMATS

ROOT = Path(__file__).parents[1]
NO_QUESTIONS = {"bench", "board", "check", "demand", "export", "import", "init", "schema", "serve", "sweep"}
"""Commands that read, write or measure, or ask another question many times: they have no answer of their own."""

QUESTIONS = [name for name in COMMANDS if name not in NO_QUESTIONS]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "adding-a-format.md").read_text(encoding="utf-8")
METHODS = {"what_if": "leave"}
"""Questions that Python asks by another word."""

FILES: dict[str, frozenset[str]] = {
    "roster/cli/<word>.py": frozenset(),
    "roster/questions/<word>": frozenset(),
    "roster/output/terminal/<word>.py": frozenset(),
    "roster/output/words/<word>.py": frozenset(),
    "roster/output/documents/<word>.py": frozenset(),
    "roster/output/folders/<word>.py": frozenset(
        {"explain", "swap"}
    ),  # no files, or one of a form that others write
    **{f"roster/text/{name}/<word>.toml": frozenset() for name in LANGUAGES},
    "tests/questions/<word>": frozenset(),
    "tests/cli/test_<word>.py": frozenset({"swap", "diff"}),  # both in test_swap_diff.py
}
"""Each place of a question, as docs/adding-a-question.md has them, and whose are elsewhere on purpose."""


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("place", FILES)
def test_a_question_stands_in_every_place_of_its_guide(name: str, place: str) -> None:
    word = name.replace("-", "_")
    there = (ROOT / place.replace("<word>", word)).exists()
    assert there != (word in FILES[place]), f"{name} is missing in {place.replace('<word>', word)}"


@pytest.mark.parametrize("name", QUESTIONS)
def test_python_asks_it_and_the_readme_shows_it(name: str) -> None:
    word = name.replace("-", "_")
    method = METHODS.get(word, word)
    asks = any(hasattr(one, method) for one in (Scenario, Roster)) or method in roster.__all__
    assert asks, f"{name} is missing in roster/api/"
    assert f"`roster {name} " in README, f"{name} is missing in README.md, What to ask"


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_written_tested_and_told(name: str) -> None:
    assert name in WRITTEN, f"{name} is missing in roster/output/folders/roster.py, FORMATS"
    told = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(name in file.read_text(encoding="utf-8").lower() for file in told), (
        f"{name} is missing in docs/"
    )
    tests = (file for file in (ROOT / "tests").rglob("test_*.py") if file != Path(__file__))
    found = any(name in file.read_text(encoding="utf-8") for file in tests)
    assert found, f"{name} is missing in tests/"


def test_the_guides_name_these_places() -> None:
    question = (ROOT / "docs" / "adding-a-question.md").read_text(encoding="utf-8")
    for place in FILES:
        spelled = place.replace("<word>", "frontier")
        for name in LANGUAGES:
            spelled = spelled.replace(f"/text/{name}/", "/text/<language>/")
        assert spelled in question, spelled
    assert "tests/test_whole_questions.py" in question
    assert "tests/test_whole_questions.py" in GUIDE
