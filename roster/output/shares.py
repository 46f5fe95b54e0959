"""Fair shares in words: who has what beside what is fair, and after how long all are even."""

from __future__ import annotations

from dataclasses import dataclass

from roster.domain.fairness import HOURS, MEASURES, TENTHS, Share
from roster.domain.problem import Problem
from roster.language import counted, tr
from roster.rosters.shares import Shared, Uneven


@dataclass(frozen=True, slots=True)
class ShareTable:
    """A table of shares: what is shared, everybody's cells, how to read them, and after how long all are even."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    note: str
    even: tuple[str, ...]


def share_table(problem: Problem, shared: Shared) -> ShareTable:
    """Return what everybody has of what is shared, beside the fair share and what was carried over."""
    measures = list(dict.fromkeys(share.measure for share in shared.shares))
    by_person: dict[str, dict[str, Share]] = {}
    for share in shared.shares:
        by_person.setdefault(share.person, {})[share.measure] = share
    return ShareTable(
        tuple(measure_name(problem, measure) for measure in measures),
        tuple(
            (name, tuple(_cell(shared, shares.get(measure)) for measure in measures))
            for name, shares in by_person.items()
        ),
        tr("calendar.shares_note_carried" if shared.carried else "calendar.shares_note"),
        even_sentences(problem, shared),
    )


def even_sentences(problem: Problem, shared: Shared) -> tuple[str, ...]:
    """Return after how long all are even, for what is not."""
    if not shared.uneven:
        return (tr("calendar.even_now"),)
    return (*(_even_sentence(problem, one) for one in shared.uneven), tr("calendar.even_scope"))


def _even_sentence(problem: Problem, one: Uneven) -> str:
    return tr(
        "calendar.even_above" if one.away > 0 else "calendar.even_below",
        measure=measure_name(problem, one.measure),
        person=one.person,
        away=amount_text(one.measure, abs(one.away)),
        periods=counted("calendar.periods", one.periods),
    )


def measure_name(problem: Problem, measure: str) -> str:
    """Return what is shared, in words."""
    return tr(f"calendar.of_{measure}") if measure in MEASURES else problem.shift[measure].called


def amount_text(measure: str, amount: float) -> str:
    """
    Return an amount of what is shared: hours, or a number.

    >>> amount_text("hours", 90), amount_text("nights", 47)
    ('1.5', '4.7')
    """
    return f"{amount / 60:.1f}".removesuffix(".0") if measure == HOURS else f"{amount / TENTHS:g}"


def _cell(shared: Shared, share: Share | None) -> str:
    if share is None:
        return "-"
    has = shared.had[share.person, share.measure]
    cell = f"{amount_text(share.measure, has)} / {amount_text(share.measure, share.fair)}"
    owed = share.fair - share.target
    if owed and shared.carried:
        cell += f" ({'-' if owed > 0 else '+'}{amount_text(share.measure, abs(owed))})"
    return cell


def shares_document(shared: Shared | None) -> dict[str, object]:
    """Return shares as a document: hours, or a number."""
    if shared is None:
        return {"shares": [], "uneven": []}
    return {
        "shares": [
            {
                "person": share.person,
                "of": share.measure,
                "has": shared.had.get((share.person, share.measure), 0) / _scale(share.measure),
                "fair": share.fair / _scale(share.measure),
                "after_ledger": share.target / _scale(share.measure),
            }
            for share in shared.shares
        ],
        "uneven": [
            {
                "of": one.measure,
                "person": one.person,
                "away": one.away / _scale(one.measure),
                "even_after_periods": one.periods,
            }
            for one in shared.uneven
        ],
    }


def _scale(measure: str) -> int:
    return 60 if measure == HOURS else TENTHS
