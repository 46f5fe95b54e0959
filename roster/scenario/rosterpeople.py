"""Who and what is meant in a roster that somebody typed: people by name or number, duties by name in any case."""

from __future__ import annotations

import re
from collections.abc import Mapping

from roster.problem import Duty, Person, Problem, StaffType
from roster.staff import numbered

_NUMBERED = re.compile(r"(.+)-(\d{1,6})")


def known_person(problem: Problem, name: str, given: str) -> Person | None:
    """Return who is meant: one of the scenario's people, a number of a type, or whom the type column places."""
    for person in problem.people:
        if person.name == name:
            return person
    if found := _NUMBERED.fullmatch(name):
        for staff in problem.types:
            if staff.name.casefold() == found.group(1).casefold():
                return Person(name, staff.name)
    return Person(name, given) if given in problem.type and not problem.people else None


def named_duty(problem: Problem, staff: StaffType, text: str) -> Duty | None:
    """Return the duty of a type with this name; its case does not matter where that leaves no doubt."""
    plain = (
        text.replace("＋", "+").replace("＠", "@").replace(" ", "") if " " in text or "＋" in text else text
    )
    duties = problem.duties(staff)
    for same in (lambda name: name in (text, plain), lambda name: name.casefold() == plain.casefold()):
        found = [duty for duty in duties if same(duty.name)]
        if len(found) == 1:
            return found[0]
    return None


def everybody(problem: Problem, people: Mapping[str, Person]) -> tuple[Person, ...]:
    """Return the scenario's people, then numbered ones by type with the gaps filled, then the others as they came."""
    known = {person.name: person for person in problem.people}
    others = [person for name, person in people.items() if name not in known]
    by_type: dict[str, dict[int, Person]] = {staff.name: {} for staff in problem.types}
    rest = []
    for person in others:
        found = _NUMBERED.fullmatch(person.name)
        if found and found.group(1).casefold() == person.type.casefold():
            by_type[person.type].setdefault(int(found.group(2)), person)
        else:
            rest.append(person)
    for type_name, by_number in by_type.items():
        if by_number:
            prefix = next(iter(by_number.values())).name.rpartition("-")[0]
            most = min(max(by_number), problem.type[type_name].maximum)
            for number in numbered(type_name, problem.people, most):
                by_number.setdefault(number, Person(f"{prefix}-{number}", type_name))
    in_order = [row[number] for row in by_type.values() for number in sorted(row)]
    return (*problem.people, *in_order, *rest)
