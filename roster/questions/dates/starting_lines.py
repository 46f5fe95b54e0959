"""
Who starts on which line of a rotation: where leave, settled duties, wishes and the days before fit it best.

People of one type are interchangeable until they have names. Somebody of whom nothing is asked takes what is left,
in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from roster.checker import PersonCase, Timeline, count_breaches, hard_rules, restricted
from roster.domain.horizon import Horizon
from roster.domain.problem import OFF, Ban, Duty, Person, Problem, StaffType
from roster.engine.integer_program import Program
from roster.engine.solvers.mip import branch_and_bound

Line = tuple[Duty, ...]

SECONDS = 10.0
"""Wall time for one type at most."""

AGAINST_THE_RULES = 10_000
"""What a day that cannot stay as the line has it counts against the price of wishes."""


def seated(
    problem: Problem, people: Sequence[Person], horizon: Horizon, lines: Mapping[str, Sequence[Line]]
) -> list[Line]:
    """
    Return everybody's days: a line each of their type, in order where nothing speaks for another.

    Parameters
    ----------
    problem, people : The scenario, and everybody in the order wanted.
    horizon : The dates.
    lines : The days of each line, by type.
    """
    found: dict[str, Line] = {}
    for staff in problem.types:
        own = [person for person in people if person.type == staff.name]
        found |= _seated(problem, staff, own, (horizon, lines.get(staff.name, ())))
    return [found[person.name] for person in people]


def _seated(
    problem: Problem, staff: StaffType, people: Sequence[Person], offered: tuple[Horizon, Sequence[Line]]
) -> dict[str, Line]:
    horizon, lines = offered
    off: Line = (OFF,) * horizon.days
    every = [*lines, *(off for _ in range(len(people) - len(lines)))]
    before = dict(problem.carried)
    asked = [person for person in people if person.name in before or _asked(problem, person)]
    prices = [
        [_price(problem, staff, person, (horizon, line, before.get(person.name, ()))) for line in every]
        for person in asked
    ]
    taken = _cheapest(prices) if any(any(row) for row in prices) else {}
    left = iter([line for number, line in enumerate(every) if number not in taken.values()])
    by_name = {asked[row].name: every[number] for row, number in taken.items()}
    return {person.name: by_name[person.name] if person.name in by_name else next(left) for person in people}


def _asked(problem: Problem, person: Person) -> bool:
    names = {ban.person for ban in problem.restrictions} | {pin.person for pin in problem.pins}
    return person.name in names | {wish.person for wish in problem.wishes}


def _price(
    problem: Problem, staff: StaffType, person: Person, place: tuple[Horizon, Line, tuple[Duty, ...]]
) -> int:
    """Return what speaks against a line for a person: days that would have to change, and wishes not granted."""
    horizon, line, before = place
    clashes = sum(1 for _ in _clashes(problem, staff, person, horizon, line))
    if before:
        # What happens within the line does not depend on who starts there.
        clashes += sum(
            count_breaches(rule, line, horizon, problem, staff=staff, before=before)
            - count_breaches(rule, line, horizon, problem, staff=staff)
            for rule in hard_rules(staff)
        )
    return max(clashes, 0) * AGAINST_THE_RULES + _ungranted(problem, person, horizon, line)


def _clashes(
    problem: Problem, staff: StaffType, person: Person, horizon: Horizon, line: Line
) -> Iterator[int]:
    """Yield the days on which a line cannot stay as it is for a person; a night into a leave is one, too."""
    case = PersonCase(problem, Timeline(line, horizon), staff)
    for ban, breach in restricted(problem, person.name, case):
        if ban != Ban.OVERTIME.value:
            yield from breach.days
    for pin in (pin for pin in problem.pins if pin.person == person.name):
        for day in _days(horizon, horizon.number(pin.first), horizon.number(pin.last)):
            if line[day].name != pin.duty:
                yield day


def _ungranted(problem: Problem, person: Person, horizon: Horizon, line: Line) -> int:
    """Return the price of a person's wishes that a line does not grant."""
    return sum(
        wish.price
        for wish in problem.wishes
        if wish.person == person.name
        for day in _days(horizon, horizon.number(wish.first), horizon.number(wish.last))
        if not wish.granted(line[day].name)
    )


def _days(horizon: Horizon, first: int, last: int) -> range:
    return range(max(first, 0), min(last + 1, horizon.days))


def _cheapest(prices: Sequence[Sequence[int]]) -> dict[int, int]:
    """
    Return for each row the column it takes, so that the sum of prices is least; empty where time ran out.

    >>> _cheapest([[5, 0], [5, 3]])
    {0: 1, 1: 0}
    """
    program = Program()
    cells = [[program.variable(0, 1) for _ in row] for row in prices]
    for row in cells:
        program.equal([(cell, 1) for cell in row], 1, "a line each")
    for column in zip(*cells, strict=True):
        program.at_most([(cell, 1) for cell in column], 1, "one on a line")
    flat = [pair for row, line in zip(cells, prices, strict=True) for pair in zip(row, line, strict=True)]
    found = branch_and_bound(program, flat, SECONDS)
    if not found.found:
        return {}
    return {
        number: next(at for at, cell in enumerate(row) if found.values[cell])
        for number, row in enumerate(cells)
    }
