"""The calendar of people with names: how long it is searched, and what comes where a rota needs much repair."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.checker import check_roster
from roster.domain.outcome import Roster, Status
from roster.domain.problem import Problem, Wish
from roster.engine.rotation import lawful_days
from roster.engine.rotation.wishes import kinds, wishing
from roster.questions.calendar import Longer, best_calendar
from roster.questions.dates.lay_out import LaidOut
from roster.questions.plan import answer, named_people
from tests.small import ONE_WORKER

WARD = """
name: ward
calendar: {start: 2027-03-01, weeks: 2, time_zone: Europe/Berlin}
employers: {ward: {regime: eu_directive}}
roles: {nurse: {}}
shifts: {D: {start: 08:00, length: 8h}, N: {start: 22:00, length: 8h}}
posts: {day: {role: nurse, window: 08:00-16:00}, night: {role: nurse, window: 22:00-06:00}}
staff_types: {nurse: {skills: nurse}}
people:
  Ann: {type: nurse, wishes: [{dates: [fri], duty: off}]}
  Bob: {type: nurse, leave: 2027-03-03..2027-03-04}
  Cid: nurse
  Dan: nurse
  Eve: nurse
absence: gross
"""


def test_a_rota_that_repair_takes_long_for_is_searched_and_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def searched(problem, options, tell, first, aims, longer):  # type: ignore[no-untyped-def]
        asked.append(options)
        assert longer.seconds <= named_people.LONGER
        return best_calendar(problem, replace(options, time_limit_s=0.6), tell, first, aims)

    monkeypatch.setattr(named_people, "best_calendar", searched)
    monkeypatch.setattr(named_people, "lay_out", lambda *_: LaidOut(Status.UNKNOWN, None))
    problem = problem_of(WARD)
    # As the command asks: until a moment, of which the search is to take no more than its own part.
    options = replace(ONE_WORKER, until=time.monotonic() + 600)
    found = answer.plan_headcount(problem, options)
    assert found.plan is not None
    assert not check_roster(problem, found.plan.roster)
    assert [one.until for one in asked] == [None]
    assert asked[0].time_limit_s <= named_people.MOST


def test_what_the_search_proves_of_the_dates_is_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A repair that settles nothing in time is not the last word where the search proves that posts stay empty."""
    monkeypatch.setattr(named_people, "lay_out", lambda *_: LaidOut(Status.UNKNOWN, None))
    more = WARD.replace("08:00-16:00}, night", "08:00-16:00, on: [{dates: 2027-03-09, people: 6}]}, night")
    found = answer.plan_headcount(problem_of(more), ONE_WORKER)
    assert found.status is Status.INFEASIBLE
    assert found.plan is None


def test_wishes_never_make_the_graphs_of_the_rules_smaller() -> None:
    problem = problem_of(WARD)
    rules = lawful_days.days_arcs(wishing(problem, ()), 7)
    sizes = [lawful_days.days_arcs(wishing(problem, [wish]), 7) for wish in kinds(problem)]
    assert sizes
    assert min(sizes) >= rules > 0


ROTA = """
name: ward
calendar: {start: 2027-03-01, weeks: 4, time_zone: Europe/Berlin}
employers: {ward: {regime: eu_directive}}
roles: {nurse: {}}
shifts: {D: {start: 08:00, length: 8h}, N: {start: 22:00, length: 8h}}
posts: {day: {role: nurse, window: 08:00-16:00}, night: {role: nurse, window: 22:00-06:00}}
staff_types: {nurse: {skills: nurse}}
people: {Ann: nurse, Bob: nurse, Cid: nurse, Dan: nurse}
absence: gross
fairness: [{of: weekends}, {of: nights}]
"""


def month(problem: Problem) -> Roster:
    """A planned month."""
    found = answer.plan_headcount(problem, replace(ONE_WORKER, time_limit_s=8.0))
    assert found.plan is not None
    made = found.plan.roster
    assert made is not None
    assert not check_roster(problem, made)
    return made


