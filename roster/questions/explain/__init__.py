"""Why not, why not fewer, and the cheapest ways out."""

from __future__ import annotations

from roster.questions.explain.answer import (
    Because,
    ExplainRequest,
    Explanation,
    explain,
    explain_leave,
    explain_no,
    explain_uncovered,
)
from roster.questions.explain.binding import Bindings
from roster.questions.explain.of_team import why_not_all
from roster.questions.explain.request import parse_numbers
