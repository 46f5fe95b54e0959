"""The answer of `roster resilience` in sentences."""

from __future__ import annotations

from roster.language import counted, tr
from roster.questions.resilience import Resilience, WeekOfAbsences


def verdict(answer: Resilience) -> str:
    """Return the answer in one line, with how many cases are open beside those that break."""
    said = _verdict(answer)
    if not (answer.undecided and answer.broken) or answer.violations:
        return said
    return tr("resilience.with_open", verdict=said, number=len(answer.undecided))


def _verdict(answer: Resilience) -> str:
    if answer.violations:
        return counted("resilience.violations", len(answer.violations))
    broken = sum(each.breaks for each in answer.singles)
    pairs = sum(each.breaks for each in answer.pairs)
    days = max(answer.asked.lengths)
    if broken and answer.pairs:
        both = {"pairs": pairs, "all": len(answer.pairs)}
        return tr("resilience.breaks_both", broken=broken, cases=len(answer.singles), **both)
    if broken:
        return tr("resilience.breaks", broken=broken, cases=len(answer.singles))
    if pairs:
        return tr(
            "resilience.breaks_pairs",
            days=counted("common.days", answer.up_to),
            broken=pairs,
            cases=len(answer.pairs),
        )
    if answer.undecided:
        return tr("resilience.open", open=len(answer.undecided), cases=len(answer.cases))
    key = "resilience.survives_pairs" if answer.pairs else "resilience.survives"
    return tr(f"{key}_one" if days == 1 else key, days=days)


def week_mark(week: WeekOfAbsences) -> str:
    """Return a week of the map in a word: from how many days it breaks, or the most changes."""
    if week.breaks_from is not None:
        return tr("resilience.breaks_from", days=week.breaks_from)
    if week.undecided:
        return "?"
    return "-" if week.most_changes is None else str(week.most_changes)
