"""What is no work of people, left out step by step; each step says how many rows it touched, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from roster.demand.tickets import Ticket
from roster.demand.times import DAY_S

BURST_S = 15 * 60
"""Alerts of one host or fingerprint within so long of the one before are one event."""

MACHINE_DAYS = 10
MACHINE_SHARE = 0.8
"""One subject at one minute on at least so many days, and on so much of the days between, is a planned job."""

CLOCK_SHARE = 0.3
"""Of end times, 1 in 60 falls on the full hour by chance; from this share on a clock set them."""

FEW_WEEKS = 4
QUIET_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class CleaningStep:
    """
    One step of cleaning.

    `lines` are the rows it took out or changed; `figures` go into its sentence, `demand.step_<name>`.
    """

    name: str
    before: int
    after: int
    lines: tuple[int, ...] = ()
    figures: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left, how it came to be, and how long open to resolved takes (median and 90th percentile, hours)."""

    tickets: list[Ticket]
    steps: tuple[CleaningStep, ...]
    elapsed: tuple[float, float] | None
    clocked: bool


def cleaned(
    tickets: list[Ticket], left_out: Iterable[tuple[date, date]] = (), without_time: Iterable[int] = ()
) -> Cleaned:
    """
    Return records that stand for work of people.

    Parameters
    ----------
    tickets : As read.
    left_out : First and last date of stretches that are not to count, such as a go-live.
    without_time : Lines that had no time of arrival.
    """
    steps: list[CleaningStep] = []
    lost = tuple(without_time)
    steps.append(CleaningStep("time", len(tickets) + len(lost), len(tickets), lost))
    for step in (_one_a_ticket, _within(left_out), _made_by_machines, _bursts):
        before = len(tickets)
        name, tickets, gone = step(tickets)
        steps.append(CleaningStep(name, before, len(tickets), tuple(gone)))
    tickets, clock = _closing_times(tickets)
    steps.append(clock)
    elapsed = _elapsed(tickets)
    hours: dict[str, object] | None
    hours = {"median": f"{elapsed[0]:.1f}", "ninetieth": f"{elapsed[1]:.1f}"} if elapsed else None
    steps.append(CleaningStep("elapsed" if elapsed else "no_elapsed", len(tickets), len(tickets), (), hours))
    return Cleaned(tickets, tuple(steps), elapsed, clock.name == "clock")


_Done = tuple[str, list[Ticket], list[int]]


def _one_a_ticket(tickets: list[Ticket]) -> _Done:
    """Make several rows of one number one ticket: the first arrival, the last end, the largest effort."""
    first: dict[int, Ticket] = {}
    merged: list[int] = []
    loose: list[Ticket] = []
    for one in tickets:
        if not one.key:
            loose.append(one)
            continue
        there = first.get(one.key)
        if there is None:
            first[one.key] = one
            continue
        merged.append(one.line)
        early, late = (there, one) if there.opened <= one.opened else (one, there)
        answers = [moment for moment in (there.answered, one.answered) if moment >= 0]
        first[one.key] = early._replace(
            answered=min(answers, default=-1),
            effort=max(there.effort, one.effort),
            resolved=max(there.resolved, one.resolved),
            priority=early.priority or late.priority,
            role=late.role or early.role,
        )
    found = sorted([*first.values(), *loose], key=lambda one: one.opened)
    return "events", found, merged


def _within(left_out: Iterable[tuple[date, date]]):  # type: ignore[no-untyped-def]
    spans = [(first.toordinal() * DAY_S, (last.toordinal() + 1) * DAY_S) for first, last in left_out]

    def step(tickets: list[Ticket]) -> _Done:
        gone = {one.line for one in tickets if any(a <= one.opened < b for a, b in spans)}
        kept = [one for one in tickets if not any(a <= one.opened < b for a, b in spans)]
        return "left_out", kept, sorted(gone)

    return step


def _made_by_machines(tickets: list[Ticket]) -> _Done:
    """Leave out planned jobs: one subject at one minute of the day, on most days between the first and the last."""
    days: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for one in tickets:
        if one.title:
            days[one.title, one.opened % DAY_S // 60].add(one.opened // DAY_S)
    planned = {
        key
        for key, on in days.items()
        if len(on) >= MACHINE_DAYS and len(on) >= MACHINE_SHARE * _possible(on)
    }
    if not planned:
        return "machines", tickets, []
    by_machine = [bool(one.title) and (one.title, one.opened % DAY_S // 60) in planned for one in tickets]
    kept = [one for one, machine in zip(tickets, by_machine, strict=True) if not machine]
    return "machines", kept, [one.line for one, machine in zip(tickets, by_machine, strict=True) if machine]


def _possible(on: set[int]) -> float:
    """Return on how many days a job could have run: all, or the working days where it never ran at weekends."""
    span = max(on) - min(on) + 1
    weekends = any(date.fromordinal(day).weekday() >= 5 for day in on)
    return span if weekends else span * 5 / 7


def _bursts(tickets: list[Ticket]) -> _Done:
    """Make alerts of one host in a row, and children of one parent, one event; calls are each answered."""
    last: dict[int, int] = {}
    keys = {one.key for one in tickets if one.key}
    seen: set[int] = set()
    kept, gone = [], []
    for one in tickets:
        child = one.parent and not one.call and (one.parent in keys or one.parent in seen)
        again = one.group and not one.call and one.opened - last.get(one.group, -BURST_S - 1) <= BURST_S
        if one.group:
            last[one.group] = one.opened
        if one.parent:
            seen.add(one.parent)
        if child or again:
            gone.append(one.line)
        else:
            kept.append(one)
    return "bursts", kept, gone


def _closing_times(tickets: list[Ticket]) -> tuple[list[Ticket], CleaningStep]:
    """Forget ends that a clock set, and ends before the beginning."""
    ends = [one for one in tickets if one.resolved >= 0]
    full = sum(one.resolved % 3600 == 0 for one in ends)
    share = full / len(ends) if ends else 0.0
    count = len(tickets)
    if share > CLOCK_SHARE:
        lines = tuple(one.line for one in ends if one.resolved % 3600 == 0)
        kept = [one._replace(resolved=-1) if one.resolved % 3600 == 0 else one for one in tickets]
        return kept, CleaningStep("clock", count, count, lines, {"share": f"{100 * share:.0f}"})
    wrong = {one.line for one in ends if one.resolved < one.opened}
    kept = [one._replace(resolved=-1) if one.line in wrong else one for one in tickets]
    return kept, CleaningStep("no_clock", count, count, tuple(sorted(wrong)), {"share": f"{100 * share:.0f}"})


def _elapsed(tickets: list[Ticket]) -> tuple[float, float] | None:
    spans = sorted(one.resolved - one.opened for one in tickets if one.resolved >= one.opened)
    if not spans:
        return None
    return spans[len(spans) // 2] / 3600, spans[min(len(spans) - 1, int(0.9 * len(spans)))] / 3600


def too_little(tickets: list[Ticket]) -> list[tuple[str, dict[str, object]]]:
    """Return what is to be said at the top where the file is too short or has gaps: keys and figures."""
    if not tickets:
        return []
    days = Counter(one.opened // DAY_S for one in tickets)
    span = max(days) - min(days) + 1
    said: list[tuple[str, dict[str, object]]] = []
    if span // 7 < FEW_WEEKS:
        said.append(("few_weeks", {"days": span, "least": FEW_WEEKS}))
    quiet = 1 - len(days) / span
    if quiet > QUIET_SHARE:
        said.append(("quiet_days", {"share": f"{100 * quiet:.0f}"}))
    return said
