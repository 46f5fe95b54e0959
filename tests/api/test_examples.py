"""Examples of the Python guide run as they stand and say what they promise."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_leave_of_each_person_is_answered_and_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    said = subprocess.run(
        [
            sys.executable,
            "docs/examples/leave_of_each.py",
            "scenarios/county_hospital.yaml",
            str(tmp_path / "leave.svg"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MPLCONFIGDIR": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=280,
    )
    assert said.returncode == 0, said.stderr
    assert "100% of 12 answers are proven" in said.stdout
    assert (tmp_path / "leave.svg").read_text(encoding="utf-8").count("<g id=") > 20


def test_the_guide_to_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 5
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), known)
    assert known["answer"]
