"""A change after which leave can be covered."""

from __future__ import annotations

from dataclasses import dataclass

from roster.questions.absence import Absence


@dataclass(frozen=True, slots=True)
class WayOut:
    """
    A change after which everything can be covered, in a sentence.

    `kind` is `refused` (one leave of several), `overtime`, `vendor`, `hire`, `shorter`, `moved` or `rule`; `person`
    whom it concerns, empty where nobody in particular; `cost` what it costs once (a hire: a month), None where the
    scenario does not tell; `law` whether a limit of law would have to be relaxed.
    """

    kind: str
    person: str
    sentence: str
    absence: Absence | None = None
    cost: int | None = None
    law: bool = False
