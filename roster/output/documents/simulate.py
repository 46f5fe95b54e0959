"""The answer of `roster simulate` as a document with stable keys: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from roster.output.documents.document import Document, versions
from roster.output.words import simulate as words
from roster.questions.simulate import Mean, Simulation, Staffed


def simulation_document(scenario: Path, answer: Simulation, seconds: float) -> Document:
    """
    Return the answer as a document with stable keys; hours are a year's, in brackets of 95 percent confidence.

    Parameters
    ----------
    scenario : Its file.
    answer, seconds : The years lived through, and how long that took.
    """
    asked = answer.asked
    return {
        "scenario": str(scenario),
        "name": asked.problem.name,
        "verdict": words.verdict(answer),
        "years": asked.years,
        "seed": asked.seed,
        "allowed": sorted(asked.allowed),
        "rates": {**asdict(asked.rates), "vacancy_days": asked.rates.vacancy},
        "sources": [
            {"what": what, "value": much, "source": source} for what, much, source in words.rates(answer)
        ],
        "violations": [violation.sentence for violation in answer.violations],
        "staffings": [_staffed(each) for each in answer.staffed],
        "checked_years": answer.checked,
        "seams": answer.seams,
        "seconds": round(seconds, 3),
        "versions": versions(),
    }


def _mean(found: Mean) -> Document:
    return {"mean": found.value, "low": found.low, "high": found.high}


def _staffed(each: Staffed) -> Document:
    return {
        "staffing": each.name,
        "people": each.people,
        "type": each.type,
        "hours_empty": _mean(each.empty),
        "hours_empty_by_post": {post: _mean(found) for post, found in each.by_post.items()},
        "overtime_hours": _mean(each.overtime),
        "vendor_hours": _mean(each.vendor),
        "changes_a_week": _mean(each.changes),
        "called_in": _mean(each.called_in),
        "unanswered": [
            {"chain": one.chain, "level": one.level, "probability": _mean(one.share), "years": one.years}
            for one in each.levels
        ],
        "days_away": each.away,
        "by_year": list(each.by_year),
    }
