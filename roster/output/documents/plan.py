"""Answers as JSON documents with stable keys, the same in every language."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

from roster.domain.outcome import (
    Headcount,
    Outcome,
    Partial,
    Plan,
    Roster,
    Rotation,
    Rung,
    SolveOptions,
    Violation,
)
from roster.domain.problem import Limit, Problem
from roster.output.documents.document import Document, took, versions
from roster.output.documents.quality import quality_document
from roster.output.documents.survive import relief_document, survival_document
from roster.output.examined_roster import POST, Examined
from roster.output.shares import shares_document
from roster.output.words.findings import forgiven_sentences, sources
from roster.output.words.gaps import empty_document
from roster.output.words.plan import empty_price
from roster.rosters.rows import roster_rows
from roster.rosters.shares import shared_in
from roster.scores import wishes_granted


def plan_document(
    scenario: Path, problem: Problem, outcome: Outcome, options: SolveOptions, files: Iterable[str]
) -> Document:
    """
    Return the answer to "how few people?".

    Parameters
    ----------
    scenario, problem : The scenario's file, and what it says.
    outcome, options : The plan, and the settings of the search.
    files : Names of the files written.
    """
    plan = outcome.plan
    return {
        "scenario": str(scenario),
        "name": problem.name,
        "title": problem.title,
        "status": outcome.status.value,
        "goal": problem.goal.value,
        "headcount": _headcount(plan.headcount) if plan else None,
        "bound": outcome.bound,
        "for_ever": outcome.for_ever,
        "proof": {
            "kind": outcome.proof.kind.value,
            "reason": outcome.proof.reason,
            "confirmed": outcome.proof.confirmed,
            "scope": outcome.proof.scope,
        },
        "reason": outcome.reason,
        "ladder": [_rung(rung) for rung in outcome.ladder],
        "relief_factor": relief_document(problem, outcome),
        "survival": survival_document(outcome),
        "quality": quality_document(problem, outcome),
        "cost": plan.cost if plan else None,
        "least_cost": outcome.least_cost,
        "empty_price": empty_price(problem, outcome),
        "currency": problem.currency,
        "posts": [{"name": post.name, "title": post.title, "reason": post.reason} for post in problem.posts],
        "rotations": [_rotation(rotation) for rotation in plan.rotations] if plan else [],
        "calendar": {
            "start": problem.dates.start.isoformat(),
            "weeks": problem.dates.in_weeks,
            "days": problem.dates.days,
        },
        "repairs": _repairs(plan) if plan else [],
        "partial": None,
        "wishes": wishes_document(problem, plan.roster) if plan else [],
        **shares_document(shared_in(problem, outcome.ledger)),
        "limits": [_limit(limit) for limit in problem.limits],
        "notes": list(problem.notes),
        "solver": outcome.solver,
        **took(outcome.seconds, options),
        "details": outcome.details,
        "files": list(files),
    }


def partial_document(examined: Examined, partial: Partial) -> Document:
    """Return the best roster of people who cannot hold everything: what stays empty, and the least that must."""
    return {
        "headcount": _headcount(examined.scores.headcount),
        "empty": empty_document(examined),
        "empty_minutes": sum(gap.minutes for gap in examined.gaps),
        "bound_minutes": partial.bound,
        "proven": partial.proven,
        "other_violations": [
            violation_document(one, examined.roster) for one in examined.violations if one.rule != POST
        ],
    }


def duties(examined: Examined | None) -> list[dict[str, str]]:
    """Return the duties of a roster as in `roster.csv`; none where there is no roster."""
    return (
        []
        if examined is None
        else roster_rows(examined.problem, examined.roster, examined.posts, examined.gaps)
    )


def check_document(scenario: Path, examined: Examined) -> Document:
    """Return what a check found, and the roster in figures."""
    roster, scores = examined.roster, examined.scores
    return {
        "scenario": str(scenario),
        "name": examined.problem.name,
        "violations": [
            {**violation_document(one, roster), "limits": sources(examined.problem, roster, one)}
            for one in examined.violations
        ],
        "empty": empty_document(examined),
        "forgiven": forgiven_sentences(roster),
        "headcount": _headcount(scores.headcount),
        "cost": scores.cost.total,
        "currency": examined.problem.currency,
        "people": [dataclasses.asdict(person) for person in scores.people],
        "posts": [dataclasses.asdict(post) for post in scores.posts],
        "versions": versions(),
    }


def _headcount(headcount: Headcount) -> Document:
    return {
        "total": headcount.total,
        "in_house": headcount.in_house,
        "vendor": headcount.vendor,
        "by_type": dict(headcount.by_type),
        "seats": {use.seat: use.number for use in headcount.seats},
    }


def _rotation(rotation: Rotation) -> Document:
    return {
        "type": rotation.type,
        "name": rotation.name,
        "people": rotation.people,
        "weeks": rotation.weeks,
        "circuit_weeks": len(rotation.lines),
        "cycle_days": rotation.cycle_days,
        "lines": [[duty.name for duty in line] for line in rotation.lines],
    }


def _rung(rung: Rung) -> Document:
    return {"name": rung.name, "status": rung.status.value, "headcount": rung.headcount, "bound": rung.bound}


def _limit(limit: Limit) -> Document:
    return {
        "employer": limit.employer,
        "key": limit.key,
        "sentence": limit.sentence,
        "origin": str(limit.origin),
        "source": limit.source,
    }


def wishes_document(problem: Problem, roster: Roster) -> list[Document]:
    """Return each wish with the number of its dates on which it is granted; several duties: any, or none, of them."""
    return [
        {
            "person": wish.person,
            "duty": " / ".join(wish.duties),
            "not": wish.against,
            "from": wish.first.isoformat(),
            "to": wish.last.isoformat(),
            "granted": granted,
            "days": days,
        }
        for wish, granted, days in wishes_granted(problem, roster)
    ]


def _repairs(plan: Plan) -> list[Document]:
    return [
        {
            "date": plan.roster.horizon.on(repair.day).isoformat(),
            "person": repair.person,
            "from": repair.planned.name,
            "to": repair.given.name,
            "why": repair.why,
        }
        for repair in plan.repairs
    ]


def violation_document(violation: Violation, roster: Roster) -> Document:
    """Return what is broken, with its dates."""
    return {
        "rule": violation.rule,
        "person": violation.person,
        "dates": [roster.horizon.on(day).isoformat() for day in violation.days],
        "sentence": violation.sentence,
    }
