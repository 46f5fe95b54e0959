"""
The instances of the second International Nurse Rostering Competition (INRC-II), static: all weeks at once.

Ceschia and others, "The second international nurse rostering competition", Annals of Operations Research 274 (2019). An
instance is named `n030w4_1_6-2-9-1`: the scenario `Sc-n030w4.txt`, the history `H0-n030w4-1.txt` and the weeks
`WD-n030w4-6.txt` … of a folder `n030w4`. A place of a post is fifteen minutes; four such are an hour of its price.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from roster.domain.fairness import DAYS, WEEKENDS, Total
from roster.domain.posts_and_seats import Days, Post
from roster.domain.problem import OFF, DateRange, Duty, Employer, Person, Problem, Shift, StaffType, Wish
from roster.domain.rules import NoOverlap, OffBlock, Rule, ShiftRun, Succession, WholeWeekends, WorkBlock
from roster.errors import FileFault
from roster.rosters.csv_sheet import read_text

FIRST = date(2027, 1, 4)
NAME = re.compile(r"(n\d+w\d+)_(\d+)_(\d+(?:-\d+)*)")
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PLACE = 15
"""Minutes of a place."""
CARRIED = 14
"""Days before the first that are made up from the history's counters."""
BEST_COVER, RUN, OTHER_RUN, UNWANTED, WEEKEND, ASSIGNMENT, WEEKENDS_MOST = 30, 15, 30, 10, 30, 20, 30
"""Weights of the competition."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contract:
    """Least and most assignments, runs of work and of days off, most weekends, whether weekends are to be whole."""

    assignments: Range
    work: Range
    off: Range
    weekends: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Nurse:
    """A nurse: contract and skills, and what the history says."""

    contract: str
    skills: tuple[str, ...]
    assignments: int = 0
    weekends: int = 0
    last: str = "None"
    shift_run: int = 0
    work_run: int = 0
    off_run: int = 0


@dataclass(frozen=True)
class Instance:
    """All weeks of an instance: cover is (day, shift, skill) to least and best, unwanted (nurse, day, shift or Any)."""

    name: str
    weeks: int
    shifts: Mapping[str, Range]
    forbidden: Mapping[str, tuple[str, ...]]
    contracts: Mapping[str, Contract]
    nurses: Mapping[str, Nurse]
    cover: Mapping[tuple[int, str, str], Range] = field(default_factory=dict)
    unwanted: Sequence[tuple[str, int, str]] = ()


def named(path: Path) -> bool:
    """Whether a path names an instance."""
    return NAME.fullmatch(path.name) is not None


def read(path: Path) -> Instance:
    """Return an instance by its name in the folder of its scenarios; raises FileFault for what is none."""
    found = NAME.fullmatch(path.name)
    if found is None:
        raise FileFault(f"{path}: no name of an instance, as in n030w4_1_6-2-9-1")
    scenario, history, weeks = found.group(1), found.group(2), found.group(3).split("-")
    folder = path.parent if (path.parent / f"Sc-{scenario}.txt").is_file() else path.parent / scenario
    sections = _sections(folder / f"Sc-{scenario}.txt")
    known = {
        cells[0]: cells[1:] for cells in _sections(folder / f"H0-{scenario}-{history}.txt")["NURSE_HISTORY"]
    }
    cover: dict[tuple[int, str, str], Range] = {}
    unwanted: list[tuple[str, int, str]] = []
    for number, week in enumerate(weeks):
        data = _sections(folder / f"WD-{scenario}-{week}.txt")
        for shift, skill, *days in data["REQUIREMENTS"]:
            cover |= {(7 * number + day, shift, skill): _range(text) for day, text in enumerate(days)}
        unwanted += [
            (who, 7 * number + WEEK.index(day[:3]), shift) for who, shift, day in data["SHIFT_OFF_REQUESTS"]
        ]
    return Instance(
        path.name,
        len(weeks),
        {cells[0]: _range(cells[1]) for cells in sections["SHIFT_TYPES"]},
        {cells[0]: tuple(cells[2:]) for cells in sections["FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"]},
        {cells[0]: _contract(cells) for cells in sections["CONTRACTS"]},
        {cells[0]: _nurse(cells, known[cells[0]]) for cells in sections["NURSES"]},
        cover,
        unwanted,
    )


def _sections(path: Path) -> dict[str, list[list[str]]]:
    """Return a file's rows by the word in capitals above them."""
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in read_text(path).splitlines():
        cells = line.split()
        if cells and re.fullmatch(r"[A-Z_]{4,}", cells[0]):
            rows = found.setdefault(cells[0], [])
        elif cells:
            rows.append(cells)
    return found


