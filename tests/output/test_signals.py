"""A run that is stopped while it writes: its results are whole or as they were, and nothing else is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
import os, signal, sys
from pathlib import Path
import click
import roster.cli as cli
# Whoever runs the tests in the background of a shell has them ignore interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
from roster.output.folders import whole_folder as module

@click.command()
def speak():
    with module.whole_folder(Path(sys.argv[2])) as new:
        for name in "ab":
            (new / name).write_text("new")
        if WHEN == "writing":
            os.kill(os.getpid(), SIGNAL)
        real = os.replace
        def stopped(*args):
            if WHEN == "moving":
                os.kill(os.getpid(), SIGNAL)
            real(*args)
        module.os.replace = stopped

cli.COMMANDS["speak"] = cli.Entry("__main__", "speak", "")
cli.main(["speak"])
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(("when", "contents"), [("writing", "old"), ("moving", "new")])
def test_results_are_whole_or_as_they_were(
    tmp_path: Path, when: str, contents: str, sent: signal.Signals
) -> None:
    for name in "ab":
        (tmp_path / name).write_text("old", encoding="utf-8")
    program = f"WHEN, SIGNAL = {when!r}, {int(sent)}\n{PROGRAM}"
    found = subprocess.run(
        [sys.executable, "-c", program, "speak", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == (130 if sent is signal.SIGINT else 143), found.stderr
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == dict.fromkeys(
        "ab", contents
    )
