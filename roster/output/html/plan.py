"""The page of a plan, and the page of any roster: the answer first, then the rota, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roster.domain.outcome import Outcome, Partial, Roster
from roster.domain.problem import Problem
from roster.language import counted
from roster.output.examined_roster import Examined, examine
from roster.output.html.page import render
from roster.output.html.parts import facts
from roster.output.html.parts.cost import bill
from roster.output.html.parts.cover_heatmap import heats
from roster.output.html.parts.escalation import escalation
from roster.output.html.parts.grid import grid
from roster.output.html.parts.people import people as people_bars
from roster.output.html.parts.rotation import rotas
from roster.output.words.decisions import decisions
from roster.output.words.findings import scope
from roster.output.words.gaps import empty_days, partial_sentences
from roster.output.words.plan import headline, people, repair_sentences, rung_name, searched
from roster.output.words.proof import why
from roster.output.words.quality import quality_sentences
from roster.output.words.survive import relief_sentences, survival_sentences
from roster.output.words.wishes import wishes_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roster.questions.explain import Explanation
    from roster.questions.frontier import Frontier


def plan_page(
    problem: Problem,
    outcome: Outcome,
    examined: Examined | None,
    explained: Explanation | None = None,
    bought: Frontier | None = None,
    partial: Partial | None = None,
) -> str:
    """
    Return the page of an answer to "how few people?"; without a plan, why there is none.

    Parameters
    ----------
    problem, outcome, examined : The scenario, its plan, and the roster with what is said of it.
    explained, bought : The answers to "why not?" and to "make or buy?", where they were asked as well.
    partial : The best roster without a plan.
    """
    views: dict[str, object] = {
        "answer": facts.HeadlineAnswer(
            facts.figure(problem, outcome),
            headline(problem, outcome),
            str(outcome.status),
            (*why(outcome), *survival_sentences(outcome), *searched(outcome)),
        ),
        "rungs": facts.ladder(outcome.ladder, rung_name),
        "relief": relief_sentences(problem, outcome) if outcome.ladder or outcome.plan else None,
        "solver": outcome.solver,
        "seconds": f"{outcome.seconds:.1f}",
        **_basis(problem),
    }
    if partial is not None and examined is not None:
        said = f"{outcome.reason} {outcome.proof.reason}"
        told = partial_sentences(examined, partial)
        return render(
            "impossible.html.jinja",
            **views,
            **_shown(examined),
            explained=_why(explained, said),
            partial=told,
        )
    if outcome.plan is None or examined is None:
        said = f"{outcome.reason} {outcome.proof.reason}"
        return render("impossible.html.jinja", **views, explained=_why(explained, said), partial=(), gaps=())
    shown = _shown(examined)
    return render(
        "plan.html.jinja",
        **views,
        **{**shown, "tiles": (*facts.bound(problem, outcome), *facts.tiles(problem, examined.scores))},
        rotas=rotas(problem, outcome.plan.rotations),
        decisions=decisions(examined, bought),
        quality=quality_sentences(problem, outcome),
        quality_weeks=counted("common.weeks", max(one.weeks for one in outcome.plan.rotations)),
        market=_market(bought),
        repairs=repair_sentences(outcome.plan),
        repairs_number=len(outcome.plan.repairs),
    )


def _market(bought: Frontier | None) -> object:
    # A page of a roster does without the engine.
    from roster.output.html.frontier import market

    return None if bought is None else market(bought)


def _why(explained: Explanation | None, said: str) -> object:
    # A page of a roster does without the engine.
    from roster.output.html.parts.conflict import why

    return why(explained, said)


def roster_page(
    problem: Problem, roster: Roster, examined: Examined | None = None, said: Sequence[str] = ()
) -> str:
    """
    Return the page of any roster, also one made by hand: its figures, and what it breaks.

    Parameters
    ----------
    problem, roster : The scenario, and the roster.
    examined : What is said of it, which saves checking it again.
    said : Sentences that lead the page.
    """
    examined = examined or examine(problem, roster)
    counted = examined.scores.headcount
    status = "broken" if examined.violations else "lawful"
    answer = facts.HeadlineAnswer(
        facts.HeadlineFigure(str(counted.in_house), facts.unit(counted.in_house)),
        people(counted),
        status,
        (*said, str(facts.found(examined)["verdict"])),
    )
    return render(
        "roster.html.jinja", answer=answer, rungs=(), relief=None, **_basis(problem), **_shown(examined)
    )


def _shown(examined: Examined) -> dict[str, object]:
    """Return the views that any roster has."""
    problem, scores = examined.problem, examined.scores
    minutes = sum(post.wanted for post in scores.posts)
    return {
        "grid": grid(problem, examined.roster, None, empty_days(examined)),
        "gaps": facts.gaps(examined),
        "heats": heats(examined),
        "escalation": escalation(examined),
        "people": people_bars(scores.people),
        "uneven": facts.uneven(problem, scores),
        "shares": examined.shares,
        "wishes": wishes_told(problem, examined.roster),
        "covers": facts.covers(examined),
        "bill": bill(problem, scores),
        "tiles": facts.tiles(problem, scores),
        **facts.found(examined),
        "scope": scope(problem, examined.roster, minutes),
    }


def _basis(problem: Problem) -> dict[str, object]:
    return {
        "title": problem.called,
        "span": facts.span(problem),
        "limits": facts.limits(problem),
        "notes": facts.notes(problem),
    }
