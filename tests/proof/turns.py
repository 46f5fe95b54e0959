"""Rosters that repeat after any number of weeks: checked for ever, counted on average, and drawn at random."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from roster.checker import (
    PersonCase,
    PostHeld,
    Timeline,
    breaches,
    control_minutes,
    coverage,
    hard_rules,
)
from roster.domain import rules
from roster.domain.horizon import ring
from roster.domain.outcome import Roster, SeatUse
from roster.domain.problem import DAY, WEEK, DateRange, Days, Person, Post, Problem, StaffType
from roster.domain.rules import Rule
from roster.proof import Count, Ordinary
from tests.small import BY_LETTER, H, Word, dated, duty, post, staff, world


@dataclass(frozen=True)
class Turns:
    """Who does what until the circuit begins again: a type and its days, Monday first, for each person."""

    people: tuple[tuple[str, Word], ...]
    seats: tuple[SeatUse, ...] = ()

    @property
    def weeks(self) -> int:
        """Length of the circuit."""
        return len(self.people[0][1]) // 7


def held(problem: Problem, turns: Turns) -> tuple[PostHeld, ...]:
    """Who holds what on two circuits, the circuit before carried in, as far as their first goes."""
    long = replace(problem, dates=DateRange(problem.dates.start, 2 * turns.weeks))
    people = tuple(Person(f"{name}-{number}", name) for number, (name, _) in enumerate(turns.people))
    words = tuple(word for _, word in turns.people)
    roster = Roster(
        people,
        dated(14 * turns.weeks),
        tuple(word * 2 for word in words),
        turns.seats,
        words,
    )
    return tuple(row for row in coverage(long, roster) if 0 <= row.day < 7 * turns.weeks)


def broken_rules(problem: Problem, name: str, word: Word, asked: Iterable[Rule] = ()) -> list[str]:
    """The rules that one person's circuit breaks, gone round for ever: of the type, or those asked for."""
    kind = problem.type[name]
    case = PersonCase(problem, Timeline(word, ring(len(word) // 7)), kind)
    return [rule.key for rule in (*asked,) or hard_rules(kind) if breaches(rule, case)]


def lawful_for_ever(problem: Problem, turns: Turns) -> bool:
    """Whether the independent check accepts each person's circuit as a ring, and posts and control in each week."""
    if any(broken_rules(problem, name, word) for name, word in turns.people):
        return False
    number = Counter(name for name, _ in turns.people)
    if any(not each.minimum <= number[each.name] <= each.maximum for each in problem.types):
        return False
    if not _directed(problem, turns):
        return False
    return all(row.held >= row.required for row in held(problem, turns) if problem.post[row.post].hard)


def _directed(problem: Problem, turns: Turns) -> bool:
    """Whether those who may direct the vendors have the hours for it to spare, on average over the circuit."""
    vendors = sum(use.number for use in turns.seats)
    vendors += sum(problem.is_vendor(problem.type[name]) for name, _ in turns.people)
    spare = sum(
        turns.weeks * problem.type[name].net_minutes - sum(one.work_minutes for one in word)
        for name, word in turns.people
        if problem.may_direct(problem.type[name])
    )
    return not vendors or spare >= turns.weeks * vendors * control_minutes(problem)


def on_average(week: Ordinary, turns: Turns) -> dict[Count, Fraction]:
    """How many people, duties, seats and empty places a week has on average over the circuit."""
    found: defaultdict[Count, Fraction] = defaultdict(Fraction)
    for name, word in turns.people:
        found["people", name] += 1
        for day, one in enumerate(word):
            found["duty", name, day % 7, one.name] += Fraction(1, turns.weeks)
    for use in turns.seats:
        found["seats", use.seat] += use.number
    for row in held(week.problem, turns):
        if row.held < row.required and not week.problem.post[row.post].hard:
            for stretch in week.stretches:
                for turn in (0, WEEK):
                    start = row.day % 7 * DAY
                    if start + row.start <= stretch.start + turn < start + row.end:
                        missing = Fraction(row.required - row.held, turns.weeks)
                        found["empty", row.post, stretch.start] += missing
    return dict(found)


def _strictest(
    problem: Problem, kind: StaffType, words: Sequence[Word], tried: Iterable[Rule]
) -> Iterator[Rule]:
    """Yield the first rule that all circuits of a type keep."""
    for rule in tried:
        if not any(broken_rules(problem, kind.name, word, (rule,)) for word in words):
            yield rule
            return


def _tight(problem: Problem, kind: StaffType, words: Sequence[Word], draw: random.Random) -> StaffType:
    """Give a type the least hours and the strictest of some rules that its circuits keep."""
    hours = [Fraction(sum(one.work_minutes for one in word) * 7, len(word)) for word in words]
    families: list[list[Rule]] = [
        [rules.MinRest(minutes=minutes * H) for minutes in (72, 48, 24, 16, 11, 8)],
        [rules.WorkBlock(longest=days) for days in range(1, 7)],
        [rules.MaxNights(nights=nights) for nights in range(1, 6)],
        [rules.FreeWeekends(one_in=weekends) for weekends in range(1, 5)],
        [rules.WeekHours(minutes=minutes * H) for minutes in range(0, 64, 8)],
        [rules.StandbyShare(percent=percent) for percent in range(0, 100)],
        [rules.ShiftRun(shift=kind.shifts[0], longest=days) for days in range(1, 6)],
    ]
    families += [[rules.Succession(first=a, second=b)] for a in kind.shifts for b in kind.shifts]
    chosen = [family for family in families if draw.random() < 0.6]
    kept = [rule for family in chosen for rule in _strictest(problem, kind, words, family)]
    always = (rules.NoOverlap(), rules.AverageHours())
    return replace(kind, net_minutes=-(-max(hours) // 1), rules=(*always, *kept))


def drawn(seed: int) -> tuple[Problem, Turns]:
    """
    Return a problem and a roster of it that goes on for ever, its lines of one week dealt out anew in each week.

    The posts want just what the lines give, and the rules are as strict as the roster lets them be: nobody is to spare
    but by accident.
    """
    draw = random.Random(seed)
    letters = draw.choice(("D", "DE", "DN", "DANs", "Ds", "Q", "EAX"))
    duties = [duty(text) for text in ("-", *letters, *(["Ds"] if {"D", "s"} <= {*letters} else []))]
    names = ("a",) if draw.random() < 0.3 else ("a", "b")
    people = [draw.choice(names) for _ in range(draw.randint(1, 4))]
    lines = [tuple(draw.choice(duties) for _ in range(7)) for _ in people]
    circuit = draw.randint(1, 4)
    deals = [draw.sample(lines, len(lines)) for _ in range(circuit)]
    words = [sum((deal[number] for deal in deals), ()) for number in range(len(people))]
    bare = world(
        *(
            staff(name, letters, skills=frozenset({"x"}), maximum=people.count(name))
            for name in dict.fromkeys(people)
        ),
        posts=tuple(_wanted(lines, draw)),
    )
    own = {
        each.name: [w for w, name in zip(words, people, strict=True) if name == each.name]
        for each in bare.types
    }
    tight = tuple(_tight(bare, each, own[each.name], draw) for each in bare.types)
    limits = tuple(replace(each, maximum=6) if draw.random() < 0.5 else each for each in tight)
    return replace(bare, types=limits), Turns(tuple(zip(people, words, strict=True)))


def _wanted(lines: Sequence[Word], draw: random.Random) -> Iterator[Post]:
    """Yield posts for what is done on each weekday: each of a shift's times, by as many as are on it."""
    for weekday in range(7):
        done = Counter(part.name for line in lines for part in line[weekday].parts)
        for letter, people in done.items():
            one = BY_LETTER[letter]
            hard = draw.random() < 0.9
            yield replace(
                post(f"{letter}{weekday}", 0, 0, "x", days=Days(weekdays=frozenset({weekday}))),
                start=one.start,
                length=one.length,
                people=people,
                presence=one.presence,
                hard=hard,
                price=0 if hard else draw.randint(1, 50),
            )
