"""Shifts and standbys of a scenario as the program works with them."""

from __future__ import annotations

from itertools import pairwise

from roster.domain.problem import NightWindow, Presence, Shift
from roster.scenario.build.defaults import shift_span, shift_stretches
from roster.scenario.build.letters import letters
from roster.scenario.schema import sections as schema
from roster.scenario.schema.sections import Scenario


def all_shifts(scenario: Scenario, night: NightWindow) -> tuple[Shift, ...]:
    """Return the shifts, then the standbys."""
    signs = letters(
        [
            *((name, shift.letter, True) for name, shift in scenario.shifts.items()),
            *((name, standby.letter, False) for name, standby in scenario.standbys.items()),
        ]
    )
    worked = [_shift(name, signs[name], shift, night) for name, shift in scenario.shifts.items()]
    called = [_standby(name, signs[name], standby) for name, standby in scenario.standbys.items()]
    return (*worked, *called)


def _shift(name: str, sign: str, shift: schema.Shift, night: NightWindow) -> Shift:
    stretches = shift_stretches(shift)
    start, end = stretches[0][0], stretches[-1][1]
    there = sum(end - start for start, end in stretches)
    work = shift.work
    if work is None:
        work = there if shift.weight is None else round(there * shift.weight)
    is_night = shift.night
    if is_night is None:
        is_night = sum(night.overlap(*stretch) for stretch in stretches) >= night.at_least
    pauses = tuple((before, after) for (_, before), (after, _) in pairwise(stretches) if before < after)
    return Shift(
        name,
        sign,
        start,
        end - start,
        work_minutes=work,
        night=is_night,
        title=shift.title,
        pauses=pauses,
        breaks=shift.work is not None,
    )


def _standby(name: str, sign: str, standby: schema.Standby) -> Shift:
    start, length = shift_span(standby)
    return Shift(
        name,
        sign,
        start,
        length,
        presence=Presence.STANDBY,
        work_minutes=round(length * standby.weight),
        response=standby.response,
        title=standby.title,
    )
