"""
Which people can hold which posts at a moment, as rows of a program.

`eligibility` tells who may hold a post, and which posts at once; `time_pieces` cuts time into stretches with who could
hold what in each; `rows` writes that as rows.
"""

from __future__ import annotations

from roster.engine.cover.rows import Cover, signature
from roster.engine.cover.time_pieces import Needs, Presence, TimePiece, pieces
