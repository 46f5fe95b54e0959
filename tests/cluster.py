"""A scheduler of Dask and two workers, each a process of its own, as on separate machines."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Process = subprocess.Popen[bytes]


@contextmanager
def two_workers(folder: Path) -> Iterator[tuple[str, list[Process]]]:
    """Yield the address, as `--executor` takes it, and the workers; all are gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    dask, plain = [sys.executable, "-m"], ("--no-dashboard",)
    where = f"tcp://127.0.0.1:{port}"
    scheduler = [*dask, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), *plain]
    worker = [*dask, "distributed.cli.dask_worker", where, "--no-nanny", "--nthreads", "1", *plain]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    started: list[Process] = []
    try:
        for command in (scheduler, worker, worker):
            started.append(
                subprocess.Popen(
                    command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )
            time.sleep(0.2)
        yield f"dask://127.0.0.1:{port}", started[1:]
    finally:
        for one in reversed(started):
            one.kill()
            one.wait()
