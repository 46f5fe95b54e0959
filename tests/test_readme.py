"""The README keeps its promises: its commands run, its sample is what comes out, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from functools import cache
from pathlib import Path

import pytest

from roster.cli import COMMANDS
from roster.output.folders.plan import FILES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

SET_UP = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMAND_CELLS = re.findall(r"^\|[^|]*\| `(roster [^`]*)` \|$", README, re.MULTILINE)
BENCHES = [line for line in COMMAND_CELLS if line.startswith("roster bench")]
SERVED = [line for line in COMMAND_CELLS if line.startswith("roster serve")]
BOARD = [line for line in COMMAND_CELLS if line.startswith("roster board")]
"""What is asked of the file of a board that is served."""

QUESTIONS = [line for line in COMMAND_CELLS if line not in (*BENCHES, *SERVED, *BOARD)]
SAMPLE = re.findall(r"^```text\n(.*?)^```", README, re.MULTILINE | re.DOTALL)

ONCE = {"roster bench tiers": ("--repeat", "1"), "roster bench scale": ("--repeat", "1")}
"""Repeated runs are for figures; here one run is enough."""


@cache
def program() -> tuple[str, ...]:
    """The installed program beside this Python; in an environment without it, the checkout's."""
    found = shutil.which("roster", path=str(Path(sys.executable).parent))
    return (found,) if found else (sys.executable, "-m", "roster")


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    name, *args = shlex.split(line)
    assert name == "roster"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    environment.pop("COLUMNS", None)
    if len(program()) > 1:
        environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        [*program(), *args, *ONCE.get(line, ())],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the scenarios and nothing of the program."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    return tmp_path


def test_two_lines_set_everything_up() -> None:
    assert len(SET_UP) == 2
    start, tests = (block.strip() for block in SET_UP)
    first, second = "python3 -m venv .venv && .venv/bin/pip install . && ", " && .venv/bin/pytest -n 2"
    assert start.startswith(first)
    assert start.removeprefix(f"{first}.venv/bin/") == COMMAND_CELLS[0]
    assert tests == f"python3 -m venv .venv && .venv/bin/pip install '.[dev]'{second}"


def test_the_board_opens_by_the_link_that_it_prints(copy: Path) -> None:
    (line,) = SERVED
    words = [*program(), *shlex.split(line)[1:], "--no-open", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)} if len(program()) > 1 else None
    with subprocess.Popen(words, cwd=copy, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        link = re.search(r"http://\S+", server.stdout.readline())
        assert link is not None
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(link.group(0)) as answer:
            assert answer.status == 200
        for line in BOARD:
            found = run(line, copy)
            assert found.returncode == 0, f"{line}\n{found.stdout[-2000:]}{found.stderr[-2000:]}"
        server.terminate()


def test_the_questions_can_be_asked_one_after_the_other(copy: Path) -> None:
    assert len(QUESTIONS) >= 8
    for line in QUESTIONS:
        found = run(line, copy)
        assert found.returncode == 0, f"{line}\n{found.stdout[-2000:]}{found.stderr[-2000:]}"
    assert sorted(file.name for file in (copy / "result").iterdir()) == sorted(FILES)
    assert run("roster check my.yaml result/roster.csv", copy).returncode == 2


def test_the_first_day_in_chinese_goes_as_it_is_told(copy: Path) -> None:
    text = (ROOT / "docs" / "zh" / "first-day.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert blocks[0] == SET_UP[0]
    lines = [line for block in blocks[1:] for line in block.strip().splitlines()]
    assert len(lines) == 6
    for line in lines:
        found = run(line, copy)
        assert found.returncode == 0, f"{line}\n{found.stdout[-2000:]}{found.stderr[-2000:]}"
    assert {"roster.xlsx", "roster.ics", "report.html"} <= {
        file.name for file in (copy / "published").iterdir()
    }


@pytest.mark.parametrize("line", BENCHES)
def test_the_measurements_can_be_taken(line: str, copy: Path) -> None:
    found = run(line, copy)
    assert found.returncode == 0, f"{line}\n{found.stdout[-2000:]}{found.stderr[-2000:]}"


def test_the_sample_is_what_comes_out(copy: Path) -> None:
    (sample,) = SAMPLE
    printed = run(COMMAND_CELLS[0], copy).stdout
    assert printed.startswith(sample)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown(name: str) -> None:
    assert any(line.split()[1] == name for line in COMMAND_CELLS)


def test_every_file_and_code_is_named() -> None:
    for name in FILES:
        assert f"| `{name}` |" in README
    for code in (0, 1, 2, 3, 70):
        assert f"\n| {code} |" in README


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "BENCHMARKS.md",
        "CHANGELOG.md",
        *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")),
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert target.startswith("https://") or ((ROOT / page).parent / target).exists(), target


def test_no_page_names_a_path_of_one_machine() -> None:
    texts = (file for file in (ROOT / "docs").rglob("*.*") if file.suffix != ".png")
    pages = [*ROOT.glob("*.md"), *texts, ROOT / ".ci" / "run", ROOT / "pyproject.toml"]
    for page in pages:
        assert not re.search(
            r"(?<![\w.])/(home|work|opt|tmp|root|Users)/", page.read_text(encoding="utf-8")
        ), page
