"""What is asked of a simulation, understood: years and last means; a roster that can come round."""

from __future__ import annotations

from roster.domain.outcome import Roster
from roster.errors import Fault, Faults
from roster.language import tr

MEANS = ("overtime", "vendor")
MOST_YEARS = 100_000


def parse_means(years: int, allow: str) -> frozenset[str]:
    """
    Return which last means are allowed.

    Parameters
    ----------
    years : How many years are lived through.
    allow : Names of means with commas between them, or `nothing`.

    Raises
    ------
    Faults
        A mean that is none, or years that cannot be.
    """
    names = [name.strip() for name in allow.replace("，", ",").split(",")]
    faults = []
    if not 1 <= years <= MOST_YEARS:
        faults.append(Fault(None, "--years", tr("simulate.bad_years", value=years, most=f"{MOST_YEARS:,}")))
    if [name for name in names if name not in (*MEANS, "nothing")] or ("nothing" in names and len(names) > 1):
        faults.append(Fault(None, "--allow", tr("simulate.bad_allow", value=allow)))
    if faults:
        raise Faults(tr("simulate.what_was_asked"), faults)
    return frozenset(names) - {"nothing"}


def must_come_round(roster: Roster) -> None:
    """Raise Faults where a calendar has no whole week that could come round again."""
    days = roster.horizon.days
    if days < 7:
        faults = [Fault(None, "calendar", tr("simulate.too_short", days=days))]
        raise Faults(tr("simulate.what_was_asked"), faults)
