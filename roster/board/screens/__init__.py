"""The screens: each page with its address, who may see it, and how it is drawn."""

from __future__ import annotations

from roster.board.drawing import Page
from roster.board.screens import boards, leave, people, questions, scenario, versions

PAGES: dict[str, Page] = {
    **boards.PAGES,
    **leave.PAGES,
    **versions.PAGES,
    **scenario.PAGES,
    **questions.PAGES,
    **people.PAGES,
}
"""Every page by its address."""
