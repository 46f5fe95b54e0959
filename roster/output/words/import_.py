"""What `roster import` says of a roster that it has read."""

from __future__ import annotations

from roster.language import counted, tr
from roster.output.examined_roster import Examined
from roster.rosters.files import FoundRoster


def summary(examined: Examined, found: FoundRoster) -> str:
    """Return in one line how much was read, and what the check found in it."""
    roster = found.roster
    duties = sum(not duty.is_off for line in roster.duties for duty in line)
    posts = {row.post for row in examined.cover if row.held < row.required}
    days = {row.day for row in examined.cover if row.held < row.required}
    broken = sum(violation.rule != "post" for violation in examined.violations)
    parts = [tr("import.read", duties=duties, people=len(roster.people))]
    parts.append(counted("import.broken", broken) if broken else tr("import.clean"))
    if posts:
        parts.append(tr("import.empty", posts=len(posts), days=len(days)))
    return tr("import.and").join(parts) + tr("import.stop")
