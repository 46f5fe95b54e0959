"""`roster init` and `roster schema`: a file to start from, never over somebody's work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from roster.cli.start import TIERS
from roster.scenario import load
from tests.cli.conftest import Run


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_fresh_scenario_loads(run: Run, tmp_path: Path, tier: str, language: str) -> None:
    file = tmp_path / "my.yaml"
    result = run("init", "--tier", tier, file, "--lang", language)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert str(file) in result.stderr
    assert load(file).posts


def test_without_a_file_the_scenario_goes_to_stdout(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    run("init", "--tier", "city", file)
    assert run("init", "--tier", "city").stdout == file.read_text(encoding="utf-8")
    assert run("init", "--tier", "city", "-").stdout == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("init", "--tier", "city"), ("schema",)])
def test_a_file_is_overwritten_only_when_forced(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "mine"
    file.write_text("precious")
    result = run(*command, file)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert file.read_text() == "precious"
    assert run(*command, file, "--force").exit_code == 0
    assert file.read_text(encoding="utf-8") != "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_schema_is_json(run: Run) -> None:
    assert json.loads(run("schema").stdout)["type"] == "object"
