"""
What a proof says of every roster is true of every roster: also of those in which people and types take turns for weeks.

Whatever the independent check accepts for ever, after a circuit of any length, keeps each inequality on average, and
no proof about every roster asks for more people.
"""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from roster.domain import rules
from roster.domain.outcome import SeatUse
from roster.domain.problem import Control, Days, Presence, Problem, Seat
from roster.engine.certificate.search import certified
from roster.proof import Certificate, Ordinary, fingerprint, verify
from tests.engine.certificate.test_certificate import ANYTHING, parts_of
from tests.proof.rotas import every_use, shortfall
from tests.proof.turns import Turns, drawn, lawful_for_ever, on_average
from tests.small import H, post, staff, word, world

WORKDAYS = Days(workdays=True)
RESTDAYS = Days(restdays=True, holidays=True)


def proven(problem: Problem) -> int | None:
    """The most people that a proof about every roster asks for; None where it finds none to be enough."""
    week = Ordinary.of(problem)
    parts = [certified(week, part, ANYTHING, time.monotonic() + 20) for _, part in parts_of(problem)]
    found = tuple(part for part in parts if part is not None)
    bounds = [part.bound for part in found]
    assert ANYTHING not in bounds or None not in bounds
    total = None if None in bounds else sum(bound or 0 for bound in bounds)
    verdict = verify(problem, Certificate(problem.name, fingerprint(problem), problem.goal, total, found))
    assert (verdict.refusal, verdict.bound) == ("", total)
    return total


def offset(text: str, days: int) -> str:
    return text[-days:] + text[:-days] if days else text


def platoons() -> tuple[Problem, Turns]:
    """48 hours on, 96 off: six weeks until a Monday is again the first of two days."""
    cycle = "QQ----" * 7
    alone = (rules.WorkBlock(longest=2), rules.OffBlock(shortest=4))
    problem = world(staff("a", "Q", *alone, net_minutes=56 * H), posts=(post("engine", 8, 24),))
    return problem, Turns(tuple(("a", word(offset(cycle, 2 * n))) for n in range(3)))


def four_on_four_off() -> tuple[Problem, Turns]:
    """Four nights of 12 hours, four days off: eight weeks until it begins again on a Monday."""
    cycle = "XXXX----" * 7
    problem = world(
        staff("a", "X", rules.WorkBlock(longest=4), rules.MinRest(minutes=12 * H), net_minutes=42 * H),
        posts=(post("night", 20, 12),),
    )
    return problem, Turns(tuple(("a", word(offset(cycle, 4 * n))) for n in range(2)))


def alternate_weekends() -> tuple[Problem, Turns]:
    """One person each of two contracts, every other weekend free."""
    other = (rules.FreeWeekends(one_in=2),)
    problem = world(
        staff("full", "D", *other, skills=frozenset({"a"}), net_minutes=40 * H, maximum=1),
        staff("part", "D", *other, skills=frozenset({"a"}), net_minutes=20 * H, maximum=1),
        posts=(post("desk", 8, 8),),
    )
    return problem, Turns((("full", word("DDD--DDDDDDD--")), ("part", word("---DD-------DD"))))


def on_call_in_turn() -> tuple[Problem, Turns]:
    """Three specialists with a desk each share one standby, a week each in turn."""
    desks = ("x", "y", "z")
    problem = world(
        *(
            staff(name, "Ds", rules.StandbyShare(percent=34), skills=frozenset({name, "a"}), maximum=1)
            for name in desks
        ),
        posts=(
            *(post(name, 8, 8, name, days=WORKDAYS) for name in desks),
            post("call", 16, 16, presence=Presence.STANDBY),
        ),
    )
    mine, free = "Ds Ds Ds Ds Ds s s", "D D D D D - -"
    weeks = ([mine, free, free], [free, mine, free], [free, free, mine])
    return problem, Turns(
        tuple((name, word(" ".join(week))) for name, week in zip(desks, weeks, strict=True))
    )


def shifts_in_turn() -> tuple[Problem, Turns]:
    """Nine shifts a week for two at 36 h, in turn four and five, one directing a vendor's seat for 48 minutes."""
    problem = world(
        staff("a", "D", skills=frozenset({"x"}), net_minutes=37 * H, maximum=1),
        staff("b", "D", skills=frozenset({"x"}), net_minutes=36 * H, maximum=1),
        posts=(
            post("p", 8, 8, "x"),
            post("q", 8, 8, "x", days=RESTDAYS),
            post("v", 8, 8, "x", days=RESTDAYS, vendor=True),
        ),
        seats=(Seat("service", "v", cost=1, maximum=1),),
        control=Control(percent=2, role="x"),
    )
    long, short = "DDD--DD", "---DDDD"
    return problem, Turns((("a", word(long + short)), ("b", word(short + long))), (SeatUse("service", 1),))


def wishes_in_turn() -> tuple[Problem, Turns]:
    """A post that may stay empty is held in one week of two."""
    problem = world(
        staff("a", "D", net_minutes=20 * H, maximum=1),
        posts=(post("wish", 8, 8, days=WORKDAYS, hard=False, price=5),),
    )
    return problem, Turns((("a", word("DDDDD--" + "-------")),))


KNOWN = {
    made.__name__: made
    for made in (
        platoons,
        four_on_four_off,
        alternate_weekends,
        on_call_in_turn,
        shifts_in_turn,
        wishes_in_turn,
    )
}


def broken(problem: Problem, turns: Turns) -> list[tuple[object, Fraction]]:
    """The inequalities that a roster does not keep on average."""
    week = Ordinary.of(problem)
    average = on_average(week, turns)
    missed = ((use, shortfall(found, average)) for use, found in every_use(week))
    return [(use, by) for use, by in missed if by > 0]


@pytest.mark.parametrize("name", KNOWN)
def test_rosters_in_which_people_take_turns_keep_every_inequality_on_average(name: str) -> None:
    problem, turns = KNOWN[name]()
    assert lawful_for_ever(problem, turns)
    assert broken(problem, turns) == []


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("platoons", 3),
        ("four_on_four_off", 2),
        ("alternate_weekends", 2),
        ("on_call_in_turn", 3),
        ("shifts_in_turn", 2),
        ("wishes_in_turn", 0),
    ],
)
def test_their_people_are_proven_to_be_the_fewest_and_never_to_be_too_few(name: str, people: int) -> None:
    problem, _ = KNOWN[name]()
    assert proven(problem) == people


def test_no_proof_about_every_roster_asks_for_more_people_than_a_roster_that_goes_on_for_ever_has() -> None:
    lawful = exact = 0
    for seed in range(120):
        problem, turns = drawn(seed)
        if not lawful_for_ever(problem, turns):
            continue
        lawful += 1
        assert broken(problem, turns) == [], seed
        fewest = proven(problem)
        assert fewest is not None, seed
        assert fewest <= len(turns.people), seed
        exact += fewest == len(turns.people)
    # Nearly all come out lawful and as few as they are; a test of rosters with people to spare would see little.
    assert lawful >= 100
    assert exact >= 90
