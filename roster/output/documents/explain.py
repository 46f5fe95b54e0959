"""The answer of `roster explain` as a document with stable keys: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.documents.document import Document, versions
from roster.output.words.conflict import in_order
from roster.output.words.explain import headline
from roster.questions.conflict import WayOut
from roster.questions.explain import Because, Explanation
from roster.questions.sums import SupplyRow


def explain_document(scenario: Path, answer: Explanation, options: SolveOptions) -> Document:
    """
    Return the answer as a document with stable keys.

    Parameters
    ----------
    scenario : Its file.
    answer, options : The explanation, and the settings of the search.
    """
    return {
        "scenario": str(scenario),
        "name": answer.problem.name,
        "status": answer.status.value,
        "answer": headline(answer),
        "number": answer.number,
        "goal": answer.problem.goal.value,
        **explanation(answer),
        "seconds": round(answer.seconds, 3),
        "time_limit": options.time_limit_s,
        "versions": versions(),
    }


def explanation(answer: Explanation) -> Document:
    """Return what explains an answer, also inside other commands' documents."""
    because = answer.because
    return {
        "about": answer.about,
        **_because_document(because),
        "ways_out": [_way(way) for way in answer.ways],
        "ways_undecided": list(answer.untried),
        "why_not_fewer": None if answer.fewer is None else _because_document(answer.fewer),
        "binds": [
            {"sentence": one.sentence, "where": one.where, "change": one.change}
            for one in (answer.binds.found if answer.binds else ())
        ],
        "not_binding": answer.binds.free if answer.binds else None,
        "undecided": list(answer.binds.undecided) if answer.binds else [],
        "precheck": [_row(row) for row in answer.rows],
    }


def _because_document(because: Because | None) -> Document:
    conflict = because.conflict if because else None
    unsure = conflict.unsure if conflict else ()
    return {
        "conflict": [
            {
                "kind": one.kind,
                "sentence": one.sentence,
                "where": one.where,
                "names": list(one.names),
                "needed": one not in unsure,
            }
            for one in (in_order(conflict) if conflict else ())
        ],
        "minimal": conflict.minimal if conflict else None,
        "confirmed": conflict.confirmed if conflict else None,
        "arithmetic": list(because.sums) if because else [],
    }


def _way(way: WayOut) -> Document:
    return {
        "kind": way.kind,
        "sentence": way.sentence,
        "cost": way.cost,
        "headcount": way.headcount,
        "law": way.law,
        "where": way.where,
    }


def _row(row: SupplyRow) -> Document:
    return {
        "kind": row.kind,
        "what": row.what,
        "posts": list(row.posts),
        "wanted": row.wanted,
        "supply": row.supply,
        "needed": row.needed,
        "allowed": row.allowed,
        "slack": row.slack,
        "fails": row.fails,
        "sentence": row.sentence,
    }
