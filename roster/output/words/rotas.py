"""The answer of `roster rotas` in sentences, as the terminal, the page and the document say it."""

from __future__ import annotations

from roster.domain.outcome import Status
from roster.domain.rules import hours
from roster.language import tr
from roster.output.words.findings import rule_title
from roster.output.words.text import one_line
from roster.questions.rotas import Breach, Desk, Rotas, best_lawful

MOST_NAMED = 3


def verdict(answer: Rotas) -> str:
    """Return the answer in one line."""
    lawful = [one for one in answer.held if one.scenario is not None and one.scenario.lawful]
    best = best_lawful(answer)
    words = tr("rotas.or").join(one.classic.title for one in best[:MOST_NAMED])
    key = "rotas.verdict" if best else "rotas.verdict_none"
    return tr(
        key if answer.fewest is not None else f"{key}_no_optimum",
        all=len(answer.held),
        lawful=len(lawful),
        best=words,
        people=(best[0].relief or best[0].people) if best else "",
        fewest=answer.fewest,
    )


def desk_sentence(desk: Desk) -> str:
    """Return the proven fewest of one desk in words."""
    words = {"post": desk.post.called, "places": desk.post.people}
    if desk.status is Status.OPTIMAL:
        return tr("rotas.desk", people=desk.fewest, reason=desk.proof.reason, **words)
    return tr("rotas.desk_impossible" if desk.status is Status.INFEASIBLE else "rotas.desk_open", **words)


def type_title(answer: Rotas) -> str:
    """Return the title of the staff type that the rotas are judged as."""
    staff = answer.problem.type.get(answer.judged_as)
    return one_line(staff.called) if staff else ""


def named(breaches: tuple[Breach, ...]) -> str:
    """Return the limits broken by their names."""
    return tr("rotas.list_and").join(rule_title(breach.rule) for breach in breaches)


def notes(answer: Rotas) -> list[str]:
    """Return what the answer rests on, in sentences."""
    net = max((desk.net_minutes for desk in answer.desks), default=0)
    said = [tr("rotas.times")]
    said += [tr("rotas.relief_note", hours=hours(net))] if net else []
    return [*said, tr("rotas.weekend_note"), tr("rotas.own_rules"), tr("plan.not_legal_advice")]
