"""Kinds of shift that are chosen together with the headcount."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Design:
    """
    A choice of shifts.

    `candidates` are names of shifts of which at most so many kinds may be used; other shifts are there anyway.
    """

    candidates: tuple[str, ...]
    at_most: int

    def used(self, names: set[str]) -> list[str]:
        """Return the candidates among some names."""
        return [name for name in self.candidates if name in names]
