"""Shifts and standbys of a scenario as the program works with them."""

from __future__ import annotations

from roster.domain.problem import NightWindow, Presence, Shift
from roster.scenario.schema import sections as schema
from roster.scenario.build.defaults import shift_span
from roster.scenario.build.letters import letters
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
    start, length = shift_span(shift)
    work = shift.work
    if work is None:
        work = length if shift.weight is None else round(length * shift.weight)
    is_night = night.overlap(start, start + length) >= night.at_least if shift.night is None else shift.night
    return Shift(name, sign, start, length, work_minutes=work, night=is_night, title=shift.title)


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
