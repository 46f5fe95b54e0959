"""An ordinary week, where people of a type are alike: a circulation a type."""

from __future__ import annotations

from roster.engine.rotation.absence_flows import (
    Gap,
    add_absence,
    empty_at_best,
    excluded,
    grown,
    headcount_variables,
    other_than,
)
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
from roster.engine.rotation.hours_bound import (
    MANY_GROUPS,
    seat_minutes,
    sets_of,
    sums_of,
    supply,
    weekly_minutes,
)
from roster.engine.rotation.least_cost import most_saved
from roster.engine.rotation.minimum import Fewest, fewest, goal_of
from roster.engine.rotation.minimum_with_absences import minimum_staffing, rotation_of
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.quality import Quality, improve
from roster.engine.rotation.read import rotations, seats_taken
from roster.engine.rotation.search_run import SearchRun, hurried
from roster.engine.rotation.service_levels import Level, Rank, Served, Team
from roster.engine.rotation.staffings import Staffing, Staffings, staffings
