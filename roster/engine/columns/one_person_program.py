"""One person's cheapest lawful calendar as a small program: for limits too many to be axes of a table together."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from roster.engine.columns.team import DayArcs, Floats, Line, Member
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.mip import branch_and_bound

SECONDS = 5.0
"""Wall time at most; it is a small program."""


def alone(member: Member, cost: Floats) -> Line | None:
    """
    Return a cheap calendar that keeps every limit of a person; None where none was found.

    Parameters
    ----------
    cost : What each duty of each day costs, days by duties; infinity where it is barred.
    """
    program, objective = Program(), list[tuple[int, int]]()
    cells: list[dict[int, Terms]] = []
    weekends: list[tuple[int, int]] = []
    arriving: dict[int, Terms] = {member.start: []}
    for day, arcs in enumerate(member.days):
        following: dict[int, Terms] = defaultdict(list)
        today: dict[int, Terms] = defaultdict(list)
        leaving = _leaving(arcs)
        for tail, into in arriving.items():
            out: Terms = []
            for duty, head, penalty, counted in leaving.get(tail, ()):
                price = float(cost[day, duty]) + penalty
                last = day == len(member.days) - 1
                if not np.isfinite(price) or (last and not np.isfinite(member.ends[head])):
                    continue
                arc = program.variable(0, 1)
                out.append((arc, 1))
                following[head].append((arc, 1))
                today[duty].append((arc, 1))
                if round(price):
                    objective.append((arc, round(price)))
                weekends += [(arc, day)] * counted
            program.flow(out, into, 0 if day else 1, "walk")
        cells.append(today)
        arriving = following
    _limit(program, member, cells, weekends)
    solved = branch_and_bound(program, objective, SECONDS)
    if not solved.found:
        return None
    return tuple(
        next(duty for duty, terms in today.items() if any(solved.values[arc] for arc, _ in terms))
        for today in cells
    )


def _leaving(arcs: DayArcs) -> dict[int, list[tuple[int, int, int, int]]]:
    found: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for (tail, duty), (head, penalty, counted) in arcs.step.items():
        found[tail].append((duty, head, penalty, counted))
    return found


def _limit(
    program: Program, member: Member, cells: list[dict[int, Terms]], weekends: list[tuple[int, int]]
) -> None:
    for tally in (tally for tally in member.tallies if tally.hard):
        if tally.weekends:
            terms = [(arc, 1) for arc, day in weekends if tally.weights[day, 0]]
        else:
            terms = [
                (arc, int(tally.weights[day, duty]))
                for day, duties in enumerate(cells)
                for duty, arcs in duties.items()
                if tally.weights[day, duty]
                for arc, _ in arcs
            ]
        program.at_most(terms, tally.most, tally.name)
        program.at_least(terms, tally.least, tally.name)
