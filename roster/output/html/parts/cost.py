"""What the people, the vendor seats and directing the vendors cost a month."""

from __future__ import annotations

from dataclasses import dataclass

from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.language import tr
from roster.output.words.plan import employer_title
from roster.scores import Scores

OWN_COLOURS = 6
"""Colours for staff types of one's own; more begin again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bill; `share` of all of it in percent, `left` where its piece of the bar begins."""

    name: str
    employer: str
    number: str
    hours: str
    each: str
    amount: str
    share: float
    left: float
    kind: str


@dataclass(frozen=True, slots=True)
class Bill:
    """The bill of a month."""

    lines: tuple[Line, ...]
    people: int
    total: str
    currency: str
    free: bool


def bill(problem: Problem, scores: Scores) -> Bill:
    """Return the bill line by line: staff types, seats, control."""
    heads, cost = scores.headcount, scores.cost
    parts: list[tuple[str, str, str, str, str, int, str]] = []
    for staff in problem.types:
        number = heads.by_type.get(staff.name, 0)
        if not number:
            continue
        kind = "vendor" if problem.is_vendor(staff) else "own"
        week = f"{hours(staff.net_minutes)} / {hours(staff.weekly_minutes)}"
        name, employer = staff.called, employer_title(problem, staff.employer)
        parts.append((name, employer, str(number), week, f"{staff.cost:,}", staff.cost * number, kind))
    offers = {seat.name: seat for seat in problem.seats}
    for use in heads.seats:
        seat = offers.get(use.seat)
        if seat is None:
            parts.append((tr("plan.seat", name=use.seat), "", str(use.number), "", "", 0, "vendor"))
            continue
        name = tr("plan.seat", name=seat.called)
        employer = employer_title(problem, seat.employer or "")
        amount = seat.cost * use.number
        parts.append((name, employer, str(use.number), "", f"{seat.cost:,}", amount, "vendor"))
    if cost.control:
        parts.append((tr("plan.control"), "", "", "", "", cost.control, "control"))
    return Bill(_stacked(parts), heads.total, f"{cost.total:,}", problem.currency, not cost.total)


def _stacked(parts: list[tuple[str, str, str, str, str, int, str]]) -> tuple[Line, ...]:
    total = sum(part[5] for part in parts) or 1
    lines, left, own_types = [], 0.0, 0
    for name, employer, number, week, each, amount, kind in parts:
        share = 100 * amount / total
        if kind == "own":
            # Each staff type has its own colour, so that its piece is found again in the table.
            kind = f"own{own}" if (own := own_types % OWN_COLOURS) else "own"
            own_types += 1
        lines.append(
            Line(name, employer, number, week, each, f"{amount:,}", round(share, 3), round(left, 3), kind)
        )
        left += share
    return tuple(lines)
