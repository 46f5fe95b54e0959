"""A proof held against a scenario, as a report that can be read and redone, and as a document."""

from __future__ import annotations

from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Headcount
from roster.domain.problem import Goal, Problem
from roster.language import tr
from roster.output.documents.plan import Document, versions
from roster.output.terminal.console import (
    BAD,
    DOUBTFUL,
    FAINT,
    GOOD,
    STRONG,
    ReportConsole,
    one_line,
    section,
    table,
)
from roster.output.terminal.prose import Prose
from roster.output.words.proof_steps import (
    alike,
    count_text,
    end_text,
    goal_text,
    posts_text,
    range_text,
    scope_text,
    step_text,
    supposed_text,
    times_text,
    types_text,
)
from roster.proof import EVERY_ROSTER, Certificate, End, Ordinary, Shown, Verdict

MOST_LINES = 16
"""Most inequalities of a case on screen; the rest is counted."""

MOST_CASES = 8
"""Most cases of a part on screen."""


def verdict_text(problem: Problem, verdict: Verdict) -> str:
    """Return the result in one line."""
    if verdict.refused:
        return tr("proof.refused", why=verdict.refusal)
    words = {"scope": scope_text(verdict.certificate.scope), "goal": goal_text(problem)}
    if verdict.searched:
        claimed = _value(verdict.certificate.bound)
        return tr("proof.verified_partly", bound=_value(verdict.bound), claimed=claimed, **words)
    if verdict.impossible:
        return tr("proof.verified_impossible", **words)
    return tr("proof.verified", bound=_value(verdict.bound), **words)


def _value(bound: int | None) -> str:
    return tr("proof.impossible") if bound is None else f"{bound:,}"


def meaning_text(verdict: Verdict) -> str:
    """Return what the scope of a proof means."""
    scope = verdict.certificate.scope
    return tr(
        "proof.meaning_every" if scope == EVERY_ROSTER else "proof.meaning_some", scope=scope_text(scope)
    )


def held_against(problem: Problem, verdict: Verdict, headcount: Headcount) -> str:
    """Return what a roster and a proof say together; nothing where the proof is refused, or counts money."""
    if verdict.refused or verdict.bound is None or problem.goal is Goal.COST:
        return ""
    found = headcount.in_house if problem.goal is Goal.IN_HOUSE else headcount.total
    scope = verdict.certificate.scope
    of_all = "" if scope == EVERY_ROSTER else "_some"
    words = {"found": found, "bound": verdict.bound, "scope": scope_text(scope)}
    if found == verdict.bound:
        return tr(f"proof.minimum{of_all}", **words)
    return tr("proof.above_minimum" if found > verdict.bound else f"proof.below_bound{of_all}", **words)


def print_proof(
    console: ReportConsole, problem: Problem, verdict: Verdict, beside: str = "", *, below: bool = False
) -> None:
    """
    Print what was verified, every inequality with its multiplier and where it comes from.

    `beside` is what a roster and the proof say together; `below` that the roster's own report stands above.
    """
    style = BAD if verdict.refused else DOUBTFUL if verdict.searched else GOOD
    title = Text(one_line(problem.called), STRONG)
    parts: list[ConsoleRenderable] = [section(tr("proof.heading")) if below else title]
    parts += [Text(), Prose(verdict_text(problem, verdict), style)]
    if beside:
        parts.append(Prose(beside))
    if not verdict.refused:
        parts.append(Prose(meaning_text(verdict), FAINT))
        parts.append(Prose(tr("proof.how"), FAINT))
        week = Ordinary.of(problem)
        parts += [
            _part(week, shown, number, len(verdict.shown)) for number, shown in enumerate(verdict.shown, 1)
        ]
    console.show(parts)


def _part(week: Ordinary, shown: Shown, number: int, total: int) -> Group:
    problem, part = week.problem, shown.part
    key = "proof.part_impossible" if part.bound is None else "proof.part"
    title = tr(key, number=number, total=total, bound=_value(part.bound))
    about = tr(
        "proof.speaks_of", types=types_text(problem, part.types), posts=posts_text(problem, part.posts)
    )
    lines: list[ConsoleRenderable] = [Prose(about, FAINT)]
    if len(shown.ends) > 1:
        lines.append(Prose(tr("proof.cases", total=len(shown.ends))))
    for at, end in enumerate(shown.ends[:MOST_CASES], 1):
        lines += _case(week, end, at, shown)
    if (left := len(shown.ends) - MOST_CASES) > 0:
        lines.append(Prose(tr("proof.more_cases", number=left), FAINT))
    if part.searched is not None:
        lines += [Text(), Prose(_searched(shown), DOUBTFUL)]
    return section(title, *lines)


def _case(week: Ordinary, end: End, number: int, shown: Shown) -> list[ConsoleRenderable]:
    lines: list[ConsoleRenderable] = []
    if len(shown.ends) > 1:
        supposed = tr("proof.semicolon").join(supposed_text(week, each) for each in end.supposed)
        text = tr("proof.case", number=number, total=len(shown.ends), supposed=supposed)
        lines += [Text(), Prose(text)]
    added = _sentences(week, end)
    drawn = table(tr("proof.times"), tr("proof.sentence"), numbers=(0,), wrap=(1,))
    for times, sentence in added[:MOST_LINES]:
        drawn.add_row(times, Prose(sentence))
    if added:
        lines.append(drawn)
    if (left := len(added) - MOST_LINES) > 0:
        lines.append(Prose(tr("proof.more_lines", number=left), FAINT))
    if end.ranges:
        ranges = tr("proof.comma").join(range_text(week, count) for count, _ in end.ranges[:MOST_LINES])
        lines.append(Prose(tr("proof.ranges", ranges=ranges)))
    return [*lines, Prose(end_text(week.problem, end, shown.part.bound), STRONG)]


def _sentences(week: Ordinary, end: End) -> list[tuple[str, str]]:
    return [
        (times_text(steps[0].use.times), step_text(week, steps, end.supposed)) for steps in alike(end.steps)
    ]


def _searched(shown: Shown) -> str:
    searched = shown.part.searched
    assert searched is not None, "asked only of what was searched"
    return tr(
        "proof.searched",
        bound=_value(shown.part.bound),
        claimed=_value(searched.bound),
        scope=scope_text(searched.scope),
        solver=searched.solver,
        parameters=searched.parameters,
        confirmed=searched.confirmed,
    ).strip()


def proof_document(
    scenario: Path, file: Path, problem: Problem, verdict: Verdict, beside: str = ""
) -> Document:
    """Return the result as a document: every case, every inequality in words."""
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
        "added": [{"times": times, "sentence": sentence} for times, sentence in _sentences(week, end)],
        "ranges": [
            {"number": count_text(week, count), "amount": str(amount)} for count, amount in end.ranges
        ],
        "reached": None if end.reached is None else str(end.reached),
        "contradiction": str(end.beyond) if end.reached is None else None,
        "sentence": end_text(week.problem, end, bound),
    }
