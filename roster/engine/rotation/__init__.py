"""
An ordinary week, where people of a type are alike: a circulation a type.

Published instances of one type with exact demand have a model of their own, `exact_demand`, which is several times
quicker on them and cannot say what this one can (BENCHMARKS.md, "Why two models").

In reading order: `decompose` (parts that share nobody), `hours_bound` (hours wanted against hours supplied, over
every set of posts), `lawful_days` (a type's graph round a ring), `model` (people of each type on each lawful day),
`ring_lengths` (rings of one week and more), `search_run` (the time all searches share), `at_value` and `minimum`
(fewest people: bound, then search), `average_cuts` and `patching` (parts of a rotation that have to hang together),
`first_rota` (any rota of settled people), `few_shifts` (of a few of many shifts), `taking_turns` (equal types, week
by week), `people_in_turns` (how many of each, in how many weeks), `team_by_team` (many of them), `read` (a rota off a
solution). Costs: `orders`, `staffings`, `least_cost`. The best rota: `wishes`, `best_days`, `one_circuit`, `quality`,
`even_circuit`, `even_windows`, `exchanged_days`. What cannot be held: `feasibility`, `confirming`, `shortfall`,
`service_levels`, `best_service`. Somebody away: `absence_flows`, `minimum_with_absences`.
"""

from __future__ import annotations

from roster.engine.rotation.absence_flows import (
    AbsenceGap,
    add_absence,
    empty_at_best,
    excluded,
    grown,
    headcount_variables,
    other_than,
)
from roster.engine.rotation.at_value import goal_of
from roster.engine.rotation.best_service import crowded, serve
from roster.engine.rotation.decompose import split
from roster.engine.rotation.feasibility import (
    Cap,
    Emptying,
    agreed,
    cheapest,
    holdable,
    minimum_value,
    mix,
    refused,
    shrink,
)
from roster.engine.rotation.few_shifts import fewest_soonest
from roster.engine.rotation.hours_bound import (
    MANY_GROUPS,
    seat_minutes,
    sets_of,
    sums_of,
    supply,
    weekly_minutes,
    work_in,
)
from roster.engine.rotation.least_cost import most_saved
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.minimum_with_absences import minimum_staffing, rotation_of
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.quality import Quality, improve
from roster.engine.rotation.read import rotations, seats_taken
from roster.engine.rotation.search_run import SearchRun, hurried
from roster.engine.rotation.service_levels import LevelService, Rank, Served, TeamSize
from roster.engine.rotation.staffings import Staffing, Staffings, staffings
