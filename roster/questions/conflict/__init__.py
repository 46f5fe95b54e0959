"""What cannot hold together, as little of it as possible."""

from __future__ import annotations

from roster.questions.conflict.conditions import Condition, Provenance, groups
from roster.questions.conflict.find import Conflict, confirmed, find_conflict
from roster.questions.conflict.relaxations import (
    FeasibilityQuestion,
    QuestionChange,
    changed,
    holds,
    limit_of,
    with_every_shift,
    with_numbers,
    with_rule,
    with_skill,
    with_types,
)
from roster.questions.conflict.way_out import WayOut
