"""What a caller may say about a search, and faults in the words of a caller: `by_type`, not `--by-type`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from roster.domain.outcome import SolveOptions
from roster.errors import Fault, Faults
from roster.language import tr

MOST_WORKERS = 256


Effort = tuple[float, int, int, float | None]
"""Seconds of wall time for the whole question, workers, seed, and seconds beyond for a better rota."""


def search_options(effort: Effort) -> SolveOptions:
    """Return how long and how hard to search; raises Faults for a number that cannot be."""
    time_limit, workers, seed, polish = effort
    wrong = []
    for key, seconds in {"time_limit": time_limit, "polish": 1.0 if polish is None else polish}.items():
        if not (math.isfinite(seconds) and seconds > 0):
            wrong.append(Fault(None, key, tr("api.seconds", value=f"{seconds:g}")))
    if not 1 <= workers <= MOST_WORKERS:
        wrong.append(Fault(None, "workers", tr("api.workers", value=str(workers), most=MOST_WORKERS)))
    if seed < 0:
        wrong.append(Fault(None, "seed", tr("api.seed", value=str(seed))))
    if wrong:
        raise Faults(tr("api.what_was_asked"), wrong)
    return SolveOptions(time_limit + (polish or 0.0), workers, seed, polish_s=polish)


@contextmanager
def in_python() -> Iterator[None]:
    """Name options in faults as the parameters they are here."""
    try:
        yield
    except Faults as error:
        faults = [
            replace(one, key=_as_parameter(one.key), message=_as_parameter(one.message))
            for one in error.faults
        ]
        raise Faults(error.source, faults) from None


def _as_parameter(text: str) -> str:
    """
    Return a text with options of the command line as parameters.

    >>> _as_parameter("--by-type: use --headcount instead")
    'by_type: use headcount instead'
    """
    return re.sub(r"(?<![\w-])--([a-z][a-z-]*)", lambda found: found[1].replace("-", "_"), text)


def numbers_text(numbers: Mapping[str, int] | None) -> str | None:
    """
    Return numbers by name as the command line has them.

    >>> numbers_text({"ops": 3, "network": 1})
    'ops=3,network=1'
    """
    return None if numbers is None else ",".join(f"{name}={number}" for name, number in numbers.items())


def date_text(day: date | str) -> str:
    """
    Return a date as it is written, of whatever kind: of this language, of pandas, or a text.

    >>> date_text(date(2027, 1, 4)), date_text("2027-01-04")
    ('2027-01-04', '2027-01-04')
    """
    plain = getattr(day, "date", None)
    if callable(plain):
        day = plain()
    return day if isinstance(day, str) else day.isoformat()
