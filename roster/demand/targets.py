"""Targets as people write them: `P1: 90% in 10min`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from roster.demand.kinds import SEVERITIES
from roster.language import tr
from roster.notation.values import duration
from roster.readable import show

_TARGET = re.compile(
    r"(?:(?P<who>[^:：]+)[:：])?\s*(?P<share>\d{1,2}(?:\.\d+)?)\s*%\s*(?:in|within|内)?\s*(?P<time>.+)"
)


@dataclass(frozen=True, slots=True)
class Target:
    """
    Share of arrivals to be answered within some minutes.

    `priorities` it is about, none for all that is answered at once; `role` where it is about one role only.
    """

    share: float
    within: int
    priorities: tuple[str, ...] = ()
    role: str = ""

    @property
    def words(self) -> str:
        """The target as it is written."""
        who = ", ".join(one.upper() for one in self.priorities) or self.role
        return f"{who}: {self.rest}" if who else self.rest

    @property
    def rest(self) -> str:
        """Share and time."""
        return f"{self.share * 100:g}% in {self.within}min"


DEFAULT = Target(0.80, 15, ("p1", "p2"))
"""Where nothing is asked: an assumption, said as one."""


def target(text: str) -> Target:
    """
    Return a target; raises ValueError with a sentence for the user.

    >>> target("P1, P2: 90% in 10min").priorities, target("80 % in 1h").within, target("network: 80% in 15min").role
    (('p1', 'p2'), 60, 'network')
    """
    found = _TARGET.fullmatch(text.strip())
    if found is None:
        raise ValueError(tr("demand.bad_target", value=show(text)))
    within = duration(found["time"].strip())
    share = float(found["share"]) / 100
    if not 0 < share < 1 or within < 0:
        raise ValueError(tr("demand.bad_share", value=show(text)))
    names = [name.strip() for name in re.split(r"[,，、]", found["who"] or "") if name.strip()]
    priorities = tuple(name.lower() for name in names if name.lower() in SEVERITIES)
    others = [name for name in names if name.lower() not in SEVERITIES]
    if len(others) > 1 or (others and priorities):
        raise ValueError(tr("demand.bad_target", value=show(text)))
    return Target(share, within, priorities, others[0] if others else "")


def at_once(targets: Iterable[Target]) -> frozenset[str]:
    """
    Return the priorities that are answered at once: those of targets, and all above them.

    >>> sorted(at_once([Target(0.9, 10, ("p2",))]))
    ['p1', 'p2']
    """
    named = {one for each in targets for one in each.priorities} or set(DEFAULT.priorities)
    lowest = max(named)
    return frozenset(one for one in SEVERITIES if one <= lowest)
