"""Standbys left to others on days far from an absence, so that shares of standby are kept."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from roster.domain.outcome import Roster
from roster.domain.problem import Person, Presence, Problem
from roster.domain.rules import MinRest, NoOverlap, StandbyShare
from roster.questions.executors.executor import Inline
from roster.questions.resilience import ResilienceRun, classes
from roster.questions.resilience.answer import Resilience, resilience
from roster.questions.resilience.batches import Batch, Setting, solve
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome, ResilienceRequest
from roster.questions.resilience.local_check import LocalCheck
from roster.questions.resilience.trades import Trades
from tests.questions.resilience.test_classes import PATIENT, told
from tests.small import H, post, roster, staff, word, world

WEEKS, AWAY = 8, 5


def turns(rows: tuple[str, str] = ("s-" * 28, "-s" * 28), letters: str = "s") -> tuple[Problem, Roster]:
    """Two people on call every other day, as often as they may."""
    kind = staff("a", letters, NoOverlap(), MinRest(minutes=11 * H), StandbyShare(percent=50))
    posts = (post("call", 16, 16, presence=Presence.STANDBY),)
    problem = world(kind, posts=posts, people=(Person("Li", "a"), Person("Wang", "a")), weeks=WEEKS)
    return problem, roster(problem, [word(row) for row in rows])


def tried(problem: Problem, given: Roster) -> Resilience:
    asked = ResilienceRequest(problem, given, (AWAY,))
    return resilience(asked, PATIENT, ResilienceRun(executor=Inline(), train=False))


def test_standbys_taken_over_are_left_to_others_on_other_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three taken over in five days two can be left beside them, the third further off."""
    problem, given = turns()
    monkeypatch.setattr(classes, "LONG", 10_000)
    whole = tried(problem, given)
    monkeypatch.setattr(classes, "LONG", 7)
    found = tried(problem, given)
    assert not whole.violations
    assert told(found) == told(whole)
    traded = [one for one in found.singles if one.traded]
    assert 6 in {one.changed for one in traded}
    assert {one.basis for one in traded} == {Basis.AROUND, Basis.ALIKE}
    assert all(one.side == 1 for one in traded)


def taken_over(traded: tuple[tuple[str, str], ...]) -> CaseAnswer:
    """Wang is away for a day off, and what else changes is on other days."""
    return CaseAnswer(AbsenceCase(("Wang",), 12, 1), Outcome.SURVIVES, 2, 2, side=1, traded=traded)


def test_a_day_is_taken_on_which_the_trade_is_lawful() -> None:
    """Wang works from midnight on after each of Li's standbys but one, and cannot be on call until the morning then."""
    wang = "-E" * 15 + "--" + "-E" * 12
    problem, given = turns(("s-" * 28, wang), "Es")
    posts = (replace(problem.posts[0], hard=False, price=1),)
    problem = replace(problem, posts=posts)
    found = Trades(LocalCheck(problem, given)).found(taken_over((("Li", "Wang"),)), range(11, 14))
    assert found is not None
    assert found.moves == (("Li", 30, "off"), ("Wang", 30, "s"))


@pytest.mark.parametrize(("pair", "left"), [(("Li", "Wang"), False), (("Wang", "Li"), True)])
def test_an_answer_for_which_there_is_no_such_day_is_left(pair: tuple[str, str], left: bool) -> None:
    """Wang is never on call, so that there is nothing to be left to Li."""
    problem, given = turns(("s-" * 28, "-" * 56))
    problem = replace(problem, posts=(replace(problem.posts[0], hard=False, price=1),))
    setting = Setting(problem, given, 1, time.time() + 60)
    answer = taken_over((pair,))
    (found,) = solve(Batch((answer.case,), side=1, given=(answer,)), setting)
    assert found.left is left


def test_where_posts_stay_empty_no_trade_is_beside_the_days_around() -> None:
    """There the check could not tell whether it leaves one empty, too."""
    problem, given = turns(("s-" * 5, "-s" * 5))
    trades = Trades(LocalCheck(problem, given))
    answer = taken_over((("Li", "Wang"),))
    days = range(1, 8)
    near = trades.found(answer, days)
    assert near is not None
    assert {day for _, day, _ in near.moves} == {8}
    assert trades.found(replace(answer, outcome=Outcome.BREAKS), range(1, 9)) is None


@pytest.mark.parametrize("day", [-1, 10])
def test_cells_of_days_that_the_calendar_does_not_have_never_pass(day: int) -> None:
    problem, given = turns(("s-" * 5, "-s" * 5))
    given = replace(given, before=(word("-"), word("s")))
    answer = replace(taken_over(()), case=AbsenceCase(("Wang",), 0, 1))
    check = LocalCheck(problem, given)
    assert check.passes(answer)
    assert not check.passes(replace(answer, moves=(("Li", day, "off"),)))