def _range(text: str) -> Range:
    low, high = (int(part) for part in re.findall(r"\d+", text))
    return low, high


def _contract(cells: Sequence[str]) -> Contract:
    return Contract(_range(cells[1]), _range(cells[2]), _range(cells[3]), int(cells[4]), cells[5] == "1")


def _nurse(cells: Sequence[str], known: Sequence[str]) -> Nurse:
    numbers = [int(known[at]) for at in (0, 1, 3, 4, 5)]
    return Nurse(
        cells[1], tuple(cells[3:]), numbers[0], numbers[1], known[2], numbers[2], numbers[3], numbers[4]
    )


def problem(instance: Instance) -> Problem:
    """Return an instance as a problem of our own language."""
    # Each shift lies within its day, and its places at a quarter of an hour of their own.
    shifts = tuple(Shift(name, name[0], 8 * 60, 8 * 60, work_minutes=8 * 60) for name in instance.shifts)
    types: dict[tuple[str, tuple[str, ...]], StaffType] = {}
    for nurse in instance.nurses.values():
        key = (nurse.contract, nurse.skills)
        if key not in types:
            name = f"{nurse.contract} {'+'.join(nurse.skills)}"
            rules = tuple(_rules(instance, instance.contracts[nurse.contract]))
            names = tuple(instance.shifts)
            types[key] = StaffType(
                name, frozenset(nurse.skills), "ward", 56 * 60, 56 * 60, shifts=names, rules=rules
            )
    duties = {shift.name: Duty(shift) for shift in shifts}
    return Problem(
        name=instance.name,
        dates=DateRange(FIRST, instance.weeks),
        shifts=shifts,
        posts=tuple(_posts(instance)),
        types=tuple(types.values()),
        employers=(Employer("ward", "published"),),
        people=tuple(
            Person(name, types[one.contract, one.skills].name) for name, one in instance.nurses.items()
        ),
        wishes=tuple(
            Wish(who, OFF.name, _on(day), _on(day), UNWANTED)
            if shift == "Any"
            else Wish(who, shift, _on(day), _on(day), UNWANTED, against=True)
            for who, day, shift in instance.unwanted
        ),
        carried=tuple((name, _before(one, duties)) for name, one in instance.nurses.items()),
    )


def _on(day: int) -> date:
    return FIRST + timedelta(days=day)


def _before(nurse: Nurse, duties: Mapping[str, Duty]) -> tuple[Duty, ...]:
    """Return days that leave the counters where the history has them, as far as they can matter."""
    if nurse.last == "None":
        other = next(iter(duties.values()))
        run = min(max(nurse.off_run, 1), CARRIED - 1)
        return (*[other] * (CARRIED - run), *[OFF] * run)
    last = duties[nurse.last]
    other = next(duty for duty in duties.values() if duty != last)
    same, run = min(nurse.shift_run, CARRIED - 1), min(max(nurse.work_run, nurse.shift_run), CARRIED - 1)
    return (*[OFF] * (CARRIED - run), *[other] * (run - same), *[last] * same)


def _rules(instance: Instance, contract: Contract) -> list[Rule]:
    """Return the rules of a contract; a run that is too short costs for each day that is missing."""
    rules: list[Rule] = [NoOverlap()]
    rules += [
        Succession(first=first, second=second)
        for first, others in instance.forbidden.items()
        for second in others
    ]
    for kind, (shortest, longest) in ((WorkBlock, contract.work), (OffBlock, contract.off)):
        rules.append(kind(shortest=shortest, longest=longest, price=OTHER_RUN, per_day=True))
    for shift, (shortest, longest) in instance.shifts.items():
        rules.append(ShiftRun(shift=shift, shortest=shortest, longest=longest, price=RUN, per_day=True))
    if contract.whole:
        rules.append(WholeWeekends(price=WEEKEND))
    return rules


def _posts(instance: Instance) -> list[Post]:
    place = {shift: at for at, shift in enumerate(instance.shifts)}
    found: list[Post] = []
    rows = sorted((shift, skill, people, day) for (day, shift, skill), people in instance.cover.items())
    for (shift, skill, (least, best)), alike in groupby(rows, key=lambda row: row[:3]):
        days = Days(dates=frozenset(_on(day) for *_, day in alike))
        start = 8 * 60 + PLACE * place[shift]
        for people, hard in ((least, True), (best - least, False)):
            if people > 0:
                found.append(
                    Post(
                        f"{shift} {skill} {len(found) + 1}",
                        (skill,),
                        start,
                        PLACE,
                        people=people,
                        days=days,
                        hard=hard,
                        price=0 if hard else BEST_COVER * 60 // PLACE,
                        shifts=(shift,),
                    )
                )
    return found


