"""Against which posts classical rotas are to be held; all faults at once."""

from __future__ import annotations

from collections.abc import Iterable

from roster.domain.problem import Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.questions.service import known


def check_desks(problem: Problem, posts: Iterable[str]) -> None:
    """Raise Faults for posts that lead nowhere, or that no rota of people on site is for."""
    wrong: list[Fault] = []
    for name in posts:
        wrong += known("--post", name, problem.post, "unknown_post")
        if name not in problem.post:
            continue
        post = problem.post[name]
        if not post.on_site:
            wrong.append(Fault(None, "--post", tr("rotas.not_on_site", value=name)))
        elif not any(problem.is_eligible(one, post) and not problem.is_vendor(one) for one in problem.types):
            wrong.append(Fault(None, "--post", tr("rotas.nobody_in_house", value=name)))
    if wrong:
        raise Faults(tr("rotas.what_was_asked"), wrong)
