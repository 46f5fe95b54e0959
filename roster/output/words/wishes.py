"""Wishes of people, granted or not, in words."""

from __future__ import annotations

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.language import tr
from roster.output.words.duties import wish_text
from roster.scores import wishes_granted


def wishes_told(problem: Problem, roster: Roster) -> tuple[list[str], str]:
    """Return wish by wish on how many of its days it is granted, and how many in all; nothing without wishes."""
    found = wishes_granted(problem, roster)
    sentences = [
        tr(
            "plan.wish_granted",
            person=wish.person,
            duty=wish_text(wish),
            first=wish.first,
            last=wish.last,
            granted=granted,
            days=days,
        )
        for wish, granted, days in found
    ]
    total = sum(granted for _, granted, _ in found), sum(days for _, _, days in found)
    return sentences, tr("plan.wishes_note", granted=total[0], days=total[1]) if found else ""