def totals(instance: Instance) -> tuple[Total, ...]:
    """Return the numbers of assignments and weekends, what the history has taken off."""
    found = []
    for name, nurse in instance.nurses.items():
        contract = instance.contracts[nurse.contract]
        least, most = (max(0, number - nurse.assignments) for number in contract.assignments)
        found.append(Total(name, DAYS, least, most, ASSIGNMENT))
        found.append(Total(name, WEEKENDS, 0, max(0, contract.weekends - nurse.weekends), WEEKENDS_MOST))
    return tuple(found)


def score(instance: Instance, lines: Mapping[str, Sequence[Duty]]) -> tuple[int, list[str]]:
    """
    Return what a calendar costs by the definition of the competition, and which hard rules it breaks.

    Who uses which skill is not in a roster: it is what leaves fewest places empty.
    """
    worked = {who: [duty.shift.name if duty.shift else "" for duty in line] for who, line in lines.items()}
    cost, broken = _cover(instance, worked)
    for who, nurse in instance.nurses.items():
        line, contract = worked[who], instance.contracts[nurse.contract]
        before = "" if nurse.last == "None" else nurse.last
        for day, (one, other) in enumerate(zip([before, *line], line, strict=False)):
            if one and other in instance.forbidden.get(one, ()):
                broken.append(f"{who} day {day}: {one} before {other}")
        for shift, limits in instance.shifts.items():
            began = nurse.shift_run if nurse.last == shift else 0
            cost += RUN * _runs([name == shift for name in line], limits, began)
        works = [bool(name) for name in line]
        cost += OTHER_RUN * _runs(works, contract.work, nurse.work_run if before else 0)
        cost += OTHER_RUN * _runs([not one for one in works], contract.off, 0 if before else nurse.off_run)
        pairs = [(works[7 * week + 5], works[7 * week + 6]) for week in range(instance.weeks)]
        cost += WEEKEND * contract.whole * sum(one != other for one, other in pairs)
        total = nurse.assignments + sum(works)
        least, most = contract.assignments
        cost += ASSIGNMENT * (max(0, least - total) + max(0, total - most))
        weekends = nurse.weekends + sum(one or other for one, other in pairs)
        cost += WEEKENDS_MOST * max(0, weekends - contract.weekends)
    for who, day, shift in instance.unwanted:
        has = worked[who][day]
        cost += UNWANTED * bool(has and shift in ("Any", has))
    return cost, broken


def _runs(days: Sequence[bool], limits: Range, began: int) -> int:
    """Return the days missing and too many of a person's runs; the last may still go on."""
    cost, length = 0, began
    for inside in days:
        if inside:
            length += 1
            cost += length > limits[1]
        else:
            cost += limits[0] - length if 0 < length < limits[0] else 0
            length = 0
    return cost


def _cover(instance: Instance, worked: Mapping[str, Sequence[str]]) -> tuple[int, list[str]]:
    """Return what empty places cost, with everybody on the skill where that is least."""
    cost, broken = 0, []
    cells: dict[tuple[int, str], dict[str, Range]] = {}
    for (day, shift, skill), people in instance.cover.items():
        cells.setdefault((day, shift), {})[skill] = people
    for (day, shift), wanted in cells.items():
        there = [instance.nurses[who].skills for who, line in worked.items() if line[day] == shift]
        least = [skill for skill, (low, _) in wanted.items() for _ in range(low)]
        best = [skill for skill, (low, high) in wanted.items() for _ in range(high - low)]
        held = _matched([*least, *best], there)
        if held[: len(least)].count(False):
            broken.append(f"day {day} {shift}: fewer than the least")
        cost += BEST_COVER * held[len(least) :].count(False)
    return cost, broken


def _matched(places: Sequence[str], there: Sequence[tuple[str, ...]]) -> list[bool]:
    """Return which places are held, the first ones first; whoever is there holds at most one (augmenting paths)."""
    holder: dict[int, int] = {}

    def seat(place: int, seen: set[int]) -> bool:
        for person, skills in enumerate(there):
            if places[place] in skills and person not in seen:
                seen.add(person)
                if person not in holder or seat(holder[person], seen):
                    holder[person] = place
                    return True
        return False

    return [seat(place, set()) for place in range(len(places))]
