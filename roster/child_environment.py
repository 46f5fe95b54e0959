"""What a process of our own is started with, so that it finds this program wherever it runs."""

from __future__ import annotations

import os
from pathlib import Path


def child_environment() -> dict[str, str]:
    """Return the environment of a fresh interpreter that is to import this program, also from a checkout."""
    source = str(Path(__file__).parents[1])
    paths = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": paths}
