"""
The smallest conflict: posts, rules and limits that cannot hold together, while without any one of them the rest can.

It is found by leaving things out and solving what is left, comfort first, so that what remains is about people and
hours wherever it can be.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace

from roster.domain.rules import OffBlock, ShiftRun, WorkBlock
from roster.engine.rotation import agreed, shrink
from roster.engine.solvers.search import Search
from roster.questions.conflict.conditions import Condition, Provenance, groups
from roster.questions.conflict.relaxations import FeasibilityQuestion, holds

EACH_SECONDS = 2.5
"""Wall time at most for one question of whether something can be left out."""

CONFIRM_SECONDS = 2.0

RUNS = (WorkBlock, OffBlock, ShiftRun)


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    Elements that cannot hold together.

    `unsure` are those of them of which time did not show whether they are needed; `question` is what is left of the
    question `asked` with everything else left out; `confirmed` whether a second solver found the same.
    """

    conditions: tuple[Condition, ...]
    asked: FeasibilityQuestion
    question: FeasibilityQuestion
    unsure: tuple[Condition, ...] = ()
    confirmed: bool = False

    @property
    def minimal(self) -> bool:
        """Whether every single condition was shown to be needed."""
        return not self.unsure


def find_conflict(
    question: FeasibilityQuestion,
    provenance: Provenance,
    search: Search,
    *,
    known: bool = False,
    posts: Collection[str] = (),
) -> Conflict | None:
    """
    Return the smallest conflict of a question that cannot hold.

    None where the question can hold, or time ran out before it was known that it cannot.

    Parameters
    ----------
    question, provenance : What is asked, and where each thing stands in the file.
    search : Deadline and settings.
    known : Whether it is known already that it cannot hold.
    posts : Names of those that the conflict is probably about.
    """
    parts = groups(question, provenance, posts)
    every = [one for group in parts for one in group]
    asked = _Asked(question, every, search)
    if not known and holds(question, search) is not False:
        return None
    kept, unsure = shrink(parts, asked.holds, asked.ahead)
    # Leaving a post out may take away a duty that a rule on runs needs: then each is asked for once more.
    for one in list(kept) if any(isinstance(one.rule, RUNS) for one in kept) else []:
        rest = [other for other in kept if other is not one]
        answer = asked.holds(rest)
        if answer is False:
            kept = rest
        elif answer is True and one in unsure:
            unsure.remove(one)
    unsure = [one for one in unsure if one in kept]
    left = _left_with(question, every, kept)
    return Conflict(tuple(reversed(kept)), question, left, tuple(unsure))


def confirmed(conflict: Conflict, search: Search) -> Conflict:
    """Return the conflict with whether a second solver finds it, in the time there is."""
    left = conflict.question
    soon = search.within(CONFIRM_SECONDS)
    agrees = left.case is None and soon.seconds_left > 0 and agreed(left.problem, left.cap, soon)
    return replace(conflict, confirmed=agrees)


class _Asked:
    """What was asked already: less than what holds together holds too, and more than what does not does not."""

    def __init__(self, question: FeasibilityQuestion, every: Sequence[Condition], search: Search) -> None:
        self._world, self._every, self._search = question, every, search
        self._held: list[frozenset[int]] = []
        self._failed: list[frozenset[int]] = []

    def holds(self, kept: Sequence[Condition]) -> bool | None:
        """Return whether some conditions hold together; None where time ran out."""
        some = frozenset(id(one) for one in kept)
        if any(some <= known for known in self._held):
            return True
        if any(known <= some for known in self._failed):
            return False
        soon = self._search.within(EACH_SECONDS)
        answer = holds(_left_with(self._world, self._every, kept), soon)
        if answer is not None:
            (self._held if answer else self._failed).append(some)
        return answer

    def ahead(self, sets: Sequence[Sequence[Condition]]) -> None:
        """Solve side by side what will be asked: the solvers of ordinary weeks let go of the interpreter."""
        if len(sets) > 1 and self._world.case is None:
            with ThreadPoolExecutor(2) as threads:
                for one in [threads.submit(copy_context().run, self.holds, some) for some in sets]:
                    one.result()


def _left_with(
    question: FeasibilityQuestion, every: Sequence[Condition], kept: Sequence[Condition]
) -> FeasibilityQuestion:
    """Return a question with all its conditions left out but those kept."""
    stay = {id(one) for one in kept}
    for one in every:
        if id(one) not in stay:
            question = one.without(question)
    return question
