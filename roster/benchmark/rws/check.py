"""
The published rules of rotating-workforce instances, read straight from their definition.

Nothing here is shared with the engine, nor with the checker of rosters: a rota is seven letters a row, and the rules
are read off the word that the rows make when the last is followed by the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from roster.benchmark.rws.format import Instance, Limits
from roster.language import tr

OFF = "-"


def violations(instance: Instance, rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what is wrong with a rota, in sentences; rows hold names of shifts, or `-` for a day off."""
    shape = [
        tr("bench.row_length", row=number, days=len(row))
        for number, row in enumerate(rows, 1)
        if len(row) != 7
    ]
    if len(rows) != instance.employees:
        shape.append(tr("bench.row_count", rows=len(rows), employees=instance.employees))
    names = {shift.name for shift in instance.shifts} | {OFF}
    shape += [tr("bench.no_duty", name=day) for row in rows for day in row if day not in names]
    if shape:
        return shape
    return [*_demand(instance, rows), *_runs(instance, rows), *_pairs(instance, rows)]


def _demand(instance: Instance, rows: Sequence[Sequence[str]]) -> list[str]:
    found = []
    for shift, demand in zip(instance.shifts, instance.demand, strict=True):
        for weekday, wanted in enumerate(demand):
            here = sum(row[weekday] == shift.name for row in rows)
            if here != wanted:
                found.append(
                    tr("bench.demand", shift=shift.name, weekday=weekday + 1, wanted=wanted, here=here)
                )
    return found


def _runs(instance: Instance, rows: Sequence[Sequence[str]]) -> list[str]:
    word = [day for row in rows for day in row]
    found = _lengths(["work" if day != OFF else OFF for day in word], "work", instance.work)
    found += _lengths(word, OFF, instance.off)
    for shift in instance.shifts:
        found += _lengths(word, shift.name, shift.run)
    return found


def _lengths(word: Sequence[str], name: str, limits: Limits) -> list[str]:
    """Judge the maximal runs of a name in a word that closes on itself; one that never ends has the word's length."""
    change = next((at for at in range(len(word)) if word[at] != word[at - 1]), 0)
    turned = [*word[change:], *word[:change]]
    lengths = [len(list(run)) for day, run in groupby(turned) if day == name]
    return [
        tr("bench.run", name=name, length=length, shortest=limits.shortest, longest=limits.longest)
        for length in lengths
        if not limits.shortest <= length <= limits.longest
    ]


def _pairs(instance: Instance, rows: Sequence[Sequence[str]]) -> list[str]:
    word = [day for row in rows for day in row]
    found = []
    for at, day in enumerate(word):
        after, later = word[(at + 1) % len(word)], word[(at + 2) % len(word)]
        if (day, after) in instance.not_after:
            found.append(tr("bench.pair", first=day, second=after, day=at + 1))
        if after == OFF and (day, later) in instance.not_after_off:
            found.append(tr("bench.pair_off", first=day, second=later, day=at + 1))
    return found


def free_weekends(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows with Saturday and Sunday off."""
    return sum(row[5] == OFF and row[6] == OFF for row in rows)
