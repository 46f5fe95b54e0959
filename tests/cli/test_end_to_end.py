"""From a fresh scenario to files, to a check, to a roster edited by hand: as a new user would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from roster.output.folders.plan import FILES

ROOT = Path(__file__).parents[2]


def roster(folder: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a county hospital's scenario and its plan."""
    folder = tmp_path_factory.mktemp("user")
    assert roster(folder, "init", "--tier", "county", "my.yaml", "--lang", "zh").returncode == 0
    found = roster(folder, "--lang", "zh", "plan", "my.yaml", "--out", "result")
    assert found.returncode == 0, found.stderr
    (folder / "report.txt").write_text(found.stdout, encoding="utf-8")
    return folder


def test_the_report_answers_first_and_stays_on_the_paper(planned: Path) -> None:
    from rich.cells import cell_len

    lines = (planned / "report.txt").read_text(encoding="utf-8").splitlines()
    assert "已证明最少" in lines[2]
    assert max(map(cell_len, lines)) <= 100
    assert "没有违反任何规则。" in "\n".join(lines)


def test_every_file_is_written(planned: Path) -> None:
    assert sorted(file.name for file in (planned / "result").iterdir()) == sorted(FILES)
    document = json.loads((planned / "result" / "plan.json").read_text(encoding="utf-8"))
    assert document["status"] == "optimal"
    assert document["headcount"]["in_house"] == document["bound"]


def test_the_roster_written_passes_the_check(planned: Path) -> None:
    found = roster(planned, "check", "my.yaml", "result/roster.csv", "--lang", "en")
    assert (found.returncode, found.stderr) == (0, "")
    assert "No rule broken." in found.stdout


def test_a_roster_without_somebody_s_first_week_does_not(planned: Path) -> None:
    lines = (planned / "result" / "roster.csv").read_text(encoding="utf-8-sig").splitlines()
    person = lines[1].split(",")[2]
    week = tuple(f"2027-01-{day:02d}" for day in range(4, 11))
    kept = [line for line in lines if not (line.startswith(week) and f",{person}," in line)]
    (planned / "edited.csv").write_text("\n".join(kept) + "\n", encoding="utf-8-sig")
    found = roster(planned, "check", "my.yaml", "edited.csv", "--json")
    assert found.returncode == 1
    assert {violation["rule"] for violation in json.loads(found.stdout)["violations"]} >= {"post"}


def test_a_broken_scenario_names_the_line_and_writes_nothing(planned: Path) -> None:
    text = (planned / "my.yaml").read_text(encoding="utf-8").replace("weeks: 4", "weeks: four")
    (planned / "broken.yaml").write_text(text, encoding="utf-8")
    found = roster(planned, "plan", "broken.yaml", "--out", "none")
    assert (found.returncode, found.stdout) == (2, "")
    assert "broken.yaml" in found.stderr
    assert "weeks" in found.stderr
    assert "Traceback" not in found.stderr
    assert not (planned / "none").exists()


def test_a_terminal_without_chinese_stops_nothing(planned: Path) -> None:
    found = roster(planned, "check", "my.yaml", "result/roster.csv", PYTHONIOENCODING="ascii")
    assert (found.returncode, found.stderr) == (0, "")
    found = roster(planned, "check", "my.yaml", "result/roster.csv", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(found.stdout)["violations"] == []
