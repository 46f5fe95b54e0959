"""Small worlds in which every roster can be listed: duties by letters, a ring or some dates, and few people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from roster.domain.horizon import Horizon, calendar
from roster.domain.outcome import Roster, SolveOptions
from roster.domain.problem import (
    OFF,
    Control,
    DateRange,
    Duty,
    Employer,
    Person,
    Post,
    Presence,
    Problem,
    Shift,
    Site,
    StaffType,
)
from roster.domain.rules import AverageHours, NoOverlap, Rule

H = 60
MONDAY = date(2027, 3, 1)
ONE_WORKER = SolveOptions(time_limit_s=30.0, workers=1)

Word = tuple[Duty, ...]


def shift(letter: str, start: float, length: float, *, night: bool = False) -> Shift:
    begin, minutes = round(start * H), round(length * H)
    return Shift(letter, letter, begin, minutes, work_minutes=minutes, night=night)


def standby(letter: str, start: float, length: float, work: float = 0, response: int = 30) -> Shift:
    begin, minutes = round(start * H), round(length * H)
    return Shift(letter, letter, begin, minutes, Presence.STANDBY, round(work * H), response)


SHIFTS = (
    shift("E", 0, 8),
    shift("M", 6, 8),
    shift("D", 8, 8),
    shift("A", 14, 8),
    shift("N", 22, 8, night=True),
    shift("Z", 0, 8, night=True),
    shift("X", 20, 12, night=True),
    shift("Q", 8, 24, night=True),
    shift("L", 23, 24, night=True),
    standby("s", 16, 16),
    standby("t", 16, 8),
    standby("u", 0, 24, response=10),
    standby("w", 20, 8, work=2),
)
"""Nights from 22:00, 20:00 and 00:00; whole days; standbys free, short, quick to answer, and counted as work."""

BY_LETTER = {one.letter: one for one in SHIFTS}
TRAVEL = (("e", "w", H),)


def duty(text: str) -> Duty:
    """`-`, `D`, `s`, `Ds`, `D@e`."""
    letters, _, site = text.partition("@")
    parts = [BY_LETTER[letter] for letter in letters if letter != "-"]
    on_site = next((part for part in parts if part.on_site), None)
    away = next((part for part in parts if not part.on_site), None)
    return Duty(on_site, away, site or None, site)


def word(text: str) -> Word:
    """One duty a letter: `MM--NN-`; with blanks between duties of more letters: `Ds - D@e`."""
    return tuple(duty(part) for part in (text.split() if " " in text else text))


def staff(name: str, letters: str, *rules: Rule, **other: object) -> StaffType:
    """Return a type with one skill, its name; hours are no limit unless `weekly` says so."""
    base = StaffType(
        name,
        frozenset({name}),
        "hospital",
        weekly_minutes=168 * H,
        net_minutes=168 * H,
        shifts=tuple(letters),
        rules=(NoOverlap(), *rules, AverageHours()),
        maximum=6,
    )
    return replace(base, **other)  # type: ignore[arg-type]


def post(name: str, start: float, length: float, *roles: str, **other: object) -> Post:
    base = Post(name, roles or ("a",), round(start * H), round(length * H))
    return replace(base, **other)  # type: ignore[arg-type]


def world(
    *types: StaffType, posts: Sequence[Post] = (), start: date = MONDAY, weeks: int = 1, **other: object
) -> Problem:
    """Return a problem with the shifts its types use; others would leave more of the first day unjudged."""
    base = Problem(
        "small",
        DateRange(start, weeks),
        tuple(one for one in SHIFTS if any(one.name in each.shifts for each in types)),
        tuple(posts),
        types,
        employers=(Employer("hospital", "any"), Employer("vendor", "any", vendor=True)),
        sites=(Site("e", "e"), Site("w", "w")),
        travel=TRAVEL,
        control=Control(percent=0),
    )
    return replace(base, **other)  # type: ignore[arg-type]


def dated(days: int, weekday: int = 0) -> Horizon:
    """Ordinary dates: so many, from a weekday on."""
    start = MONDAY + timedelta(days=weekday)
    return replace(calendar(DateRange(start, -(-days // 7))), days=days, kinds=())


def cut(problem: Problem, days: int) -> Horizon:
    """Return the first days of a problem's calendar, holidays kept."""
    whole = calendar(problem.dates)
    return replace(whole, days=days, kinds=whole.kinds[:days])


def roster(problem: Problem, rows: Sequence[Word], **other: object) -> Roster:
    """One person a row: the problem's people, else called by the types in turn, `a-1`, `b-1`."""
    people = problem.people or tuple(
        Person(
            f"{problem.types[n % len(problem.types)].name}-{n}", problem.types[n % len(problem.types)].name
        )
        for n in range(len(rows))
    )
    base = Roster(people[: len(rows)], cut(problem, len(rows[0])), tuple(rows))
    return replace(base, **other)  # type: ignore[arg-type]


def words(alphabet: Sequence[Duty], days: int, on: Iterable[int] | None = None) -> Iterator[Word]:
    """Return every word over an alphabet; only days in `on` vary where it is given, the others are off."""
    vary = frozenset(range(days) if on is None else on)
    return product(*(alphabet if day in vary else (OFF,) for day in range(days)))


def numbered(alphabet: Sequence[Duty], text: Sequence[Duty]) -> list[int]:
    """Return a word as numbers of an alphabet."""
    return [alphabet.index(one) for one in text]
