"""Who is meant in a roster that somebody typed: people by name or number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

from roster.domain.problem import Person, Problem
from roster.domain.staff import numbered

_REMARK = re.compile(r"\s*(?:[（(【\[][^()（）]*[)）】\]]|[*＊★☆▲△●]+)\s*$")
"""What stands behind a name and is none of it: `张伟（组长）`, `Li Na*`."""

_NUMBERED = re.compile(r"(.+)-(\d{1,6})")


def known_person(problem: Problem, name: str, given: str) -> Person | None:
    """
    Return who is meant: one of the scenario's people, a number of a type, or whom the type column places.

    Where the scenario names nobody and has one staff type, everybody is of that type.

    Parameters
    ----------
    problem : The scenario.
    name, given : The cells of the person and of the type.
    """
    if problem.people:
        meant = same_name(name, problem.person)
        if meant is not None:
            return problem.person[meant]
    if found := _NUMBERED.fullmatch(name):
        for staff in problem.types:
            if staff.name.casefold() == found.group(1).casefold():
                return Person(name, staff.name)
    if problem.people:
        return None
    if given in problem.type:
        return Person(name, given)
    return Person(name, problem.types[0].name) if len(problem.types) == 1 and not given else None


def same_name(given: str, names: Collection[str]) -> str | None:
    """
    Return the name that is meant: itself, or the only one alike but for blanks, width, case, order or a remark.

    >>> same_name("O'Connor, Seán", ["Seán O'Connor"]), same_name("张 伟", ["张伟"]), same_name("li", ["Li", "LI"])
    ("Seán O'Connor", '张伟', None)
    >>> same_name("张伟（组长）", ["张伟"]), same_name("Li Na *", ["Li Na"])
    ('张伟', 'Li Na')
    """
    if given in names:
        return given
    near = _by_plain(tuple(names))
    for one in (given, _turned(given), _REMARK.sub("", given)):
        found = near.get(plain_name(one), ())
        if len(found) == 1:
            return found[0]
    return None


def plain_name(name: str) -> str:
    """Return a name without what makes no difference: composed accents, width, blanks, case, kinds of apostrophe."""
    text = unicodedata.normalize("NFKC", name).replace("\u2019", "'").casefold()
    return "".join(text.split())


def _turned(name: str) -> str:
    """Return "Surname, Given" the other way round."""
    surname, comma, first = unicodedata.normalize("NFKC", name).partition(",")
    return f"{first.strip()} {surname.strip()}" if comma and first.strip() else name


@lru_cache(maxsize=8)
def _by_plain(names: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(plain_name(name), []).append(name)
    return found


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
