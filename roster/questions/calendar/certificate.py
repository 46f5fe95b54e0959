"""
The certificate of a calendar's bound: whole-number prices, at which anybody recomputes everybody's shortest walk.

No solver is asked: any prices give a bound, and these give the one that is claimed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from roster.domain.fairness import Share
from roster.domain.likeness import Likeness
from roster.domain.outcome import Roster, SeatUse
from roster.domain.problem import Problem
from roster.engine.columns import PART, Aims, Compiled, Duals, compile_team, exact_bound
from roster.errors import FileFault
from roster.language import tr
from roster.questions.calendar.people import skeleton

FORMAT = "roster-calendar-prices/1"

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a certificate claims, and what its prices give: points that no calendar has fewer than."""

    claimed: float
    shown: float

    @property
    def holds(self) -> bool:
        """Whether the claim is shown."""
        return self.shown >= self.claimed - 1e-9


def document_of(compiled: Compiled, prices: Duals, shares: tuple[Share, ...], points: float) -> Document:
    """
    Return a certificate of a bound in points, hard posts included as the engine prices them.

    Parameters
    ----------
    compiled : The team, with the rota that its calendar should be like, and the vendor seats that are taken.
    prices : Of the cover's rows, and of each person's tallies, in points.
    shares, points : Everybody's fair shares, and the bound that is claimed.
    """
    problem, like = compiled.problem, compiled.like
    people = [person.name for person in problem.people]
    return {
        "format": FORMAT,
        "name": problem.name,
        "points": points,
        "part": PART,
        "posts": [round(price * PART) for price in prices.rows.tolist()],
        "people": {
            name: [round(price * PART) for price in slopes.tolist()]
            for name, slopes in zip(people, prices.slopes, strict=True)
        },
        "shares": [asdict(share) for share in shares],
        "seats": {use.seat: use.number for use in compiled.roster.seats},
        "likeness": None
        if like is None
        else {
            "price": like.price,
            "rota": {name: [duty.name for duty in line] for name, line in like.lines.items()},
        },
    }


def is_certificate(path: Path) -> bool:
    """Whether a file is a certificate of a calendar's bound, rather than of a headcount."""
    try:
        return f'"{FORMAT}"' in path.read_text(encoding="utf-8-sig")[:200]
    except (OSError, UnicodeDecodeError):
        return False


def verify_file(problem: Problem, path: Path) -> Verified:
    """Recompute the bound that a file claims; raises FileFault where it is no certificate of this scenario."""
    try:
        return verify(problem, json.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FileFault(tr("calendar.proof_unreadable", file=path)) from error


def verify(problem: Problem, document: Document) -> Verified:
    """Recompute a bound in exact arithmetic; raises ValueError where the prices are of something else."""
    shares = tuple(Share(**one) for one in document["shares"])
    stated = {(fairness.measure, fairness.price) for fairness in problem.fairness}
    if not {(share.measure, share.price) for share in shares} <= stated:
        raise ValueError("fair shares of another scenario")
    roster, like = _asked(problem, document)
    if like is None:
        problem = problem.of_calendar()
    compiled = compile_team(problem, roster, Aims(shares, like=like))
    team, rows = compiled.team, document["posts"]
    slopes = [document["people"][member.name] for member in team.members]
    if len(rows) != len(team.rows) or any(
        len(own) != len(member.tallies) for own, member in zip(slopes, team.members, strict=True)
    ):
        raise ValueError("prices of another scenario")
    prices = Duals(
        np.clip(np.array([int(price) for price in rows], float) / PART, *team.price_bounds),
        tuple(np.array([int(price) for price in own], float) / PART for own in slopes),
        np.zeros(len(team.members)),
    )
    return Verified(float(document["points"]), compiled.points(exact_bound(team, prices)))


def _asked(problem: Problem, document: Document) -> tuple[Roster, Likeness | None]:
    """Return whose calendar a certificate is about, with the seats that are taken, and the rota it should be like."""
    seats = tuple(SeatUse(name, int(number)) for name, number in document.get("seats", {}).items())
    roster, stated = replace(skeleton(problem), seats=seats), document.get("likeness")
    if stated is None:
        return roster, None
    lines = {}
    for person in problem.people:
        known = {duty.name: duty for duty in problem.duties(problem.type_of(person))}
        lines[person.name] = tuple(known[name] for name in stated["rota"][person.name])
    if stated["price"] != problem.likeness or {len(line) for line in lines.values()} != {roster.horizon.days}:
        raise ValueError("a rota of another scenario")
    return replace(roster, duties=tuple(lines.values())), Likeness(lines, problem.likeness)
