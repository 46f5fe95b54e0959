"""
Scenario files: what is asked, in YAML, and how it becomes a problem.

Everything here is imported when called: pydantic and PyYAML cost more than a help page may.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roster.domain.problem import Problem
    from roster.scenario.build.regimes import Regime


def load(path: Path | str, *, held: bool = True, chosen: bool = False) -> Problem:
    """
    Read a scenario file, its bases included.

    Parameters
    ----------
    path : Where it is.
    held : Whether a hard post that nobody could hold is a fault; else it is let through, to be explained.
    chosen : Whether shifts that are yet to be chosen are a fault.

    Raises
    ------
    FileFault
        The file is missing, a directory, too large, empty, or not text.
    Faults
        What it says cannot hold: every fault at once, with its line.
    """
    from roster.scenario import loader

    return loader.load(Path(path), held=held, chosen=chosen)


def schema_json() -> str:
    """Return the JSON Schema of scenario files, for editors."""
    from roster.scenario import reference_pages as pages

    return pages.schema_json()


def reference() -> str:
    """Return the reference of scenario files in Markdown."""
    from roster.scenario import reference_pages as pages

    return pages.markdown()


def template(tier: str, language: str = "en") -> str:
    """Return a commented scenario to start from; raises KeyError for a tier or language there is none for."""
    from roster.scenario import reference_pages as pages

    return pages.template(tier, language)


def regimes() -> list[Regime]:
    """Return every working-time regime shipped, with its limits and their sources."""
    from roster.scenario.build.regimes import every

    return every()
