"""Standard output that is full or closed, and standard error likewise: one message and a code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")
UNWRITABLE = "Standard output cannot be written"

SCENARIO = """
name: one
calendar: {start: 2027-01-04, weeks: 1}
employers: {own: {regime: cn_public_institution}}
roles: {a: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts: {p: {role: a, days: weekdays, window: 08:00-16:00}}
staff_types: {t: {skills: a}}
absence: gross
"""

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")


def ran(shell: str, args: Sequence[str | Path], *, unbuffered: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program with its streams as a shell says; `shell` stands behind the command."""
    command = [sys.executable, "-m", "roster", "--lang", "en", *map(str, args)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
    return subprocess.run(
        ["bash", "-c", f'"$@" {shell}', "-", *command], capture_output=True, text=True, check=False, env=env
    )


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("args", [["--help"], ["--version"], ["init", "--tier", "city"], ["plan", "--help"]])
@pytest.mark.parametrize(("shell", "why"), [(">/dev/full", "No space left"), (">&-", "It is closed")])
def test_output_that_cannot_be_written_is_one_line(
    shell: str, why: str, args: list[str], unbuffered: str
) -> None:
    found = ran(shell, args, unbuffered=unbuffered)
    assert found.returncode == 2
    assert found.stderr.startswith(f"{UNWRITABLE}: {why}")
    assert found.stderr.count("\n") == 1


@pytest.mark.parametrize("kind", [[], ["--json"], ["--quiet"]])
def test_files_of_a_plan_that_cannot_be_shown_are_whole(tmp_path: Path, kind: list[str]) -> None:
    scenario, seen, unseen = tmp_path / "one.yaml", tmp_path / "seen", tmp_path / "unseen"
    scenario.write_text(SCENARIO, encoding="utf-8")
    assert ran("", ["plan", scenario, "--out", seen, *kind]).returncode == 0
    found = ran(">/dev/full" if "--json" in kind else ">&-", ["plan", scenario, "--out", unseen, *kind])
    assert found.returncode == 2
    assert UNWRITABLE in found.stderr.splitlines()[-1]
    assert "Traceback" not in found.stderr
    assert {file.name for file in unseen.rglob("*")} == {file.name for file in seen.rglob("*")}
    # A closed standard output leaves its number to nobody: no file holds what was meant for the screen.
    assert (unseen / "roster.csv").read_bytes() == (seen / "roster.csv").read_bytes()


@pytest.mark.parametrize("shell", [">/dev/full 2>/dev/full", ">&- 2>&-", ">&- 2>/dev/full"])
def test_where_nobody_hears_only_the_code_tells(shell: str) -> None:
    found = ran(shell, ["--help"])
    assert (found.returncode, found.stdout, found.stderr) == (2, "", "")


@pytest.mark.parametrize("shell", ["2>/dev/full", "2>&-"])
def test_messages_nobody_hears_leave_output_and_code_as_they_are(tmp_path: Path, shell: str) -> None:
    fine = ran(shell, ["schema"])
    assert (fine.returncode, fine.stdout[:1]) == (0, "{")
    assert ran(shell, ["plan", tmp_path / "none.yaml"]).returncode == 2
    assert ran(shell, ["schema", tmp_path / "schema.json"]).returncode == 0
    assert ran(shell, ["paln"]).returncode == 2
