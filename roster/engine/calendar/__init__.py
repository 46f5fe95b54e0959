"""Dates and people with names: one path a person."""

from __future__ import annotations

from roster.engine.calendar.any_cover import covered
from roster.engine.calendar.days_before import forgiving
from roster.engine.calendar.leave_hours import minutes_before, most_minutes, taken
from roster.engine.calendar.leave_recall import Cell, recalled
from roster.engine.calendar.leave_resolver import Away, Sweep
from roster.engine.calendar.nearest import Nearest, nearest
from roster.engine.calendar.pairing_sums import Someone, bond_rows
from roster.engine.calendar.path_counts import counts_of, windows
from roster.engine.calendar.person_days import bans_of, breaks, leave_of
from roster.engine.calendar.repair import Ask, Empty, Repaired, coverable, repair
