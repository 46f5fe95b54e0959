"""A conflict as it is told: the sums behind it, its conditions with their places, those alike on one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roster.domain.problem import Post, Problem
from roster.language import tr
from roster.questions.conflict import Condition, Conflict
from roster.questions.explain import Because
from roster.questions.wording import days_text, listed, role_names, type_names, window_text

KINDS = (
    "people",
    "budget",
    "hours",
    "minimum",
    "leave",
    "restriction",
    "frozen",
    "post",
    "skill",
    "shifts",
    "rule",
)
"""What a conflict is made of, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """
    Why something cannot be, in sentences.

    Parameters
    ----------
    sums : The sums that show it; or that there is none.
    lines : What cannot hold together, each with its place.
    notes : Whether all of it is needed.
    unsure : Of what that could not be shown.
    """

    sums: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    unsure: tuple[str, ...] = ()


def told(because: Because, said: str = "") -> Told:
    """Return why something cannot be; sums that were said before are not said again."""
    conflict = because.conflict
    sums = tuple(sentence for sentence in because.sums if sentence not in said)
    if conflict is None:
        return Told((*sums, tr("explain.no_conflict")), (), ())
    if not because.sums and conflict.question.case is None:
        sums = (tr("explain.no_sum"),)
    problem = conflict.asked.problem
    return Told(
        sums,
        tuple(_lines(problem, in_order(conflict))),
        (tr(f"explain.{_minimal(conflict)}"),),
        tuple(sentence for sentence, _ in _lines(problem, conflict.unsure)),
    )


def in_order(conflict: Conflict) -> list[Condition]:
    """Return the conditions of a conflict: people and hours before ergonomics."""
    return sorted(conflict.conditions, key=lambda one: KINDS.index(one.kind))


def _minimal(conflict: Conflict) -> str:
    if conflict.unsure:
        return "minimal_unsure"
    return "minimal_confirmed" if conflict.confirmed else "minimal"


def _lines(problem: Problem, conditions: Iterable[Condition]) -> Iterable[tuple[str, str]]:
    """Yield each condition, those alike together: posts of the same hours, skills of the same people, limits."""
    alike: dict[object, list[Condition]] = defaultdict(list)
    for one in conditions:
        alike[_kind(problem, one)].append(one)
    for some in alike.values():
        yield _sentence(problem, some), places([one.where for one in some])


def _kind(problem: Problem, one: Condition) -> object:
    if one.kind == "post":
        post = problem.post[one.names[0]]
        return "post", post.days, post.start, post.end, post.on_site
    if one.kind == "skill":
        return "skill", one.names[1:]
    if one.kind == "people" and one.names and problem.type[one.names[0]].maximum:
        return "people"
    return id(one)


def _sentence(problem: Problem, some: Sequence[Condition]) -> str:
    first = some[0]
    if len(some) == 1:
        return first.sentence
    if first.kind == "skill":
        roles, have = (
            role_names(problem, [one.names[0] for one in some]),
            type_names(problem, first.names[1:]),
        )
        return tr("explain.skills" if have else "explain.skills_nobody", roles=roles, types=have)
    if first.kind == "people":
        types = [problem.type[one.names[0]] for one in some]
        return tr("explain.maximums", types=listed(f"{one.called} {one.maximum}" for one in types))
    posts = [problem.post[one.names[0]] for one in some]
    return tr(
        "explain.posts" if posts[0].on_site else "explain.posts_standby",
        posts=listed(_people(problem, post) for post in posts),
        days=days_text(posts[0].days),
        window=window_text(posts[0].start, posts[0].end),
    )


def _people(problem: Problem, post: Post) -> str:
    """Return a post among others: its name, and how many people where it is not one."""
    title = post.called
    return title if post.people == 1 else tr("explain.post_people", post=title, people=post.people)


def places(where: Sequence[str]) -> str:
    """
    Return several places, the file once and its lines in order.

    >>> places(["a.yaml:7", "a.yaml:12", "--leave"])
    'a.yaml:7, 12; --leave'
    """
    lines: dict[str, list[int]] = {}
    for one in where:
        file, colon, line = one.rpartition(":")
        if colon and line.isdecimal():
            lines.setdefault(file, []).append(int(line))
        elif one:
            lines.setdefault(one, [])
    return "; ".join(
        f"{file}:{', '.join(map(str, sorted(set(numbers))))}" if numbers else file
        for file, numbers in lines.items()
    )
