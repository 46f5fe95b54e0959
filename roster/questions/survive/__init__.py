"""Fewest people that hold the service with somebody away."""

from __future__ import annotations

from roster.questions.survive.answer import survival_of, surviving
