"""The answer of `roster swap` as a document with stable keys: what `--json` shows."""

from __future__ import annotations

from collections.abc import Mapping

from roster.domain.outcome import Roster
from roster.output.words.swap import effects, verdict
from roster.questions.swap import SwapAnswer


def swap_document(answer: SwapAnswer, roster: Roster) -> Mapping[str, object]:
    """Return an answer as a document."""
    request, on = answer.request, roster.horizon.on
    return {
        "person": request.person,
        "date": on(request.day).isoformat(),
        "verdict": verdict(answer, roster),
        "tried": answer.tried,
        "options": [
            {
                "with": roster.people[option.move.partner].name,
                "for": None if option.move.partner_day is None else on(option.move.partner_day).isoformat(),
                "lawful": option.lawful,
                "chain": option.move.chain,
                "cells": [
                    {
                        "person": roster.people[at].name,
                        "date": on(day).isoformat(),
                        "from": a.name,
                        "to": b.name,
                    }
                    for at, day, a, b in option.move.cells
                ],
                "broken": [violation.sentence for violation in option.broken],
                "effect": effects(option),
                "spread_minutes": list(option.spread),
            }
            for option in answer.options
        ],
    }
