"""Random leaves: the program's empty hours and changes, against the least of a plain model over the same dates."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ortools.sat.python import cp_model

from roster.benchmark.attack.differences import OPEN, Difference
from roster.benchmark.attack.plain import Plain
from roster.benchmark.attack.planned import CASES, Planned, planned
from roster.domain.outcome import SolveOptions, Status
from roster.questions.absences import Absence, LeaveCase
from roster.questions.what_if import WhatIf, what_if

KIND = "leaves"
ANSWER_S, EACH_S = 6.0, 6.0


def attack(seed: int) -> Difference | str:
    """Send somebody of a planned roster away, sometimes two, and hold the answer against the plain model."""
    start, random = planned(seed // CASES), Random(f"leave {seed}")
    if start is None:
        return "no roster"
    absences = tuple(_absence(start, random) for _ in range(random.choice((1, 1, 2))))
    case = LeaveCase(start.problem, start.roster, tuple(dict.fromkeys(absences)))
    answer = what_if(case, SolveOptions(ANSWER_S, 1, 1))
    if answer.broken or answer.status in (Status.UNKNOWN, Status.FEASIBLE):
        return OPEN
    least = _least(start, case)
    if least is None:
        return OPEN
    found = _found(answer)
    if found == least:
        return answer.status.value
    leave = " ".join(f'--leave "{one.person}:{one.first}..{one.last}"' for one in absences)
    sentence = f"the program finds (minutes empty, changes) {found}, the plain model {least}; {leave}"
    return Difference(KIND, seed, sentence, {f"{KIND}{seed}.yaml": start.text})


def _absence(start: Planned, random: Random) -> Absence:
    days = start.roster.horizon.days
    first = random.randrange(days)
    last = min(days - 1, first + random.choice((0, 0, 1, 2, 4, 6)))
    person = random.choice(start.roster.people).name
    return Absence(person, start.roster.horizon.on(first), start.roster.horizon.on(last))


def _found(answer: WhatIf) -> tuple[int, ...]:
    """Return minutes empty and cells changed; nothing where no roster keeps the rules."""
    if answer.roster is None:
        return ()
    return sum((end - start) * people for _, start, end, people in answer.empty), answer.changed


def _least(start: Planned, case: LeaveCase) -> tuple[int, ...] | None:
    """Return the least minutes empty, and changes at that; None where time ran out."""
    roster = replace(start.roster)
    plain = Plain(case.asked, roster.horizon, roster.people, all_used=True)
    plain.cover(elastic=True)
    most = len(roster.people) * roster.horizon.days + 1
    empty = [most * minutes * gap for gap, minutes in plain.gaps]
    plain.model.minimize(cp_model.LinearExpr.sum([*empty, plain.changed(roster.duties)]))
    found, solver = plain.solve(EACH_S)
    if found is None or (found and solver.best_objective_bound < solver.objective_value):
        return None
    if not found:
        return ()
    return round(solver.objective_value) // most, round(solver.objective_value) % most
