"""
The rules that look at a person's days one after the other, read from their docstrings in `roster.domain.rules`.

`find` lists the breaches of one rule on one timeline; a rule without a reading here raises TypeError, and a test holds
that there is none. A breach belongs to the day that completes it; only days of the horizon are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import singledispatch

from roster.checker.rules.breach import Breach, Moment, OnDay
from roster.checker.rules.elapsed import Elapsed
from roster.checker.rules.timeline import PersonCase, Timeline, has
from roster.domain import rules
from roster.domain.problem import DAY, Duty
from roster.domain.rule import weekday_names
from roster.domain.rules import Rule, clock, hours


@singledispatch
def find(rule: Rule, case: PersonCase) -> Iterator[Breach]:
    """Return the breaches of a rule, in order of time."""
    raise TypeError(f"no reading of {type(rule).__name__}")


@find.register
def _overlap(rule: rules.NoOverlap, case: PersonCase) -> Iterator[Breach]:
    line = case.line
    for day in line.days:
        earlier, later = line.sure(day - 1), line.sure(day)
        if earlier.span is None or later.span is None or later.span[0] + DAY >= earlier.span[1]:
            continue
        yield Breach(
            "no_overlap",
            (day,),
            figures={
                "first": earlier.name,
                "second": later.name,
                "end": Moment(day - 1, earlier.span[1], ending=True),
                "start": Moment(day, later.span[0]),
            },
        )


def _working_before(line: Timeline, day: int) -> tuple[int, Duty] | None:
    """Return the last day before a day whose duty interrupts rest; in a ring it may be the same day, once round."""
    earliest = day - line.horizon.days if line.horizon.cyclic else line.first_known
    for previous in range(day - 1, earliest - 1, -1):
        duty = line.sure(previous)
        if duty.work_span is not None:
            return previous, duty
    return None


@find.register
def _rest(rule: rules.MinRest, case: PersonCase) -> Iterator[Breach]:
    line, time = case.line, Elapsed.of(case)
    for day in line.days:
        span = line.sure(day).work_span
        found = _working_before(line, day) if span is not None else None
        if span is None or found is None:
            continue
        previous, duty = found
        assert duty.work_span is not None
        travel = 0
        if duty.site and line.sure(day).site and duty.site != line.sure(day).site:
            travel = case.problem.travel_minutes.get((duty.site, line.sure(day).site or ""), 0)
        rest = time.at(day, span[0]) - time.at(previous, duty.work_span[1]) - travel
        if rest < rule.minutes:
            yield Breach(
                "min_rest_travel" if travel else "min_rest",
                (previous, day),
                figures={
                    "found": hours(rest),
                    "limit": hours(rule.minutes),
                    "travel": travel,
                    "end": Moment(previous, duty.work_span[1], ending=True),
                    "start": Moment(day, span[0]),
                },
            )


@find.register
def _rest_after_nights(rule: rules.RestAfterNights, case: PersonCase) -> Iterator[Breach]:
    line, time = case.line, Elapsed.of(case)
    for day in line.days:
        span = line.sure(day).work_span
        found = _working_before(line, day) if span is not None else None
        if span is None or found is None:
            continue
        previous, night = found
        same_block = line.sure(day).night and day - previous == 1
        if not night.night or night.work_span is None or same_block:
            continue
        rest = time.at(day, span[0]) - time.at(previous, night.work_span[1])
        if rest < rule.minutes:
            yield Breach(
                "rest_after_nights",
                (previous, day),
                figures={
                    "found": hours(rest),
                    "limit": hours(rule.minutes),
                    "end": Moment(previous, night.work_span[1], ending=True),
                    "start": Moment(day, span[0]),
                },
            )


def _too_long(
    line: Timeline,
    test: Callable[[Duty], bool],
    longest: int,
    text: str,
    excused: frozenset[int] = frozenset(),
) -> Iterator[Breach]:
    for run in line.runs(test):
        if not excused.isdisjoint(range(run.first, run.last + 1)):
            continue
        if run.endless:
            yield Breach(f"{text}_endless", tuple(line.days), len(line.days), {"limit": longest})
            continue
        beyond = [day for day in range(run.first + longest, run.last + 1) if day >= 0]
        if beyond:
            figures = {
                "found": run.length,
                "limit": longest,
                "first": OnDay(run.first),
                "last": OnDay(run.last),
            }
            yield Breach(f"{text}_long", tuple(range(run.first, run.last + 1)), len(beyond), figures)


def _too_short(
    case: PersonCase, test: Callable[[Duty], bool], rule: rules.WorkBlock | rules.OffBlock | rules.ShiftRun
) -> Iterator[Breach]:
    shortest, dates = rule.shortest, case.problem.dates
    for run in case.line.runs(test):
        cut_off = dates.closed and not run.ended and case.line.horizon.first is not None
        ended = run.ended or (cut_off and case.line.horizon.on(run.last) == dates.last)
        if run.begun and ended and run.last + 1 >= 0 and run.length < shortest:
            figures = {
                "found": run.length,
                "limit": shortest,
                "first": OnDay(run.first),
                "last": OnDay(run.last),
            }
            times = shortest - run.length if rule.per_day else 1
            yield Breach(f"{rule.key}_short", tuple(range(run.first, run.last + 1)), times, figures)


@find.register
def _nights(rule: rules.MaxNights, case: PersonCase) -> Iterator[Breach]:
    yield from _too_long(case.line, lambda duty: duty.night, rule.nights, "max_nights")


def _block(
    rule: rules.WorkBlock | rules.OffBlock,
    case: PersonCase,
    test: Callable[[Duty], bool],
    excused: frozenset[int] = frozenset(),
) -> Iterator[Breach]:
    if rule.longest is not None:
        yield from _too_long(case.line, test, rule.longest, rule.key, excused)
    yield from _too_short(case, test, rule)


@find.register
def _work_block(rule: rules.WorkBlock, case: PersonCase) -> Iterator[Breach]:
    yield from _block(rule, case, lambda duty: duty.works)


@find.register
def _off_block(rule: rules.OffBlock, case: PersonCase) -> Iterator[Breach]:
    yield from _block(rule, case, lambda duty: not duty.works, case.leave)


@find.register
def _shift_run(rule: rules.ShiftRun, case: PersonCase) -> Iterator[Breach]:
    found: list[Breach] = []
    if rule.longest is not None:
        found += _too_long(case.line, lambda duty: has(duty, rule.shift), rule.longest, rule.key)
    found += _too_short(case, lambda duty: has(duty, rule.shift), rule)
    found += _wrong_start(rule, case.line)
    for breach in found:
        yield Breach(breach.text, breach.days, breach.count, {**breach.figures, "shift": rule.shift})


def _wrong_start(rule: rules.ShiftRun, line: Timeline) -> Iterator[Breach]:
    for run in line.runs(lambda duty: has(duty, rule.shift)):
        if (
            rule.starts
            and run.begun
            and run.first >= 0
            and line.horizon.weekday(run.first) not in rule.starts
        ):
            figures = {"first": OnDay(run.first), "limit": weekday_names(rule.starts)}
            yield Breach(f"{rule.key}_start", (run.first,), figures=figures)


@find.register
def _handover(rule: rules.Handover, case: PersonCase) -> Iterator[Breach]:
    line = case.line
    for day in line.days:
        if has(line.sure(day - 1), rule.first) and not any(
            has(line.sure(day), name) for name in (rule.first, rule.second)
        ):
            figures = {"first": rule.first, "second": rule.second}
            yield Breach(rule.key, (day - 1, day), figures={**figures, "from": OnDay(day - 1)})


@find.register
def _succession(rule: rules.Succession, case: PersonCase) -> Iterator[Breach]:
    line, pause = case.line, rule.days_off
    for day in line.days:
        then, now = line.sure(day - 1 - pause), line.sure(day)
        if not has(then, rule.first) or not has(now, rule.second):
            continue
        between = [line.sure(day - back) for back in range(1, pause + 1)]
        if any(duty.works or has(duty, rule.first) or has(duty, rule.second) for duty in between):
            continue
        figures = {"first": rule.first, "second": rule.second}
        days = {"from": OnDay(day - 1 - pause), "to": OnDay(day)}
        yield Breach(f"succession_{pause}", (day - 1 - pause, day), figures={**figures, **days})


@find.register
def _standby_before(rule: rules.NoStandbyBefore, case: PersonCase) -> Iterator[Breach]:
    line = case.line
    for day in line.days:
        shift, eve = line.sure(day).shift, line.sure(day - 1).standby
        if shift is not None and eve is not None and shift.start < rule.start:
            figures = {"standby": eve.name, "shift": shift.name, "limit": clock(rule.start)}
            places = {"eve": OnDay(day - 1), "start": Moment(day, shift.start)}
            yield Breach("no_standby_before", (day - 1, day), figures={**figures, **places})


@find.register
def _standby_after(rule: rules.NoStandbyAfterNights, case: PersonCase) -> Iterator[Breach]:
    line = case.line
    for day in line.days:
        eve, standby = line.sure(day - 1), line.sure(day).standby
        if standby is not None and eve.shift is not None and eve.shift.night:
            figures = {"standby": standby.name, "shift": eve.shift.name}
            places = {"eve": OnDay(day - 1), "day": OnDay(day)}
            yield Breach(rule.key, (day - 1, day), figures={**figures, **places})


@find.register
def _shift_length(rule: rules.ShiftLength, case: PersonCase) -> Iterator[Breach]:
    time = Elapsed.of(case)
    for day in case.line.days:
        shift = case.line.sure(day).shift
        if shift is None:
            continue
        pause = max(0, shift.minutes - shift.work_minutes) if shift.breaks else 0
        if (there := time.on_duty(day, shift) - pause) > rule.minutes:
            figures = {"shift": shift.name, "found": hours(there), "limit": hours(rule.minutes)}
            yield Breach("shift_length", (day,), figures={**figures, "day": OnDay(day)})
