"""What has a name in the scenario's file and a title for people."""

from __future__ import annotations


class Named:
    """Something with both."""

    __slots__ = ()

    name: str
    title: str

    @property
    def called(self) -> str:
        """What people call it: its title, or its name where it has none."""
        return self.title or self.name
