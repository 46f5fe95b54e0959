"""A way out: a change after which it can be held."""

from __future__ import annotations

from dataclasses import dataclass

from roster.questions.absences import Absence
from roster.questions.conflict.relaxations import FeasibilityQuestion


@dataclass(frozen=True, slots=True)
class WayOut:
    """
    A change after which everything can be held, in a sentence.

    Parameters
    ----------
    kind : Of an ordinary week `hire`, `seat`, `skill`, `shift`, `soft`, `overtime` or `limit`; of leave `refused` (one
        of several), `overtime`, `vendor`, `hire`, `shorter`, `given_back` (the fewest days), `moved` or `rule`.
    cost : What it costs more a month, or once where somebody is away; None where the scenario names no price.
    headcount : People it then takes; None where that was not proven in time.
    question : The question with the change in it; None where the change is only told.
    law : Whether it asks for another limit than the law's.
    where : Where in the scenario's file it is to be made.
    person : Whom it concerns; empty where nobody in particular.
    absence, leaves : The leave instead, and all that is left where some days are given back.
    """

    kind: str
    sentence: str
    cost: int | None = None
    headcount: int | None = None
    question: FeasibilityQuestion | None = None
    law: bool = False
    where: str = ""
    person: str = ""
    absence: Absence | None = None
    leaves: tuple[Absence, ...] = ()
