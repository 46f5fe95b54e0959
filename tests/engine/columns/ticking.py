"""A deadline by how often it is asked, so that a search stops at a chosen step whatever the machine."""

from __future__ import annotations

from roster.engine.columns.generate import Deadline


class Ticking(Deadline):
    """A deadline that passes after it has been asked so many times."""

    def __init__(self, asked: int) -> None:
        super().__init__(1e12)
        object.__setattr__(self, "asked", asked)

    @property
    def passed(self) -> bool:
        """Whether it has been asked often enough."""
        object.__setattr__(self, "asked", self.asked - 1)  # type: ignore[attr-defined]
        return bool(self.asked <= 0)  # type: ignore[attr-defined]
