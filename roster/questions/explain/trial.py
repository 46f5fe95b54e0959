"""What the kinds of ways out share: how a change is tried."""

from __future__ import annotations

from roster.domain.problem import Goal, Problem
from roster.engine.rotation import refused
from roster.engine.solvers.search import Search
from roster.questions.conflict import (
    Condition,
    Conflict,
    FeasibilityQuestion,
    QuestionChange,
    holds,
    limit_of,
)
from roster.questions.sums import hopeless, precheck

EACH_SECONDS = 5.0
"""Wall time at most for one thing that is tried."""

KINDS = ("overtime", "limit", "shift", "skill", "soft", "hire", "seat")


class Trials:
    """What one kind of ways needs: the question, its conflict, and a solver with a deadline."""

    def __init__(self, question: FeasibilityQuestion, conflict: Conflict, search: Search) -> None:
        self.question, self.conflict, self.search = question, conflict, search
        self.undecided = False
        """Whether time ran out on something that was tried."""
        self.empty: dict[str, int] = {}
        """Minutes a week that a post of the conflict would have to stay empty at least; others would not help."""

    @property
    def problem(self) -> Problem:
        """The problem as it was asked."""
        return self.question.problem

    @property
    def soon(self) -> Search:
        """The solver for one thing to be tried."""
        return self.search.within(EACH_SECONDS)

    def refuses(self, change: QuestionChange, *, wholly: bool = False) -> bool:
        """
        Whether it is quickly seen that a change does not help, or there is no time left for it.

        Where it does not help the conflict alone, which asks for less, it does not help at all; `wholly` asks all.
        """
        question = change(self.question)
        if hopeless(precheck(question.problem, *limit_of(question))):
            return True
        if self.search.seconds_left <= 0:
            self.undecided = True
            return True
        asked = [change(self.conflict.question), *([question] if wholly else [])]
        return any(refused(one.problem, one.cap, self.soon) for one in asked)

    def works(self, change: QuestionChange) -> bool:
        """Whether a change is found to help in time."""
        if self.refuses(change):
            return False
        answer = holds(change(self.question), self.soon)
        self.undecided |= answer is None
        return answer is True

    @property
    def headcount(self) -> int | None:
        """The limit on the number of people, where there is one."""
        return headcount(self.question)

    def of(self, kind: str) -> list[Condition]:
        """Return the conflict's conditions of a kind."""
        return [one for one in self.conflict.conditions if one.kind == kind]


def headcount(question: FeasibilityQuestion) -> int | None:
    """Return the limit of a question on the number of people, where there is one."""
    return question.cap.most if question.cap is not None and question.cap.goal is not Goal.COST else None
