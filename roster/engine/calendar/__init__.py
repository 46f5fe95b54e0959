"""
Dates and people with names: one path a person.

In reading order: `person_days` (what one person may do on each date), `days_before` (what lies before the first
date), `paths` (walks through the graph of lawful days), `path_limits` and `path_counts` (sums over a walk),
`leave_hours`, `cover` (posts as rows), `pairings` and `pairing_sums` (people apart, together, beside somebody),
`outside_standby` and `outside_changes` (what days outside owe the posts), `model` (all of it as a program),
`surroundings` (a stretch of days cut out, with what it knows of the others), `nearest` (the lawful roster nearest to a
wanted one), `repair` and `tie_breaking` (after leave), `leave_resolver` (one program solved again for each leave),
`leave_recall` (days of leave given back), `any_cover` (whether an absence can be covered at all).
"""

from __future__ import annotations

from roster.engine.calendar.any_cover import covered
from roster.engine.calendar.days_before import forgiving
from roster.engine.calendar.leave_hours import minutes_before, most_minutes, taken
from roster.engine.calendar.leave_recall import LeaveCell, recalled
from roster.engine.calendar.leave_resolver import Away, LeaveResolver
from roster.engine.calendar.nearest import Nearest, nearest
from roster.engine.calendar.outside_changes import joined
from roster.engine.calendar.pairing_sums import Someone, bond_rows
from roster.engine.calendar.path_counts import counts_of, windows
from roster.engine.calendar.person_days import Ways, bans_of, breaks, in_reach, leave_of
from roster.engine.calendar.repair import Ask, EmptyPlaces, Repaired, coverable, repair
from roster.engine.calendar.surroundings import Stretch, Surroundings, surroundings
