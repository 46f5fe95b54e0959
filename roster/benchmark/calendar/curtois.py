"""
The instances of Curtois and Qu (2014): people with contracts, shifts wanted and not, cover by date and shift.

Format: https://www.schedulingbenchmarks.org/nrp/. Every shift begins at 08:00 here and is as long as it is there; its
cover is a post of twenty minutes that only people on this shift hold, so that a person missing costs what it costs
there. A weight is a price of points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path

from roster.domain.posts_and_seats import Days, Post
from roster.domain.problem import OFF, DateRange, Duty, Employer, Person, Pin, Problem, Shift, StaffType, Wish
from roster.domain.rules import Count, Counted, NoOverlap, OffBlock, Per, Rule, Succession, WorkBlock
from roster.errors import FileFault
from roster.rosters.csv_sheet import read_text

FIRST = date(2027, 1, 4)
"""A Monday; the published instances begin on one and have no dates."""

LENGTH = 20
"""Minutes of a post: three of them an hour."""


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance as it is written: sections of rows of cells."""

    name: str
    sections: Mapping[str, Sequence[Sequence[str]]]

    @property
    def days(self) -> int:
        """How many days there are."""
        return int(self.sections["HORIZON"][0][0])

    def rows(self, section: str) -> Sequence[Sequence[str]]:
        """Return the rows of a section; none where the file has no such section."""
        return self.sections.get(section, ())


def read(path: Path) -> Instance:
    """Return the instance in a file; raises FileFault for what is none."""
    sections: dict[str, list[list[str]]] = {}
    here = ""
    for line in read_text(path).splitlines():
        text = line.strip()
        if text.startswith("SECTION_"):
            here = text.removeprefix("SECTION_")
            sections[here] = []
        elif text and not text.startswith("#") and here:
            sections[here].append([cell.strip() for cell in text.split(",")])
    if not {"HORIZON", "SHIFTS", "STAFF", "COVER"} <= set(sections):
        raise FileFault(f"{path}: not an instance of Curtois and Qu")
    return Instance(path.stem, sections)


