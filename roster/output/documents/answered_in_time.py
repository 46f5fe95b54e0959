"""The level of service that simulated weeks of tickets reach, as keys of a document."""

from __future__ import annotations

from roster.demand.answered_in_time import Reached
from roster.output.documents.document import Document
from roster.output.words.answered_in_time import reached_words


def reached_document(one: Reached) -> Document:
    """Return the levels of a role by kind of day and hour."""
    return {
        "role": one.role.role,
        "share": one.role.share,
        "within": one.role.within,
        "sentence": reached_words(one),
        "hours": [
            {
                "kind": hour.kind.value,
                "hour": hour.hour,
                "people": hour.people,
                "level": None if hour.level is None else round(hour.level, 6),
                "dates_below": hour.below,
                "dates": hour.dates,
            }
            for hour in one.hours
        ],
    }
