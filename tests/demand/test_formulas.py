"""Formulas against closed forms, published values, and simulations that share nothing with them."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from roster.demand.arrivals import Arrivals, HourRate
from roster.demand.chain import Chain, TooLarge
from roster.demand.days import KindOfDay
from roster.demand.offered import answered_in_time, first_class_in_time, offered_load
from roster.demand.poisson import interval
from roster.demand.staffing import StaffingRequest, staffing, weeks
from roster.demand.standby import Callouts, costs
from tests.demand.simulation import answered_by_hour

HUMPS = (*[0.3] * 7, 1, 2, 3, 3, 2.5, 2, 2.5, 3, 3, 2, 1.2, *[0.6] * 6)


def load(peak: float, factor: float = 0.25) -> Arrivals:
    """A week with a two-humped working day, less at weekends."""
    cells = [
        HourRate(kind, hour, 0, 1, rate, 0, 0, 1, rate)
        for kind, share in ((KindOfDay.WORKDAY, 1.0), (KindOfDay.RESTDAY, factor))
        for hour in range(24)
        for rate in [peak / 3 * HUMPS[hour] * share]
    ]
    return Arrivals(tuple(cells), 26, "rate", None, False)


def test_offered_load_is_rate_times_handling_and_fades_after_a_step() -> None:
    assert offered_load([6.0] * 24, 20) == pytest.approx([2.0] * 24)
    # From 0 to 6 an hour at noon: m(t) = 2 (1 - exp(-3 t)).
    step = offered_load([0.0] * 500 + [6.0] * 500, 20)
    assert step[501] == pytest.approx(2 * (1 - math.exp(-6)))


@pytest.mark.parametrize(
    ("rate", "handling", "people", "within"), [(12, 20, 6, 15), (3, 90, 6, 30), (40, 3, 4, 1)]
)
def test_the_chain_of_a_constant_rate_is_erlang_c(
    rate: float, handling: float, people: int, within: float
) -> None:
    exact = Chain(handling, within).levels([rate] * 24, [people] * 24)
    assert exact == pytest.approx(
        [answered_in_time(rate * handling / 60, people, within / handling)] * 24, abs=1e-6
    )


def test_the_chain_keeps_littles_law() -> None:
    chain = Chain(20, 15)
    rates, people = [12.0, 3.0] * 12, [6, 3] * 12
    chain.levels(rates, people)
    state = np.zeros(chain._states(rates, people))
    state[0] = 1
    for _ in range(30):
        for rate, there in zip(rates, people, strict=True):
            state = state @ chain._hour(len(state), rate, there)[0]
    busy = 0.0
    for rate, there in zip(rates, people, strict=True):
        step = chain._hour(len(state), rate, there)[0]
        # Served in an hour is what came in, less what is more in the system than before.
        more = state @ step @ np.arange(len(state)) - state @ np.arange(len(state))
        busy += rate - more
        state = state @ step
    assert busy == pytest.approx(sum(rates), abs=1e-6)


def test_a_queue_without_end_has_no_level() -> None:
    with pytest.raises(TooLarge):
        Chain(60, 5).levels([2.0] * 24, [2] * 24)


@pytest.mark.parametrize(
    ("peak", "handling", "share", "within", "sipp_misses"),
    [(4, 3, 0.9, 5, False), (12, 20, 0.8, 15, True), (3, 90, 0.9, 30, True)],
)
def test_the_search_reaches_the_target_everywhere_and_one_fewer_anywhere_misses(
    peak: float, handling: float, share: float, within: float, sipp_misses: bool
) -> None:
    found = staffing(load(peak), StaffingRequest(handling, share, within))
    assert found.exact
    assert all(hour.level is not None and hour.level >= share for hour in found.hours)
    assert all(hour.fewer is not None and hour.fewer < share for hour in found.hours)
    people = {(hour.cell.kind, hour.cell.hour): hour for hour in found.hours}
    week = weeks(load(peak))[0]
    assert sum(people[place].people for place in week) <= sum(people[place].offered for place in week)
    rates = [people[place].cell.rate for place in week]
    alone = Chain(handling, within).levels(rates, [people[place].sipp for place in week])
    assert (min(alone) < share) == sipp_misses


def test_exact_levels_agree_with_a_simulation() -> None:
    found = staffing(load(12), StaffingRequest(20, 0.8, 15))
    week = weeks(load(12))[0]
    by_place = {(hour.cell.kind, hour.cell.hour): hour for hour in found.hours}
    rates = [by_place[place].cell.rate for place in week]
    numbers = [by_place[place].people for place in week]
    levels = Chain(20, 15).levels(rates, numbers)
    seen = answered_by_hour(lambda h: rates[h], lambda h: numbers[h], 20, 15, weeks=150)
    arrivals = sum(came for came, _ in seen.values())
    expected = sum(levels[hour] * came for hour, (came, _) in seen.items()) / arrivals
    reached = sum(good for _, good in seen.values()) / arrivals
    assert reached == pytest.approx(expected, abs=0.012)


def test_the_first_class_goes_before_the_others() -> None:
    alike = answered_in_time(4, 6, 0.5)
    assert first_class_in_time(4, 4, 6, 0.5) == pytest.approx(alike)
    assert first_class_in_time(4, 1, 6, 0.5) > alike
    # Two classes, three people, nobody interrupted: simulated with a queue for each.
    draw = random.Random(3)
    free, now, waited, seen = [0.0] * 3, 0.0, 0, 0
    queues: tuple[list[float], list[float]] = ([], [])
    firsts: set[float] = set()
    for _ in range(120_000):
        now += draw.expovariate(2.4)
        while (queues[0] or queues[1]) and min(free) <= now:
            came = (queues[0] or queues[1]).pop(0)
            who = free.index(min(free))
            first = not queues[0] or came < queues[0][0]
            begin = max(free[who], came)
            if came in firsts and first:
                seen += 1
                waited += begin - came <= 0.3
            free[who] = begin + draw.expovariate(1.0)
        if not queues[0] and not queues[1] and min(free) <= now:
            free[free.index(min(free))] = now + draw.expovariate(1.0)
            if draw.random() < 0.25:
                seen += 1
                waited += 1
            continue
        if draw.random() < 0.25:
            firsts.add(now)
            queues[0].append(now)
        else:
            queues[1].append(now)
    assert waited / seen == pytest.approx(first_class_in_time(2.4, 0.6, 3, 0.3), abs=0.02)


def test_intervals_are_garwoods() -> None:
    assert interval(0, 1)[1] == pytest.approx(3.689, abs=1e-3)
    assert interval(5, 1) == pytest.approx((1.623, 11.668), abs=1e-3)
    low, high = interval(100_000, 1)
    assert (high - low) / 2 == pytest.approx(1.96 * math.sqrt(100_000), rel=0.01)


@pytest.mark.parametrize("nightly", [0.1, 0.5, 1.0, 2.0])
def test_the_standby_table_agrees_with_a_simulation(nightly: float) -> None:
    """16 h from home, 1.5 h a callout, shift at 08:00, 11 h of rest: what happens in 40,000 nights."""
    said = costs(Callouts(rate=nightly / 16, hours=16, work=1.5))
    draw = random.Random(7)
    nights, disturbed, many, lost, came, out, busy = 20_000, 0, 0, 0, 0, 0, 0.0
    ends = -1.0
    for night in range(nights):
        at, number, late = draw.expovariate(nightly / 16), 0, False
        while at < 16:
            number += 1
            late = late or at + 1.5 > 16 - 11
            came += 1
            if night * 16 + at < ends:
                out += 1
            else:
                ends = night * 16 + at + 1.5
                busy += 1.5
            at += draw.expovariate(nightly / 16)
        disturbed += number > 0
        many += number > 2
        lost += late
    assert disturbed / nights == pytest.approx(said.disturbed, abs=0.012)
    assert many / nights == pytest.approx(said.too_many, abs=0.012)
    assert lost / nights == pytest.approx(said.lost, abs=0.012)
    assert out / came == pytest.approx(said.out[0], abs=0.015)
    assert came * 1.5 / nights == pytest.approx(said.work, rel=0.05)
