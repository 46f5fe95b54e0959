"""What a calendar has shared out, and after how many periods all can be even."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from roster.benchmark.attack.draw import problem_of
from roster.domain.fairness import HOURS, MEASURES, NIGHTS, Account, Carried, Share
from roster.domain.horizon import calendar
from roster.domain.outcome import Roster, Status
from roster.domain.problem import OFF
from roster.output.examined_roster import examine, with_shares
from roster.output.html.plan import roster_page
from roster.output.xlsx import write_book
from roster.penalties import Term, had
from roster.questions.calendar import CalendarAnswer, next_ledger
from roster.rosters.shares import shared, shared_in

DESK = """
name: desk
calendar: {start: 2027-03-01, weeks: 1}
employers: {h: {regime: cn_comprehensive}}
roles: {r: {}}
shifts: {D: {start: 08:00, length: 8h}, N: {start: 22:00, length: 8h}}
posts: {day: {role: r, window: 08:00-16:00}}
staff_types: {t: {skills: r}}
people: {Ann: t, Bob: t}
fairness: [{of: hours}, {of: nights, price: 7}]
absence: gross
"""


@pytest.mark.parametrize("fair", [3, 10, 25])
@pytest.mark.parametrize("above", [11, 20, 64, 110])
def test_the_periods_until_all_are_even_are_the_fewest_in_which_one_can_be_spared_enough(
    fair: int, above: int
) -> None:
    problem = problem_of(DESK)
    shares = [Share(name, NIGHTS, fair, fair, 10) for name in ("Ann", "Bob")]
    (uneven,) = shared(
        problem, shares, {("Ann", NIGHTS): fair + above, ("Bob", NIGHTS): max(0, fair - above)}
    ).uneven
    # A period without any takes a fair share off: by hand, one after the other, until one unit is left at most.
    left, periods = above, 0
    while left > 10:
        left, periods = left - fair, periods + 1
    assert (uneven.person, uneven.away, uneven.periods) == ("Ann", above, periods)


def test_what_earlier_periods_left_counts_and_one_unit_is_even() -> None:
    problem = problem_of(DESK)
    shares = [Share(name, NIGHTS, 20, 20, 10) for name in ("Ann", "Bob")]
    has = {("Ann", NIGHTS): 30, ("Bob", NIGHTS): 10}
    assert not shared(problem, shares, has).uneven
    owed = Account("Bob", problem.dates.start, 28, (Carried(NIGHTS, 10, 20),))
    (uneven,) = shared(replace(problem, ledger=(owed,)), shares, has).uneven
    assert (uneven.person, uneven.away, uneven.periods) == ("Bob", -20, 1)


def _roster() -> tuple[Roster, tuple[Share, ...]]:
    problem = problem_of(DESK)
    duties = {duty.name: duty for duty in problem.duties(problem.types[0])}
    lines = (
        tuple(duties.get(letter, OFF) for letter in "DD.NN.."),
        tuple(duties.get(letter, OFF) for letter in "..DDDDD"),
    )
    roster = Roster(problem.people, calendar(problem.dates), lines, (), ((), ()))
    shares = tuple(
        Share(name, measure, fair, fair, price)
        for name in ("Ann", "Bob")
        for measure, fair, price in ((HOURS, 36 * 60, 10), (NIGHTS, 10, 7))
    )
    return roster, shares


def test_what_was_shared_can_be_read_off_the_accounts_before_and_after() -> None:
    problem, (roster, shares) = problem_of(DESK), _roster()
    before = tuple(
        Account(name, problem.dates.start, 28, tuple(Carried(one, 20, 10) for one in MEASURES))
        for name in ("Ann", "Bob")
    )
    problem = replace(problem, ledger=before)
    owed = [replace(one, target=one.fair - 10) for one in shares]
    has = {
        (one.person, one.measure): had(problem, roster, "AB".index(one.person[0]), one.measure)
        for one in owed
    }
    assert shared_in(problem, next_ledger(problem, roster, owed)) == shared(problem, owed, has)


def test_page_and_workbook_show_the_same_shares(tmp_path: Path) -> None:
    problem, (roster, shares) = problem_of(DESK), _roster()
    found = shared_in(problem, next_ledger(problem, roster, shares))
    examined = with_shares(examine(problem, roster), found)
    assert examined.shares is not None
    page = roster_page(problem, roster, examined)
    write_book(tmp_path / "roster.xlsx", examined)
    sheet = load_workbook(tmp_path / "roster.xlsx")["Fair shares"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    told = [*examined.shares.even, *(cell for _, row in examined.shares.rows for cell in row)]
    assert told[-4:] == ["32 / 36", "2 / 1", "40 / 36", "0 / 1"]
    assert [one for one in told if one not in page or one not in cells] == []


def test_a_soft_rule_is_broken_at_least_as_often_as_the_bound_says() -> None:
    problem = problem_of(DESK)
    single, weekend = (
        Term("rule", "off_block", "Ann", 4, 4 * 2 * 480),
        Term("rule", "free", "Bob", 2, 2 * 10 * 480),
    )
    answer = CalendarAnswer(problem, Status.FEASIBLE, None, (), 100.0, 95.0, 0, (single, weekend))
    # Five points are to spare: two single days off at 2 points, or no weekend at 10.
    assert answer.fewest_breaches == {"off_block": 2, "free": 2}
    assert replace(answer, bound=None).fewest_breaches == {}
