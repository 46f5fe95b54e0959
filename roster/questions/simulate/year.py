"""
One year of a team, replanned day by day as a manager would.

Each morning it is known who is away. Where posts would stay empty, one change after the other is made that leaves less
empty: first the nearest roster (somebody free, or who can be spared), then standby is called in, then people work
overtime, then a vendor sends somebody for the day; what is left stays empty. Every change is lawful, with what was
planned for the days to come, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from roster.questions.simulate.automaton import LAWFUL
from roster.questions.simulate.day import Day
from roster.questions.simulate.rates import YEAR
from roster.questions.simulate.state import YearState, YearSums
from roster.questions.simulate.team import AHEAD


class Year(YearState):
    """A year being lived through."""

    def run(self) -> YearSums:
        """Live through the year."""
        for day in range(YEAR):
            self._begin(day)
            here = [not away[day] for away in self.away]
            self.today = []
            self.today = [self._own(slot, day) if here[slot] else 0 for slot in range(len(here))]
            self.stand_ins.append({})
            morning = Day(self, day, here)
            if morning.lost():
                morning.replan()
            self._end(day, here)
        self.sums.overtime = sum(self._overtime(start) for start in range(0, YEAR, self.team.days))
        return self.sums

    def _begin(self, day: int) -> None:
        if day % self.team.days == 0:
            self.extra = [0] * len(self.team.slots)
            self.stood = [0] * len(self.team.slots)

    def _own(self, slot: int, day: int) -> int:
        """Return what somebody present would do today: the published duty, or what leads back to the line."""
        team, kind = self.team, self.team.slots[slot].kind
        planned = self.plans[slot].get(day, team.published(slot, day))
        if day > self.until[slot]:
            self.level[slot] = LAWFUL
        if planned and self.excess(slot, day) and self._rests(slot, day):
            return 0
        if not self.returns[slot]:
            _, lawful = kind.machine.step(self.state[slot], team.weekday(day), planned)
            if lawful <= self.level[slot]:
                return planned
            if self.state[slot] == team.ref[slot][day]:
                # The published line itself, at its seam.
                return planned if lawful <= self.levels[-1] else 0
        before = self.given[slot][-1]
        for level in self.levels:
            way = team.rejoin(slot, day, self.state[slot], before, level, drops=True)
            if way is not None:
                self.plans[slot] = dict(way)
                self.level[slot], self.until[slot] = level, day + AHEAD
                self.returns[slot] = False
                # A plan that went with an absence may have counted on time off that is now to be had anew.
                if self.excess(slot, day) and self._rests(slot, day):
                    return 0
                return self.plans[slot].get(day, team.published(slot, day))
        self.forced.append((slot, day))
        return 0

    def _rests(self, slot: int, day: int) -> bool:
        """Give somebody the day off who has hours or standby too many in this round, where that is lawful."""
        team, machine = self.team, self.team.slots[slot].kind.machine
        state, lawful = machine.step(self.state[slot], team.weekday(day), 0)
        for level in self.levels:
            way = team.rejoin(slot, day + 1, state, 0, level, drops=True) if lawful <= level else None
            if way is not None:
                self.plans[slot] = dict(way)
                self.level[slot], self.until[slot] = level, day + AHEAD
                self.returns[slot] = False
                return True
        return False

    def _end(self, day: int, here: Sequence[bool]) -> None:
        """Count the day, and go on to the next."""
        team, weekday, sums = self.team, self.team.weekday(day), self.sums
        for slot, own in enumerate(team.slots):
            duty, kind = self.today[slot], own.kind
            published = team.published(slot, day)
            self.given[slot].append(duty)
            if not here[slot]:
                self.state[slot] = kind.machine.away(self.state[slot], weekday)
                # Leave takes the duty that was planned; of who was owed time off, that first.
                planned = kind.minutes[self.plans[slot].get(day, published)]
                lost = max(0, planned - self.excess(slot, day))
                self.lost[slot].append(lost)
                self.extra[slot] += lost - kind.minutes[published]
                self.stood[slot] -= kind.standby[published]
                self.returns[slot] = True
                sums.away[self.away[slot][day]] += 1
                continue
            self.lost[slot].append(0)
            self.state[slot], _ = kind.machine.step(self.state[slot], weekday, duty)
            self.plans[slot].pop(day, None)
            if duty != published:
                sums.changes += own.row is not None
                self.extra[slot] += kind.minutes[duty] - kind.minutes[published]
                self.stood[slot] += kind.standby[duty] - kind.standby[published]
                sums.called_in += kind.standby[published] and not kind.standby[duty] and bool(duty)
        self._count(day)

    def _count(self, day: int) -> None:
        """Add up what stays empty between midnights, when nothing can change it any more."""
        posts, sums, slots = self.team.posts, self.sums, range(len(self.team.slots))
        eve = [self.does(slot, day - 1) for slot in slots]
        for piece, minutes in enumerate(posts.lengths):
            needs = self.needs_of(day, piece)
            moment = posts.moment(needs, self.masks(eve, self.today, piece))
            sums.weight += moment.weight * minutes
            for place, number in moment.missing:
                sums.empty[place] += number * minutes
            for level in moment.unanswered:
                sums.unanswered[level] += minutes
            for level in posts.asked(posts.needs[day % self.team.days][piece]):
                sums.wanted[level] += minutes

    def _overtime(self, start: int) -> int:
        """Return the minutes of a round of the calendar above the contract, or above the limit of single weeks."""
        team, total = self.team, 0
        stop = min(start + team.days, YEAR)
        for slot, own in enumerate(team.slots):
            minutes, staff = own.kind.minutes, own.kind.staff
            worked = [minutes[duty] for duty in self.given[slot][start + team.days : stop + team.days]]
            lost = sum(self.lost[slot][start:stop])
            above = (
                sum(worked)
                + lost
                - max(own.kind.most[LAWFUL], team.published_minutes(slot, start // team.days))
            )
            limit, first = staff.week_limit, team.weekday(start)
            weeks = [sum(worked[max(0, at) : at + 7]) for at in range(-first, len(worked), 7)]
            long = 0 if limit is None else sum(max(0, week - limit) for week in weeks)
            total += max(0, above, long)
        return total
