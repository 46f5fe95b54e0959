"""What people could learn or be given to do: a second skill, a shift that they do not work yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from roster.domain.problem import Shift, StaffType
from roster.language import tr
from roster.questions.conflict import (
    Condition,
    FeasibilityQuestion,
    QuestionChange,
    changed,
    with_every_shift,
    with_skill,
    with_types,
)
from roster.questions.wording import role_names, shifts_text, type_names

MOST_SKILLS = 1
LONGEST = 12 * 60
"""Minutes of a shift that may be thought of beyond those of the scenario."""


class Seeking(Protocol):
    """What is needed of whoever seeks a way out."""

    question: FeasibilityQuestion

    def works(self, change: QuestionChange) -> bool:
        """Whether a change is found to help."""

    def refuses(self, change: QuestionChange) -> bool:
        """Whether it is quickly seen that a change does not help."""

    def of(self, kind: str) -> list[Condition]:
        """Return the conflict's conditions of a kind."""


def skills(trials: Seeking) -> Iterator[tuple[str, FeasibilityQuestion]]:
    """Yield who would have to learn what: the cheapest people alone, or else as few types together as will do."""
    problem, found = trials.question.problem, 0
    open_to = {
        one.names[0]: sorted(
            (s.name for s in problem.types if problem.may_learn(s, one.names[0])),
            key=lambda name: problem.type[name].cost,
        )
        for one in trials.of("skill")
    }

    def everything(question: FeasibilityQuestion) -> FeasibilityQuestion:
        for role, names in open_to.items():
            question = with_skill(role, names)(question)
        return question

    if not any(open_to.values()) or trials.refuses(everything):
        return
    for role, names in open_to.items():
        learners = _learners(trials, role, names)
        if learners:
            found += 1
            words = {"type": type_names(problem, learners), "role": role_names(problem, [role])}
            yield tr("explain.way_skill", **words), with_skill(role, learners)(trials.question)
        if found >= MOST_SKILLS:
            return


def _learners(trials: Seeking, role: str, names: list[str]) -> list[str]:
    """Return who would have to learn a role, nobody where that does not help: one type alone if that will do."""
    if not names or trials.refuses(with_skill(role, names)):
        return []
    for name in names:
        if trials.works(with_skill(role, [name])):
            return [name]
    some = _fewest(names, lambda some: not trials.refuses(with_skill(role, some)))
    if len(some) > 1 and trials.works(with_skill(role, some)):
        return some
    if len(names) > len(some) and trials.works(with_skill(role, names)):
        return _fewest(names, lambda some: trials.works(with_skill(role, some)))
    return []


def _fewest(names: list[str], enough: Callable[[list[str]], bool]) -> list[str]:
    """Leave out of several types those without whom it is enough as well, the dearest first."""
    for name in reversed(list(names)):
        rest = [other for other in names if other != name]
        if rest and enough(rest):
            names = rest
    return names


def more_shifts(trials: Seeking) -> Iterator[tuple[str, FeasibilityQuestion]]:
    """Yield one shift more for the people whose shifts are in the way, or for everybody; the scenario's own first."""
    problem = trials.question.problem
    everybody = tuple(staff.name for staff in problem.types)
    for one in trials.of("shifts"):
        for some in dict.fromkeys((one.names, everybody)):
            found = _shift_for(trials, some)
            if found is not None:
                yield found
                break


def _shift_for(trials: Seeking, some: tuple[str, ...]) -> tuple[str, FeasibilityQuestion] | None:
    problem = trials.question.problem
    wide = with_every_shift(some, LONGEST)(trials.question).problem
    have = set.intersection(*(set(problem.type[name].shifts) for name in some))
    for shift in (shift for shift in wide.shifts if shift.name not in have):
        more = _doing(shift, some)
        if trials.works(more):
            mine = shift.name in problem.shift
            named = shift if mine else replace(shift, title=tr(f"explain.{shift.presence}"))
            words = {"types": type_names(problem, some), "shift": shifts_text([named])}
            return tr("explain.way_shift", **words), more(trials.question)
    return None


def _doing(shift: Shift, types: tuple[str, ...]) -> QuestionChange:
    """Let people of some types do a shift, which the scenario may not have yet."""

    def also(staff: StaffType) -> StaffType:
        return replace(staff, shifts=tuple(dict.fromkeys((*staff.shifts, shift.name))))

    def change(question: FeasibilityQuestion) -> FeasibilityQuestion:
        if shift.name not in question.problem.shift:
            shifts = (*question.problem.shifts, shift)
            question = replace(question, problem=changed(question.problem, shifts=shifts))
        return with_types(question, types, also)

    return change
