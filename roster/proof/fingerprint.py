"""A scenario's fingerprint: equal where everything is equal that a headcount can depend on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from roster.domain.problem import Problem
from roster.domain.rules import Rule, limit_fields

_SILENT = frozenset(
    {"title", "letter", "site_letter", "priority", "reason", "absence", "dates", "but", "beside", "also"}
)
"""Fields that name things for readers, rank them, are about single dates, or say of what another is the sum."""


def fingerprint(problem: Problem) -> str:
    """
    Return what tells two scenarios apart whose headcounts may differ.

    Titles, dates, named people and soft rules are left out: a headcount is about an ordinary week.
    """
    told = {
        "shifts": _plain(problem.shifts),
        "posts": _plain(tuple(post for post in problem.posts if not post.days.dates)),
        "types": _plain(problem.types),
        "employers": _plain(problem.employers),
        "seats": _plain(problem.seats),
        "control": _plain(problem.control),
        "travel": _plain(problem.travel),
        "goal": problem.goal.value,
        "currency": problem.currency,
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('ascii')).hexdigest()}"


def _plain(thing: Any) -> Any:
    if isinstance(thing, Rule):
        return {"rule": thing.key, **{name: _plain(value) for name, value in limit_fields(thing).items()}}
    if isinstance(thing, Enum):
        return thing.value
    if is_dataclass(thing) and not isinstance(thing, type):
        told = ((field.name, getattr(thing, field.name)) for field in fields(thing))
        return {name: _plain(value) for name, value in told if name not in _SILENT}
    if isinstance(thing, frozenset):
        return sorted(_plain(each) for each in thing)
    if isinstance(thing, tuple):
        return [_plain(each) for each in thing if not isinstance(each, Rule) or each.hard]
    return thing
