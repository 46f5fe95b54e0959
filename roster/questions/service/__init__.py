"""The best service of given people, and whom to hire next."""

from __future__ import annotations

from roster.questions.service.answer import Hire, Service, best_service, first_of_all, service
from roster.questions.service.posts import MissingPeople, PostService, alike, by_week, held_parts
from roster.questions.service.request import known, parse_team, split_names
