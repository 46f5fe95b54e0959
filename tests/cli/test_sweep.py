"""`roster sweep` on the command line: files, exit codes, going on, both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.sweep.test_sweep import DESK


@pytest.fixture
def region(tmp_path: Path) -> Path:
    folder = tmp_path / "region"
    folder.mkdir()
    (folder / "desk.yaml").write_text(DESK, encoding="utf-8")
    (folder / "bad.yaml").write_text("name: bad\n", encoding="utf-8")
    return folder


def test_answers_are_files_and_a_failure_exits_1(run: Run, region: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ask = ("sweep", region, "--out", out, "--workers", "1")
    result = run(*ask)
    assert result.exit_code == 1, result.output
    assert result.stdout.startswith("1 of 2 scenarios answered. 1 failed")
    page = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="reports/desk.html"' in page
    assert "sortable" in page
    assert {"answers.csv", "timings.csv", "sweep.json", "answers.jsonl"} <= {
        file.name for file in out.iterdir()
    }
    (region / "bad.yaml").unlink()
    again = run(*ask, "--json")
    assert again.exit_code == 0
    document = json.loads(again.stdout)
    assert [(row["name"], row["in_house"], row["page"]) for row in document["rows"]] == [
        ("desk", 1, "reports/desk.html")
    ]


def test_chinese_is_spoken_and_bad_input_refused(run: Run, region: Path, tmp_path: Path) -> None:
    ask = ("sweep", region, "--out", tmp_path / "out", "--workers", "1", "--no-reports")
    assert "2 个场景中已答 1 个" in run(*ask, "--lang", "zh").stdout
    assert run("sweep", tmp_path / "nothing", "--out", tmp_path / "out").exit_code == 2
    assert run(*ask, "--ask", "magic").exit_code == 2
    gone = run(*ask, "--restart", "--executor", "dask://127.0.0.1:1")
    assert gone.exit_code == 2
    assert "No scheduler of Dask answers" in gone.stderr
