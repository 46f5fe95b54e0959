"""
Scenarios that grow in one way at a time: staff types, shifts, posts, campuses, weeks of the calendar.

Demand times a hundred must cost nothing more; more kinds of things may cost as many times more as there are of them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.tiers import silent
from roster.benchmark.tiers_report import machine_line, measured_on
from roster.domain.outcome import SolveOptions, Status
from roster.domain.problem import Problem
from roster.language import tr
from roster.output.documents.document import Document
from roster.output.terminal.console import BAD, FAINT, GOOD, STATUS_STYLES, table
from roster.questions.plan import plan_headcount
from roster.scenario import loader
from roster.yaml import tree as source

Said = dict[str, Any]

DAYS = {"D": "08:00", "E": "16:00", "N": "00:00"}


@dataclass(frozen=True, slots=True)
class GrowthCase:
    """
    What grows and how large it is, the answer, and the CPU seconds from the problem to the checked calendar.

    `ratio` is the time against that of the row's first size, `linear` what it may be at most: as many times as large.
    """

    grows: str
    size: int
    status: Status
    value: int | None
    bound: int | None
    cpu_s: float
    ratio: float = 1.0
    linear: float = 1.0


def types(number: int) -> Said:
    """Return systems with two named engineers each, and one generalist who can stand in for any of them."""
    at = range(number)
    named = {f"{who}{n}": {"type": f"t{n}"} for n in at for who in "AB"}
    skills = {f"t{n}": {"skills": f"r{n}"} for n in at}
    return {
        "shifts": {"D": {"start": "08:00", "length": "8h"}},
        "roles": {f"r{n}": {} for n in at},
        "posts": {f"p{n}": {"role": f"r{n}", "days": "weekdays", "window": "08:00-16:00"} for n in at},
        "staff_types": {**skills, "generalist": {"skills": [f"r{n}" for n in at]}},
        "people": {**named, "G": {"type": "generalist"}},
    }


def shifts(number: int) -> Said:
    """Return one seat around the clock, and so many shifts that begin at different times of the day."""
    begin = [n * 24 * 60 // number for n in range(number)]
    return {
        "shifts": {
            f"S{n}": {"start": f"{minute // 60:02}:{minute % 60:02}", "length": "8h"}
            for n, minute in enumerate(begin)
        },
        "roles": {"a": {}},
        "posts": {"seat": {"role": "a", "window": "00:00-24:00"}},
        "staff_types": {"a": {"skills": "a"}},
    }


def posts(number: int) -> Said:
    """Return so many posts of one role, around the clock and by day in turn."""
    windows = ("00:00-24:00", "08:00-16:00")
    return {
        **_three_shifts(),
        "roles": {"a": {}},
        "posts": {f"p{n}": {"role": "a", "window": windows[n % 2]} for n in range(number)},
        "staff_types": {"a": {"skills": "a"}},
    }


def campuses(number: int) -> Said:
    """Return campuses with a desk and a call each; people of any campus, and a pool, may answer any call."""
    at = range(number)
    call = {"start": "16:00", "length": "16h", "response": "15min"}
    desks = {f"desk{n}": {"role": f"c{n}", "window": "08:00-16:00", "site": f"s{n}"} for n in at}
    asked = {"role": "call", "window": "16:00-08:00", "presence": "standby", "response": "30min"}
    teams = {f"t{n}": {"skills": [f"c{n}", "call"], "sites": [f"s{n}"]} for n in at}
    return {
        **_three_shifts(),
        "standbys": {"S": call},
        "sites": {f"s{n}": {} for n in at},
        "roles": {"call": {}, **{f"c{n}": {} for n in at}},
        "posts": {**desks, **{f"call{n}": asked for n in at}},
        "staff_types": {**teams, "pool": {"skills": "call", "sites": [f"s{n}" for n in at]}},
    }


def weeks(number: int) -> Said:
    """Return one seat around the clock with a calendar of so many weeks."""
    return {**posts(1), "calendar": {"start": "2027-01-04", "weeks": number}}


def _three_shifts() -> Said:
    return {"shifts": {name: {"start": start, "length": "8h"} for name, start in DAYS.items()}}


ROWS: dict[str, tuple[Callable[[int], Said], tuple[int, ...]]] = {
    "types": (types, (2, 4, 8)),
    "shifts": (shifts, (3, 6, 12, 24)),
    "posts": (posts, (2, 4, 8, 16)),
    "campuses": (campuses, (5, 10, 20)),
    "weeks": (weeks, (4, 13, 26, 52)),
}
"""What grows, how a scenario of a size is made, and the sizes."""


def problem_of(name: str, said: Said) -> Problem:
    """Return the problem of a scenario of which only what matters is said."""
    whole = {
        "name": name,
        "calendar": {"start": "2027-01-04", "weeks": 4},
        "employers": {"h": {"regime": "cn_public_institution"}},
        **said,
    }
    file = f"{name}.yaml"
    return loader.from_tree(source.parse(json.dumps(whole), file), Path(file))


def measured(options: SolveOptions, tell: Callable[[str], None] = silent) -> Iterator[GrowthCase]:
    """Yield every size of every row: planned as `plan` does, without time for making a rota better."""
    # Loading the program is nobody's growth: the first case would look as large as one twice its size.
    make, (smallest, *_) = next(iter(ROWS.values()))
    plan_headcount(problem_of("first", make(smallest)), options, ladder=False)
    for grows, (make, sizes) in ROWS.items():
        first: GrowthCase | None = None
        for size in sizes:
            tell(f"{grows} {size}")
            problem = problem_of(f"{grows}{size}", make(size))
            began = time.process_time()
            found = plan_headcount(problem, options, ladder=False)
            spent = time.process_time() - began
            value = None if found.plan is None else found.plan.headcount.in_house
            case = GrowthCase(grows, size, found.status, value, found.bound, spent)
            first = first or case
            yield replace(case, ratio=spent / first.cpu_s, linear=size / first.size)


def growth_document(cases: Sequence[GrowthCase], options: SolveOptions) -> Document:
    """Return all cases as one document."""
    rounded = (
        {**asdict(case), "cpu_s": round(case.cpu_s, 4), "ratio": round(case.ratio, 4)} for case in cases
    )
    said = [{**one, "status": case.status.value} for one, case in zip(rounded, cases, strict=True)]
    return {"cases": said, "time_limit": options.time_limit_s, **measured_on()}


def growth_report(cases: Sequence[GrowthCase]) -> Iterator[ConsoleRenderable]:
    """Return one table of all cases, and what its columns mean."""
    names = ("grows", "size", "people", "bound", "status", "cpu", "ratio", "linear")
    made = table(*(tr(f"measure.{name}") for name in names), numbers=(1, 2, 3, 5, 6, 7), wrap=(0,))
    for case in cases:
        made.add_row(
            tr(f"measure.{case.grows}"),
            str(case.size),
            *("" if number is None else f"{number:,}" for number in (case.value, case.bound)),
            Text(tr(f"measure.{case.status.value}"), STATUS_STYLES[case.status]),
            f"{case.cpu_s:.2f}",
            Text(f"{case.ratio:.1f}", GOOD if case.ratio <= case.linear else BAD),
            f"{case.linear:.1f}",
        )
    yield made
    yield Text()
    yield Text(tr("measure.growth_note"), FAINT)
    yield machine_line()


def growth_line(cases: Sequence[GrowthCase]) -> str:
    """Say the largest size's ratio of each row in one line."""
    return " ".join(f"{case.grows}=x{case.linear:g}:{case.ratio:.2f}" for case in _largest(cases))


def _largest(cases: Sequence[GrowthCase]) -> list[GrowthCase]:
    return list({case.grows: case for case in cases}.values())