def problem(instance: Instance) -> Problem:
    """Return an instance as a problem of our own language."""
    shifts = tuple(
        Shift(row[0], row[0], 8 * 60, int(row[1]), work_minutes=int(row[1]))
        for row in instance.rows("SHIFTS")
    )
    types: dict[tuple[str, ...], StaffType] = {}
    people = []
    for row in instance.rows("STAFF"):
        contract = tuple(row[1:8])
        if contract not in types:
            types[contract] = _type(instance, f"contract-{len(types) + 1}", contract, shifts)
        people.append(Person(row[0], types[contract].name))
    return Problem(
        name=instance.name,
        dates=DateRange(FIRST, instance.days // 7, extra=instance.days % 7),
        shifts=shifts,
        posts=tuple(_posts(instance, shifts)),
        types=tuple(types.values()),
        employers=(Employer("published", "published"),),
        people=tuple(people),
        pins=tuple(
            Pin(row[0], OFF.name, _on(day), _on(day))
            for row in instance.rows("DAYS_OFF")
            for day in row[1:]
            if day
        ),
        wishes=tuple(
            Wish(who, shift, _on(day), _on(day), int(weight), against)
            for section, against in (("SHIFT_ON_REQUESTS", False), ("SHIFT_OFF_REQUESTS", True))
            for who, day, shift, weight in instance.rows(section)
        ),
    )


def _on(day: str) -> date:
    return FIRST + timedelta(days=int(day))


def _type(instance: Instance, name: str, contract: Sequence[str], shifts: Sequence[Shift]) -> StaffType:
    most = {cell.split("=")[0]: int(cell.split("=")[1]) for cell in contract[0].split("|")}
    most_minutes, least_minutes, longest, shortest, off, weekends = (int(cell) for cell in contract[1:7])
    allowed = tuple(shift.name for shift in shifts if most.get(shift.name, 0) > 0)
    rules: list[Rule] = [
        NoOverlap(),
        WorkBlock(shortest=shortest, longest=longest),
        OffBlock(shortest=off),
        Count(of=Counted.HOURS, per=Per.CALENDAR, least=least_minutes, most=most_minutes),
    ]
    if weekends < instance.days // 7:
        rules.append(Count(of=Counted.WEEKENDS, per=Per.CALENDAR, most=weekends))
    rules += [
        Count(of=Counted.SHIFTS, shifts=(shift,), per=Per.CALENDAR, most=most[shift])
        for shift in allowed
        if most[shift] < instance.days
    ]
    rules += [
        Succession(first=row[0], second=second)
        for row in instance.rows("SHIFTS")
        for second in (row[2].split("|") if len(row) > 2 else ())
        if second and row[0] in allowed and second in allowed
    ]
    week = max(1, most_minutes * 7 // instance.days)
    return StaffType(name, frozenset({"staff"}), "published", week, week, shifts=allowed, rules=tuple(rules))


def _posts(instance: Instance, shifts: Sequence[Shift]) -> list[Post]:
    place = {shift.name: at for at, shift in enumerate(shifts)}
    found: list[Post] = []
    rows = sorted(instance.rows("COVER"), key=lambda row: (row[1], row[2:]))
    for (shift, (people, under, over)), alike in groupby(rows, key=lambda row: (row[1], tuple(row[2:5]))):
        dates = frozenset(_on(row[0]) for row in alike)
        start = 8 * 60 + LENGTH * place[shift]
        found.append(
            Post(
                f"{shift} {len(found) + 1}",
                ("staff",),
                start,
                LENGTH,
                people=int(people),
                days=Days(dates=dates),
                hard=False,
                price=int(under) * 60 // LENGTH,
                over_price=int(over) * 60 // LENGTH,
                shifts=(shift,),
            )
        )
    return found


def score(instance: Instance, lines: Mapping[str, Sequence[Duty]]) -> tuple[int, list[str]]:
    """Return what a calendar costs by the published definition, and which hard rules it breaks."""
    worked = {who: [duty.shift.name if duty.shift else "" for duty in line] for who, line in lines.items()}
    broken = [text for row in instance.rows("STAFF") for text in _broken(instance, row, worked[row[0]])]
    for row in instance.rows("DAYS_OFF"):
        broken += [f"{row[0]} day {day}: not off" for day in row[1:] if day and worked[row[0]][int(day)]]
    cost = 0
    for who, day, shift, weight in instance.rows("SHIFT_ON_REQUESTS"):
        cost += int(weight) * (worked[who][int(day)] != shift)
    for who, day, shift, weight in instance.rows("SHIFT_OFF_REQUESTS"):
        cost += int(weight) * (worked[who][int(day)] == shift)
    for day, shift, people, under, over in instance.rows("COVER"):
        there = sum(line[int(day)] == shift for line in worked.values())
        cost += max(0, int(people) - there) * int(under) + max(0, there - int(people)) * int(over)
    return cost, broken


def _broken(instance: Instance, row: Sequence[str], line: Sequence[str]) -> list[str]:
    who, found = row[0], []
    minutes = {cells[0]: int(cells[1]) for cells in instance.rows("SHIFTS")}
    never = {cells[0]: cells[2].split("|") if len(cells) > 2 else [] for cells in instance.rows("SHIFTS")}
    for day, (one, other) in enumerate(pairwise(line)):
        if one and other and other in never[one]:
            found.append(f"{who} day {day}: {one} before {other}")
    for cell in row[1].split("|"):
        shift, most = cell.split("=")
        if line.count(shift) > int(most):
            found.append(f"{who}: too many {shift}")
    total = sum(minutes[shift] for shift in line if shift)
    most_minutes, least_minutes, longest, shortest, off, weekends = (int(cell) for cell in row[2:8])
    if not least_minutes <= total <= most_minutes:
        found.append(f"{who}: {total} minutes")
    day = 0
    for works, run in groupby(line, key=bool):
        length = len(list(run))
        inside = day > 0 and day + length < len(line)
        if (works and length > longest) or (inside and length < (shortest if works else off)):
            found.append(f"{who} day {day}: {length} days in a row")
        day += length
    worked = sum(bool(line[7 * week + 5] or line[7 * week + 6]) for week in range(len(line) // 7))
    if worked > weekends:
        found.append(f"{who}: {worked} weekends")
    return found


BEST = {
    **{1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056, 8: 1300, 9: 439, 10: 4631, 11: 3443},
    **{12: 4040, 13: 1348, 14: 1278, 15: 3829, 16: 3225, 17: 5746, 18: 4459},
}
"""Best published values by number of the instance, as of 2025."""


def best_known(instance: Instance) -> int | None:
    """Return the best published value of an instance; None where it is none of the published ones."""
    number = instance.name.removeprefix("Instance")
    return BEST.get(int(number)) if number.isdecimal() else None
