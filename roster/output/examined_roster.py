"""A roster with everything that is said about it, worked out again from the roster alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from roster.checker import Gap, PostHeld, check_roster, cover_of_roster, gaps_of
from roster.domain.outcome import Outcome, Partial, Roster, Violation
from roster.domain.problem import Problem
from roster.errors import EngineError
from roster.language import tr
from roster.output.shares import ShareTable, share_table
from roster.rosters.shares import Shared, shared_in
from roster.scores import Scores, score

POST = "post"
"""The rule of a violation that says that a post is not held."""


@dataclass(frozen=True, slots=True)
class Examined:
    """
    A roster, what it breaks, who holds what, and its figures.

    `posts` are those that each part of each duty holds, by person, day and part: what takes longest to find out.
    `shares` are the fair shares of people with names, where something is shared out.
    """

    problem: Problem
    roster: Roster
    violations: tuple[Violation, ...]
    cover: tuple[PostHeld, ...]
    scores: Scores
    posts: Mapping[tuple[int, int, int], tuple[str, ...]] = field(default_factory=dict)
    shares: ShareTable | None = None

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What stays empty of posts that must be held."""
        return gaps_of(self.problem, self.cover)

    @property
    def lawful(self) -> bool:
        """Whether everything holds but posts that stay empty."""
        return all(violation.rule == POST for violation in self.violations)


def examine(
    problem: Problem, roster: Roster, stated: Mapping[tuple[int, int, int], tuple[str, ...]] | None = None
) -> Examined:
    """
    Check and count a roster.

    Parameters
    ----------
    problem, roster : The scenario, and any roster on its dates.
    stated : Posts that the roster itself gives people, by (person, day, part); they stay as they are.
    """
    violations = tuple(check_roster(problem, roster, stated))
    cover = cover_of_roster(problem, roster, stated)
    posts = {**cover.posts, **(stated or {})}
    return Examined(problem, roster, violations, cover.rows, score(problem, roster), posts)


def examine_own(problem: Problem, roster: Roster, *, partly: bool = False) -> Examined:
    """
    Check and count a roster that was found here.

    Parameters
    ----------
    problem, roster : The scenario, and the roster.
    partly : Whether posts may stay empty.

    Raises
    ------
    EngineError
        It breaks anything else: a defect of the program.
    """
    examined = examine(problem, roster)
    if not examined.lawful if partly else examined.violations:
        sentences = "; ".join(violation.sentence for violation in examined.violations[:5])
        raise EngineError(tr("plan.self_check", sentences=sentences))
    return examined


def examine_answer(problem: Problem, outcome: Outcome, partial: Partial | None) -> Examined | None:
    """
    Check and count the roster of an answer to "how few people?", with what it shares out; None without one.

    Parameters
    ----------
    problem, outcome : The scenario, and its plan.
    partial : The best roster where the plan is impossible; None where it was not asked for.

    Raises
    ------
    EngineError
        As `examine_own`.
    """
    if partial is not None:
        return examine_own(problem, partial.roster, partly=True)
    if outcome.plan is None:
        return None
    return with_shares(examine_own(problem, outcome.plan.roster), shared_in(problem, outcome.ledger))


def with_shares(examined: Examined, shared: Shared | None) -> Examined:
    """Return the same with what was shared out, where anything was."""
    if shared is None or not shared.shares:
        return examined
    return replace(examined, shares=share_table(examined.problem, shared))
