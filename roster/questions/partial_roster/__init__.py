"""The best roster of people who cannot hold everything."""

from __future__ import annotations

from roster.questions.partial_roster.from_answers import partial_of_outcome, partial_of_service
