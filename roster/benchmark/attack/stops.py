"""Runs stopped at random moments: a folder of results is whole or as it was, and what is left over is nobody's file.

A few runs are whole processes, stopped while Python still starts as well. The others are forked from a process that has
imported the program already, which leaves the planning and the writing of files, at a tenth of the time.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from random import Random

from roster.benchmark.attack.differences import Difference
from roster.benchmark.attack.files import SCENARIO
from roster.whole_files import WORK

KIND = "stops"
LATE = 0.7
"""Share of the runs that are stopped in their last third, in which files are written."""

FROM_START = 0.03
"""Share of the runs that are whole processes, the start of Python included."""

MODULES = (
    "icalendar",
    "pandas",
    "roster.cli.plan",
    "roster.output.folders.plan",
    "roster.output.html.plan",
    "roster.output.terminal.explain",
    "roster.output.xlsx.editing",
    "roster.questions.explain.answer",
    "roster.questions.frontier.answer",
    "roster.questions.plan.proof",
    "roster.questions.plan.relief_factor",
    "xlsxwriter",
)
"""What the process imports from which runs are forked."""

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
OLD = "of an earlier answer"


def attack(seed: int) -> Difference | str:
    """Plan into a folder that holds an earlier answer, and stop the process at a random moment."""
    random = Random(f"stop {seed}")
    sent = random.choice(SIGNALS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "small.yaml").write_text(SCENARIO, encoding="utf-8")
        out = folder / "out"
        earlier = random.random() < 0.5
        if earlier:
            out.mkdir()
            for file in ("roster.csv", "grid.csv", "report.html", "plan.json"):
                (out / file).write_text(OLD, encoding="utf-8")
        starts = random.random() < FROM_START
        whole = _whole_run(from_start=starts)
        late = random.random() < LATE
        after = random.uniform(whole * 2 / 3 if late else 0, whole * 1.1)
        code = _stopped(folder, sent, after, from_start=starts)
        wrong = _wrong(out, code, sent, earlier=earlier)
    if wrong:
        return Difference(KIND, seed, f"{sent.name}, exit code {code}: {wrong}")
    return "finished" if code == 0 else sent.name


@lru_cache(maxsize=2)
def _whole_run(*, from_start: bool) -> float:
    """Return the seconds that a run takes which nobody stops, the second of two, since the first warms up."""
    seconds = 0.0
    for _ in range(2):
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "small.yaml").write_text(SCENARIO, encoding="utf-8")
            began = time.monotonic()
            process = _started(Path(name), from_start=from_start)
            process.join()
            seconds = time.monotonic() - began
            if process.exitcode != 0:
                raise RuntimeError(f"a run that nobody stops ends with exit code {process.exitcode}")
    return seconds


def _stopped(folder: Path, sent: signal.Signals, after: float, *, from_start: bool) -> int:
    """Run a plan, send a signal after some seconds, and return its exit code."""
    process = _started(folder, from_start=from_start)
    time.sleep(after)
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, sent)
    process.join()
    return process.exitcode or 0


def _started(folder: Path, *, from_start: bool) -> multiprocessing.process.BaseProcess:
    """Start a plan into a folder."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*MODULES])
    process = context.Process(target=_plan, args=(folder, from_start), daemon=True)
    process.start()
    return process


def _plan(folder: Path, from_start: bool) -> None:
    """Plan into a folder, as the command line does; a whole process takes the place of this one."""
    os.chdir(folder)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    for signal_ in SIGNALS[:2]:
        signal.signal(signal_, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    arguments = ["plan", "small.yaml", "--out", "out", "--quiet"]
    if from_start:
        root = str(Path(__file__).parents[3])
        environment = {**os.environ, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}
        os.execve(sys.executable, [sys.executable, "-m", "roster", *arguments], environment)
    sys.argv = ["roster", *arguments]
    runpy.run_module("roster", run_name="__main__")


def _wrong(out: Path, code: int, sent: signal.Signals, *, earlier: bool) -> str:
    """Return what is wrong with a folder after a run, nothing where it is whole or as it was."""
    found = {file.name: file.read_bytes() for file in out.glob("*") if file.is_file()} if out.is_dir() else {}
    left = [file.name for file in out.glob(f"{WORK}*")] if out.is_dir() else []
    old = [name for name, contents in found.items() if contents == OLD.encode()]
    new = [name for name in found if name not in old]
    if left and sent is not signal.SIGKILL:
        return f"working files are left over: {left}"
    if code == 0 and old:
        return f"the run ended well and left older files: {old}"
    if any(not contents for contents in found.values()):
        return "an empty file"
    if new and "plan.json" not in new and sent is not signal.SIGKILL:
        return f"files of two answers: {sorted(new)} beside {sorted(old)}"
    if earlier and not found:
        return "the earlier answer is gone"
    return ""