def later(problem: Problem, before: Roster) -> Problem:
    """The month after, the rota going on."""
    carried = tuple((one.name, line) for one, line in zip(before.people, before.duties, strict=True))
    dates = replace(problem.dates, start=before.horizon.on(before.horizon.days))
    return replace(problem, dates=dates, carried=carried)


def unlike(one: Roster, other: Roster) -> int:
    return sum(
        duty != wanted
        for line, rota in zip(one.duties, other.duties, strict=True)
        for duty, wanted in zip(line, rota, strict=True)
    )


def test_a_rota_that_goes_on_changes_for_requests_and_for_nothing_else() -> None:
    problem = replace(problem_of(ROTA), fairness=())
    first = month(problem)
    ahead = later(replace(problem, fairness=problem_of(ROTA).fairness), first)
    rota = month(ahead)
    who = next(at for at, line in enumerate(rota.duties) if line[9].shift is not None)
    on = rota.horizon.on(9)
    asked = replace(ahead, wishes=(Wish(rota.people[who].name, "off", on, on),))
    given = month(asked)
    assert given.duties[who][9].is_off
    assert 0 < unlike(given, rota) <= 8


FIVE = """
name: desk
calendar: {start: 2027-04-05, weeks: 4, country: DE}
employers: {h: {regime: cn_comprehensive}}
roles: {op: {}}
shifts: {D: {start: 08:00, length: 12h}, N: {start: 20:00, length: 12h}}
posts: {seat: {role: op, window: 08:00+24h}}
staff_types: {op: {skills: op}}
people: {Ann: op, Bob: op, Cem: op, Dora: op, Eve: op}
"""


def test_nights_are_even_after_each_period_where_a_rota_goes_on() -> None:
    """A rota of five weeks is uneven after four; with what was carried over, nobody is ever two nights ahead."""
    problem, nights = problem_of(FIVE), dict.fromkeys(("Ann", "Bob", "Cem", "Dora", "Eve"), 0)
    for _ in range(3):
        found = answer.plan_headcount(problem, replace(ONE_WORKER, time_limit_s=60.0))
        assert found.plan is not None
        made = found.plan.roster
        assert made is not None
        assert not check_roster(problem, made)
        for person, line in zip(made.people, made.duties, strict=True):
            nights[person.name] += sum(duty.name == "N" for duty in line)
        assert max(nights.values()) - min(nights.values()) <= 1
        assert found.ledger
        problem = replace(later(problem, made), ledger=found.ledger)


def test_a_search_goes_on_where_the_calendar_leaves_something_to_wish() -> None:
    problem, seen = problem_of(FIVE), list[Roster]()
    options = replace(ONE_WORKER, time_limit_s=0.3)

    def lacking(found: Roster) -> bool:
        seen.append(found)
        return True

    longer = best_calendar(problem, options, longer=Longer(1.0, lacking))
    assert longer.roster is not None
    assert len(seen) == 1
    assert not check_roster(problem, seen[0])
    assert longer.seconds > 1.0
    assert longer.points is not None
    at_once = [found.value for found in longer.trace if found.seconds < 0.3]
    assert longer.points <= min(at_once)
    brief = best_calendar(problem, options, longer=Longer(1.0, lambda _: False))
    assert brief.seconds < longer.seconds


def test_likeness_has_its_price_in_points() -> None:
    problem = problem_of(ROTA.replace("absence: gross", "absence: gross\nrotation: {likeness: 1000}"))
    rota = month(replace(problem, likeness=0, fairness=()))
    kept = best_calendar(problem, replace(ONE_WORKER, time_limit_s=2.0), None, rota)
    assert kept.roster is not None
    assert unlike(kept.roster, rota) == 0
    cheap = best_calendar(replace(problem, likeness=1), replace(ONE_WORKER, time_limit_s=2.0), None, rota)
    assert cheap.roster is not None
    days = sum(term.number for term in cheap.terms if term.kind == "rota")
    assert days == unlike(cheap.roster, rota)
    assert cheap.points == pytest.approx(sum(term.points for term in cheap.terms))
    alone = best_calendar(problem, replace(ONE_WORKER, time_limit_s=1.0))
    assert any("`rotation.likeness` is left out" in note for note in alone.problem.notes)
