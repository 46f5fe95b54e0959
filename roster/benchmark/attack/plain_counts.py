"""
The plain model with what planners ask of counts, gaps, weekends, handovers, dates and of people with one another.

Written from the docstrings as clauses, as `plain_rules` is; of the days before nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product

from ortools.sat.python import cp_model

from roster.benchmark.attack.plain import Plain
from roster.benchmark.attack.plain_rules import Days, Literal, Test
from roster.domain import counts, rules
from roster.domain.horizon import SATURDAY, known_presence
from roster.domain.pairing import Bond, Pairing
from roster.domain.problem import DAY, Ban, Duty, Person, Restriction, Shift

Window = tuple[list[int], int, bool]
"""The known days of a window, how many days it has in all, and whether all of them are known."""


class PlainCounts(Plain):
    """A plain model that knows every rule there is."""

    # What is counted, and over what.

    def _marks(self, of: counts.Counted, shifts: Sequence[str]) -> Test:
        tests: Mapping[counts.Counted, Test] = {
            counts.Counted.NIGHTS: lambda duty: duty.night,
            counts.Counted.DAYS: lambda duty: duty.works,
            counts.Counted.DAYS_OFF: lambda duty: not duty.works,
            counts.Counted.STANDBY: lambda duty: duty.standby is not None,
            counts.Counted.SHIFTS: lambda duty: any(part.name in shifts for part in duty.parts),
        }
        return tests[of]

    def _windows(self, rule: counts.Count) -> Iterator[Window]:
        count, horizon = self.horizon.days, self.horizon
        if horizon.cyclic:
            if rule.by_sequence:
                weekly = rule.per is counts.Per.WEEK or rule.of is counts.Counted.WEEKENDS
                length = 7 if rule.per is counts.Per.WEEK else rule.days
                for first in range(0, count, 7 if weekly else 1):
                    if rule.per is counts.Per.DAYS and not rule.counts_on((first + length - 1) % 7):
                        continue
                    yield [day % count for day in range(first, first + length)], length, True
            return
        for first, last in self._spans(rule):
            known = [day for day in range(first, last + 1) if 0 <= day < count]
            ends = [day for day in range(first, last + 1) if rule.counts_on(horizon.weekday(day))]
            whole = all(0 <= day < count for day in ends)
            if self._by_weekend(rule):
                ends = [day for day in range(first, last + 1) if horizon.weekday(day) == SATURDAY]
                whole = rule.per is counts.Per.CALENDAR or all(0 <= day < count - 1 for day in ends)
            yield known, last - first + 1, whole

    def _spans(self, rule: counts.Count) -> Iterable[tuple[int, int]]:
        count, horizon = self.horizon.days, self.horizon
        if rule.per is counts.Per.CALENDAR:
            return [(0, count - 1)]
        if rule.per is counts.Per.WEEK:
            return [(monday, monday + 6) for monday, _ in self._weeks()]
        if rule.per is counts.Per.DAYS:
            ends = {6} if self._by_weekend(rule) else rule.on or range(7)
            last = (day for day in range(count) if horizon.weekday(day) in ends)
            return [(day - rule.days + 1, day) for day in last]
        spans: dict[tuple[int, int], list[int]] = {}
        for day in range(-366, count + 366):
            on = horizon.on(day)
            key = (on.year, on.month if rule.per is counts.Per.MONTH else 0)
            spans.setdefault(key, []).append(day)
        return [(days[0], days[-1]) for days in spans.values() if days[0] < count and days[-1] >= 0]

    def _by_weekend(self, rule: counts.Count) -> bool:
        return rule.of is counts.Counted.WEEKENDS

    def _amount(self, rule: counts.Count, days: Days, window: Sequence[int]) -> cp_model.LinearExprT:
        inside = [day for day in window if rule.counts_on(self.horizon.weekday(day))]
        if rule.of is counts.Counted.HOURS:
            return self._minutes(days, inside)
        if rule.of is counts.Counted.WEEKENDS:
            return sum(self._spoiled(days, day) for day in inside if self._whole_weekend(day))
        test = self._marks(rule.of, rule.shifts)
        return sum(literal for day in inside for literal in self._passes(days, day, test))

    def _whole_weekend(self, day: int) -> bool:
        return self.horizon.weekday(day) == SATURDAY and (self.horizon.cyclic or day + 1 < self.horizon.days)

    def _spoiled(self, days: Days, saturday: int) -> Literal:
        """Return a literal that is true exactly where a minute of a duty lies in a weekend."""
        spoiled = self.model.new_bool_var("")
        reaching = [
            literal
            for offset in (-1, 0, 1)
            for literal in self._passes(
                days,
                saturday + offset,
                lambda duty, offset=offset: any(  # type: ignore[misc]
                    offset * DAY + end > 0 and offset * DAY + start < 2 * DAY
                    for part in duty.parts
                    for start, end in part.stretches
                ),
            )
        ]
        for literal in reaching:
            self.model.add_implication(literal, spoiled)
        self.model.add_bool_or([~spoiled, *reaching])
        return spoiled

    def _count(self, rule: counts.Count, days: Days) -> None:
        for inside, length, whole in self._windows(rule):
            amount = self._amount(rule, days, inside)
            most = rule.most_in(length)
            if most is not None:
                self.model.add(amount <= most)
            least = rule.least_in(length, sum(day in days.away for day in inside))
            if whole and least > 0:
                self.model.add(amount >= least).only_enforce_if(days.used)

    def _gap(self, rule: counts.Gap, days: Days) -> None:
        test = self._marks(rule.of, rule.shifts)
        for day in range(self.horizon.days):
            for step in range(2 if rule.blocks else 1, rule.days + 1):
                if self._on(days, day + step, test) is None:
                    continue
                between = [
                    literal
                    for at in range(day + 1, day + step)
                    for literal in self._passes(days, at, test)
                    if rule.blocks
                ]
                for one, other in product(
                    self._passes(days, day, test), self._passes(days, day + step, test)
                ):
                    self._clause(days, [~one, ~other, *between])

    def _whole_weekends(self, _rule: counts.WholeWeekends, days: Days) -> None:
        for day in (day for day in range(self.horizon.days) if self._whole_weekend(day)):
            duties = [self._passes(days, on, lambda duty: not duty.is_off) for on in (day, day + 1)]
            for one, other in (duties, duties[::-1]):
                for literal in one:
                    self._clause(days, [~literal, *other])

    def _handover(self, rule: rules.Handover, days: Days) -> None:
        def named(*names: str) -> Test:
            return lambda duty: any(part.name in names for part in duty.parts)

        for day in range(self.horizon.days):
            after = self._on(days, day + 1, named(rule.first, rule.second))
            for literal in self._passes(days, day, named(rule.first)) if after is not None else ():
                self._clause(days, [~literal, *(after or [])])

    def _shift_run(self, rule: rules.ShiftRun, days: Days) -> None:
        super()._shift_run(rule, days)

        def named(duty: Duty) -> bool:
            return any(part.name == rule.shift for part in duty.parts)

        for day in range(self.horizon.days) if rule.starts else ():
            if self.horizon.weekday(day) in rule.starts or self._on(days, day - 1, named) is None:
                continue
            for literal in self._passes(days, day, named):
                self._clause(days, [~literal, *self._passes(days, day - 1, named)])

    def _average_hours(self, rule: rules.AverageHours, days: Days) -> None:
        count = self.horizon.days
        if self.horizon.cyclic or rule.over <= count:
            super()._average_hours(rule, days)
            return
        most = days.staff.calendar_minutes * rule.over - 7 * sum(self._taken(days.name))
        self.model.add(7 * self._minutes(days, range(count)) <= max(0, most))

    def _shift_length(self, rule: rules.ShiftLength, days: Days) -> None:
        def long(duty: Duty) -> bool:
            stretches = duty.shift.stretches if duty.shift is not None else ()
            pause = duty.shift.break_minutes if duty.shift is not None else 0
            return sum(end - start for start, end in stretches) - pause > rule.minutes

        for day in range(self.horizon.days):
            for literal in self._passes(days, day, long):
                self._clause(days, [~literal])

    # Dates: leave with times, weekdays off, and what somebody may not be given.

    def _days(self, person: Person, *, all_used: bool) -> Days:
        days = super()._days(person, all_used=all_used)
        for one in self.problem.restrictions if not self.horizon.cyclic else ():
            if one.person == person.name:
                for day, today in enumerate(days.cells):
                    barred = [literal for duty, literal in today.items() if self._barred(one, day, duty)]
                    self.model.add_bool_and([~literal for literal in barred])
        return days

    def _away(self, person: Person) -> frozenset[int]:
        """Return the days of leave; the last of them may lie behind the calendar."""
        if self.horizon.cyclic:
            return frozenset()
        number = self.horizon.number
        return frozenset(
            day
            for one in self.problem.restrictions
            if one.person == person.name and one.ban is Ban.DUTY and (one.start, one.end) == (0, DAY)
            for day in range(max(0, number(one.first)), min(self.horizon.days + 1, number(one.last) + 1))
        )

    def _barred(self, one: Restriction, day: int, duty: Duty) -> bool:
        first = self.horizon.number(one.first) * DAY + one.start
        last = self.horizon.number(one.last) * DAY + one.end
        parts = {
            Ban.DUTY: duty.parts,
            Ban.OFF: duty.parts,
            Ban.STANDBY: tuple(part for part in duty.parts if part is duty.standby),
            Ban.NIGHTS: tuple(part for part in duty.parts if part is duty.shift or part.work_minutes),
        }.get(one.ban, ())
        return any(
            max(first, day * DAY + start) < min(last, day * DAY + end)
            for part in parts
            for start, end in (self._nights(part) if one.ban is Ban.NIGHTS else part.stretches)
        )

    def _nights(self, part: Shift) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a duty's part that lie in the night."""
        night = self.problem.night
        for start, end in part.stretches:
            for day in (-1, 0, 1, 2):
                early = max(start, day * DAY + night.start)
                late = min(end, day * DAY + night.end)
                if early < late:
                    yield early, late

    # People with people.

    def bonds(self) -> None:
        """Ask what is asked of people with one another."""
        for pairing in self.problem.pairings:
            who = [days for days in self.people if self._meant(days, pairing.who)]
            if pairing.bond is Bond.TOGETHER:
                self._together(who)
            elif pairing.bond is Bond.APART:
                for one, other in combinations(who, 2):
                    self._apart(one, other)
            else:
                for one in who:
                    self._supervised(one, pairing)

    def _meant(self, days: Days, names: Sequence[str]) -> bool:
        return days.name in names or not days.staff.skills.isdisjoint(names)

    def _stays(self, days: Days) -> list[tuple[Literal, int, int]]:
        return [
            (literal, day * DAY + start, day * DAY + end)
            for day, today in enumerate(days.cells)
            for duty, literal in today.items()
            if duty.shift is not None
            for start, end in duty.shift.stretches
        ]

    def _apart(self, one: Days, other: Days) -> None:
        for first, start, end in self._stays(one):
            for second, begin, stop in self._stays(other):
                if start < stop and begin < end:
                    self.model.add_bool_or([~first, ~second])

    def _together(self, who: Sequence[Days]) -> None:
        away = {day for days in who for day in days.away}
        for day in (day for day in range(self.horizon.days) if day not in away):
            for other in who[1:]:
                kinds = {duty.shift for days in (who[0], other) for duty in days.cells[day]}
                for kind in kinds:
                    ours, theirs = (
                        sum(literal for duty, literal in days.cells[day].items() if duty.shift == kind)
                        for days in (who[0], other)
                    )
                    self.model.add(ours == theirs)

    def _supervised(self, one: Days, pairing: Pairing) -> None:
        beside = [days for days in self.people if days is not one and self._meant(days, pairing.by)]
        types = [days.staff for days in beside]
        judged = known_presence(self.problem, types, self.horizon.days, carried_in=False)
        there = [stay for days in beside for stay in self._stays(days)]
        edges = sorted({edge for _, *ends in [*there, *self._stays(one)] for edge in ends} | set(judged))
        for literal, start, end in self._stays(one):
            for first, last in pairwise(edges):
                if max(start, judged[0]) <= first and last <= min(end, judged[1]):
                    others = [other for other, begin, stop in there if begin <= first and last <= stop]
                    self.model.add_bool_or([~literal, *others])
