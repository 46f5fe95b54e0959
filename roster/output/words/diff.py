"""The sentences and rows of `roster diff`, for terminals, pages and documents alike."""

from __future__ import annotations

from roster.domain.rules import hours
from roster.language import counted, tr
from roster.questions.diff import PersonChange, RosterDiff

FIGURES = ("hours", "nights", "weekends", "standby")
"""What people gain and lose, in this order."""


def verdict(found: RosterDiff) -> str:
    """Return in one line how much differs."""
    if found.same:
        return tr("diff.same")
    people = len({cell.person for cell in found.cells})
    return tr(
        "diff.verdict",
        cells=counted("diff.cells", len(found.cells)),
        people=counted("diff.people", people),
        came=len(found.came),
        went=len(found.went),
    )


def gains(change: PersonChange) -> tuple[str, ...]:
    """Return what somebody gains or loses of each figure, with its sign; a dash for nothing."""
    minutes = change.gained("minutes")
    numbers = (change.gained("nights"), change.worked_weekends, change.gained("standby_days"))
    shown = [f"{'+' if minutes > 0 else '-'}{hours(abs(minutes))}" if minutes else "–"]
    return (*shown, *(f"{number:+d}" if number else "–" for number in numbers))


def change_text(change: PersonChange) -> str:
    """Return whether somebody is in one of the rosters only; empty for the others."""
    if change.before is None:
        return tr("diff.joined")
    return tr("diff.left") if change.after is None else ""


def seat_sentences(found: RosterDiff) -> list[str]:
    """Return which vendor seats are taken more or less often."""
    return [tr("diff.seat", seat=name, before=before, after=after) for name, before, after in found.seats]
