"""
Each rule as a small machine that reads one day's duty after the other.

A machine has a state, which is whatever it must remember, and counts breaches as it reads. `start(weekday)` is the
state in which nothing is known of the days before; it is the most lenient one, so that unknown history is never a
breach. Hard and soft rules share the machine: for a hard rule a breach ends the walk, for a soft one it costs.

Minutes in a state count from the midnight that begins the day about to be read: what ended earlier is negative.
"""

from __future__ import annotations

from collections.abc import Callable

from roster.domain import rules
from roster.domain.elapsed import DayClock
from roster.domain.horizon import SATURDAY, SUNDAY
from roster.domain.problem import DAY, Duty
from roster.domain.rules import Rule
from roster.engine.automata.automaton import RuleAutomaton, State, Travel, timed
from roster.engine.automata.counts import FRIDAY, count, gap, whole_weekends
from roster.engine.automata.weekly_rest import weekly_rest

__all__ = ["RuleAutomaton", "State", "Travel", "rule_automaton"]


def rule_automaton(rule: Rule, travel: Travel, forward: int = 0) -> RuleAutomaton | None:
    """
    Return the machine of a rule; None for what is a sum, and so a constraint and no sequence.

    Parameters
    ----------
    rule : The rule to be read.
    travel : Minutes on the way between two posts, by their names.
    forward : By how many minutes clocks go forward at most on any day that is read.
    """
    if isinstance(rule, rules.WeeklyRest):
        return weekly_rest(rule, forward)
    make = _MAKERS.get(type(rule))
    return make(rule, travel) if make is not None else None


def no_overlap(_rule: rules.NoOverlap, _travel: Travel) -> RuleAutomaton:
    """Remember until when the person is busy."""

    def step(busy: int, _weekday: int, duty: Duty) -> tuple[int, int]:
        if duty.span is None:
            return max(0, busy - DAY), 0
        start, end = duty.span
        return max(0, busy - DAY, end - DAY), int(start < busy)

    return RuleAutomaton(lambda _weekday: 0, step)


def min_rest(rule: rules.MinRest, travel: Travel) -> RuleAutomaton:
    """Remember when and where the last duty ended, as long as it can matter."""
    longest = rule.minutes + max(travel.values(), default=0)

    def step(
        last: tuple[int, str | None] | None, _weekday: int, duty: Duty, clock: DayClock
    ) -> tuple[State, int]:
        span, day = duty.work_span, clock.length
        if span is None:
            if last is None or day - last[0] >= longest:
                return None, 0
            return (last[0] - day, last[1]), 0
        breach = 0
        if last is not None:
            way = travel.get((last[1], duty.site), 0) if last[1] and duty.site else 0
            breach = int(span[0] - last[0] < rule.minutes + way)
        return (span[1] - day, duty.site), breach

    return timed(lambda _weekday: None, step)


def rest_after_nights(rule: rules.RestAfterNights, _travel: Travel) -> RuleAutomaton:
    """Remember when the last night ended and whether it was yesterday's, until something else is done."""

    def step(last: tuple[int, bool] | None, _weekday: int, duty: Duty, clock: DayClock) -> tuple[State, int]:
        span, day = duty.work_span, clock.length
        if span is None:
            if last is None or day - last[0] >= rule.minutes:
                return None, 0
            return (last[0] - day, False), 0
        goes_on = last is not None and last[1] and duty.night
        breach = int(last is not None and not goes_on and span[0] - last[0] < rule.minutes)
        return ((span[1] - day, True) if duty.night else None), breach

    return timed(lambda _weekday: None, step)


def max_nights(rule: rules.MaxNights, _travel: Travel) -> RuleAutomaton:
    """Count the nights of the run so far."""

    def step(nights: int, _weekday: int, duty: Duty) -> tuple[int, int]:
        if not duty.night:
            return 0, 0
        return min(nights + 1, rule.nights), int(nights >= rule.nights)

    return RuleAutomaton(lambda _weekday: 0, step)


def _run(
    belongs: Callable[[Duty], bool],
    rule: rules.WorkBlock | rules.OffBlock | rules.ShiftRun,
    starts: tuple[int, ...] = (),
) -> RuleAutomaton:
    """
    Count the days of a run, which begins on one of some weekdays, any where none is given.

    The state is (days, judged): `judged` is False while the run may have begun before the first day and is still
    below the shortest. (0, False) is the start, where even that is open. A run that lasts to the last day of all ends
    with it.
    """
    shortest, longest = rule.shortest, rule.longest
    most = max(shortest, longest or 0)

    def short(days: int, judged: bool) -> int:
        lacks = shortest - days if judged and 0 < days < shortest else 0
        return lacks if rule.per_day else min(lacks, 1)

    def step(state: tuple[int, bool], weekday: int, duty: Duty) -> tuple[State, int]:
        days, judged = state
        if not belongs(duty):
            return (0, True), short(days, judged)
        breach = int(longest is not None and days >= longest)
        breach += int(bool(starts) and judged and days == 0 and weekday not in starts)
        days = min(days + 1, most)
        return (days, judged or days >= shortest), breach

    def by_day(state: tuple[int, bool], weekday: int, duty: Duty, clock: DayClock) -> tuple[State, int]:
        after, breach = step(state, weekday, duty)
        return after, breach + (short(*after) if clock.last else 0)

    return RuleAutomaton(lambda _weekday: (0, False), step, by_day=by_day)


def work_block(rule: rules.WorkBlock, _travel: Travel) -> RuleAutomaton:
    """Count working days."""
    return _run(lambda duty: duty.works, rule)


