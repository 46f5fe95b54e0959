"""A rotation laid on dates."""

from __future__ import annotations

from roster.questions.dates.going_on import GoingOn, going_on
from roster.questions.dates.lay_out import LaidOut, lay_out, unrolled
