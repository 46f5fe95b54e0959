"""What is handed out works away from the checkout: the wheel, and what the container's recipe does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(words, cwd=out, capture_output=True, encoding="utf-8", check=False, timeout=200)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = out.glob("*.whl")
    return found


def test_the_wheel_plans_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "roster", *words]
        return subprocess.run(
            call, cwd=empty, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=200
        )

    where = subprocess.run(
        [sys.executable, "-c", "import roster; print(roster.__file__)"],
        cwd=empty,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert where.stdout.startswith(str(site)), where.stdout
    assert run("--lang", "zh", "init", "--tier", "county", "my.yaml").returncode == 0
    planned = run("plan", "my.yaml", "--out", "result", "--lang", "zh")
    assert planned.returncode == 0, planned.stderr
    assert "已证明最少" in planned.stdout
    assert (empty / "result" / "report.html").exists()
    checked = run("check", "my.yaml", "result/roster.xlsx", "--proof", "result/proof.json")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_wheel_has_its_name_its_command_and_all_that_is_no_code(wheel: Path) -> None:
    assert wheel.name.startswith("roster_24x7-")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "roster = roster.cli:main" in archive.read(entry).decode()
    data = (
        file for file in (ROOT / "roster").rglob("*") if file.is_file() and "__pycache__" not in file.parts
    )
    assert {file.relative_to(ROOT).as_posix() for file in data} <= names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_the_container_needs_no_network_and_no_root() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    steps = re.sub(
        r"\\\n\s*", " ", "".join(line for line in text.splitlines(True) if not line.startswith("#"))
    )
    runs = [line for line in steps.splitlines() if line.startswith("RUN")]
    assert "FROM python:3.12-slim" in steps
    assert all("--no-index" in part for line in runs for part in line.split("&&") if "pip install" in part)
    assert not re.search(r"\b(apt-get|curl|wget|ADD|http)\b", steps)
    assert f"'{PROJECT['name']}[board]'" in steps
    user = re.search(r"^USER (\w+)$", steps, re.MULTILINE)
    assert user is not None
    assert user[1] != "root"
    assert steps.index("USER") > max(steps.index(line) for line in runs)
    assert (ROOT / ".dockerignore").read_text(encoding="utf-8").split() == ["*", "!dist"]


def test_the_readme_says_how_to_run_it_without_installing() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "`pipx run --spec . roster plan" in readme
    assert "`uvx --from . roster plan" in readme
    assert PROJECT["name"] in readme
    assert PROJECT["scripts"] == {"roster": "roster.cli:main"}
