"""From a profile of systems to posts, people and a lead time."""

from __future__ import annotations

from roster.questions.size.answer import Planned, Sized, size
from roster.questions.size.guidance import Guidance
from roster.questions.size.lead_time import HireBy, LeadTime, ServicePeriod
