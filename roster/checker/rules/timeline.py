"""What one person does day after day, on a ring or on dates, with the days before where they are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from roster.domain.horizon import Horizon
from roster.domain.problem import OFF, Duty, Problem, Shift, StaffType


@dataclass(frozen=True, slots=True)
class RunOfDays:
    """
    A longest stretch of days that pass a test.

    `begun`: the day before it is known and does not pass; `ended`: so the day after. In a ring `last` may lie beyond
    the last day; a run that goes round for ever has neither beginning nor end.
    """

    first: int
    last: int
    begun: bool
    ended: bool
    endless: bool = False

    @property
    def length(self) -> int:
        """How many days."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """
    The known days of one person: those of the horizon, and those carried in before day 0.

    A breach belongs to the day that completes it, and only days of the horizon are judged: what the days before did
    among themselves is not this roster's doing.
    """

    duties: tuple[Duty, ...]
    horizon: Horizon
    before: tuple[Duty, ...] = ()

    @property
    def first_known(self) -> int:
        """The earliest day of which anything is known."""
        return 0 if self.horizon.cyclic else -len(self.before)

    @property
    def days(self) -> range:
        """The days judged."""
        return range(self.horizon.days)

    def duty(self, day: int) -> Duty | None:
        """Return the duty of a day; None where it is not known."""
        if self.horizon.cyclic:
            return self.duties[day % self.horizon.days]
        if 0 <= day < self.horizon.days:
            return self.duties[day]
        return self.before[day] if -len(self.before) <= day < 0 else None

    def sure(self, day: int) -> Duty:
        """Return the duty of a day, taking an unknown one for a day off: the benefit of the doubt."""
        return self.duty(day) or OFF

    def runs(self, test: Callable[[Duty], bool]) -> list[RunOfDays]:
        """Return the runs of days whose duty passes a test, in order of time."""
        passes = [test(self.sure(day)) for day in range(self.first_known, self.horizon.days)]
        if self.horizon.cyclic:
            return self._ring_runs(passes)
        runs, first = [], None
        for place, good in enumerate([*passes, False]):
            if good and first is None:
                first = place
            elif not good and first is not None:
                start, last = first + self.first_known, place - 1 + self.first_known
                runs.append(RunOfDays(start, last, first > 0, place < len(passes)))
                first = None
        return runs

    def _ring_runs(self, passes: list[bool]) -> list[RunOfDays]:
        days = len(passes)
        if all(passes):
            return [RunOfDays(0, days - 1, begun=False, ended=False, endless=True)] if days else []
        runs = []
        for first in range(days):
            if passes[first] and not passes[first - 1]:
                last = first
                while passes[(last + 1) % days]:
                    last += 1
                runs.append(RunOfDays(first, last, begun=True, ended=True))
        return runs


@dataclass(frozen=True, slots=True)
class PersonCase:
    """
    What a rule is judged on: a timeline, of people of a type.

    `leave` are the days of a calendar spent away, `taken` the minutes of working time that leave takes.
    """

    problem: Problem
    line: Timeline
    staff: StaffType | None = None
    leave: frozenset[int] = field(default_factory=frozenset)
    taken: Fraction = Fraction(0)


def has(duty: Duty, name: str) -> bool:
    """Whether a duty has a shift or standby of that name."""
    return any(part.name == name for part in duty.parts)


def standby_part(duty: Duty) -> Shift | None:
    """Return the part of a duty that is answered from home, if any."""
    return next((part for part in duty.parts if not part.on_site), None)
