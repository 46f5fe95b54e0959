"""
What a worker is given: the text of a scenario with all files that it builds on, the question, and how to answer it.

It is text and numbers only, so that it can go to any machine, and its key tells whether an answer kept is of just this.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Ask(StrEnum):
    """The question."""

    PLAN = "plan"
    WHAT_IF = "what-if"
    RESILIENCE = "resilience"
    SIMULATE = "simulate"
    FRONTIER = "frontier"


@dataclass(frozen=True, slots=True)
class How:
    """
    How every scenario is answered.

    `days` are those of an absence (what-if, resilience), `years` of a simulation. `language` is that of pages, which
    are made where `pages` says so.
    """

    ask: Ask
    time_limit_s: float = 60.0
    seed: int = 1
    days: int = 7
    years: int = 20
    pages: bool = True
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Job:
    """
    One scenario: its name, its files (name and bytes), which of them it is, and which its roster, if any.

    `fault` says why it cannot even be handed over.
    """

    name: str
    files: tuple[tuple[str, bytes], ...]
    main: str
    roster: str | None
    how: How
    fault: str = ""

    @property
    def key(self) -> str:
        """Return what an answer that is kept must be of."""
        told = hashlib.sha256(repr((self.name, self.main, self.roster, self.how, self.fault)).encode())
        for name, content in self.files:
            told.update(f"{name}\x00{len(content)}\x00".encode())
            told.update(content)
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """
    One answer: whether there is one, its figures by column, or what was wrong; the page, and the seconds it took.

    `yes`: whether the answer is no lawful no. `lost`: whether its worker died, so that it is worth trying again.
    """

    name: str
    key: str
    title: str = ""
    yes: bool = False
    figures: tuple[tuple[str, str | int | float | bool | None], ...] = ()
    fault: str = ""
    page: str = ""
    seconds: float = 0.0
    lost: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return not self.fault
