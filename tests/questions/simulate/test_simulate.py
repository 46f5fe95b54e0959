"""Years of chance: closed formulas where there are some, nothing from nothing, more people, lawful days."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import comb, sqrt

import pytest

from roster.domain.problem import Ban, Person, Problem, Restriction
from roster.domain.rules import MinRest, ShiftRun, WeekHours, WorkBlock
from roster.engine.rotation.decompose import split
from roster.errors import EngineError, Faults
from roster.questions.executors.executor import Inline, own_processes
from roster.questions.simulate import automaton
from roster.questions.simulate.absences import Why, stream, year_of
from roster.questions.simulate.answer import AS_IS, FEWER, MORE, Simulation, SimulationRequest, simulate
from roster.questions.simulate.rates import NOBODY_AWAY, YEAR, Lengths, Rates, away
from roster.questions.simulate.rates_file import read_rates
from roster.questions.simulate.statistics import mean
from roster.questions.simulate.years_of_part import SimulatedPart, SimulatedStaffing, years
from tests.small import MONDAY, H, post, staff, word, world
from tests.small import roster as drawn

SICK = replace(NOBODY_AWAY, spells_a_year=6.0, lengths=(Lengths(100, 5, 5),))


def asked(
    problem: Problem, rows: list[str], rates: Rates, years: int = 60, **other: object
) -> SimulationRequest:
    base = SimulationRequest(
        problem, drawn(problem, [word(row) for row in rows]), years, 1, rates, frozenset()
    )
    return replace(base, **other)  # type: ignore[arg-type]


def lived(problem: Problem, rows: list[str], rates: Rates, years: int = 60, **other: object) -> Simulation:
    return simulate(asked(problem, rows, rates, years, **other), Inline())


def hours_empty(problem: Problem, rows: list[str], rates: Rates, number: int) -> tuple[float, float]:
    """Return the mean of so many years as they are, and its standard error."""
    question = asked(problem, rows, rates)
    part = SimulatedPart(problem, question.published, rates, frozenset(), 1)
    found = mean([sum(year.empty) / 60 for year in years(part, SimulatedStaffing(), range(number))])
    assert found.low is not None
    return found.value, (found.value - found.low) / 1.96


def share_sick(rates: Rates) -> float:
    assert rates.spells_a_year is not None
    load = rates.spells_a_year / YEAR * rates.mean_spell
    return load / (1 + load)


ALONE = world(staff("a", "D"), posts=(post("desk", 8, 8, "a"),))
THREE = world(staff("a", "D"), posts=(post("desk", 8, 8, "a", people=2),))


def test_one_person_alone_is_missed_as_often_as_renewal_theory_says() -> None:
    """Spells of L days begin with a chance p on a day of health: a share pL / (1 + pL) of days is lost."""
    found, error = hours_empty(ALONE, ["DDDDDDD"], SICK, 100)
    assert error > 0
    assert abs(found - 8 * YEAR * share_sick(SICK)) < 4 * error


def test_two_places_for_three_people_are_empty_as_the_binomial_says() -> None:
    """Nothing ties days together, so that k of 3 are sick with the chances of a binomial."""
    found, error = hours_empty(THREE, ["DDDDDDD", "DDDDDDD", "-------"], SICK, 100)
    p = share_sick(SICK)
    expected = 8 * YEAR * sum(max(0, 2 - (3 - k)) * comb(3, k) * p**k * (1 - p) ** (3 - k) for k in range(4))
    assert error > 0
    assert abs(found - expected) < 4 * error


def test_absences_are_drawn_as_the_rates_say() -> None:
    rates = replace(
        NOBODY_AWAY, leave_days=10, training_days=3.5, resign_in_house=36.5, hire_days=40, ramp_days=0
    )
    kind = away(ALONE, ALONE.types[0], rates)
    drawn_years = [year_of(kind, stream(1, year, "Li"), 0) for year in range(400)]
    days = {why: [each.count(why) for each in drawn_years] for why in Why}
    vacancy = 0.001 * 10 / (1 + 0.001 * 10)
    assert max(days[Why.LEAVE]) == 14
    for why, expected in ((Why.VACANT, YEAR * vacancy), (Why.TRAINING, 3.5)):
        found = mean(days[why])
        assert found.low is not None
        assert found.low - expected < 0.6 * sqrt(expected)
        assert abs(found.value - expected) < 0.6 * sqrt(expected)
    assert year_of(kind, stream(1, 3, "Li"), 0) == drawn_years[3] != year_of(kind, stream(1, 3, "Bo"), 0)


def test_who_falls_sick_is_as_long_sick_as_the_scenario_plans() -> None:
    """40 hours a year are 5 working days, 7 of the calendar."""
    kind = away(ALONE, ALONE.types[0], Rates(leave_days=0, training_days=0, resign_in_house=0))
    found = mean([year_of(kind, stream(1, year, "Li"), 0).count(Why.SICK) for year in range(600)])
    assert found.low is not None
    assert found.high is not None
    assert found.low - 0.5 < 7 < found.high + 0.5


NIGHTS = world(
    staff(
        "a", "DN", MinRest(minutes=11 * H), WorkBlock(shortest=2, longest=5), ShiftRun(shift="N", shortest=2)
    ),
    staff(
        "b",
        "D",
        WeekHours(minutes=40 * H),
        weekly_minutes=40 * H,
        overtime_week=8 * H,
        overtime_average=8 * H,
    ),
    posts=(post("night", 22, 8, "a"), post("day", 8, 8, "a", "b")),
    weeks=2,
)
ROWS = ["NN--NN--NN--NN", "--NN--NN--NN--", "DDDDD--DDDDD--", "-----DD-----DD"]
PEOPLE = tuple(Person(f"{kind}-{at}", kind) for at, kind in enumerate("aabb"))
TEAM = replace(NIGHTS, people=PEOPLE)


def test_without_absence_nothing_is_empty_and_nothing_changes() -> None:
    usual = lived(TEAM, ROWS, NOBODY_AWAY, 2).of(AS_IS)
    assert usual is not None
    assert (usual.empty.value, usual.changes.value, usual.overtime.value) == (0, 0, 0)


@pytest.mark.parametrize("allowed", [frozenset(), frozenset({"overtime", "vendor"})])
def test_more_people_leave_less_empty_in_the_mean(allowed: frozenset[str]) -> None:
    """Everybody's absences are the same in all three, so that the difference is the person's."""
    answer = lived(TEAM, ROWS, SICK, 8, allowed=allowed)
    fewer, usual, more = (answer.of(name) for name in (FEWER, AS_IS, MORE))
    assert fewer is not None
    assert usual is not None
    assert more is not None
    assert fewer.empty.value >= usual.empty.value >= more.empty.value
    assert fewer.empty.value > more.empty.value
    assert sum(found.value for found in usual.by_post.values()) == pytest.approx(usual.empty.value, abs=1e-4)


def test_overtime_is_worked_before_a_post_is_left_empty() -> None:
    """Two people of 40 h a week, eight hours of overtime: who is left works a sixth day."""
    team = world(*TEAM.types[1:], posts=(post("day", 8, 8, "b"),), weeks=1)
    rates = replace(SICK, lengths=(Lengths(100, 1, 1),), spells_a_year=20)
    rows = ["DDDDD--", "-----DD"]
    plain, more = (lived(team, rows, rates, 5, allowed=frozenset(w)) for w in ((), ("overtime",)))
    one, other = plain.of(AS_IS), more.of(AS_IS)
    assert one is not None
    assert other is not None
    assert one.overtime.value == 0 < other.overtime.value
    assert other.empty.value < one.empty.value


def test_a_vendor_is_called_last_and_only_where_one_may_come() -> None:
    team = replace(ALONE, posts=(replace(ALONE.posts[0], vendor=True),))
    found = lived(team, ["DDDDDDD"], SICK, 5, allowed=frozenset({"vendor"})).of(AS_IS)
    assert found is not None
    assert found.empty.value == 0 < found.vendor.value


def test_who_may_not_work_nights_is_given_none() -> None:
    """Checked by the sample: the independent check knows the ban."""
    last = MONDAY.replace(day=14)
    banned = replace(
        TEAM,
        restrictions=(
            Restriction("a-1", Ban.STANDBY, MONDAY, last),
            Restriction("b-2", Ban.OVERTIME, MONDAY, last),
        ),
    )
    answer = lived(banned, ROWS, SICK, 2, allowed=frozenset({"overtime"}))
    assert answer.of(AS_IS) is not None


def test_a_level_that_nobody_holds_is_unanswered() -> None:
    chained = replace(ALONE, posts=(replace(ALONE.posts[0], chain="incident", level=2),))
    usual = lived(chained, ["DDDDDDD"], SICK, 5).of(AS_IS)
    assert usual is not None
    (level,) = usual.levels
    assert level.share.value == pytest.approx(usual.empty.value / (8 * YEAR), abs=1e-5)


def test_a_day_that_breaks_a_rule_is_found_by_the_independent_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        automaton.TypeAutomaton, "_step", lambda self, state, _day, _duty: (state, automaton.LAWFUL)
    )
    with pytest.raises(EngineError):
        lived(TEAM, ROWS, SICK, 1, seed=99)


def test_years_are_the_same_wherever_they_are_worked_out() -> None:
    question = asked(TEAM, ROWS, SICK, 12)
    with own_processes(2) as pool:
        assert simulate(question, pool) == simulate(question, Inline())
    part = SimulatedPart(split(TEAM)[0], question.published, SICK, frozenset(), 1)
    assert years(part, SimulatedStaffing(), [3, 4])[1] == years(part, SimulatedStaffing(), [4])[0]


def test_a_roster_that_breaks_rules_is_not_simulated() -> None:
    answer = lived(TEAM, ["N-N-N-N-N-N-N-", *ROWS[1:]], SICK, 1)
    assert answer.violations
    assert not answer.staffed


def test_the_best_cover_of_a_moment_is_exact() -> None:
    """Against all ways to give everybody posts that their loads allow, in all crowds of a few."""
    from roster.domain.horizon import ring
    from roster.questions.simulate.cover import Posts

    shapes = (("x", 100, None, 1), ("y", 60, "c", 1), ("z", 40, "c", 2), ("w", 40, None, 1))
    team = world(
        staff("a", "D"),
        posts=tuple(post(n, 8, 8, "a", load=load, chain=c, level=lv) for n, load, c, lv in shapes),
    )
    posts = Posts(team, ring(), ())

    def may(mask: int) -> bool:
        held = [p for at, p in enumerate(team.posts) if mask >> at & 1]
        return sum(p.load for p in held) <= 100 and not {"y", "z"} <= {p.name for p in held}

    for masks in product((0b1111, 0b0110, 0b1100, 0b0001), repeat=3):
        for needs in ((1, 1, 1, 1), (0, 2, 1, 1)):
            ways = product(*([m for m in range(16) if m & ~own == 0 and may(m)] for own in masks))
            best = min(
                sum(
                    w * max(0, n - sum(m >> at & 1 for m in way))
                    for at, (n, w) in enumerate(zip(needs, posts.weights, strict=True))
                )
                for way in ways
            )
            assert posts.moment(needs, masks).weight == best


def test_a_file_of_rates_is_read_and_its_faults_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("rates") / "rates.yaml"
    file.write_text("sickness: {spells_a_year: 2}\nresignation: {in_house: 8%}\n", encoding="utf-8")
    assert read_rates(file) == Rates(spells_a_year=2.0, resign_in_house=8.0)
    file.write_text(
        "sickness:\n  spells: [{share: 85%, shortest: 3, longest: 1}]\nleave: {days: 4}\n", encoding="utf-8"
    )
    with pytest.raises(Faults) as caught:
        read_rates(file)
    assert [fault.line for fault in caught.value.faults] == [2, 3]
