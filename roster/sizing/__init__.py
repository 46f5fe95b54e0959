"""
Profiles: what a hospital's systems are, and how they become posts, each with its reason.

Everything here is imported when called: pydantic and PyYAML cost more than a help page may.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roster.sizing.profile import Profile


def load_profile(path: Path | str) -> Profile:
    """
    Read a profile file.

    Raises
    ------
    FileFault
        The file is missing, a directory, too large, empty, or not text.
    Faults
        What it says cannot hold: every fault at once, with its line.
    """
    from roster.sizing import loader

    return loader.load(Path(path))


def reference() -> str:
    """Return the reference of profile files and the table of drivers in Markdown."""
    from roster.sizing import reference_pages

    return reference_pages.markdown()
