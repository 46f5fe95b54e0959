"""The script that holds the answers of two versions against each other tells what differs, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.compare_answers import main


def test_only_what_is_an_answer_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {
        "desk plan": {"exit": 0, "answer": {"bound": 5, "seconds": 1.0, "duties": [1], "ladder": [4, 5]}}
    }
    same = {"desk plan": {"exit": 0, "answer": {"bound": 5, "seconds": 9.0, "duties": [2], "ladder": [4, 5]}}}
    other = {
        "desk plan": {"exit": 0, "answer": {"bound": 4, "seconds": 1.0, "duties": [1], "ladder": [3, 5]}},
        "x": 1,
    }
    files = [tmp_path / name for name in ("before", "same", "other")]
    for file, found in zip(files, (before, same, other), strict=True):
        file.write_text(json.dumps(found), encoding="utf-8")
    assert main(["compare", str(files[0]), str(files[1])]) == 0
    assert "1 answers, all as before" in capsys.readouterr().out
    assert main(["compare", str(files[0]), str(files[1]), "--cells"]) == 1
    assert "duties.0: 1 -> 2" in capsys.readouterr().out
    assert main(["compare", str(files[0]), str(files[2])]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said == ["desk plan.answer.bound: 5 -> 4", "desk plan.answer.ladder.0: 4 -> 3", "x: only after"]
