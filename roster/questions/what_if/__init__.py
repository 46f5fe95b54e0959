"""Somebody is away: the nearest lawful roster, and ways out."""

from __future__ import annotations

from roster.questions.what_if.answer import ChangedDuty, WhatIf, merged_gaps, on_day, what_if
from roster.questions.what_if.empty_posts import ways_for_empty
from roster.questions.what_if.request import Terms, parse_case
from roster.questions.what_if.ways_out import find_ways_out
