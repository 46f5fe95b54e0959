"""What `roster check --proof` shows as a document with stable keys."""

from __future__ import annotations

from pathlib import Path

from roster.domain.problem import Problem
from roster.output.documents.document import Document, versions
from roster.output.words.certificate import meaning_text, step_sentences, verdict_text
from roster.output.words.certificate_steps import count_text, end_text, supposed_text
from roster.proof import Certificate, End, Ordinary, Shown, Verdict


def proof_document(
    scenario: Path, file: Path, problem: Problem, verdict: Verdict, beside: str = ""
) -> Document:
    """
    Return the result as a document: every case, every inequality in words.

    Parameters
    ----------
    scenario, file, problem : The scenario's file, the proof's, and what the scenario says.
    verdict : What became of the proof.
    beside : What a roster and the proof say together.
    """
    week = Ordinary.of(problem)
    status = "refused" if verdict.refused else "partly" if verdict.searched else "verified"
    return {
        "scenario": str(scenario),
        "name": problem.name,
        "proof": str(file),
        "status": status,
        "goal": problem.goal.value,
        "scope": str(verdict.certificate.scope),
        "meaning": "" if verdict.refused else meaning_text(verdict),
        "bound": verdict.bound,
        "impossible": verdict.impossible,
        "claimed": verdict.certificate.bound,
        "sentence": verdict_text(problem, verdict),
        "roster": beside,
        "why": verdict.refusal,
        "parts": [_part_document(week, shown) for shown in verdict.shown],
        "searched": _searches(verdict.certificate),
        "versions": versions(),
    }


def _searches(certificate: Certificate) -> list[Document]:
    return [
        {
            "types": list(part.types),
            "posts": list(part.posts),
            "proven": part.bound,
            "claimed": part.searched.bound,
            "scope": str(part.searched.scope),
            "solver": part.searched.solver,
            "version": part.searched.version,
            "parameters": part.searched.parameters,
            "confirmed": part.searched.confirmed,
        }
        for part in certificate.parts
        if part.searched is not None
    ]


def _part_document(week: Ordinary, shown: Shown) -> Document:
    return {
        "types": list(shown.part.types),
        "posts": list(shown.part.posts),
        "seats": list(shown.part.seats),
        "bound": shown.part.bound,
        "cases": [_case_document(week, end, shown.part.bound) for end in shown.ends],
    }


def _case_document(week: Ordinary, end: End, bound: int | None) -> Document:
    return {
        "supposed": [supposed_text(week, each) for each in end.supposed],
        "added": [{"times": times, "sentence": sentence} for times, sentence in step_sentences(week, end)],
        "ranges": [
            {"number": count_text(week, count), "amount": str(amount)} for count, amount in end.ranges
        ],
        "reached": None if end.reached is None else str(end.reached),
        "contradiction": str(end.beyond) if end.reached is None else None,
        "sentence": end_text(week.problem, end, bound),
    }
