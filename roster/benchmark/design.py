"""
Demand made of hidden shifts, so that its optimum is known: as many kinds hold it without an idle minute.

Drawn as the published sets of minimum shift design are (Musliu, Schaerf, Slany: Local search for shift design, European
Journal of Operational Research 153, 2004): every half hour a number of people, the same each day. Those sets weigh
shortage and excess and have no people; here nothing may be short, and people are counted as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from random import Random

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.tiers_report import machine_line, measured_on
from roster.domain.outcome import SolveOptions
from roster.domain.problem import Problem
from roster.engine.design import bound, fitting, simplest
from roster.language import tr
from roster.output.documents.document import Document
from roster.output.terminal.console import BAD, GOOD, table
from roster.scenario.loader import from_node
from roster.yaml import tree

HALF_HOURS = 48
HIDDEN, LENGTHS, MOST_PEOPLE = 4, range(8, 19), 5
"""Kinds of shift that are hidden, their half hours, and the most people of each."""

KINDS = HIDDEN + 1
SCENARIO = """
name: {name}
calendar: {{start: 2027-01-04, weeks: 4}}
employers: {{own: {{regime: eu_directive}}}}
roles: {{desk: {{}}}}
shifts: {{choose: {{starts: every 30min, lengths: [{lengths}], at_most: {kinds}}}}}
posts: {{desk: {{role: desk, demand: {{daily: {{{demand}}}}}}}}}
staff_types: {{agent: {{skills: desk, weekly_hours: 40}}}}
objective: people
"""


@dataclass(frozen=True, slots=True)
class DesignCase:
    """One demand: the people and kinds found, and what is proven of both; `kinds` is 0 where nothing was found."""

    instance: str
    wanted_hours: float
    candidates: int
    people: int | None
    bound: int | None
    kinds: int
    fewest_kinds: bool
    wall_s: float
    cpu_s: float

    @property
    def proven(self) -> bool:
        """Whether people and kinds are proven fewest, with no more kinds than are hidden."""
        return (
            self.people is not None
            and self.people == self.bound
            and self.fewest_kinds
            and self.kinds <= HIDDEN
        )


def drawn(seed: int) -> tuple[Problem, float]:
    """Return a desk whose demand is made of hidden shifts, and its hours a week; equal seeds give equal ones."""
    draw = Random(f"design {seed}")
    numbers = [0] * HALF_HOURS
    for start in draw.sample(range(HALF_HOURS), HIDDEN):
        people = draw.randint(1, MOST_PEOPLE)
        for at in range(start, start + draw.choice(LENGTHS)):
            numbers[at % HALF_HOURS] += people
    runs = [
        (number, [at for at, _ in run]) for number, run in groupby(enumerate(numbers), lambda one: one[1])
    ]
    demand = ", ".join(f"{_clock(run[0])}-{_clock(run[-1] + 1)}: {number}" for number, run in runs if number)
    lengths = ", ".join(f"{30 * half}min" for half in LENGTHS)
    text = SCENARIO.format(name=f"design{seed}", kinds=KINDS, lengths=lengths, demand=demand)
    return from_node(tree.parse(text, "design.yaml"), "design.yaml"), 7 * sum(numbers) / 2


def _clock(half: int) -> str:
    return f"{half // 2:02d}:{30 * (half % 2):02d}"


def run_design(options: SolveOptions, cases: int, tell: Callable[[str], None]) -> list[DesignCase]:
    """
    Choose the shifts for demands drawn one after the other.

    Parameters
    ----------
    options : Its time limit is for each, its seed that of the first.
    cases, tell : How many, and whom to tell which.
    """
    return [_case(seed, options, tell) for seed in range(options.seed, options.seed + cases)]


def _case(seed: int, options: SolveOptions, tell: Callable[[str], None]) -> DesignCase:
    tell(f"design {seed}")
    problem, hours = drawn(seed)
    assert problem.design is not None
    began, spent = time.monotonic(), time.process_time()
    least = bound(problem, options.time_limit_s / 4)
    found = simplest(fitting(problem), KINDS, options.time_limit_s * 3 / 4, least.value)
    wall, cpu = time.monotonic() - began, time.process_time() - spent
    return DesignCase(
        problem.name,
        hours,
        len(problem.design.candidates),
        None if found is None else found.value,
        least.value,
        0 if found is None else len(found.kinds),
        found is not None and found.fewest_kinds,
        round(wall, 3),
        round(cpu, 3),
    )


def design_document(cases: list[DesignCase], options: SolveOptions) -> Document:
    """Return all cases and their summary."""
    return {
        "cases": [{**asdict(case), "proven": case.proven} for case in cases],
        "summary": {
            "cases": len(cases),
            "proven": sum(case.proven for case in cases),
            "slowest_s": max(case.wall_s for case in cases),
        },
        "time_limit": options.time_limit_s,
        "seed": options.seed,
        **measured_on(),
    }


def design_line(cases: list[DesignCase]) -> str:
    """Return what came of it in one line."""
    slowest = max(case.wall_s for case in cases)
    proven = sum(case.proven for case in cases)
    return tr("measure.design_line", proven=proven, cases=len(cases), slowest=f"{slowest:.1f}")


def design_report(cases: list[DesignCase]) -> Iterator[ConsoleRenderable]:
    """Return one table of all cases."""
    names = ("instance", "hours", "candidates", "people", "bound", "kinds", "seconds")
    made = table(*(tr(f"measure.design_{name}") for name in names), numbers=(1, 2, 3, 4, 5, 6))
    for case in cases:
        figures = (f"{case.wanted_hours:g}", case.candidates, case.people, case.bound, case.kinds)
        texts = ("-" if figure is None else str(figure) for figure in figures)
        made.add_row(Text(case.instance, GOOD if case.proven else BAD), *texts, f"{case.wall_s:.2f}")
    yield made
    yield Text(design_line(cases))
    yield machine_line()
