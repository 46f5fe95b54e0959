"""Runs stopped at random moments: a folder of results is whole or as it was, and what is left over is nobody's file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from random import Random

from roster.benchmark.attack.differences import Difference
from roster.benchmark.attack.files import SCENARIO

KIND = "stops"
LATE = 0.7
"""Share of the runs that are stopped in their last third, in which files are written."""

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
OLD = "of an earlier answer"
WORK = ".roster-"
"""What working folders beside the results are called; only a kill may leave one."""


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
        whole = _whole_run()
        late = random.random() < LATE
        code = _stopped(folder, sent, random.uniform(whole * 2 / 3 if late else 0.05, whole * 1.1))
        wrong = _wrong(out, code, sent, earlier=earlier)
    if wrong:
        return Difference(KIND, seed, f"{sent.name}, exit code {code}: {wrong}")
    return "finished" if code == 0 else sent.name


@lru_cache(maxsize=1)
def _whole_run() -> float:
    """Return the seconds that a run takes which nobody stops."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "small.yaml").write_text(SCENARIO, encoding="utf-8")
        began = time.monotonic()
        _started(Path(name)).wait()
        return time.monotonic() - began


def _stopped(folder: Path, sent: signal.Signals, after: float) -> int:
    """Run a plan, send a signal after some seconds, and return its exit code."""
    process = _started(folder)
    time.sleep(after)
    process.send_signal(sent)
    return process.wait()


def _started(folder: Path) -> subprocess.Popen[bytes]:
    """Start a plan into a folder."""
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "roster", "plan", "small.yaml", "--out", "out", "--quiet"]
    silent = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=silent, stderr=silent)


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
