"""
Duties handed from one to the next: somebody takes a duty, somebody else what the first gives up for it, and so on.

Nobody new is left without: a chain is good only if the last one takes something that was free. What a person would do
instead is the smallest lawful departure from what they do now.
"""

from __future__ import annotations

from roster.questions.simulate.state import YearState
from roster.questions.simulate.team import Deviations

MOST_TRIES = 60
"""Most people tried for one chain."""
MOST_REST = 2
"""Most days off that somebody is given before a duty, so that it becomes lawful."""
MOST_GIVEN_UP = 2
"""Most duties that one person gives up."""


class Chain:
    """A chain in the making; `plans` are the new plans of its people: days, today among them, and duties."""

    def __init__(self, year: YearState, day: int, level: int) -> None:
        self.year, self.day, self.level = year, day, level
        self.plans: dict[int, dict[int, int]] = {}
        self._tries = 0

    def take(self, slot: int, cell: int, duty: int, depth: int) -> bool:
        """
        Give somebody a duty on a day, and others what that makes them give up; False: nothing has changed.

        Parameters
        ----------
        slot : The place in the team of who takes it.
        cell, duty : The day counted from the year's first, and the number of the duty.
        depth : How many more people may be asked in turn.
        """
        self._tries += 1
        if self._tries > MOST_TRIES or not self._there(slot, self.day):
            return False
        first = not self.plans
        for rest in range(MOST_REST + 1):
            way = self._way(slot, cell, duty, rest)
            if way is None:
                continue
            # What the first of a chain gives up on the day itself was weighed with what it is for.
            given_up = [each for each in self._given_up(slot, dict(way)) if not first or each[0] != cell]
            if len(given_up) > MOST_GIVEN_UP or (given_up and not depth):
                continue
            before = dict(self.plans)
            self.plans[slot] = dict(way)
            if all(self._hand_on(slot, day, own, depth - 1) for day, own in given_up):
                return True
            self.plans = before
        return False

    def _hand_on(self, slot: int, cell: int, duty: int, depth: int) -> bool:
        """Find somebody who takes over a duty; those who are free first."""
        team = self.year.team
        wanted = team.slots[slot].kind.duties[duty]
        people = [
            (bool(own.kind.holds[self.year.does(other, cell)]), other)
            for other, own in enumerate(team.slots)
            if other not in self.plans and wanted in own.kind.number and self._there(other, cell)
        ]
        for busy, other in sorted(people):
            kind = team.slots[other].kind
            same = kind.number[wanted]
            if busy and not depth:
                break
            if self.year.does(other, cell) != same and self.take(other, cell, same, depth):
                return True
        return False

    def _there(self, slot: int, cell: int) -> bool:
        """Whether somebody is here today and expected on a day."""
        year = self.year
        return not year.away[slot][self.day] and year.expected(slot, cell)

    def _given_up(self, slot: int, plan: dict[int, int]) -> list[tuple[int, int]]:
        """Return the duties that hold a post and that somebody was to do, but would not with a plan."""
        year, team = self.year, self.year.team
        days = {self.day, *plan, *year.plans[slot]}
        found = []
        for cell in sorted(day for day in days if day >= self.day):
            was = year.does(slot, cell)
            now = plan.get(cell, team.published(slot, cell))
            if was != now and team.slots[slot].kind.holds[was]:
                found.append((cell, was))
        return found

    def _way(self, slot: int, cell: int, duty: int, rest: int) -> Deviations | None:
        """Return somebody's plan from today on with a duty on a day, after some days off; None where not lawful."""
        year, team, kind = self.year, self.year.team, self.year.team.slots[slot].kind
        if team.banned(slot, cell, duty) or (rest and cell - rest < self.day):
            return None
        state, kept = year.state[slot], []
        for between in range(self.day, cell + 1):
            own = duty if between == cell else 0 if between >= cell - rest else year.does(slot, between)
            if between > self.day and not year.expected(slot, between):
                state = kind.machine.away(state, team.weekday(between))
                continue
            state, lawful = kind.machine.step(state, team.weekday(between), own)
            if lawful > self.level:
                return None
            if own != team.published(slot, between) or between == self.day:
                kept.append((between, own))
        way = team.rejoin(slot, cell + 1, state, duty, self.level, drops=True)
        if way is None:
            return None
        whole = (*kept, *way)
        if not year.has_hours(slot, self.day, whole, self.level):
            return None
        today = dict(whole).get(self.day, year.today[slot])
        return whole if year.upheld.keeps(slot, self.day, year.today, today, whole) else None
