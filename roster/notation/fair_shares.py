"""How fair shares are written: by hours, equal, or figures for everybody or for people by name."""

from __future__ import annotations

from dataclasses import dataclass

from roster.language import tr
from roster.notation.values import amount
from roster.readable import show

WORDS = ("hours", "equal")


@dataclass(frozen=True, slots=True)
class FairShare:
    """By what something is shared (`hours`, `equal`), or (name, kind, figure) of people, all where there is no name."""

    by: str = ""
    figures: tuple[tuple[str, str, int], ...] = ()


def fair_share(value: object) -> FairShare:
    """
    Return how something is shared: a word, one figure for everybody, or figures by name.

    >>> fair_share("equal").by, fair_share(4).figures, fair_share({"Ann": "16h"}).figures
    ('equal', (('', 'number', 4),), (('Ann', 'minutes', 960),))
    """
    if isinstance(value, str) and value in WORDS:
        return FairShare(value)
    if isinstance(value, dict) and value and all(isinstance(name, str) for name in value):
        return FairShare("", tuple((name, *_figure(one)) for name, one in value.items()))
    return FairShare("", (("", *_figure(value)),))


def _figure(value: object) -> tuple[str, int]:
    try:
        kind, number = amount(value)
    except ValueError:
        kind, number = "percent", 0
    if kind == "percent":
        raise ValueError(tr("scenario.bad_fair_share", value=show(value)))
    return kind, number
