"""
Many leaves asked of one published roster: the calendar's program is built once, a leave changes bounds in it.

What a leave does to the program of `calendar`: its days are off, the person's average hours count fewer days, and runs
of days off that touch it are not judged. The relaxation is solved from the last one's basis; where its solution is
whole it is the answer, and else its value is the bound from which the next whole one is searched upwards, as `whole`
does. Each roster is therefore proven nearest, or least empty and then nearest.

The program may be one of a stretch of days, as `calendar` makes them: the other days may change at the price of a
change. Where an answer uses that, it is a bound only, and a wider stretch has to be asked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction

from roster.domain.outcome import Roster, Status
from roster.domain.posts_and_seats import weights
from roster.domain.problem import DAY, Ban, Duty, Problem, Restriction, StaffType
from roster.domain.rules import AverageHours, Count
from roster.engine.automata import apart
from roster.engine.calendar.cover import OutsideDays
from roster.engine.calendar.leave_hours import minutes_before, most_minutes, taken
from roster.engine.calendar.model import build, duties_of, empty_places
from roster.engine.calendar.path_counts import Least, least_rows
from roster.engine.calendar.path_limits import off_runs
from roster.engine.calendar.paths import DutyPath
from roster.engine.calendar.person_days import bans_of, leave_of
from roster.engine.calendar.repair import Ask, Repaired, count_changes, coverable, repair
from roster.engine.calendar.surroundings import Stretch
from roster.engine.calendar.tie_breaking import Task, tidied
from roster.engine.integer_program import Terms, summed, worth
from roster.engine.solvers.dual_simplex import Relaxed, WarmRelaxation
from roster.engine.solvers.reduced_costs import HALF, above
from roster.engine.solvers.search import Search

Away = Mapping[str, Sequence[int]]
"""Who is away on which days, in order."""


@dataclass(frozen=True, slots=True)
class _Leaver:
    """
    What of the program changes when somebody goes away.

    `away` are the days of leave that they have anyway, `before` the duties carried in, `hours` the row that limits
    their hours, `kept` the minutes outside the stretch and `taken` those that the leave of `away` takes, `runs` the
    rows on their runs of days off, each with what it says, and `least` the rows on what they have to do at least.
    """

    staff: StaffType
    walk: DutyPath
    away: frozenset[int]
    before: tuple[Duty, ...]
    hours: int | None = None
    kept: int = 0
    taken: Fraction = Fraction(0)
    runs: dict[object, int] = field(default_factory=dict)
    least: list[tuple[int, Least]] = field(default_factory=list)


class LeaveResolver:
    """
    The program of one part of a problem, in which some people may go away.

    Parameters
    ----------
    days : The stretch of days that may change and in which leave lies; the whole calendar where not given.
    stretch : The stretch where it is cut out of its calendar; `published` and all days are then those of it.
    """

    def __init__(
        self,
        problem: Problem,
        published: Roster,
        people: Sequence[str],
        days: range | None = None,
        stretch: Stretch | None = None,
    ) -> None:
        self.problem, self.published = problem, published
        self.days = days or range(published.horizon.days)
        around = OutsideDays(open_ended=not self.whole_calendar, sparing=True)
        self._surplus = () if stretch is None else stretch.surplus
        if stretch is not None:
            around = replace(around, edges=stretch.edges, surplus=stretch.surplus)
        asked = apart(problem, published, people)
        self._model = build(*asked, elastic=True, free=frozenset(self.days), around=around)
        self._leavers = {name: self._leaver(name) for name in people}
        outside = stretch.edges[0].outside if stretch is not None else 0
        self._weight = len(published.people) * (published.horizon.days + outside) + 1
        self._objective = self._priced()
        # Of rosters as near as one another, one that keeps the days outside is an answer and the others are not.
        elsewhere = [walk.elsewhere for walk in self._model.walks if walk.elsewhere is not None]
        self._relaxation = WarmRelaxation(self._model.program, self._objective, elsewhere, self._weight)

    @property
    def whole_calendar(self) -> bool:
        """Whether every day may change: then there is always an answer, if time allows."""
        return len(self.days) == self.published.horizon.days

    def repaired(self, away: Away, search: Search) -> Repaired | None:
        """
        Return the nearest roster while some people are away, or the one that leaves least empty; proven.

        None where the stretch is too short for that.
        """
        return self._nearest(away, search, tidy=False)

    def decided(self, away: Away, search: Search) -> Repaired:
        """
        Return the nearest roster while some people are away, if one that keeps the days outside is proven nearest.

        Else no roster, and the fewest changes that are not excluded where nothing need be empty.

        Where changes outside cost no less than the best without them, it is. Also where all that the other days do is
        that some leave standbys to others: such days are for the caller to find.
        """
        if search.seconds_left <= 0:
            return Repaired(Status.UNKNOWN)
        with self._granted(away):
            relaxed = self._relaxation.solve(search.seconds_left)
            if relaxed.status is not Status.OPTIMAL:
                return Repaired(Status.UNKNOWN)
            values = None
            if relaxed.whole or not self._leaves(relaxed.values):
                values = self._whole(relaxed, search)
            if values is None or (self._leaves(values) and not relaxed.whole):
                values = self._no_dearer(relaxed, search)
        traded = None if values is None else self._traded(values)
        if values is None or traded is None:
            least = relaxed.bound if values is None else worth(self._objective, values)
            return Repaired(Status.UNKNOWN, bound=self._fewest(away, least))
        found = self._read(away, values)
        changed = (found.changed or 0) + 2 * len(traded)
        return replace(found, changed=changed, bound=changed, traded=traded)

    def _fewest(self, away: Away, bound: int) -> int | None:
        """Return how many cells change at least, leave not counted; None where something may have to be empty."""
        rows = {
            person.name: row for person, row in zip(self.published.people, self.published.duties, strict=True)
        }
        excused = sum(not rows[name][day].is_off for name, day in _cells(away))
        return bound - excused if bound < self._weight else None

    def _no_dearer(self, relaxed: Relaxed, search: Search) -> tuple[int, ...] | None:
        """Return the best whole solution: if one that changes none of the days outside is no dearer, that one."""
        inside = self._inside(search)
        if inside is not None and worth(self._objective, inside) <= relaxed.bound:
            return inside
        again = self._relaxation.solve(search.seconds_left)
        values = self._whole(again, search) if again.status is Status.OPTIMAL else None
        if values is None or inside is None:
            return values
        return min(inside, values, key=lambda each: worth(self._objective, each))

    def _inside(self, search: Search) -> tuple[int, ...] | None:
        """Return the best whole solution that changes none of the days outside; None where there is none in time."""
        counts = [walk.elsewhere for walk in self._model.walks if walk.elsewhere is not None]
        for count in counts:
            self._relaxation.limit(count, 0)
        try:
            relaxed = self._relaxation.solve(search.seconds_left)
            return self._whole(relaxed, search) if relaxed.status is Status.OPTIMAL else None
        finally:
            for count in counts:
                self._relaxation.limit(count, self._model.program.upper[count])

    def _traded(self, values: Sequence[int]) -> tuple[tuple[str, str], ...] | None:
        """Return who leaves a standby on days outside to whom; None where these days change in any other way."""
        given, taken, changed = Counter[str](), Counter[str](), 0
        for walk in self._model.walks:
            if walk.elsewhere is not None:
                changed += values[walk.elsewhere]
            if walk.traded is not None:
                given[walk.person.name], taken[walk.person.name] = (values[each] for each in walk.traded)
        pairs: list[tuple[str, str]] = []
        for types, _ in self._surplus:
            own = {walk.person.name for walk in self._model.walks if walk.person.type in types}
            givers, takers = ([name for name in each.elements() if name in own] for each in (given, taken))
            if len(givers) != len(takers):
                return None
            pairs += zip(givers, takers, strict=True)
        return tuple(pairs) if 2 * len(pairs) == changed else None

    def tidied(self, away: Away, search: Search) -> Repaired | None:
        """Return the tidiest of the nearest rosters, whatever was asked before; None as `repaired`."""
        return self._nearest(away, search, tidy=True)

    def _nearest(self, away: Away, search: Search, *, tidy: bool) -> Repaired | None:
        values: Sequence[int] | None = None
        if search.seconds_left <= 0:
            return Repaired(Status.UNKNOWN)
        if tidy:
            self._relaxation.forget()
        with self._granted(away):
            relaxed = self._relaxation.solve(search.seconds_left)
            if self._leaves(relaxed.values):
                return None
            if relaxed.status is Status.OPTIMAL:
                values = self._whole(relaxed, search)
            if values is not None and self._leaves(values):
                return None
            if values is not None and tidy:
                values = self._tidied(away, values, search)
        if relaxed.status is Status.INFEASIBLE:
            return repair(self._ask(away), search)
        if values is None:
            return Repaired(Status.UNKNOWN)
        return self._read(away, values)

    def _read(self, away: Away, values: Sequence[int]) -> Repaired:
        """Return what a solution proven nearest says."""
        roster = replace(self.published, duties=duties_of(self._model, values))
        changed, empty = (
            count_changes(self.published, roster, _cells(away)),
            empty_places(self._model, values),
        )
        return Repaired(Status.OPTIMAL, roster, changed, changed, empty, whole=self.whole_calendar)

    def holds(self, away: Away, search: Search) -> bool | None:
        """Return whether every hard post can be held while some people are away; None where that is not known."""
        with self._granted(away):
            relaxed = self._relaxation.solve(search.seconds_left)
            if relaxed.status is Status.OPTIMAL and relaxed.bound >= self._weight:
                return False
            if self._leaves(relaxed.values):
                return None
            values = self._whole(relaxed, search) if relaxed.status is Status.OPTIMAL else None
            if values is not None and self._leaves(values) and not empty_places(self._model, values):
                inside = self._inside(search)
                return True if inside is not None and not empty_places(self._model, inside) else None
        if relaxed.status is Status.INFEASIBLE:
            # What is settled for somebody falls away with their leave, which the program does not know.
            return coverable(self._ask(away), search)
        return None if values is None else not empty_places(self._model, values)

    def _leaves(self, values: Sequence[float]) -> bool:
        """Whether a solution changes days outside the stretch."""
        counts = [walk.elsewhere for walk in self._model.walks if walk.elsewhere is not None]
        return bool(values) and sum(values[count] for count in counts) > HALF

    def _tidied(self, away: Away, values: Sequence[int], search: Search) -> Sequence[int]:
        """Return the values with fewer people touched, at less cost, more even, under the bounds as they are."""
        model = replace(self._model, program=self._relaxation.program)
        task = Task(model, self.published, self._objective, _cells(away), frozenset(away), {})
        return tidied(task, values, search)

    def _leaver(self, name: str) -> _Leaver:
        """Add to the program the rows that somebody's leave changes, as they are without it."""
        index = next(at for at, person in enumerate(self.published.people) if person.name == name)
        staff, walk = self.problem.type_of(self.published.people[index]), self._model.walks[index]
        before = self.published.history(index)
        bans = bans_of(self.problem, name)
        away = leave_of(bans, self.published.horizon)
        gone = taken(bans, self.published.horizon, staff)
        program, row, kept = self._model.program, None, 0
        if any(isinstance(rule, AverageHours) for rule in staff.rules):
            row = len(program.rows)
            every = walk.hours()
            used = minutes_before(self.problem, staff, self.published.horizon, before)
            kept = every.kept
            limit = most_minutes(staff, len(walk.chosen), gone, used) - kept
            if walk.edge is not None:
                inside = (self.published.duties[index][day].work_minutes for day in self.days)
                limit = walk.edge.ways.minutes + sum(inside)
            program.at_most(every.terms, limit, f"hours while away {name}")
        leaver = _Leaver(staff, walk, away, before, row, kept, gone)
        for terms, least in off_runs(walk, staff, away, before):
            leaver.runs[_key(terms, least)] = len(program.rows)
            program.at_least(terms, least, f"off_block while away {name}")
        counted = before if self.published.counts_before(index, Count.key) else ()
        for asked in least_rows(program, walk, staff, (self.published.horizon, counted), every=True):
            leaver.least.append((len(program.rows), asked))
            program.at_least(asked.terms, asked.lower(away), f"least while away {name}")
        return leaver

    def _priced(self) -> Terms:
        """Price emptiness, in the largest unit that divides it, above all changes together."""
        posts, urgent = self.problem.post, weights(self.problem.posts)
        hard = {key: at for key, at in self._model.shortages.items() if posts[key[0]].hard}
        unit = math.gcd(*(end - start for _, start, end in hard)) or 1
        terms = [
            (at, self._weight * urgent[name] * ((end - start) // unit))
            for (name, start, end), at in hard.items()
        ]
        for walk, duties in zip(self._model.walks, self.published.duties, strict=True):
            terms += [term for changed in walk.changes(duties) for term in changed]
            if walk.elsewhere is not None:
                terms.append((walk.elsewhere, 1))
        terms += [(empty, self._weight) for empty in self._model.missing]
        return summed(terms)

    def _whole(self, relaxed: Relaxed, search: Search) -> tuple[int, ...] | None:
        """Return the best whole solution; None where time ran out."""
        found = above(self._relaxation, self._objective, relaxed, search)
        return found.values if found.status is Status.OPTIMAL else None

    def _ask(self, away: Away) -> Ask:
        """Return the same question as `repair` takes it."""
        on = self.published.horizon.on
        excused = _cells(away)
        leave = [
            Restriction(name, Ban.DUTY, on(day), on(day), minutes=self._taken(name, [day], away[name]))
            for name, day in sorted(excused)
        ]
        problem = self.problem.with_leave(leave)
        return Ask(problem, self.published, frozenset(day for _, day in excused), excused=excused)

    def _taken(self, name: str, days: Iterable[int], all_days: Collection[int]) -> int:
        """Return the working time that some of the days of a leave take: duties on them, and what runs into them."""
        index = next(at for at, person in enumerate(self.published.people) if person.name == name)
        staff, on = self.problem.type_of(self.published.people[index]), self.published.horizon.on
        duties = self.published.duties[index]
        whole = sum(self.problem.minutes(staff, on(day), duties[day]) for day in days)
        return whole + sum(
            self.problem.minutes(staff, on(day - 1), Duty(part)) * max(0, part.end - DAY) // part.length
            for day in days
            if day and day - 1 not in all_days
            for part in duties[day - 1].parts
        )

    def _most(self, leaver: _Leaver, minutes: int) -> int:
        """Return the most that somebody may work on free days while leave takes so many minutes."""
        assert leaver.hours is not None
        if leaver.walk.edge is not None:
            return (self._model.program.rows[leaver.hours].upper or 0) - minutes
        used = minutes_before(self.problem, leaver.staff, self.published.horizon, leaver.before)
        takes = leaver.taken + minutes
        return most_minutes(leaver.staff, len(leaver.walk.chosen), takes, used) - leaver.kept

    @contextmanager
    def _granted(self, away: Away) -> Iterator[None]:
        """Put leave into the program, and take it out again."""
        relaxation, without = self._relaxation, self._model.program
        arcs: list[int] = []
        changed: list[int] = []
        for name, days in away.items():
            leaver = self._leavers[name]
            gone = leaver.away | frozenset(days)
            arcs += leaver.walk.at_work(days) + leaver.walk.running_into(days)
            if leaver.hours is not None:
                relaxation.limit_row(leaver.hours, None, self._most(leaver, self._taken(name, days, days)))
                changed.append(leaver.hours)
            rows = off_runs(leaver.walk, leaver.staff, gone, leaver.before) if leaver.runs else ()
            judged = {_key(terms, least) for terms, least in rows}
            for row in (row for key, row in leaver.runs.items() if key not in judged):
                relaxation.limit_row(row, None, None)
                changed.append(row)
            for row in (row for day in days for row in self._model.unbound.get((name, day), ())):
                relaxation.limit_row(row, None, None)
                changed.append(row)
            for row, asked in leaver.least:
                relaxation.limit_row(row, asked.lower(gone), None)
                changed.append(row)
        for arc in arcs:
            relaxation.limit(arc, 0)
        try:
            yield
        finally:
            for arc in arcs:
                relaxation.limit(arc, without.upper[arc])
            for row in changed:
                relaxation.limit_row(row, without.rows[row].lower, without.rows[row].upper)


def _cells(away: Away) -> frozenset[tuple[str, int]]:
    """Return the cells (person, day) of leave."""
    return frozenset((name, day) for name, days in away.items() for day in days)


def _key(terms: Terms, least: int) -> object:
    """Return what tells one row on days off from the others."""
    return frozenset(summed(terms)), least
