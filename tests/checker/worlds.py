"""Small worlds for the checker's tests: shifts by letter, words drawn as rosters, and problems around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from roster.domain.horizon import Horizon, calendar, ring
from roster.domain.outcome import Roster, Rotation
from roster.domain.problem import (
    OFF,
    DateRange,
    Duty,
    Employer,
    Person,
    Post,
    Presence,
    Problem,
    Seat,
    Shift,
    Site,
    StaffType,
)
from roster.domain.rules import Rule

MONDAY = date(2027, 1, 4)


def shift(letter: str, start: float, length: float, *, night: bool = False) -> Shift:
    begin, minutes = round(start * 60), round(length * 60)
    return Shift(letter, letter, begin, minutes, work_minutes=minutes, night=night)


def standby(letter: str, start: float, length: float, work: float = 0, response: int = 30) -> Shift:
    begin, minutes = round(start * 60), round(length * 60)
    return Shift(letter, letter, begin, minutes, Presence.STANDBY, round(work * 60), response)


M = shift("M", 6, 8)
D = shift("D", 8, 8)
A = shift("A", 14, 8)
L = shift("L", 8, 12)
N = shift("N", 22, 8, night=True)
X = shift("X", 20, 12, night=True)
s = standby("s", 16, 16)
w = standby("w", 20, 8, work=2)
SHIFTS = (M, D, A, L, N, X, s, w)
BY_LETTER = {one.letter: one for one in SHIFTS}


def duty(text: str) -> Duty:
    """`-`, `D`, `s`, `Ds`, `D@e`."""
    letters, _, site = text.partition("@")
    parts = [BY_LETTER[letter] for letter in letters if letter != "-"]
    on_site = next((part for part in parts if part.on_site), None)
    away = next((part for part in parts if not part.on_site), None)
    return Duty(on_site, away, site or None, site)


def word(text: str) -> tuple[Duty, ...]:
    """One duty a letter: `MM--NN-`; with blanks between duties of more letters: `Ds - D@e`."""
    return tuple(duty(part) for part in (text.split() if " " in text else text))


def staff(*rules: Rule, name: str = "ops", **other: object) -> StaffType:
    base = StaffType(
        name,
        skills=frozenset({"ops"}),
        employer="hospital",
        weekly_minutes=40 * 60,
        net_minutes=40 * 60,
        shifts=tuple(one.name for one in SHIFTS),
        rules=rules,
    )
    return replace(base, **other)  # type: ignore[arg-type]


def world(
    *types: StaffType, posts: tuple[Post, ...] = (), weeks: int = 1, start: date = MONDAY, **other: object
) -> Problem:
    base = Problem(
        "world",
        DateRange(start, weeks),
        SHIFTS,
        posts,
        types or (staff(),),
        employers=(Employer("hospital", "any"), Employer("vendor", "any", vendor=True)),
        sites=(Site("e", "e"), Site("w", "w")),
        travel=(("e", "w", 60),),
    )
    return replace(base, **other)  # type: ignore[arg-type]


def dated(days: int, start: date = MONDAY) -> Horizon:
    """A calendar of any number of days, ordinary weeks."""
    return replace(calendar(DateRange(start, -(-days // 7))), days=days, kinds=())


def rota(text: str) -> Rotation:
    """Lines of seven letters, separated by `/`."""
    return Rotation("ops", tuple(word(line) for line in text.split("/")))


def roster_of(
    problem: Problem, *texts: str, types: tuple[str, ...] = (), before: tuple[str, ...] = (), **other: object
) -> Roster:
    """One person a text, called P1, P2, …; the horizon is as long as the first text says."""
    rows = tuple(word(text) for text in texts)
    horizon = calendar(problem.dates)
    if rows and len(rows[0]) != horizon.days:
        horizon = dated(len(rows[0]), problem.dates.start)
    people = tuple(
        Person(f"P{number + 1}", types[number] if types else problem.types[0].name)
        for number in range(len(rows))
    )
    base = Roster(people, horizon, rows, before=tuple(word(text) for text in before))
    return replace(base, **other)  # type: ignore[arg-type]


__all__ = ["MONDAY", "OFF", "SHIFTS", "Seat", "dated", "duty", "ring", "rota", "staff", "word", "world"]
