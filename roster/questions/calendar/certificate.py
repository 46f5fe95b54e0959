"""
The certificate of a calendar's bound: whole-number prices, at which anybody recomputes everybody's shortest walk.

No solver is asked: any prices give a bound, and these give the one that is claimed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from roster.domain.fairness import Share
from roster.domain.problem import Problem
from roster.engine.columns import PART, Aims, Duals, compile_team, exact_bound
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


def document_of(problem: Problem, prices: Duals, shares: tuple[Share, ...], points: float) -> Document:
    """
    Return a certificate of a bound in points, hard posts included as the engine prices them.

    Parameters
    ----------
    problem : The scenario.
    prices : Of the cover's rows, and of each person's tallies, in points.
    shares, points : Everybody's fair shares, and the bound that is claimed.
    """
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
    compiled = compile_team(problem, skeleton(problem), Aims(shares))
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
