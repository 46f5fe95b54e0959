"""
The rules of a plain model: one Boolean for each person, day and duty, over a ring of some weeks or over dates.

Every rule is written down from its docstring as clauses over days, one after the other, with no automaton, no flow
and no reduction: slow, and easy to believe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from roster.domain import rules
from roster.domain.horizon import SATURDAY, Horizon
from roster.domain.problem import DAY, OFF, Duty, Person, Problem, StaffType

Literal = cp_model.LiteralT
Test = Callable[[Duty], bool]


@dataclass(frozen=True)
class Days:
    """One person's days: `cells[day][duty]` are literals; `away` are the days of leave."""

    staff: StaffType
    horizon: Horizon
    cells: tuple[Mapping[Duty, Literal], ...]
    used: Literal
    away: frozenset[int] = frozenset()
    name: str = ""


class PlainRules:
    """The days of some people over a horizon, and what every rule asks of them."""

    def __init__(
        self, problem: Problem, horizon: Horizon, people: Sequence[Person], *, all_used: bool
    ) -> None:
        self.problem, self.horizon, self.model = problem, horizon, cp_model.CpModel()
        self.true = self.model.new_constant(1)
        self.people = [self._days(person, all_used=all_used) for person in people]
        for days in self.people:
            for rule in days.staff.rules:
                if rule.hard or isinstance(rule, rules.AVERAGES):
                    self._rule(rule, days)
            self._rule(rules.NoOverlap(), days)
        self.gaps: list[tuple[cp_model.IntVar, int]] = []

    def _days(self, person: Person, *, all_used: bool) -> Days:
        staff, model = self.problem.type_of(person), self.model
        used = self.true if all_used else model.new_bool_var("")
        away = self._away(person)
        cells = []
        for day in range(self.horizon.days):
            today = {duty: model.new_bool_var("") for duty in self.problem.duties(staff)}
            model.add_exactly_one(today.values())
            model.add_implication(~used, today[OFF])
            if day in away:
                model.add_bool_and(today[OFF])
            if day + 1 in away:
                late = [duty for duty in today if duty.span is not None and duty.span[1] > DAY]
                model.add_bool_and([~today[duty] for duty in late])
            cells.append(today)
        return Days(staff, self.horizon, tuple(cells), used, away, person.name)

    def _away(self, person: Person) -> frozenset[int]:
        if self.horizon.cyclic:
            return frozenset()
        number, days = self.horizon.number, self.horizon.days
        return frozenset(
            day
            for one in self.problem.restrictions
            if one.person == person.name
            for day in range(max(0, number(one.first)), min(days + 1, number(one.last) + 1))
        )

    # Days of a test: what holds on a day, and what does not.

    def _on(self, days: Days, day: int, test: Test) -> list[Literal] | None:
        """Return the literals of which one holds where a day passes; None for days that are not known."""
        if self.horizon.cyclic:
            day %= self.horizon.days
        elif not 0 <= day < self.horizon.days:
            return None
        return [literal for duty, literal in days.cells[day].items() if test(duty)]

    def _passes(self, days: Days, day: int, test: Test) -> list[Literal]:
        return self._on(days, day, test) or []

    def _fails(self, days: Days, day: int, test: Test) -> list[Literal]:
        return self._on(days, day, lambda duty: not test(duty)) or []

    def _clause(self, days: Days, literals: Iterable[Literal]) -> None:
        self.model.add_bool_or([*literals, ~days.used])

    # The rules.

    def _rule(self, rule: rules.Rule, days: Days) -> None:
        name = f"_{rule.key}"
        getattr(self, name)(rule, days)

    def _pairs(self, days: Days, reach: int) -> Iterable[tuple[int, int, Duty, Literal, Duty, Literal]]:
        """Return every two duties of days up to so many apart, with their literals."""
        for day in range(self.horizon.days):
            for gap in range(1, reach + 1):
                later = self._on(days, day + gap, lambda _: True)
                if later is None:
                    continue
                after = days.cells[(day + gap) % self.horizon.days]
                for one, first in days.cells[day].items():
                    for other, second in after.items():
                        yield day, gap, one, first, other, second

    def _no_overlap(self, _rule: rules.NoOverlap, days: Days) -> None:
        for _, gap, one, first, other, second in self._pairs(days, 2):
            if one.span and other.span and gap * DAY + other.span[0] < one.span[1]:
                self._clause(days, [~first, ~second])

    def _min_rest(self, rule: rules.MinRest, days: Days) -> None:
        for _, gap, one, first, other, second in self._pairs(days, 2 + rule.minutes // DAY):
            if one.work_span and other.work_span:
                way = self.problem.travel_minutes.get((one.site or "", other.site or ""), 0)
                if gap * DAY + other.work_span[0] - one.work_span[1] < rule.minutes + way:
                    self._clause(days, [~first, ~second])

    def _rest_after_nights(self, rule: rules.RestAfterNights, days: Days) -> None:
        for day, gap, one, first, other, second in self._pairs(days, 2 + rule.minutes // DAY):
            if not (one.night and one.work_span and other.work_span) or (gap == 1 and other.night):
                continue
            if gap * DAY + other.work_span[0] - one.work_span[1] < rule.minutes:
                between = [
                    literal
                    for step in range(1, gap)
                    for literal in self._passes(days, day + step, lambda duty: duty.work_span is not None)
                ]
                self._clause(days, [~first, ~second, *between])

    def _longest(self, days: Days, test: Test, longest: int, excused: bool = False) -> None:
        count = self.horizon.days
        last = count if self.horizon.cyclic else count - longest
        left, right = self._beside_leave(days, test) if excused and days.away else ([], [])
        for first in range(max(last, 0)):
            window = sorted({(first + step) % count for step in range(longest + 1)})
            ends = [literal for day in window for literal in self._fails(days, day, test)]
            more = [left[first + longest], right[first]] if left else []
            self._clause(days, [*ends, *more])

    def _beside_leave(self, days: Days, test: Test) -> tuple[list[Literal], list[Literal]]:
        """Return for each day whether a run reaches leave, to the left and to the right, without a break."""
        sides: list[list[Literal]] = []
        for turn in (-1, 1):
            side: list[Literal] = [self.model.new_bool_var("") for _ in range(self.horizon.days)]
            for day, literal in enumerate(side):
                self.model.add_bool_or([~literal, *self._passes(days, day, test)])
                other = day + turn
                if day not in days.away:
                    known = 0 <= other < self.horizon.days
                    self.model.add_implication(literal, side[other] if known else ~self.true)
            sides.append(side)
        return sides[0], sides[1]

    def _shortest(self, days: Days, test: Test, shortest: int) -> None:
        for day in range(self.horizon.days):
            if self._on(days, day - 1, test) is None:
                continue
            begins = [*self._passes(days, day - 1, test), *self._fails(days, day, test)]
            for step in range(1, shortest):
                if self._on(days, day + step, test) is None:
                    break
                self._clause(days, [*begins, *self._passes(days, day + step, test)])

    def _max_nights(self, rule: rules.MaxNights, days: Days) -> None:
        self._longest(days, lambda duty: duty.night, rule.nights)

    def _run(self, days: Days, test: Test, bounds: tuple[int, int | None], excused: bool = False) -> None:
        shortest, longest = bounds
        self._shortest(days, test, shortest)
        if longest is not None:
            self._longest(days, test, longest, excused)

    def _work_block(self, rule: rules.WorkBlock, days: Days) -> None:
        self._run(days, lambda duty: duty.works, (rule.shortest, rule.longest))

    def _off_block(self, rule: rules.OffBlock, days: Days) -> None:
        self._run(days, lambda duty: not duty.works, (rule.shortest, rule.longest), excused=True)

    def _shift_run(self, rule: rules.ShiftRun, days: Days) -> None:
        def named(duty: Duty) -> bool:
            return any(part.name == rule.shift for part in duty.parts)

        self._run(days, named, (rule.shortest, rule.longest))

    def _succession(self, rule: rules.Succession, days: Days) -> None:
        def named(duty: Duty, name: str) -> bool:
            return any(part.name == name for part in duty.parts)

        pause = rule.days_off
        for day in range(self.horizon.days):
            if self._on(days, day + 1 + pause, lambda _: True) is None:
                continue
            firsts = self._passes(days, day, lambda duty: named(duty, rule.first))
            seconds = self._passes(days, day + 1 + pause, lambda duty: named(duty, rule.second))
            between = [
                literal
                for step in range(1, pause + 1)
                for literal in self._passes(
                    days,
                    day + step,
                    lambda duty: duty.works or named(duty, rule.first) or named(duty, rule.second),
                )
            ]
            for first in firsts:
                for second in seconds:
                    self._clause(days, [~first, ~second, *between])

    def _free_weekends(self, rule: rules.FreeWeekends, days: Days) -> None:
        def spoils(offset: int) -> Test:
            return lambda duty: any(
                offset * DAY + part.end > 0 and offset * DAY + part.start < 2 * DAY for part in duty.parts
            )

        last = self.horizon.days if self.horizon.cyclic else self.horizon.days - 1
        free = []
        for day in range(last):
            if self.horizon.weekday(day) == SATURDAY:
                literal = self.model.new_bool_var("")
                for offset in (-1, 0, 1):
                    for bad in self._passes(days, day + offset, spoils(offset)):
                        self.model.add_implication(literal, ~bad)
                free.append(literal)
        number = len(free)
        starts = number if self.horizon.cyclic else number - rule.one_in + 1
        for first in range(max(starts, 0)):
            window = {(first + step) % number for step in range(rule.one_in)}
            self._clause(days, [free[place] for place in window])

    def _weeks(self) -> Iterable[tuple[int, bool]]:
        monday = -self.horizon.weekday(0)
        while monday < self.horizon.days:
            yield monday, monday >= 0 and monday + 7 <= self.horizon.days
            monday += 7

    def _week_hours(self, rule: rules.WeekHours, days: Days) -> None:
        firsts = range(self.horizon.days) if rule.rolling else (monday for monday, _ in self._weeks())
        for first in firsts:
            inside: Sequence[int] = range(max(first, 0), min(first + 7, self.horizon.days))
            if rule.rolling and self.horizon.cyclic:
                inside = [day % self.horizon.days for day in range(first, first + 7)]
            self.model.add(self._minutes(days, inside) <= rule.minutes)

    def _minutes(self, days: Days, inside: Iterable[int]) -> cp_model.LinearExprT:
        return sum(
            duty.work_minutes * literal
            for day in inside
            for duty, literal in days.cells[day].items()
            if duty.work_minutes
        )

    def _weekly_rest(self, rule: rules.WeeklyRest, days: Days) -> None:
        """
        Each whole week has a piece of rest of its own, half of it inside, that overlaps no other week's.

        It may begin half a piece before the week, where a duty ends, or one piece after such a moment.
        """
        before, after, whole = rule.minutes // 2, -(-rule.minutes // 2), self.horizon.days * DAY
        pieces: list[list[tuple[int, Literal]]] = []
        for monday in (monday for monday, inside in self._weeks() if inside):
            found = [
                (day * DAY + duty.work_span[0], day * DAY + duty.work_span[1], literal)
                for day in range(monday - 9, monday + 16)
                for duty, literal in self._on_duty(days, day)
                if duty.work_span is not None
            ]
            first, latest = monday * DAY - before, (monday + 7) * DAY - after
            moments = {first, first + rule.minutes} | {end for _, end, _ in found}
            moments |= {end + rule.minutes for _, end, _ in found}
            own: list[tuple[int, Literal]] = []
            for moment in sorted(moment for moment in moments if first <= moment <= latest):
                rest = self.model.new_bool_var("")
                for start, end, literal in found:
                    if start < moment + rule.minutes and end > moment:
                        self.model.add_implication(rest, ~literal)
                own.append((moment, rest))
            self._clause(days, [rest for _, rest in own])
            pieces.append(own)
        following = [(one, two, 0) for one, two in pairwise(pieces)]
        if self.horizon.cyclic and len(pieces) > 1:
            following.append((pieces[-1], pieces[0], whole))
        for one, two, turn in following:
            for early, first_piece in one:
                for late, second_piece in two:
                    if late + turn < early + rule.minutes:
                        self.model.add_bool_or([~first_piece, ~second_piece])

    def _on_duty(self, days: Days, day: int) -> list[tuple[Duty, Literal]]:
        if self.horizon.cyclic:
            day %= self.horizon.days
        return list(days.cells[day].items()) if 0 <= day < self.horizon.days else []

    def _no_standby_before(self, rule: rules.NoStandbyBefore, days: Days) -> None:
        for day in range(self.horizon.days):
            eve = self._passes(days, day - 1, lambda duty: duty.standby is not None)
            early = self._passes(
                days, day, lambda duty: duty.shift is not None and duty.shift.start < rule.start
            )
            for first in eve:
                for second in early:
                    self._clause(days, [~first, ~second])

    def _no_standby_after_nights(self, _rule: rules.NoStandbyAfterNights, days: Days) -> None:
        for day in range(self.horizon.days):
            nights = self._passes(days, day - 1, lambda duty: duty.shift is not None and duty.shift.night)
            for night in nights:
                for standby in self._passes(days, day, lambda duty: duty.standby is not None):
                    self._clause(days, [~night, ~standby])

    def _shift_length(self, rule: rules.ShiftLength, days: Days) -> None:
        for day in range(self.horizon.days):
            for long in self._passes(
                days,
                day,
                lambda duty: (
                    duty.shift is not None and duty.shift.length - duty.shift.break_minutes > rule.minutes
                ),
            ):
                self._clause(days, [~long])

    def _average_hours(self, _rule: rules.AverageHours, days: Days) -> None:
        cyclic, count = self.horizon.cyclic, self.horizon.days
        weekly = days.staff.net_minutes if cyclic else days.staff.calendar_minutes
        most = weekly * count - 7 * sum(self._taken(days.name))
        self.model.add(7 * self._minutes(days, range(count)) <= max(0, most))

    def _taken(self, name: str) -> Iterable[int]:
        """Yield the minutes that somebody's leaves say they take."""
        return (one.minutes or 0 for one in self.problem.restrictions if one.person == name)

    def _standby_share(self, rule: rules.StandbyShare, days: Days) -> None:
        count = self.horizon.days
        most = count * rule.percent // 100 if self.horizon.cyclic else -(-count * rule.percent // 100)
        stood = [
            literal
            for day in range(count)
            for literal in self._passes(days, day, lambda duty: duty.standby is not None)
        ]
        self.model.add(sum(stood) <= most)