def off_block(rule: rules.OffBlock, _travel: Travel) -> RuleAutomaton:
    """Count days off work."""
    return _run(lambda duty: not duty.works, rule)


def shift_run(rule: rules.ShiftRun, _travel: Travel) -> RuleAutomaton:
    """Count days of one shift or standby."""
    return _run(lambda duty: _has(duty, rule.shift), rule, rule.starts)


def _has(duty: Duty, name: str) -> bool:
    return any(part.name == name for part in duty.parts)


def succession(rule: rules.Succession, _travel: Travel) -> RuleAutomaton:
    """Remember whether the first shift was yesterday, or the day before with a day off since."""

    def step(waiting: int | None, _weekday: int, duty: Duty) -> tuple[int | None, int]:
        later = _has(duty, rule.second)
        breach = int(waiting == rule.days_off and later)
        if _has(duty, rule.first):
            return 0, breach
        off = duty.shift is None and not later
        if off and waiting is not None and waiting < rule.days_off:
            return waiting + 1, 0
        return None, breach

    return RuleAutomaton(lambda _weekday: None, step)


def handover(rule: rules.Handover, _travel: Travel) -> RuleAutomaton:
    """Remember whether the first was yesterday."""

    def step(waiting: bool, _weekday: int, duty: Duty) -> tuple[bool, int]:
        goes_on = _has(duty, rule.first)
        return goes_on, int(waiting and not goes_on and not _has(duty, rule.second))

    return RuleAutomaton(lambda _weekday: False, step)


def free_weekends(rule: rules.FreeWeekends, _travel: Travel) -> RuleAutomaton:
    """
    Count spoiled weekends in a row; from Friday on, remember whether the coming one is spoiled already.

    The state is (spoiled weekends before, this one spoiled); on a Sunday with nothing known the weekend is not
    whole, is not judged and ends the sequence: (None, False).
    """

    def step(state: tuple[int | None, bool], weekday: int, duty: Duty) -> tuple[State, int]:
        before, spoiled = state
        span = duty.span
        if weekday == FRIDAY:
            return (before, span is not None and span[1] > DAY), 0
        if weekday == SATURDAY:
            return (before, spoiled or span is not None), 0
        if weekday < FRIDAY:
            return (before, False), 0
        if before is None or not (spoiled or span is not None):
            return (0, False), 0
        return (min(before + 1, rule.one_in - 1), False), int(before + 1 >= rule.one_in)

    return RuleAutomaton(lambda weekday: (None if weekday == SUNDAY else 0, False), step)


def _seven_days(rule: rules.WeekHours) -> RuleAutomaton:
    """Remember the work of the last six days, as far as it can matter: what is too much already is only that."""

    def step(last: tuple[int, ...], _weekday: int, duty: Duty, _clock: DayClock) -> tuple[State, int]:
        minutes = duty.work_minutes
        breach = int(minutes > 0 and sum(last) + minutes > rule.minutes)
        return (*last[1:], min(minutes, rule.minutes + 1)), breach

    return timed(lambda _weekday: (0,) * 6, step)


def week_hours(rule: rules.WeekHours, _travel: Travel) -> RuleAutomaton:
    """Add up working minutes since Monday; a week above its limit before the first day is broken by more work."""

    if rule.rolling:
        return _seven_days(rule)

    def step(minutes: int, weekday: int, duty: Duty, _clock: DayClock) -> tuple[int, int]:
        total = min(minutes + duty.work_minutes, rule.minutes + 1)
        breach = int(minutes <= rule.minutes < total)
        return (0 if weekday == SUNDAY else total), breach

    return timed(lambda _weekday: 0, step, lambda minutes: min(minutes, rule.minutes))


def no_standby_before(rule: rules.NoStandbyBefore, _travel: Travel) -> RuleAutomaton:
    """Remember whether there was standby yesterday."""

    def step(stood_by: bool, _weekday: int, duty: Duty) -> tuple[bool, int]:
        early = duty.shift is not None and duty.shift.start < rule.start
        return duty.standby is not None, int(stood_by and early)

    return RuleAutomaton(lambda _weekday: False, step)


def no_standby_after_nights(_rule: rules.NoStandbyAfterNights, _travel: Travel) -> RuleAutomaton:
    """Remember whether yesterday's shift was a night."""

    def step(night_before: bool, _weekday: int, duty: Duty) -> tuple[bool, int]:
        return duty.night, int(night_before and duty.standby is not None)

    return RuleAutomaton(lambda _weekday: False, step)


def shift_length(rule: rules.ShiftLength, _travel: Travel) -> RuleAutomaton:
    """Remember nothing."""

    def step(_state: None, _weekday: int, duty: Duty, _clock: DayClock) -> tuple[None, int]:
        shift = duty.shift
        return None, int(shift is not None and shift.minutes - shift.break_minutes > rule.minutes)

    return timed(lambda _weekday: None, step)


_MAKERS: dict[type[Rule], Callable[..., RuleAutomaton | None]] = {
    rules.NoOverlap: no_overlap,
    rules.MinRest: min_rest,
    rules.RestAfterNights: rest_after_nights,
    rules.MaxNights: max_nights,
    rules.WorkBlock: work_block,
    rules.OffBlock: off_block,
    rules.ShiftRun: shift_run,
    rules.Succession: succession,
    rules.Handover: handover,
    rules.FreeWeekends: free_weekends,
    rules.WeekHours: week_hours,
    rules.NoStandbyBefore: no_standby_before,
    rules.NoStandbyAfterNights: no_standby_after_nights,
    rules.ShiftLength: shift_length,
    rules.Count: count,
    rules.Gap: gap,
    rules.WholeWeekends: whole_weekends,
}
