"""Fair shares by a figure: so much each, or by name; less for days away, and what the ledger carries taken off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from roster.domain.fairness import Account, Carried, Fairness
from roster.domain.outcome import SolveOptions
from roster.domain.problem import Ban, Person, Problem, Restriction
from roster.penalties import terms
from roster.questions.calendar import best_calendar, next_ledger, shares_of, skeleton
from tests.scenario.helpers import faults, loaded
from tests.small import MONDAY, post, staff, world

WARD = """
name: ward
calendar: {start: 2027-03-01, weeks: 2}
employers: {ward: {regime: eu_directive}}
roles: {nurse: {}}
shifts: {D: {start: 08:00, length: 8h}, N: {start: 22:00, length: 8h}}
posts: {night: {role: nurse, window: 22:00-06:00}, day: {role: nurse, window: 08:00-16:00}}
staff_types: {nurse: {skills: nurse}}
people: {Ann: nurse, Bob: nurse, Cid: {type: nurse, share: 50%}, Dan: nurse}
absence: gross
fairness: SHARED
"""


def fair(problem: Problem) -> dict[str, int]:
    return {share.person: share.target for share in shares_of(problem, skeleton(problem))}


def crew(*fairness: Fairness) -> Problem:
    return world(
        staff("a", "DN"),
        posts=(post("night", 22, 8, "a"), post("day", 8, 8, "a")),
        people=(Person("Li", "a"), Person("Wang", "a"), Person("Zhao", "a")),
        fairness=fairness,
    )


@pytest.mark.parametrize(
    ("fairness", "expected"),
    [
        ((Fairness("nights", figures=(("", 30),)),), {"Li": 30, "Wang": 30, "Zhao": 30}),
        ((Fairness("nights", figures=(("Li", 10), ("Zhao", 40))),), {"Li": 10, "Zhao": 40}),
        ((Fairness("nights", figures=(("Li", 0),)),), {"Li": 0}),
        ((Fairness("nights", among=("b",), figures=(("", 30),)),), {}),
        ((Fairness("hours", figures=(("", 1440),)),), {"Li": 1440, "Wang": 1440, "Zhao": 1440}),
        (
            (Fairness("nights", equal=True), Fairness("nights", figures=(("Li", 0),))),
            {"Li": 0, "Wang": 35, "Zhao": 35},
        ),
        (
            (Fairness("nights", figures=(("", 80),)), Fairness("nights", figures=(("Li", 0),))),
            {"Li": 0, "Wang": 80, "Zhao": 80},
        ),
        (
            (Fairness("nights"), Fairness("nights", figures=(("Li", 80),))),
            {"Li": 80, "Wang": 0, "Zhao": 0},
        ),
    ],
)
def test_a_figure_is_the_share(fairness: tuple[Fairness, ...], expected: dict[str, int]) -> None:
    assert fair(crew(*fairness)) == expected


def test_who_is_away_has_less_and_what_was_too_much_is_taken_off() -> None:
    problem = crew(Fairness("nights", figures=(("", 40),)))
    away = Restriction("Li", Ban.DUTY, MONDAY, MONDAY + timedelta(days=6))
    part = Restriction("Wang", Ban.DUTY, MONDAY + timedelta(days=3), MONDAY + timedelta(days=6))
    half = fair(problem.with_restrictions([away, part]))
    assert "Li" not in half
    assert 10 < half["Wang"] < 40 == half["Zhao"]
    ledger = (Account("Zhao", MONDAY, 28, (Carried("nights", 70, 50),)),)
    assert fair(replace(problem, ledger=ledger))["Zhao"] == 20


def test_the_search_goes_by_it(tmp_path: Path) -> None:
    problem = loaded(
        tmp_path, WARD.replace("SHARED", "[{of: N, share: {Ann: 0, Bob: 6, Cid: 2}, price: 300}]")
    )
    answer = best_calendar(problem, SolveOptions(time_limit_s=6.0, workers=1))
    assert answer.roster is not None
    nights = {
        person.name: sum(duty.night for duty in line)
        for person, line in zip(answer.roster.people, answer.roster.duties, strict=True)
    }
    assert (nights["Ann"], nights["Bob"], nights["Cid"]) == (0, 6, 2)
    told = {(share.person, share.target) for share in answer.shares}
    assert told == {("Ann", 0), ("Bob", 60), ("Cid", 20), ("Dan", 60)}
    assert not [term for term in terms(problem, answer.roster, answer.shares) if term.kind == "share"]


def test_whoever_has_no_figure_shares_what_is_left(tmp_path: Path) -> None:
    everybody = fair(loaded(tmp_path, WARD.replace("SHARED", "[{of: N}]")))
    left = fair(loaded(tmp_path, WARD.replace("SHARED", "[{of: N, share: {Ann: 2}}]")))
    assert left["Ann"] == 20 != everybody["Ann"]
    assert left["Bob"] == left["Dan"]
    assert abs(left["Bob"] - 2 * left["Cid"]) <= 2
    assert abs(sum(left.values()) - sum(everybody.values())) <= len(left)


@pytest.mark.parametrize(
    ("written", "key", "words"),
    [
        (
            "[{of: nights, share: fair}]",
            "fairness[0].share",
            "fair is no share: write hours, equal, a figure",
        ),
        ("[{of: nights, share: 50%}]", "fairness[0].share", "is no share"),
        ("[{of: nights, share: -1}]", "fairness[0].share", "is no share"),
        ("[{of: nights, share: {Ann: many}}]", "fairness[0].share", "many is no share"),
        ("[{of: nights, share: 16h}]", "fairness[0].share", "hours are shared by `of: hours` alone"),
        ("[{of: nights, share: {Ann: 16h}}]", "fairness[0].share.Ann", "of nights write how many"),
        ("[{of: nights, share: {Anne: 2}}]", "fairness[0].share.Anne", "did you mean 'Ann'?"),
        ("[{of: nights, among: [nurse], share: {Ann: 2}}]", "fairness[0].among", "leave `among` away"),
    ],
)
def test_a_share_that_is_none(tmp_path: Path, written: str, key: str, words: str) -> None:
    found = faults(tmp_path, WARD.replace("SHARED", written))
    assert [one[1] for one in found] == [key], found
    assert words in found[0][2]


def test_of_two_who_had_far_too_much_the_one_with_more_has_less_now() -> None:
    """Debts beyond a whole share tell people apart, too."""
    problem = crew(Fairness("nights"))
    had = {"Li": 130, "Wang": 145, "Zhao": 100}
    owed = tuple(Account(name, MONDAY, 28, (Carried("nights", nights, 100),)) for name, nights in had.items())
    problem = replace(problem, ledger=owed)
    (each,) = {share.fair for share in shares_of(problem, skeleton(problem))}
    assert fair(problem) == {name: each + 100 - nights for name, nights in had.items()}
    found = best_calendar(problem, SolveOptions(time_limit_s=2.0, workers=1))
    assert found.roster is not None
    nights = dict(zip(had, (found.had[name, "nights"] for name in had), strict=True))
    assert nights["Zhao"] > nights["Li"] > nights["Wang"]
    points = sum(term.points for term in terms(problem, found.roster, found.shares))
    assert found.points == pytest.approx(points), "engine and penalties price what lies below nothing alike"


@pytest.mark.parametrize("seed", range(20))
def test_debts_of_those_who_share_come_to_nothing_whatever_they_did(seed: int) -> None:
    """More weekends may be spoilt than there are to share: nobody's account grows for that alone."""
    draw = Random(seed)
    problem = crew(Fairness("weekends"), Fairness("nights"), Fairness("hours", figures=(("Li", 600),)))
    nobody = skeleton(problem)
    every = problem.duties(problem.types[0])
    lines = tuple(tuple(draw.choice(every) for _ in range(nobody.horizon.days)) for _ in nobody.people)
    roster = replace(nobody, duties=lines)
    accounts = next_ledger(problem, roster, shares_of(problem, nobody))
    for measure in ("weekends", "nights"):
        sums = [one for account in accounts for one in account.sums if one.measure == measure]
        assert sum(one.had for one in sums) > 0
        assert abs(sum(one.had - one.fair for one in sums)) <= len(sums) / 2, "but for rounding to tenths"
    hours = next(one for one in accounts[0].sums if one.measure == "hours")
    assert hours.fair == 600
