"""
A question asked in a process of its own: the command line as it is, gone with the server however that ended.

Standard input is a pipe that the server holds open; when it closes, nobody waits for an answer any more.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def main() -> None:
    """Run `roster` with the arguments given."""
    threading.Thread(target=_outlive_nobody, daemon=True).start()
    sys.argv[0] = "roster"
    runpy.run_module("roster", run_name="__main__")


def _outlive_nobody() -> None:
    while os.read(0, 4096):
        pass
    # The children of a question's own, too: the server gave this process a group of its own.
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
