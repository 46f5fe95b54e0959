"""
Engine and checker read every rule alike: on small cases they accept the same rosters and count the same breaches.

One person; every word over a small alphabet, on rings of one and two lines and on six to eight dates from each
weekday, with nothing known of the days before and with days carried in, lawful or not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pytest

from roster.checker import count_breaches
from roster.domain import rules
from roster.domain.horizon import Horizon, ring
from roster.domain.rules import Counted, Per, Rule
from roster.engine.automata.product import StateGraph, compile_rules
from roster.engine.automata.rings import node_numbers, ring_arcs
from tests.small import H, Word, dated, numbered, staff, word, words, world

PRICE = 3
WORLD = world(staff("a", "D"))


@dataclass(frozen=True)
class Case:
    """One rule with one limit, and the duties to try it on."""

    rule: Rule
    letters: str

    def __str__(self) -> str:
        limits = ",".join(str(value) for value in rules.limit_fields(self.rule).values())
        return f"{self.rule.key}({limits}) {self.letters}"

    @property
    def duties(self) -> Word:
        return word(self.letters if " " in self.letters else " ".join(self.letters))


def cases(letters: str, *limits: Rule) -> list[Case]:
    return [Case(rule, letters) for rule in limits]


def runs(kind: type[Rule], *bounds: tuple[int, int | None], **other: object) -> list[Rule]:
    return [kind(shortest=low, longest=high, **other) for low, high in bounds]  # type: ignore[call-arg]


def rests(kind: type[Rule], *hours: float) -> list[Rule]:
    return [kind(minutes=round(number * H)) for number in hours]  # type: ignore[call-arg]


def counts(of: Counted, per: Per, *bounds: tuple[int, int | None], **other: Any) -> list[Rule]:
    return [rules.Count(of=of, per=per, least=low, most=high, **other) for low, high in bounds]


BLOCKS = ((1, 2), (2, 3), (2, 2), (3, None), (1, 6), (1, 7))

CASES = [
    *cases("- X M Ds", rules.NoOverlap()),
    *cases("- Q D L", rules.NoOverlap()),
    *cases("- s D X", rules.NoOverlap()),
    *cases("- u Z", rules.NoOverlap()),
    # N ends 06:00, A 22:00, D 16:00: every limit has a gap that meets it to the minute and one that misses.
    *cases("-DAN", *rests(rules.MinRest, 10, 16)),
    *cases("-DN", *rests(rules.MinRest, 8, 10.5, 26, 32, 56, 200)),
    *cases("- w Dw", *rests(rules.MinRest, 16, 28)),
    *cases("- s A M", *rests(rules.MinRest, 8.5)),
    *cases("-ZX", *rests(rules.MinRest, 12, 16)),
    *cases("- D@e D@w", *rests(rules.MinRest, 15, 16, 39, 40)),
    *cases("- D@e A@w w", *rests(rules.MinRest, 10, 16)),
    *cases("-DNw", *rests(rules.RestAfterNights, 26, 50)),
    *cases("-DN", *rests(rules.RestAfterNights, 2, 24, 26.5, 40, 64, 74)),
    *cases("-ZX", *rests(rules.RestAfterNights, 12, 16, 16.5, 40)),
    *cases("-DNX", rules.MaxNights(nights=2)),
    *cases("-DN", *(rules.MaxNights(nights=number) for number in (1, 3, 6, 7, 8))),
    *cases("-Ds", *runs(rules.WorkBlock, *BLOCKS, (3, 5))),
    *cases("-Ds", *runs(rules.OffBlock, *BLOCKS, (3, 5))),
    *cases("- D Ds s", *runs(rules.ShiftRun, (2, 3), shift="s")),
    *cases("-Ds", *runs(rules.WorkBlock, (3, 4), per_day=True)),
    *cases("-Ds", *runs(rules.OffBlock, (3, 5), per_day=True)),
    *cases("- D Ds s", *runs(rules.ShiftRun, (4, None), shift="s", per_day=True)),
    *cases("-DA", *runs(rules.ShiftRun, *BLOCKS, shift="D")),
    *cases("- D Ds s", *runs(rules.ShiftRun, (1, 1), (2, None), shift="D")),
    *cases("- D@e D@w", *runs(rules.ShiftRun, (2, 2), shift="D")),
    *cases(
        "-NDs",
        rules.Succession(first="N", second="D"),
        rules.Succession(first="N", second="D", days_off=1),
    ),
    *cases(
        "- N Ds s",
        rules.Succession(first="N", second="N"),
        rules.Succession(first="N", second="N", days_off=1),
        rules.Succession(first="D", second="N", days_off=1),
    ),
    *cases(
        "- s t Ds",
        rules.Succession(first="s", second="t"),
        rules.Succession(first="t", second="s", days_off=1),
    ),
    *cases("- s D Ds", rules.Succession(first="D", second="s", days_off=1)),
    *cases("-DA", *runs(rules.ShiftRun, (2, 3), (1, None), shift="D", starts=(0, 4))),
    *cases("- s Ds", *runs(rules.ShiftRun, (7, 7), shift="s", starts=(0,))),
    *cases("- s t Ds", rules.Handover(first="s", second="t")),
    *cases("-DNs", rules.FreeWeekends(one_in=1)),
    *cases("-DN", rules.FreeWeekends(one_in=2)),
    *cases("-Dw", *rests(rules.WeekHours, 8, 10, 24, 26, 40, 100)),
    *cases("-DX", *rests(rules.WeekHours, 19.5, 20, 48)),
    *cases("-DX", *(rules.WeekHours(minutes=hours * H, rolling=True) for hours in (7, 20, 24, 48))),
    *cases("-DN", *rests(rules.WeeklyRest, 24, 35, 48, 64, 66)),
    *cases("-XM", *rests(rules.WeeklyRest, 24, 34, 36, 167, 168)),
    *cases("- w Dw s", *rests(rules.WeeklyRest, 40)),
    *cases("-DMs", rules.NoStandbyBefore(start=8 * H)),
    *cases("- M D Ds", rules.NoStandbyBefore(start=8 * H + 1), rules.NoStandbyBefore(start=6 * H)),
    *cases("- N s Ds", rules.NoStandbyAfterNights()),
    *cases("-DXs", *rests(rules.ShiftLength, 8, 11.5, 12)),
    *cases("-DN", *counts(Counted.NIGHTS, Per.WEEK, (0, 1), (1, 4))),
    *cases("- Ds s", *counts(Counted.STANDBY, Per.WEEK, (1, 2))),
    *cases("-Ds", *counts(Counted.DAYS_OFF, Per.WEEK, (3, 4))),
    *cases("-AN", *counts(Counted.SHIFTS, Per.WEEK, (1, 3), shifts=("A", "N"))),
    *cases("-DX", *counts(Counted.HOURS, Per.WEEK, (16 * H, 40 * H))),
    *cases("-DX", *counts(Counted.HOURS, Per.WEEK, (50, 100), contract=40 * H)),
    *cases("-DN", *counts(Counted.NIGHTS, Per.DAYS, (0, 2), (1, 2), days=4)),
    *cases("-DN", *counts(Counted.DAYS, Per.WEEK, (0, 0), (1, 2), on=frozenset({4, 6}))),
    *cases("-DX", *counts(Counted.HOURS, Per.WEEK, (8 * H, 16 * H), on=frozenset({1, 2}))),
    *cases("-Ds", *counts(Counted.DAYS_OFF, Per.DAYS, (1, 1), (0, 1), days=14, on=frozenset({6}))),
    *cases("-Ds", *counts(Counted.STANDBY, Per.DAYS, (0, 0), days=1)),
    *cases("-Ns", *counts(Counted.WEEKENDS, Per.WEEK, (0, 0), (1, 1))),
    *cases("-DN", *counts(Counted.WEEKENDS, Per.DAYS, (1, 1), days=14)),
    *cases("-DN", *(rules.Gap(of=Counted.NIGHTS, days=days) for days in (1, 6))),
    *cases("-DN", *(rules.Gap(of=Counted.NIGHTS, days=days, blocks=True) for days in (3, 9))),
    *cases("- s Ds", rules.Gap(of=Counted.STANDBY, days=2, blocks=True)),
    *cases("-AN", rules.Gap(of=Counted.SHIFTS, shifts=("A", "N"), days=2)),
    *cases("-Ns", rules.WholeWeekends()),
]

LONG = [
    *cases("-D", *(rules.FreeWeekends(one_in=number) for number in (1, 2, 3))),
    *cases("-N", rules.FreeWeekends(one_in=2)),
    *cases("-X", *rests(rules.WeeklyRest, 36, 40)),
    *cases("-N", *rests(rules.WeekHours, 16)),
    *cases("-N", rules.WeekHours(minutes=16 * H, rolling=True)),
    *cases("-D", *runs(rules.WorkBlock, (2, 4))),
    *cases("-D", *runs(rules.OffBlock, (2, 4))),
    *cases("-N", *rests(rules.RestAfterNights, 90)),
    *cases("-s", *runs(rules.ShiftRun, (7, 7), shift="s", starts=(0,))),
    *cases("-s", *runs(rules.ShiftRun, (2, 9), shift="s", starts=(4, 6))),
    *cases("-N", *counts(Counted.NIGHTS, Per.WEEK, (1, 3))),
    *cases("-N", *counts(Counted.NIGHTS, Per.DAYS, (1, 2), days=5)),
    *cases("-N", *counts(Counted.NIGHTS, Per.WEEK, (1, 1), on=frozenset({2, 3}))),
    *cases("-N", *counts(Counted.NIGHTS, Per.DAYS, (1, 2), (0, 1), days=14, on=frozenset({0, 4}))),
    *cases("-N", rules.Gap(of=Counted.NIGHTS, days=4), rules.Gap(of=Counted.NIGHTS, days=6, blocks=True)),
    *cases("-N", rules.WholeWeekends()),
]
"""Rules that look beyond a week, on rings of two lines."""

WEEKENDS = [
    *cases("-D", *(rules.FreeWeekends(one_in=number) for number in (1, 2, 3))),
    *cases("-Ns", *(rules.FreeWeekends(one_in=number) for number in (1, 2))),
    *cases("-XM", *rests(rules.WeeklyRest, 142, 150)),
    *cases("-Ns", *counts(Counted.WEEKENDS, Per.DAYS, (0, 1), (1, 2), days=21)),
    *cases("-D", *counts(Counted.WEEKENDS, Per.DAYS, (1, 2), (2, 2), days=28)),
    *cases("-Ds", rules.WholeWeekends()),
]
"""Rules on weekends and weeks, on four weeks of which only some days vary."""


def hard(case: Case) -> StateGraph:
    return compile_rules(case.duties, [case.rule], WORLD.travel_minutes, range(7))


def soft(case: Case) -> StateGraph:
    return compile_rules(case.duties, [replace(case.rule, price=PRICE)], WORLD.travel_minutes, range(7))


def read(graph: StateGraph, numbers: Sequence[int], horizon: Horizon) -> int | None:
    """Return the penalties of a word as the engine reads it; None if it is not lawful."""
    if horizon.cyclic:
        found = graph.read_round(numbers)
    else:
        weekday = horizon.weekday(0)
        state = graph.start[weekday]
        assert state is not None
        found = graph.read(numbers, weekday, state)
    return None if found is None else found[1]


def agree(case: Case, horizon: Horizon, texts: Iterator[Word]) -> None:
    """Hold the engine's reading of every word against the checker's, the rule hard and the rule priced."""
    strict, priced = hard(case), soft(case)
    number = {one: at for at, one in enumerate(case.duties)}
    for text in texts:
        numbers = [number[one] for one in text]
        breaches = count_breaches(case.rule, text, horizon, WORLD)
        told = f"{case}: {' '.join(one.letters for one in text)} from {horizon.weekday(0)}"
        assert (read(strict, numbers, horizon) is not None) == (breaches == 0), told
        assert read(priced, numbers, horizon) == PRICE * breaches, told


@pytest.mark.parametrize("case", CASES, ids=str)
def test_one_line_rings_agree(case: Case) -> None:
    agree(case, ring(), words(case.duties, 7))


@pytest.mark.parametrize("case", LONG, ids=str)
def test_two_line_rings_agree(case: Case) -> None:
    agree(case, ring(2), words(case.duties, 14, (0, 1, 4, 5, 6, 7, 8, 11, 12, 13)))


@pytest.mark.parametrize("case", WEEKENDS, ids=str)
def test_rings_and_dates_of_four_weeks_agree(case: Case) -> None:
    many = len(case.duties) > 2
    agree(case, ring(4), words(case.duties, 28, (4, 13, 18, 20, 27) if many else range(4, 28, 3)))
    for weekday in (0, 4, 5, 6):
        near = [day for day in range(24) if (weekday + day) % 7 in (4, 6)]
        agree(case, dated(24, weekday), words(case.duties, 24, near[: 5 if many else 7]))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_dates_from_every_weekday_agree(case: Case) -> None:
    by_week = isinstance(
        case.rule, rules.FreeWeekends | rules.WeekHours | rules.WeeklyRest | rules.Count | rules.ShiftRun
    )
    for weekday in range(7):
        agree(case, dated(6, weekday), words(case.duties[: 3 if by_week or weekday in (0, 5) else 2], 6))
    agree(case, dated(7, 3), words(case.duties[-3:], 7))
    agree(case, dated(8, 6), words(case.duties[:2], 8))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_dates_agree_after_days_carried_in(case: Case) -> None:
    duties = case.duties[:3]
    for weekday, days in ((0, 3), (2, 2), (5, 1), (6, 3)):
        horizon = dated(3, weekday)
        known = list(words(duties, days))
        histories = [(horizon.weekday(-days), before) for before in known]
        rule = replace(case.rule, price=PRICE)
        strict = compile_rules(duties, [case.rule], WORLD.travel_minutes, (), carried=histories)
        priced = compile_rules(duties, [rule], WORLD.travel_minutes, (), carried=histories)
        for (at, before), text in product(enumerate(known), words(duties, 3)):
            breaches = count_breaches(case.rule, text, horizon, WORLD, before=before)
            kept = strict.read(numbered(duties, text), *strict.carried[at])
            paid = priced.read(numbered(duties, text), *priced.carried[at])
            told = f"{case}: {' '.join(one.letters for one in (*before, *text))} from {weekday}"
            assert (kept is not None) == (breaches == 0), told
            assert paid is not None, told
            assert paid[1] == PRICE * breaches, told


@pytest.mark.parametrize("hours", [24, 35, 42, 66])
def test_weekly_rest_agrees_after_weeks_carried_in(hours: int) -> None:
    """A week carried in may wait for a rest that the first days break off."""
    rule, chance, duties = rules.WeeklyRest(minutes=hours * H), random.Random(hours), word("-DNX")
    told = set[bool]()
    for _ in range(150):
        weekday, days = chance.randrange(7), chance.randrange(7, 18)
        horizon = dated(9, weekday)
        rare = (*duties, *word("DDD"))
        before, text = (tuple(chance.choice(rare) for _ in range(number)) for number in (days, 9))
        history = (horizon.weekday(-days), before)
        graph = compile_rules(duties, [rule], WORLD.travel_minutes, (), carried=[history])
        kept = graph.read(numbered(duties, text), *graph.carried[0]) is not None
        lawful = count_breaches(rule, text, horizon, WORLD, before=before) == 0
        assert kept is lawful, f"{' '.join(one.letters for one in (*before, *text))} from {weekday}"
        told.add(lawful)
    assert told == {True, False}


MIXES = [
    (
        "-DN",
        (rules.MinRest(minutes=24 * H), rules.MaxNights(nights=2), rules.WorkBlock(shortest=2, longest=4)),
    ),
    (
        "-DAN",
        (
            rules.MinRest(minutes=11 * H, price=5),
            rules.Succession(first="A", second="D", days_off=1, price=7),
            rules.OffBlock(shortest=2),
            rules.WeekHours(minutes=40 * H),
        ),
    ),
    (
        "- D s Ds",
        (
            rules.NoStandbyBefore(start=9 * H, price=2),
            rules.ShiftRun(shift="s", longest=2),
            rules.FreeWeekends(one_in=1, price=11),
            rules.WeeklyRest(minutes=36 * H),
        ),
    ),
    (
        "-XN",
        (
            rules.NoOverlap(),
            rules.RestAfterNights(minutes=48 * H, price=1),
            rules.ShiftLength(minutes=8 * H, price=4),
            rules.FreeWeekends(one_in=2),
        ),
    ),
]


@pytest.mark.parametrize(("letters", "mixed"), MIXES)
def test_rules_together_are_each_rule_by_itself(letters: str, mixed: tuple[Rule, ...]) -> None:
    duties = Case(mixed[0], letters).duties
    graph = compile_rules(duties, mixed, WORLD.travel_minutes, range(7))
    on_ring = {(arc.day, arc.tail, arc.duty) for arc in ring_arcs(graph)}
    nodes = node_numbers(graph)
    for horizon, days in ((ring(), 7), (dated(6, 4), 6)):
        for text in words(duties, days):
            found = read(graph, numbered(duties, text), horizon)
            counts = [(rule, count_breaches(rule, text, horizon, WORLD)) for rule in mixed]
            lawful = not any(count for rule, count in counts if rule.hard)
            expected = sum(count * (rule.price or 0) for rule, count in counts) if lawful else None
            assert found == expected, " ".join(one.letters for one in text)
            if horizon.cyclic and lawful:
                state = graph.read_round(numbered(duties, text))[0]  # type: ignore[index]
                for day, number in enumerate(numbered(duties, text)):
                    assert (day, nodes[day] + state, number) in on_ring
                    state = graph.steps[day][state][number][0]
