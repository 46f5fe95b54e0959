"""What people could learn or be given to do: a second skill, a shift that they do not work yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from roster.domain.problem import Problem, Role, Shift, StaffType
from roster.language import tr
from roster.questions.conflict.elements import Element
from roster.questions.conflict.query import Change, World, changed, with_every_shift, with_skill, with_types
from roster.questions.wording import role_names, shifts_text, type_names

MOST_SKILLS = 1
LONGEST = 12 * 60
"""Minutes of a shift that may be thought of beyond those of the scenario."""


class Seeking(Protocol):
    """What is needed of whoever seeks a way out."""

    world: World

    def works(self, change: Change) -> bool:
        """Whether a change is found to help."""

    def refuses(self, change: Change) -> bool:
        """Whether it is quickly seen that a change does not help."""

    def of(self, kind: str) -> list[Element]:
        """Return the conflict's elements of a kind."""


def skills(seeker: Seeking) -> Iterator[tuple[str, World]]:
    """Yield who would have to learn what: the cheapest people alone, or else as few types together as will do."""
    problem, found = seeker.world.problem, 0
    open_to = {
        one.names[0]: sorted(
            (s.name for s in problem.types if may_learn(problem, s, one.names[0])),
            key=lambda name: problem.type[name].cost,
        )
        for one in seeker.of("skill")
    }

    def everything(world: World) -> World:
        for role, names in open_to.items():
            world = with_skill(role, names)(world)
        return world

    if not any(open_to.values()) or seeker.refuses(everything):
        return
    for role, names in open_to.items():
        learners = _learners(seeker, role, names)
        if learners:
            found += 1
            words = {"type": type_names(problem, learners), "role": role_names(problem, [role])}
            yield tr("explain.way_skill", **words), with_skill(role, learners)(seeker.world)
        if found >= MOST_SKILLS:
            return


def _learners(seeker: Seeking, role: str, names: list[str]) -> list[str]:
    """Return who would have to learn a role, nobody where that does not help: one type alone if that will do."""
    if not names or seeker.refuses(with_skill(role, names)):
        return []
    for name in names:
        if seeker.works(with_skill(role, [name])):
            return [name]
    some = _fewest(names, lambda some: not seeker.refuses(with_skill(role, some)))
    if len(some) > 1 and seeker.works(with_skill(role, some)):
        return some
    if len(names) > len(some) and seeker.works(with_skill(role, names)):
        return _fewest(names, lambda some: seeker.works(with_skill(role, some)))
    return []


def _fewest(names: list[str], enough: Callable[[list[str]], bool]) -> list[str]:
    """Leave out of several types those without whom it is enough as well, the dearest first."""
    for name in reversed(list(names)):
        rest = [other for other in names if other != name]
        if rest and enough(rest):
            names = rest
    return names


def may_learn(problem: Problem, staff: StaffType, role: str) -> bool:
    """Whether people of a type may have one more role: neither exclusive nor incompatible, nor kept in-house."""
    roles = {each.name: each for each in problem.roles}
    wanted = roles.get(role, Role(role))
    have = [roles.get(name, Role(name)) for name in staff.skills]
    apart = any(role in each.incompatible or each.name in wanted.incompatible for each in have)
    alone = wanted.exclusive or any(each.exclusive for each in have)
    return (
        role not in staff.skills
        and not apart
        and not (alone and have)
        and not (wanted.in_house and problem.is_vendor(staff))
    )


def more_shifts(seeker: Seeking) -> Iterator[tuple[str, World]]:
    """Yield one shift more for the people whose shifts are in the way, or for everybody; the scenario's own first."""
    problem = seeker.world.problem
    everybody = tuple(staff.name for staff in problem.types)
    for one in seeker.of("shifts"):
        for some in dict.fromkeys((one.names, everybody)):
            found = _shift_for(seeker, some)
            if found is not None:
                yield found
                break


def _shift_for(seeker: Seeking, some: tuple[str, ...]) -> tuple[str, World] | None:
    problem = seeker.world.problem
    wide = with_every_shift(some, LONGEST)(seeker.world).problem
    have = set.intersection(*(set(problem.type[name].shifts) for name in some))
    for shift in (shift for shift in wide.shifts if shift.name not in have):
        more = _doing(shift, some)
        if seeker.works(more):
            mine = shift.name in problem.shift
            named = shift if mine else replace(shift, title=tr(f"explain.{shift.presence}"))
            words = {"types": type_names(problem, some), "shift": shifts_text([named])}
            return tr("explain.way_shift", **words), more(seeker.world)
    return None


def _doing(shift: Shift, types: tuple[str, ...]) -> Change:
    """Let people of some types do a shift, which the scenario may not have yet."""

    def also(staff: StaffType) -> StaffType:
        return replace(staff, shifts=tuple(dict.fromkeys((*staff.shifts, shift.name))))

    def change(world: World) -> World:
        if shift.name not in world.problem.shift:
            shifts = (*world.problem.shifts, shift)
            world = replace(world, problem=changed(world.problem, shifts=shifts))
        return with_types(world, types, also)

    return change
