"""Erlang C and A against published figures, against each other, and against queues simulated event by event."""

from __future__ import annotations

import heapq
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.sizing.erlang import MOST_LOAD, Target, answered, erlang_b, erlang_c, people_needed


def target(
    per_hour: float, handling: float, within: float = 0, share: float = 0.9, patience: float | None = None
) -> Target:
    return Target(per_hour, handling, share, within, patience)


def test_erlang_c_is_that_of_the_published_example() -> None:
    # "The Erlang-C formula" (Mitan Ltd): 360 calls in half an hour of 4 minutes each, 55 agents.
    waits = erlang_c(48, 55)
    assert waits == pytest.approx(0.239, abs=5e-4)
    assert waits * 240 / (55 - 48) == pytest.approx(8.2, abs=0.05), "seconds that callers wait on average"


@pytest.mark.parametrize(
    ("people", "load", "waits"),
    # Worked out by hand from the sums of a^k / k!, not from the recursion.
    [(1, 0.5, 0.5), (2, 1.0, 1 / 3), (3, 2.0, 4 / 9), (2, 4 / 3, 8 / 15), (4, 2.0, 4 / 23)],
)
def test_erlang_c_by_hand(people: int, load: float, waits: float) -> None:
    assert erlang_c(load, people) == pytest.approx(waits)


# Garnett, Mandelbaum and Reiman, "Designing a call center with impatient customers", M&SOM 4 (2002), table 1: 50
# agents, 48 calls a minute of 1 minute, patience 2 minutes; columns without and with abandonment.
WAIT_WITHOUT, ABANDON_WITH, WAIT_WITH = 20.8, 0.031, 3.7


def test_published_table_without_abandonment() -> None:
    assert erlang_c(48, 50) / 2 * 60 == pytest.approx(WAIT_WITHOUT, abs=0.05)


def test_published_table_with_abandonment() -> None:
    ever = answered(target(48 * 60, 1, within=1e6, patience=2), 50)
    assert 1 - ever == pytest.approx(ABANDON_WITH, abs=5e-4)
    # A caller's mean wait is patience times the share that abandons (Palm).
    assert (1 - ever) * 120 == pytest.approx(WAIT_WITH, abs=0.05)


def simulated(asked: Target, people: int, calls: int, seed: int) -> float:
    """Return the share answered in time in a queue played call by call, first come first served."""
    dice = random.Random(seed)
    free = [0.0] * people
    now, good = 0.0, 0
    for _ in range(calls):
        now += dice.expovariate(asked.per_hour / 60)
        begins = max(now, free[0])
        patience = math.inf if asked.patience is None else dice.expovariate(1 / asked.patience)
        if begins - now > patience:
            continue
        heapq.heapreplace(free, begins + dice.expovariate(1 / asked.handling))
        good += begins - now <= asked.within
    return good / calls


@pytest.mark.parametrize(
    ("asked", "people"),
    [
        (target(4, 3, within=5), 1),
        (target(60, 4, within=1), 6),
        (target(6, 10, within=5, patience=15), 2),
        (target(60, 4, within=2, patience=3), 3),
        (target(60, 4, within=0, patience=1), 4),
    ],
)
def test_the_formulas_agree_with_a_queue_played_call_by_call(asked: Target, people: int) -> None:
    assert simulated(asked, people, 40_000, seed=7) == pytest.approx(answered(asked, people), abs=0.015)


def chain(load: float, people: int, giving_up: float) -> float:
    """Return the share that finds somebody free, from the balance of the states themselves."""
    weights = [1.0]
    for state in range(1, 2000):
        weights.append(weights[-1] * load / (min(state, people) + max(0, state - people) * giving_up))
    return math.fsum(weights[:people]) / math.fsum(weights)


@pytest.mark.parametrize(
    ("load", "people", "giving_up"), [(5, 3, 0.5), (48, 50, 0.5), (2, 1, 4.0), (30, 20, 0.1)]
)
def test_nobody_waits_as_often_as_the_states_say(load: float, people: int, giving_up: float) -> None:
    found = answered(target(load * 60, 1, patience=1 / giving_up), people)
    assert found == pytest.approx(chain(load, people, giving_up), rel=1e-6)


def test_endless_patience_is_erlang_c() -> None:
    patient = answered(target(100, 6, within=2, patience=1e9), 12)
    assert patient == pytest.approx(answered(target(100, 6, within=2), 12), rel=1e-4)


@settings(max_examples=60, deadline=None)
@given(
    per_hour=st.floats(0.01, 500),
    handling=st.floats(0.5, 30),
    within=st.floats(0, 30),
    share=st.floats(0.05, 0.99),
    patience=st.none() | st.floats(0.1, 60),
)
def test_the_number_is_the_least_that_reaches_the_target(
    per_hour: float, handling: float, within: float, share: float, patience: float | None
) -> None:
    asked = target(per_hour, handling, within, share, patience)
    people = people_needed(asked)
    assert answered(asked, people) >= share
    assert people == 1 or answered(asked, people - 1) < share


@pytest.mark.parametrize("patience", [None, 2.0])
def test_huge_rates_stay_exact_and_finite(patience: float | None) -> None:
    asked = target(60 * MOST_LOAD, 1, within=0.3, patience=patience)
    people = people_needed(asked)
    assert 0.85 * MOST_LOAD < people < 1.01 * MOST_LOAD
    assert answered(asked, people) >= asked.share > answered(asked, people - 1)


def test_nothing_comes_in_and_nobody_is_needed() -> None:
    idle = target(0, 5)
    assert people_needed(idle) == 0
    assert answered(idle, 0) == 1
    assert erlang_c(0, 0) == 0
    assert people_needed(target(1e-12, 5, patience=3)) == 1


@pytest.mark.parametrize("asked", [target(6, 4, share=1.0), target(60 * MOST_LOAD, 1.01)])
def test_what_no_finite_desk_reaches_is_refused(asked: Target) -> None:
    with pytest.raises(ValueError, match="no finite desk"):
        people_needed(asked)


def test_too_few_people_without_patience_never_catch_up() -> None:
    assert answered(target(60, 4, within=60), 4) == 0
    assert erlang_c(4, 4) == 1
    assert erlang_b(4, 4) < 1
