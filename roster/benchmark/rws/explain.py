"""
Why an instance has no rota with its own number of employees, and what would give it one.

A relaxation moves limits by whole days and lifts forbidden successions; its size is the number of such steps. All
relaxations of one size are tried before the next larger size, so the first that works is the smallest, and each refusal
on the way is proven. A size is skipped when even all limits relaxed by so many steps at once leave no rota.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

from roster.benchmark.rws.format import Instance, Limits
from roster.benchmark.rws.solve import answer_for, block_count, fewest_employees
from roster.domain.outcome import SolveOptions, Status
from roster.language import tr

LARGEST = 3
"""Steps of the largest relaxation tried."""
MOST_WAYS = 5
LONGEST_RUN = 14
"""No limit is relaxed above two weeks."""


@dataclass(frozen=True, slots=True)
class InstanceStep:
    """
    A limit moved by one day, or a succession allowed.

    `field` is `work`, `off`, `not_after`, `not_after_off` or the name of a shift; `pair` names the succession; `longer`
    tells the longest limit (raised) from the shortest (lowered).
    """

    field: str
    longer: bool = False
    pair: tuple[str, str] | None = None
    shift: bool = False


@dataclass(frozen=True, slots=True)
class SmallRelaxation:
    """A relaxation that gives a rota: its steps, what it says, and whether it is proven that no smaller one does."""

    steps: tuple[InstanceStep, ...]
    sentence: str
    smallest: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """
    What is known of an instance without a rota.

    `reason` says why in arithmetic where arithmetic shows it; `least` is the least number of employees that works, None
    when none does (`least_proven`) or none was found; `refuted` the largest size of relaxation proven not to work.
    """

    reason: str
    least: int | None
    least_proven: bool
    ways: tuple[SmallRelaxation, ...]
    refuted: int


def ways_out(instance: Instance, options: SolveOptions) -> Ways:
    """Return the smallest relaxations of an infeasible instance within the time limit, and the least number."""
    deadline = time.monotonic() + options.time_limit_s
    fewest = fewest_employees(instance, options)
    found: list[SmallRelaxation] = []
    refuted, certain = 0, True
    for size in range(1, LARGEST + 1):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        if _refused(_all_relaxed(instance, size), options, left):
            refuted = size if certain else refuted
            continue
        for steps in combinations_with_replacement(tuple(steps_of(instance)), size):
            left = deadline - time.monotonic()
            if left <= 0 or len(found) >= MOST_WAYS:
                certain = certain and bool(found)
                break
            changed = relaxed_by(instance, steps)
            if changed is None:
                continue
            answer = answer_for(changed, replace(options, time_limit_s=left))
            if answer.word:
                found.append(SmallRelaxation(steps, sentence(instance, changed), certain))
            elif answer.status is not Status.INFEASIBLE:
                certain = False
        if found:
            break
        refuted = size if certain else refuted
    return Ways(
        reason(instance),
        fewest.people,
        fewest.status in (Status.OPTIMAL, Status.INFEASIBLE),
        tuple(found),
        refuted,
    )


def _refused(changed: Instance, options: SolveOptions, left: float) -> bool:
    answer = answer_for(changed, replace(options, time_limit_s=left))
    return answer.status is Status.INFEASIBLE


def steps_of(instance: Instance) -> Iterator[InstanceStep]:
    """Yield every single step that relaxes an instance."""
    for field in ("work", "off"):
        yield InstanceStep(field, longer=True)
        yield InstanceStep(field, longer=False)
    for shift in instance.shifts:
        yield InstanceStep(shift.name, longer=True, shift=True)
        yield InstanceStep(shift.name, longer=False, shift=True)
    yield from (InstanceStep("not_after", pair=pair) for pair in instance.not_after)
    yield from (InstanceStep("not_after_off", pair=pair) for pair in instance.not_after_off)


def relaxed_by(instance: Instance, steps: Iterable[InstanceStep]) -> Instance | None:
    """Return an instance after some steps; None where one of them changes nothing (a limit at its end)."""
    for step in steps:
        changed = _after(instance, step)
        if changed == instance:
            return None
        instance = changed
    return instance


def _all_relaxed(instance: Instance, size: int) -> Instance:
    """Return an instance with every step taken so many times: it allows all that any relaxation of that size does."""
    for step in size * tuple(steps_of(instance)):
        instance = _after(instance, step)
    return instance


def _after(instance: Instance, step: InstanceStep) -> Instance:
    if step.pair is not None:
        if step.field == "not_after":
            return replace(instance, not_after=tuple(p for p in instance.not_after if p != step.pair))
        kept = tuple(pair for pair in instance.not_after_off if pair != step.pair)
        return replace(instance, not_after_off=kept)
    if step.shift:
        shifts = tuple(
            replace(shift, run=_moved(shift.run, step)) if shift.name == step.field else shift
            for shift in instance.shifts
        )
        return replace(instance, shifts=shifts)
    if step.field == "work":
        return replace(instance, work=_moved(instance.work, step))
    return replace(instance, off=_moved(instance.off, step))


def _moved(limits: Limits, step: InstanceStep) -> Limits:
    if step.longer:
        return Limits(limits.shortest, max(limits.longest, min(limits.longest + 1, LONGEST_RUN)))
    return Limits(max(1, limits.shortest - 1), limits.longest)


def sentence(instance: Instance, changed: Instance) -> str:
    """Say in words what a relaxed instance allows more."""
    said = [
        tr(f"bench.relax_{name}", before=_range(before), after=_range(after))
        for name, before, after in (("work", instance.work, changed.work), ("off", instance.off, changed.off))
        if before != after
    ]
    said += [
        tr("bench.relax_shift", shift=shift.name, before=_range(shift.run), after=_range(other.run))
        for shift, other in zip(instance.shifts, changed.shifts, strict=True)
        if shift != other
    ]
    said += [
        tr("bench.relax_pair", first=a, second=b)
        for a, b in instance.not_after
        if (a, b) not in changed.not_after
    ]
    said += [
        tr("bench.relax_pair_off", first=a, second=b)
        for a, b in instance.not_after_off
        if (a, b) not in changed.not_after_off
    ]
    return tr("bench.and").join(said)


def _range(limits: Limits) -> str:
    return f"{limits.shortest}–{limits.longest}"


def reason(instance: Instance) -> str:
    """Say why counting blocks excludes the instance's own number of employees; empty where it does not."""
    counted = block_count(instance)
    if counted is None:
        return tr(
            "bench.no_blocks",
            load=instance.workload,
            shortest=instance.work.shortest,
            longest=instance.work.longest,
        )
    if instance.employees < counted.least:
        return tr("bench.too_few", employees=instance.employees, least=counted.least)
    if instance.employees > counted.most:
        return tr("bench.too_many", employees=instance.employees, most=counted.most)
    return ""
