"""
The independent check: rosters and rotations held against the problem, sharing nothing with the engine but the data.

Every roster that leaves the program or comes in from a file passes here. What is wrong comes back as a list of
violations in sentences, never as an exception. The rules are read a second time, from their docstrings, and posts are
matched to people minute by minute, one person to one post unless the loads say otherwise. `roster` and `rotation`
hold all of it against what is asked, `person` one person's days (`rules`), `posts_column` posts that a file states
for people (`cover`), `kinds` the kinds of shift; `sentences` words what was found.
"""

from __future__ import annotations

from collections.abc import Sequence

from roster.checker.cover.eligibility import may_hold
from roster.checker.cover.gaps import Gap, gaps_of
from roster.checker.cover.presence import stand_in_name
from roster.checker.cover.stretches import Cover, PostHeld, cover_of_roster, cover_of_rotations, ring_weeks
from roster.checker.person import (
    breaches,
    count_breaches,
    hard_rules,
    leave_days,
    leave_minutes,
    restricted,
    weekend_free,
    weekends,
)
from roster.checker.posts_column import Stated
from roster.checker.roster import bonds_broken, check_person, check_roster
from roster.checker.rotation import check_rotation, control_minutes
from roster.checker.rules.breach import Breach
from roster.checker.rules.day_by_day import find
from roster.checker.rules.elapsed import worked_minutes
from roster.checker.rules.timeline import PersonCase, Timeline
from roster.checker.rules.weeks_and_sums import period_left
from roster.checker.sentences import day_text, days_text
from roster.domain.outcome import Roster, Rotation, SeatUse
from roster.domain.problem import Problem


def coverage(problem: Problem, roster: Roster) -> tuple[PostHeld, ...]:
    """Return who holds each post of a roster over each stretch of time, day by day in the order of the posts."""
    return cover_of_roster(problem, roster).rows


def coverage_of_rotation(
    problem: Problem, rotations: Sequence[Rotation], seats: Sequence[SeatUse] = ()
) -> tuple[PostHeld, ...]:
    """
    Return who holds each post in a ring week with every line in force; people are named by type and line.

    Parameters
    ----------
    problem, rotations : The scenario, and all its rotations together.
    seats : The vendor seats that are taken.
    """
    return cover_of_rotations(problem, rotations, seats).rows


def posts_held(
    problem: Problem, roster: Roster, stated: Stated | None = None
) -> dict[tuple[int, int, int], tuple[str, ...]]:
    """
    Return the posts that each part of each duty holds, by person, day and part, in order of time.

    Parameters
    ----------
    problem, roster : The scenario, and the roster read.
    stated : Posts that the roster itself gives people, by (person, day, part).
    """
    return cover_of_roster(problem, roster, stated).posts
