"""
How many and why: a system profile planned at three levels of service, each proven, beside what others have.

Each level becomes a scenario file, is read back as any scenario is, and its fewest people are found and proven by the
engine that `roster plan` uses; the rotation found passes the independent check. The calendar is left to `roster plan`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roster.checker import check_rotation
from roster.domain.costs import headcount_of, monthly_cost
from roster.domain.outcome import Headcount, Progress, Proof, SolveOptions, Status, Tell, least_sure, weakest
from roster.domain.problem import Problem
from roster.engine.rotation import Fewest, SearchRun, fewest, rotations, seats_taken, split
from roster.engine.solvers.search import Search
from roster.errors import EngineError
from roster.language import tr
from roster.questions.size.guidance import Guidance, Tension, guidance, tensions
from roster.questions.size.lead_time import LeadTime, lead_time
from roster.scenario.loader import from_node
from roster.sizing.answering import Answered, answering
from roster.sizing.build import design
from roster.sizing.design import Design, Level
from roster.sizing.profile import Profile
from roster.sizing.write import scenario_name, scenario_text
from roster.yaml import tree as source


@dataclass(frozen=True, slots=True)
class Planned:
    """
    One level of service: what it asks for, the scenario written for it, and the fewest people who hold it.

    `headcount` and `cost` (a month) are None where none was found; `bound` is the least in-house number not excluded.
    """

    design: Design
    text: str
    problem: Problem
    status: Status
    headcount: Headcount | None
    bound: int | None
    proof: Proof
    cost: int | None
    seconds: float

    @property
    def people(self) -> int | None:
        """In-house people."""
        return None if self.headcount is None else self.headcount.in_house


@dataclass(frozen=True, slots=True)
class Sized:
    """The three levels, lean first; what others have; where demands and people do not fit; and the lead time."""

    profile: Profile
    levels: tuple[Planned, ...]
    guidance: Guidance
    tensions: tuple[Tension, ...]
    answered: tuple[Answered, ...]
    lead: LeadTime | None
    seconds: float

    @property
    def recommended(self) -> Planned:
        """The level that is recommended."""
        return next(level for level in self.levels if level.design.level is Level.RECOMMENDED)

    @property
    def status(self) -> Status:
        """The weakest of the levels' answers."""
        return least_sure(level.status for level in self.levels)


def size(profile: Profile, options: SolveOptions, today: date, progress: Tell | None = None) -> Sized:
    """
    Plan a profile at three levels of service and compare.

    Parameters
    ----------
    profile, today : The systems and what they ask for, and the date from which hiring counts.
    options, progress : Time limit and settings, and whom to tell how it goes.

    Raises
    ------
    EngineError
        A rotation breaks the independent check: a defect of the program.
    """
    now = time.monotonic()
    run = SearchRun(now, Search(options, options.ends(now)), progress or _nobody)
    drafts = [design(profile, level) for level in Level]
    # The solvers let go of the interpreter; each thread speaks the caller's language.
    with ThreadPoolExecutor(len(drafts)) as beside:
        futures = [beside.submit(copy_context().run, _planned, profile, draft, run) for draft in drafts]
        levels = tuple(future.result() for future in futures)
    recommended = levels[list(Level).index(Level.RECOMMENDED)]
    lead = None
    if recommended.headcount is not None:
        lead = lead_time(profile, recommended.problem, recommended.headcount, today, run)
    beside_it = guidance(profile)
    found = [answering(profile, place) for place in ("alerts", "desk")]
    return Sized(
        profile,
        levels,
        beside_it,
        tensions(profile, beside_it, [(one.design, one.problem, one.headcount, one.cost) for one in levels]),
        tuple(one for one in found if one is not None),
        lead,
        time.monotonic() - now,
    )


def _nobody(_progress: Progress) -> None:
    """Take a sign of life that nobody watches."""


def _planned(profile: Profile, draft: Design, run: SearchRun) -> Planned:
    began = time.monotonic()
    text = scenario_text(profile, draft)
    name = f"{scenario_name(profile, draft)}.yaml"
    problem = from_node(source.parse(text, name), str(Path(name)))
    found = [fewest(part, run) for part in split(problem)]
    status = least_sure(part.status for part in found)
    bounds = [part.bound for part in found]
    bound = sum(bounds) if None not in bounds else None  # type: ignore[arg-type]
    headcount = _headcount(problem, found) if all(part.values for part in found) else None
    cost = monthly_cost(problem, headcount).total if headcount is not None else None
    seconds = time.monotonic() - began
    return Planned(draft, text, problem, status, headcount, bound, _proof(found, bound), cost, seconds)


def _headcount(problem: Problem, found: Sequence[Fewest]) -> Headcount:
    """Return who is needed, from rotations that the independent check has passed."""
    solved = [(part.model, part.values) for part in found if part.model is not None]
    rotas = tuple(rota for model, values in solved for rota in rotations(model, values))
    seats = tuple(use for model, values in solved for use in seats_taken(model, values))
    violations = check_rotation(problem, rotas, seats)
    if violations:
        raise EngineError("; ".join(violation.sentence for violation in violations[:5]))
    by_type = {staff.name: 0 for staff in problem.types}
    for rota in rotas:
        by_type[rota.type] += rota.people
    # Named people are there whether a line needs them or not.
    for staff in problem.types:
        by_type[staff.name] = max(by_type[staff.name], staff.minimum)
    return headcount_of(problem, by_type, seats)


def _proof(found: Sequence[Fewest], bound: int | None) -> Proof:
    """Put the parts' proofs together: the weakest kind is the whole's."""
    telling = [part for part in found if part.bound or part.status is Status.INFEASIBLE]
    kind = weakest(part.proof.kind for part in telling)
    sentences = list(dict.fromkeys(part.proof.reason for part in telling))
    if len(telling) > 1 and bound is not None:
        sentences.append(tr("size.together", people=bound))
    confirmed = "; ".join(dict.fromkeys(part.proof.confirmed for part in telling if part.proof.confirmed))
    return Proof(kind, " ".join(sentences), confirmed)
