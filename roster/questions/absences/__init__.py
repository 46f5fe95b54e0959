"""Who is away, and what that asks of each part of a problem."""

from __future__ import annotations

from roster.questions.absences.case import (
    OVERTIME,
    VENDOR,
    Absence,
    LeaveCase,
    Share,
    granted,
    only,
    overtime_minutes,
    reaches,
    shares,
    vendor_prices,
)
