"""One person's calendar with what it costs, kept so that a change of some days is weighed without the others."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from roster.engine.columns.team import Line, Member

Step = tuple[int, float, int]
"""The next state, what the day costs, and how many worked weekends it completes."""


@dataclass(frozen=True, slots=True)
class Change:
    """
    Other duties for some days of a person, from day `first` on.

    `cost` is by how much the calendar becomes dearer; `steps` are the days as they would be, for as long as they
    differ, `sums` what there would be of each tally.
    """

    cost: float
    first: int
    duties: list[int]
    steps: list[Step]
    sums: list[int]


class Walk:
    """A lawful calendar of a member, day by day, and what is counted along it."""

    def __init__(self, member: Member, line: Line) -> None:
        own = member.own.tolist()
        self.line = list(line)
        self._ends = member.ends.tolist()
        self._arcs: list[dict[tuple[int, int], Step]] = [
            {
                (tail, duty): (head, penalty + own[day][duty], weekends)
                for (tail, duty), (head, penalty, weekends) in arcs.step.items()
                if own[day][duty] < inf
            }
            for day, arcs in enumerate(member.days)
        ]
        # Before day d stands the step of day d - 1; before day 0 one that leads to the start.
        self._steps: list[Step] = [(member.start, 0.0, 0)]
        for arcs, duty in zip(self._arcs, line, strict=True):
            self._steps.append(arcs[self._steps[-1][0], duty])
        counted = [tally for tally in member.tallies if tally.hard or tally.prices is not None]
        counted.sort(key=lambda tally: tally.weekends)
        self._limits = [(tally.least, tally.most, tally.worth.tolist()) for tally in counted]
        # What each duty of each day adds to the tallies that are not of weekends; those come last.
        weights = [tally.weights for tally in counted if not tally.weekends]
        stacked = np.stack(weights, axis=-1) if weights else np.zeros((*member.own.shape, 0), int)
        self._added: list[list[list[int]]] = stacked.tolist()
        self._judged = [tally.weights[:, 0].tolist() for tally in counted if tally.weekends]
        self._sums = [sum(column) for column in zip(*map(list.__getitem__, self._added, line), strict=True)]
        self._sums += [
            sum(step[2] * own for step, own in zip(self._steps[1:], judged, strict=True))
            for judged in self._judged
        ]

    def tried(self, first: int, duties: list[int]) -> Change | None:
        """Return what other duties from a day on would do; None where the calendar would not be lawful."""
        line, old, arcs, days = self.line, self._steps, self._arcs, len(self.line)
        state, day, cost, steps = old[first][0], first, 0.0, list[Step]()
        for duty in duties:
            found = arcs[day].get((state, duty))
            if found is None:
                return None
            steps.append(found)
            state = found[0]
            day += 1
            cost += found[1] - old[day][1]
        while day < days and state != old[day][0]:
            found = arcs[day].get((state, line[day]))
            if found is None:
                return None
            steps.append(found)
            state = found[0]
            day += 1
            cost += found[1] - old[day][1]
        if day == days:
            cost += self._ends[state] - self._ends[old[day][0]]
            if cost == inf:
                return None
        sums = self._counted(first, duties, steps)
        for has, now, (least, most, worth) in zip(self._sums, sums, self._limits, strict=True):
            if has != now:
                if not least <= now <= most:
                    return None
                cost += worth[now] - worth[has]
        return Change(cost, first, duties, steps, sums)

    def _counted(self, first: int, duties: list[int], steps: list[Step]) -> list[int]:
        """Return what there would be of each tally."""
        sums, line = list(self._sums), self.line
        for day, duty in enumerate(duties, first):
            row = self._added[day]
            new, old = row[duty], row[line[day]]
            if new != old:
                for at, more in enumerate(new):
                    sums[at] += more - old[at]
        if self._judged:
            for day, step in enumerate(steps, first):
                if worked := step[2] - self._steps[day + 1][2]:
                    for at, judged in enumerate(self._judged, len(sums) - len(self._judged)):
                        sums[at] += worked * judged[day]
        return sums

    def take(self, change: Change) -> None:
        """Take over a change that was tried on the calendar as it is."""
        first = change.first
        self.line[first : first + len(change.duties)] = change.duties
        self._steps[first + 1 : first + 1 + len(change.steps)] = change.steps
        self._sums = change.sums
