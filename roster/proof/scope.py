"""
For which rosters a claim is: every roster that goes on for ever, or only rotas that repeat after so many weeks.

Averaged over its weeks a roster has its duties in fractions, while the people of each type and the vendor seats taken
stay whole. So what rests on whole numbers of shifts, standby days or duties says something of rotas of a known length
only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from roster.domain import outcome as plan

_ROTAS = re.compile(r"rotas of ([1-9][0-9]{0,3}) weeks?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Every roster, or where `weeks` is given the rotas that look the same, type by type, after so many weeks.

    >>> str(Scope()), str(Scope(1)), str(Scope(4))
    ('every roster', 'rotas of 1 week', 'rotas of 4 weeks')
    """

    weeks: int | None = None

    def __str__(self) -> str:
        return plan.scope_of(self.weeks)

    def covers(self, other: Scope) -> bool:
        """
        Return whether what is true within this scope is true within the other: a rota of one week repeats after four.

        >>> Scope().covers(Scope(2)), Scope(4).covers(Scope(2)), Scope(4).covers(Scope(3)), Scope(4).covers(Scope())
        (True, True, False, False)
        """
        if self.weeks is None:
            return True
        return other.weeks is not None and self.weeks % other.weeks == 0


EVERY_ROSTER = Scope()
WEEKLY = Scope(1)
"""Rotas in which every week has the same duties, type by type."""


def scope_named(text: str) -> Scope | None:
    """
    Return the scope that a text names, None where it names none.

    >>> scope_named("every roster"), scope_named("rotas of 2 weeks"), scope_named("rotas of 0 weeks")
    (Scope(weeks=None), Scope(weeks=2), None)
    """
    if text == str(EVERY_ROSTER):
        return EVERY_ROSTER
    found = _ROTAS.fullmatch(text)
    return None if found is None else Scope(int(found[1]))
