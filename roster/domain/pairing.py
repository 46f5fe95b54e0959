"""What is asked of people with one another: never at work together, always, or only with somebody beside them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roster.language import listed, tr


class Bond(StrEnum):
    """How people are bound."""

    APART = "apart"
    TOGETHER = "together"
    SUPERVISED = "supervised"


BONDS = frozenset(bond.value for bond in Bond)
"""How a check calls what it finds of them."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """
    People bound to one another, on dates; always hard. Only shifts are meant, not standbys.

    Apart: no two of `who` are at work at one minute. Breach: each day on which a shift of one of two begins while, or
    before, a shift of the other lasts, the later one's day.

    Together: on each day all of `who` have the same shift at the same place, or none has one; a day on which somebody
    of them is on leave is not judged. Breach: each day.

    Supervised: at every minute that somebody of `who` is at work, somebody else of `by` is. Minutes at which a duty of
    the day before, or of the day after the last, may run that is not known, are not judged. Breach: each day on which a
    shift of somebody begins that has a minute without.

    Parameters
    ----------
    who, by : Names of people, or of roles: everybody who has the role.
    """

    bond: Bond
    who: tuple[str, ...]
    by: tuple[str, ...] = ()
    source: str = ""

    @property
    def key(self) -> str:
        """The name of what is asked, as rules have one."""
        return self.bond.value

    @property
    def sentence(self) -> str:
        """What is asked, in words."""
        return tr(f"rules.{self.bond.value}", who=listed(self.who), by=tr("rules.either").join(self.by))
