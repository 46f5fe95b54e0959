"""What two rosters of one scenario differ in: `answer` works it out."""

from __future__ import annotations

from roster.questions.diff.answer import CellChange, PersonChange, RosterDiff, diff
