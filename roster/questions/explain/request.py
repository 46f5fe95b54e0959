"""With how many people of which types it is asked about, as people say it; all faults at once."""

from __future__ import annotations

from roster.domain.problem import Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.suggestions import did_you_mean


def parse_numbers(problem: Problem, text: str | None) -> dict[str, int]:
    """Return what `ops=3,net=1` says; raises Faults with everything that is wrong about it."""
    faults, numbers = [], {}
    for part in (text or "").split(",") if text else ():
        name, equals, number = (piece.strip() for piece in part.partition("="))
        if not equals or not number.isdecimal() or len(number) > 6:
            faults.append(Fault(None, "--by-type", tr("explain.bad_number", value=part.strip())))
        elif name not in problem.type:
            hint = did_you_mean(name, list(problem.type))
            faults.append(Fault(None, "--by-type", tr("explain.unknown_type", value=name) + hint))
        else:
            numbers[name] = int(number)
    if faults:
        raise Faults(tr("explain.what_was_asked"), faults)
    return numbers
