"""The answer of `roster service` as a document with stable keys: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from pathlib import Path

from roster.domain.outcome import SolveOptions, scope_of
from roster.engine.rotation import LevelService
from roster.notation.values import WEEKDAYS
from roster.output.documents.document import Document, took
from roster.output.words.service import best_hires, gap_sentences, hire_sentence, proofs, verdict
from roster.questions.service import Hire, PostService, Service, alike, by_week


def service_document(
    scenario: Path, answer: Service, options: SolveOptions, files: tuple[Path, ...] = ()
) -> Document:
    """
    Return the answer as a document with stable keys; minutes are of an ordinary week.

    Parameters
    ----------
    scenario, files : The scenario's file, and the files written.
    answer, options : The best service, and the settings of the search.
    """
    problem, team = answer.problem, answer.team
    by_state = {
        state: [_post(one) for one in answer.in_state(state)] for state in ("held", "partly", "empty")
    }
    return {
        "scenario": str(scenario),
        "name": problem.name,
        "status": answer.status.value,
        "verdict": verdict(answer),
        "given": {"total": team.total, "by_type": None if team.by_type is None else dict(team.by_type)},
        "headcount": {
            "in_house": answer.used,
            "by_type": dict(answer.people),
            "seats": {use.seat: use.number for use in answer.seats},
        },
        **by_state,
        "rotation_weeks": answer.weeks,
        "levels": [_level(answer, level) for level in answer.levels],
        "proof": proofs(answer),
        "next_hire": {
            "best": [hire.type for hire in best_hires(answer)],
            "sentence": hire_sentence(answer) if answer.hires else "",
            "options": [_hire(answer, hire) for hire in answer.hires],
        },
        "solver": answer.solver,
        **took(answer.seconds, options),
        "files": [str(file) for file in files],
    }


def _post(one: PostService) -> Document:
    return {
        "post": one.post.name,
        "title": one.post.title,
        "priority": one.post.priority,
        "hard": one.post.hard,
        "held_minutes": one.held,
        "wanted_minutes": one.wanted,
        "gaps": [
            {
                "week": week,
                "days": [WEEKDAYS[day] for day in days],
                "start": gap.start,
                "end": gap.end,
                "missing": gap.missing,
            }
            for week, own in by_week(one)
            for gap, days in alike(own.gaps)
        ],
        "sentences": gap_sentences(one) if one.gaps else [],
    }


def _level(answer: Service, level: LevelService) -> Document:
    return {
        "hard": not level.rank[0],
        "priority": level.rank[1],
        "empty_minutes": level.empty,
        "bound_minutes": level.bound,
        "scope": scope_of(answer.weeks),
        "bound_scope": scope_of(None),
        "proof": level.kind.value,
    }


def _hire(answer: Service, hire: Hire) -> Document:
    staff = answer.problem.type[hire.type]
    return {
        "type": hire.type,
        "skills": sorted(staff.skills),
        "gained_minutes": list(hire.gained),
        "cost": staff.cost,
        "allowed": hire.allowed,
        "proven": hire.proven,
    }
