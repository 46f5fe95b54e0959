"""The work of one role: what is answered at once, what can wait, and what both take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roster.demand.arrivals import UPPER_LEVEL, Arrivals, arrivals, counted
from roster.demand.days import DayKinds, KindOfDay
from roster.demand.handling import Handling, handling
from roster.demand.poisson import interval
from roster.demand.staffing import HourlyStaffing, StaffingRequest, staffing
from roster.demand.standby import Callouts, Costs, StandbyVerdict, costs, over_window, verdict
from roster.demand.targets import DEFAULT, Target, at_once
from roster.demand.tickets import Ticket

OCCUPANCY = 0.85
"""Of the time of who is there, the share that work which can wait may fill up to."""

DESK_DAY_H = 8.0
DEFAULT_WINDOWS = ((16 * 60, 16 * 60), (18 * 60, 14 * 60), (20 * 60, 12 * 60), (22 * 60, 10 * 60))
WHOLE_DAY = (8 * 60, 24 * 60)
TRAVEL_MIN = 30.0
"""Minutes of one way where nothing is said of it: an assumption, said as one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What the measuring takes as given.

    Parameters
    ----------
    targets : What is to be answered how fast.
    assumed : Minutes of handling where none is booked.
    travel : Minutes of one way of a callout.
    standbys : Start, length and response of the standbys there are, in minutes; empty: usual ones.
    reaches : Chance that the way takes no longer than the response.
    rest : Hours of rest before a shift.
    next_shift : Minute of the day at which the first shift begins.
    growth : Whether the trend is applied.
    """

    targets: tuple[Target, ...] = (DEFAULT,)
    assumed: float = 15.0
    travel: float = TRAVEL_MIN
    standbys: tuple[tuple[int, int, int], ...] = ()
    reaches: float = 1.0
    rest: float = 11.0
    next_shift: int = 8 * 60
    growth: bool = False


@dataclass(frozen=True, slots=True)
class OnCall:
    """A standby window looked at, for one kind of day: what may happen in it, what it costs, and whether it holds."""

    kind: KindOfDay
    start: int
    length: int
    call: Callouts
    costs: Costs
    verdict: StandbyVerdict

    @property
    def holds(self) -> bool:
        """Whether nobody need be awake in it."""
        return not self.verdict.seat


@dataclass(frozen=True, slots=True)
class Stream:
    """
    The work of a role.

    `now` and `later` are handling times of what is answered at once and of what can wait; `at_once` and `waiting` are
    their hours a week, `absorbed` those of the latter that fit between answers, `desk_hours` the rest. `calls` are
    standby windows looked at, for each kind of day the one taken or the widest; `target` is that of all who are
    answered at once.
    """

    role: str
    arrivals: Arrivals
    now: Handling
    later: Handling
    target: Target
    first_target: Target | None
    staffing: HourlyStaffing
    calls: tuple[OnCall, ...]
    awake: dict[KindOfDay, tuple[int, ...]]
    waiting: float
    absorbed: float
    number: int
    at_once: float

    @property
    def desk_hours(self) -> float:
        """Hours a week of work that can wait which do not fit between answers."""
        return self.waiting - self.absorbed


def stream(
    role: str, tickets: Sequence[Ticket], calendar: DayKinds, settings: Settings, *, hint: bool
) -> Stream:
    """
    Return the work of a role.

    Parameters
    ----------
    role : Its name.
    tickets : Its cleaned records.
    calendar : Days of the data.
    settings : Targets and what is taken as given.
    hint : Whether effort in the file is no booked work.
    """
    own = [one for one in settings.targets if one.role in ("", role)] or [DEFAULT]
    urgent = at_once(own)
    now = [one for one in tickets if one.call or not one.priority or one.priority in urgent]
    later = [one for one in tickets if not (one.call or not one.priority or one.priority in urgent)]
    effort = handling((one.effort for one in now), hint=hint, assumed=settings.assumed)
    longer = handling((one.effort for one in later), hint=hint, assumed=settings.assumed)
    rates = arrivals(counted((one.opened for one in now), calendar), calendar, settings.growth)
    # Of several targets the one of the lowest class is everybody's; a stricter one is that of who goes first.
    ranked = sorted(own, key=lambda one: (max(one.priorities, default="p9"), one.share))
    everybody = ranked[-1]
    first = ranked[0] if len(ranked) > 1 and ranked[0].priorities else None
    share = 0.0
    if first is not None and now:
        share = sum(one.priority in first.priorities for one in now) / len(now)
    asked = StaffingRequest(effort.mean, everybody.share, everybody.within)
    if first is not None and share > 0:
        asked = StaffingRequest(
            effort.mean, everybody.share, everybody.within, share, first.share, first.within
        )
    found = staffing(rates, asked)
    calls = tuple(_on_call(kind, rates, effort, everybody, settings) for kind in _kinds(rates))
    awake = _awake(found, calls)
    waiting = len(later) / calendar.weeks * longer.mean / 60
    idle = sum(
        max(0.0, OCCUPANCY * awake[kind][hour] - rates.cell(kind, hour).rate * effort.mean / 60)
        for kind, hour in _week(rates)
        if awake[kind][hour]
    )
    return Stream(
        role,
        rates,
        effort,
        longer,
        everybody,
        first,
        found,
        calls,
        awake,
        waiting,
        min(waiting, idle),
        len(tickets),
        len(now) / calendar.weeks * effort.mean / 60,
    )


def _kinds(rates: Arrivals) -> tuple[KindOfDay, ...]:
    return tuple(kind for kind in rates.kinds if kind is not KindOfDay.MONDAY)


def _week(rates: Arrivals) -> list[tuple[KindOfDay, int]]:
    from roster.demand.staffing import weeks

    return weeks(rates)[0]


def _on_call(
    kind: KindOfDay, rates: Arrivals, effort: Handling, target: Target, settings: Settings
) -> OnCall:
    """Return the widest window of a kind of day in which standby is enough; else the last one tried."""
    usual = [WHOLE_DAY] if kind is not KindOfDay.WORKDAY else []
    response = min(30, target.within)
    windows = [(start, length, response) for start, length in (*usual, *DEFAULT_WINDOWS)]
    if settings.standbys:
        windows = sorted(settings.standbys, key=lambda one: -one[1])
        if kind is KindOfDay.WORKDAY:
            windows = [one for one in windows if one[1] < 24 * 60] or windows
    tried = [_tried(kind, rates, effort, target, settings, window) for window in windows]
    return next((one for one in tried if one.holds), tried[0])


def _tried(
    kind: KindOfDay,
    rates: Arrivals,
    effort: Handling,
    target: Target,
    settings: Settings,
    window: tuple[int, int, int],
) -> OnCall:
    start, length, response = window
    cells = [rates.cell(kind, hour) for hour in range(24)]
    count = over_window([cell.count for cell in cells], start, length)
    hours = over_window([cell.hours for cell in cells], start, length)
    # All of a window's arrivals together tell its rate far better than each hour's do.
    rate = interval(round(count), hours, UPPER_LEVEL)[1] if rates.why == "upper" else count / hours
    end = (start + length) % (24 * 60)
    call = Callouts(
        rate=rate,
        hours=length / 60,
        work=(effort.mean + 2 * settings.travel) / 60,
        response=response,
        reaches=settings.reaches,
        until_shift=(settings.next_shift - end) % (24 * 60) / 60,
        rest=settings.rest,
    )
    return OnCall(kind, start, length, call, costs(call), verdict(call, target.share, target.within))


def _awake(found: HourlyStaffing, calls: Sequence[OnCall]) -> dict[KindOfDay, tuple[int, ...]]:
    """
    Return the people awake by kind of day and hour: none where a standby holds.

    After midnight it is the day before whose standby counts, and that may be of any kind.
    """
    held = {one.kind: one for one in calls if one.holds}
    every = {one.kind for one in calls}
    # Hours reached after midnight, of the kind whose standby ends first.
    reach = [held[kind].start + held[kind].length - 1440 if kind in held else 0 for kind in every]
    after = max(0, min(reach, default=0))
    awake: dict[KindOfDay, tuple[int, ...]] = {}
    for kind in dict.fromkeys(one.cell.kind for one in found.hours):
        own = held.get(KindOfDay.WORKDAY if kind is KindOfDay.MONDAY else kind)
        numbers = list(found.people(kind))
        for hour in range(24):
            same_day = own is not None and own.start <= hour * 60 and hour * 60 + 60 <= own.start + own.length
            if same_day or hour * 60 + 60 <= after:
                numbers[hour] = 0
        awake[kind] = tuple(numbers)
    return awake
