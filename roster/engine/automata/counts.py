"""Machines of the rules on how often: counts in a window, gaps, and weekends worked whole."""

from __future__ import annotations

from roster.domain.counts import Count, Counted, Gap, Per, WholeWeekends
from roster.domain.duty import DAY, Duty
from roster.domain.elapsed import DayClock
from roster.domain.horizon import SATURDAY, SUNDAY
from roster.engine.automata.automaton import RuleAutomaton, State, Travel, timed

FRIDAY, MONDAY = 4, 0


def amount(of: Counted, shifts: tuple[str, ...], duty: Duty) -> int:
    """
    Return what one day adds to a count: minutes of hours, else 1 or 0. Weekends are no matter of one day.

    Parameters
    ----------
    of : What is counted.
    shifts : Names of the shifts that count, where shifts are counted.
    duty : The duty of the day.
    """
    if of is Counted.HOURS:
        return duty.work_minutes
    if of is Counted.NIGHTS:
        return int(duty.night)
    if of is Counted.DAYS:
        return int(duty.works)
    if of is Counted.DAYS_OFF:
        return int(not duty.works)
    if of is Counted.STANDBY:
        return int(duty.standby is not None)
    return int(any(part.name in shifts for part in duty.parts))


def spoils(weekday: int, duty: Duty) -> bool:
    """Whether a duty reaches into the weekend that its day is in or before."""
    span = duty.span
    return span is not None and (weekday >= SATURDAY or (weekday == FRIDAY and span[1] > DAY))


def count(rule: Count, _travel: Travel) -> RuleAutomaton | None:
    """Return the machine of a count; None where it is a sum over dates."""
    if not rule.by_sequence:
        return None
    if rule.of is Counted.WEEKENDS:
        return _weekends(rule, 1 if rule.per is Per.WEEK else rule.days // 7)
    return _in_week(rule) if rule.per is Per.WEEK else _in_days(rule)


def _in_week(rule: Count) -> RuleAutomaton:
    """Add up since Monday; the state also says whether all days that count have been known since then."""
    least, most = rule.least_in(7), rule.most_in(7)
    enough = max(least, 0 if most is None else most + 1)
    last = max(rule.on, default=SUNDAY)

    def step(state: tuple[int, bool], weekday: int, duty: Duty, _clock: DayClock) -> tuple[State, int]:
        total, whole = state
        added = amount(rule.of, rule.shifts, duty) if rule.counts_on(weekday) else 0
        total = min(total + added, enough)
        breaches = int(most is not None and added > 0 and total > most)
        breaches += int(weekday == last and whole and total < least)
        return ((0, True) if weekday == SUNDAY else (total, whole)), breaches

    return timed(lambda weekday: (0, weekday <= min(rule.on, default=MONDAY)), step)


def _in_days(rule: Count) -> RuleAutomaton:
    """Remember which of the last days counted, as far as they are known; weekdays that never count are passed over."""
    least, most = rule.least_in(rule.days), rule.most_in(rule.days)
    length = rule.days * len(rule.on) // 7 if rule.on else rule.days

    def step(last: tuple[int, ...], weekday: int, duty: Duty, _clock: DayClock) -> tuple[State, int]:
        if not rule.counts_on(weekday):
            return last, 0
        added = amount(rule.of, rule.shifts, duty)
        window = (*last, added)
        breaches = int(most is not None and added > 0 and sum(window) > most)
        breaches += int(len(window) == length and sum(window) < least)
        return window[-(length - 1) :] if length > 1 else (), breaches

    return timed(lambda _weekday: (), step)


def _weekends(rule: Count, number: int) -> RuleAutomaton:
    """
    Remember the last weekends as far as they are known, and from Friday on whether the coming one is worked.

    None for the coming one: it is not known whole.
    """
    least, most = rule.least_in(7 * number), rule.most_in(7 * number)

    def step(state: tuple[tuple[int, ...], bool | None], weekday: int, duty: Duty) -> tuple[State, int]:
        last, worked = state
        if weekday != SUNDAY:
            return (last, spoils(weekday, duty) or (weekday == SATURDAY and worked is True)), 0
        if worked is None:
            return ((), False), 0
        here = int(worked or spoils(weekday, duty))
        window = (*last, here)
        breaches = int(most is not None and here and sum(window) > most)
        breaches += int(len(window) == number and sum(window) < least)
        return (window[-(number - 1) :] if number > 1 else (), False), breaches

    return RuleAutomaton(lambda weekday: ((), None if weekday == SUNDAY else False), step)


def gap(rule: Gap, _travel: Travel) -> RuleAutomaton:
    """Remember how many days have passed since what is counted, as long as it matters."""

    def step(since: int, _weekday: int, duty: Duty) -> tuple[int, int]:
        if not amount(rule.of, rule.shifts, duty):
            return min(since + 1, rule.days), 0
        return 0, 0 if rule.blocks and since == 0 else rule.days - since

    return RuleAutomaton(lambda _weekday: rule.days, step)


def whole_weekends(_rule: WholeWeekends, _travel: Travel) -> RuleAutomaton:
    """Remember from Saturday to Sunday whether there was a duty; None: not known."""

    def step(saturday: bool | None, weekday: int, duty: Duty) -> tuple[bool | None, int]:
        if weekday == SATURDAY:
            return not duty.is_off, 0
        if weekday == SUNDAY and saturday is not None:
            return None, int(saturday == duty.is_off)
        return None, 0

    return RuleAutomaton(lambda _weekday: None, step)
