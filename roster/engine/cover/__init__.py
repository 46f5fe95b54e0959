"""Which people can hold which posts at a moment, as rows of a program."""

from __future__ import annotations

from roster.engine.cover.rows import Cover, signature
from roster.engine.cover.time_pieces import Needs, Presence, TimePiece, pieces
