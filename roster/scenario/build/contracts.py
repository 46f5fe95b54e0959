"""
People with a contract of their own: each such contract becomes a staff type, and all that holds of types holds of it.

Who has the same is of one type, called after the first of them: `nurse@Ann`. The people are no longer of the type that
they were of, and those whom that one may have are fewer by them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roster.scenario.schema.people import Count, StaffType
from roster.scenario.schema.sections import Scenario
from roster.yaml.tree import Path_

MARK = "@"
"""Between a type and the person whose contract it is; no name in a file has it."""


@dataclass(frozen=True, slots=True)
class Contracts:
    """A scenario in which every contract is that of a staff type, and who each type was made for."""

    scenario: Scenario
    origins: Mapping[str, str] = field(default_factory=dict)

    def back(self, findings: Sequence[tuple[Path_, str]]) -> list[tuple[Path_, str]]:
        """Return findings where the file has what they are about, those of a type that stands there only once."""
        found = []
        for path, words in findings:
            if len(path) < 2 or path[0] != "staff_types" or path[1] not in self.origins:
                found.append((path, words))
            elif (("staff_types", type_stated(str(path[1])), *path[2:]), words) not in findings:
                person, key = self.origins[str(path[1])], path[2:3]
                own = self.scenario.people[person].own
                found.append((("people", person, *(path[2:] if key and key[0] in own else own[-1:])), words))
        return found


def type_stated(name: str) -> str:
    """
    Return the staff type of a file that a type was made from, itself where it stands there.

    >>> type_stated("nurse@Ann"), type_stated("nurse")
    ('nurse', 'nurse')
    """
    return name.partition(MARK)[0]


def with_contracts(scenario: Scenario) -> Contracts:
    """Return the scenario with a staff type for each contract that people have of their own."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, person in scenario.people.items():
        if person.own and person.type in scenario.staff_types:
            own = repr(person.model_dump(include=set(person.own), exclude_unset=True))
            alike[person.type, own].append(name)
    if not alike:
        return Contracts(scenario)
    apart = Counter({kind: 0 for kind, _ in alike})
    people, origins = dict(scenario.people), {}
    made: dict[str, dict[str, StaffType]] = defaultdict(dict)
    for (kind, _), names in alike.items():
        staff, own = scenario.staff_types[kind], f"{kind}{MARK}{names[0]}"
        title = f"{staff.title or kind} ({', '.join(names)})"
        made[kind][own] = staff.under(people[names[0]], {"count": None, "hire": None, "title": title})
        origins[own] = names[0]
        apart[kind] += len(names)
        for name in names:
            people[name] = people[name].model_copy(update={"type": own})
    left = Counter(person.type for person in people.values())
    types: dict[str, StaffType] = {}
    for kind, staff in scenario.staff_types.items():
        types[kind] = _fewer(staff, apart[kind], named=left[kind]) if kind in made else staff
        types |= made.get(kind, {})
    return Contracts(scenario.model_copy(update={"people": people, "staff_types": types}), origins)


def _fewer(staff: StaffType, apart: int, *, named: int) -> StaffType:
    """Return a type without so many of its people."""
    count = staff.count
    if count is None:
        # Where nobody is left who has a name, nobody else is meant to come.
        nobody = {} if named or staff.hire is not None else {"count": Count(min=0, max=0)}
        return staff.model_copy(update=nobody)
    said = {key: getattr(count, key) for key in count.model_fields_set}
    less = {key: number - apart for key, number in said.items() if number is not None}
    return staff.model_copy(update={"count": count.model_copy(update=less)})
