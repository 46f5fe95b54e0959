"""Every sentence of the page "how do I say": its block is read, planned and checked, and makes a difference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.outcome import SolveOptions, Status
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load

QUICK = SolveOptions(time_limit_s=5.0, workers=1)
"""The number is proven in a second or two; calendars of named people are searched until time is up."""

PAGE = Path(__file__).parents[1] / "docs" / "how-do-i-say.md"
TEXT = PAGE.read_text(encoding="utf-8")
BASES = dict(re.findall(r"^```yaml base (\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
SAID = re.findall(r"^\*\*(.+?)\*\*.*?^```yaml (?!base)(\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("sentence", "base", "block"), SAID, ids=[one[0] for one in SAID])
def test_a_sentence_is_said_as_the_page_says(tmp_path: Path, sentence: str, base: str, block: str) -> None:
    (tmp_path / "base.yaml").write_text(BASES[base], encoding="utf-8")
    (tmp_path / "said.yaml").write_text(f"base: base.yaml\n{block}", encoding="utf-8")
    problem, without = load(tmp_path / "said.yaml"), load(tmp_path / "base.yaml")
    assert problem != without, sentence
    outcome = plan_headcount(problem, QUICK)
    assert outcome.status is Status.OPTIMAL, sentence
    assert outcome.plan is not None
    assert outcome.plan.roster is not None, outcome.reason
    assert not check_roster(problem, outcome.plan.roster)


def test_every_block_of_the_page_has_its_sentence() -> None:
    blocks = re.findall(r"^```yaml (?!base)\w+$", TEXT, re.MULTILINE)
    assert len(blocks) == len(SAID) >= 30
    assert {base for _, base, _ in SAID} <= set(BASES)
