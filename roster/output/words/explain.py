"""The answer of `roster explain` in sentences: yes or no, the ways out, what was not tried in time."""

from __future__ import annotations

from roster.domain.outcome import Status
from roster.domain.problem import Goal
from roster.language import counted, tr
from roster.output.words.plan import money
from roster.questions.explain import Explanation


def headline(answer: Explanation) -> str:
    """Return the answer in one line, and whether it is of other rotas than the scenario asks for."""
    if answer.wished_weeks is None:
        return _headline(answer)
    weeks = counted("common.weeks", answer.wished_weeks)
    return f"{_headline(answer)} {tr('explain.any_length', weeks=weeks)}"


def _headline(answer: Explanation) -> str:
    if answer.status is Status.INFEASIBLE:
        return tr(f"explain.answer_no_{answer.about}")
    if answer.status is Status.UNKNOWN:
        return tr("explain.answer_unknown")
    if answer.about == "leave":
        return tr("explain.answer_yes_leave")
    if answer.number is None:
        return tr("explain.answer_yes")
    if answer.problem.goal is Goal.COST:
        return tr("explain.answer_yes_cost", money=money(answer.number, answer.problem.currency))
    return counted("explain.answer_yes_people", answer.number)


def way_sentences(answer: Explanation) -> list[str]:
    """Return the ways out in words, or that there is none."""
    none = "explain.ways_none_yet" if answer.untried else "explain.ways_none"
    return [way.sentence for way in answer.ways] or [tr(none)]


def untried(answer: Explanation) -> str:
    """Return which kinds of ways out were not decided in time; empty where all were."""
    kinds = [tr(f"explain.kind_{kind}") for kind in answer.untried]
    return tr("explain.untried", kinds=tr("explain.and").join(kinds)) if kinds else ""
