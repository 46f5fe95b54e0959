"""Whoever gives up a duty for leave gets no other one that nobody needs, though it would be as near to the roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from roster.domain.problem import DAY, Person
from roster.domain.rules import MinRest
from roster.questions.absences.case import Absence, LeaveCase
from roster.questions.what_if.answer import what_if
from tests.small import MONDAY, ONE_WORKER, H, post, roster, staff, word, world


def test_mornings_off_give_nobody_a_needless_night() -> None:
    people = tuple(Person(name, "a") for name in ("Li", "Wang", "Zhao", "Qian", "Sun"))
    posts = (post("day", 8, 8), post("night", 22, 8))
    problem = world(staff("a", "DN", MinRest(minutes=11 * H)), posts=posts, people=people)
    pattern = "DN---DN---DN"
    given = roster(problem, [word(pattern[5 - at : 12 - at]) for at in range(5)])
    for day in range(7):
        for person, line in zip(people, given.duties, strict=True):
            if line[day].name == "D":
                on = MONDAY + timedelta(days=day)
                morning = replace(Absence(person.name, on, on), end=DAY // 2)
                answer = what_if(LeaveCase(problem, given, (morning,)), ONE_WORKER)
                assert answer.roster is not None
                shifts = sorted(duty.name for duties in answer.roster.duties for duty in duties)
                assert shifts.count("D") == shifts.count("N") == 7
