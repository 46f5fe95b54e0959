"""Published calendars solved one by one: value, bound and time, the value by the published definition alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from roster.benchmark.calendar import curtois, inrc
from roster.benchmark.calendar.teams import team
from roster.checker import check_roster
from roster.domain.duty import Duty
from roster.domain.duty_price import duty_price
from roster.domain.fairness import POINT
from roster.domain.problem import Problem
from roster.engine.columns import Aims, BetterCalendar, Deadline, State, compile_team, result, run
from roster.errors import FileFault
from roster.penalties import empty_hard, terms
from roster.questions.calendar import shares_of, skeleton

Lines = dict[str, tuple[Duty, ...]]


@dataclass(frozen=True)
class Task:
    """An instance to solve: its problem, what counts beside the rules, the published scorer, the best known value."""

    name: str
    problem: Problem
    aims: Aims
    score: Callable[[Lines], tuple[float, list[str]]]
    best_known: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """
    What came of an instance.

    `value` is the published scorer's, `claimed` the engine's; `broken` what the scorer or the checker finds wrong.
    `given` are those of its points that say nothing of how good it is: of the duties themselves, whoever has them,
    and of hours of hard posts that stay empty.
    `empty_hours` of hard posts are left in the end; `filled_s` is when no more of them were for the first time.
    `reached` are the seconds (wall, CPU of this process) after which the value was reached.
    """

    name: str
    people: int
    days: int
    status: str
    value: float | None
    given: float
    empty_hours: float
    filled_s: float | None
    claimed: float | None
    bound: float | None
    best_known: int | None
    wall_s: float
    cpu_s: float
    reached_s: float | None
    reached_cpu_s: float | None
    first_s: float | None
    columns: int
    broken: tuple[str, ...]

    @property
    def gap(self) -> float | None:
        """How far the value is from the bound, as a share of the points that a calendar can be better by."""
        if self.value is None or self.bound is None or self.value <= self.given:
            return None
        return (self.value - self.bound) / (self.value - self.given)


def tasks(paths: Iterable[Path]) -> Iterator[Task]:
    """Yield the instances in files and folders: files of Curtois and Qu, or `FOLDER/n030w4_1_6-2-9-1` of INRC-II."""
    for path in paths:
        if inrc.named(path):
            yield _inrc(path)
        elif path.is_dir():
            files = sorted(path.glob("Instance*.txt"), key=lambda file: (len(file.name), file.name))
            if not files:
                raise FileFault(f"{path}: no Instance*.txt in it")
            yield from (_curtois(file) for file in files)
        else:
            yield _curtois(path)


def made_up(people: int, seed: int) -> Task:
    """
    Return a named team made up from a seed, scored term by term from the roster; hard posts at their price.

    Its soft rules are those of the calendar of people with names, as where the program is asked for one.
    """
    problem = team(people, seed).of_calendar()
    shares = shares_of(problem, skeleton(problem))

    def score(lines: Lines) -> tuple[float, list[str]]:
        roster = replace(skeleton(problem), duties=tuple(lines[person.name] for person in problem.people))
        empty = empty_hard(problem, roster)
        points = sum(term.parts for term in terms(problem, roster, shares)) / POINT
        hard = compile_team(problem, roster, Aims(shares))
        return points + hard.points(hard.hard) * empty / 60, []

    return Task(f"team {people}, seed {seed}", problem, Aims(shares), score, None)


def _curtois(path: Path) -> Task:
    instance = curtois.read(path)
    return Task(
        instance.name,
        curtois.problem(instance),
        Aims(duty=0),
        lambda lines: curtois.score(instance, lines),
        curtois.best_known(instance),
    )


def _inrc(path: Path) -> Task:
    instance = inrc.read(path)
    return Task(
        instance.name,
        inrc.problem(instance),
        Aims(duty=0, totals=inrc.totals(instance)),
        lambda lines: inrc.score(instance, lines),
        None,
    )


def _cpu() -> float:
    """Return the CPU seconds of this process and of those it has seen end."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def solve(task: Task, seconds: float, seed: int, workers: int = 1) -> Case:
    """
    Solve an instance, and score what comes out by its published definition.

    Parameters
    ----------
    task : The instance as a scenario, with what counts in it.
    seconds, seed : Time limit, and the seed of the search.
    workers : Processes at work at most.
    """
    wall, cpu = time.monotonic(), _cpu()
    roster = skeleton(task.problem)
    compiled = compile_team(task.problem, roster, task.aims)
    deadline = Deadline(wall + seconds)
    filled: list[tuple[float, int]] = []

    def tell(better: BetterCalendar | None, _best: float, _bound: float) -> None:
        if better is not None:
            filled.append((better.seconds, empty_hard(task.problem, compiled.read(state.lines))))

    state = State(compiled.team, seed, deadline, tell)
    run(state, deadline.left, workers=workers)
    found = result(state)
    broken: list[str] = []
    value, taken = None, 0.0
    if found.lines:
        given = compiled.read(found.lines)
        lines = {person.name: line for person, line in zip(given.people, given.duties, strict=True)}
        value, broken = task.score(lines)
        broken += [one.sentence for one in check_roster(task.problem, given) if one.person is not None]
        if task.aims.duty is None:
            parts = sum(len(duty.parts) for line in given.duties for duty in line)
            taken = duty_price(task.problem) * parts + compiled.hard * empty_hard(task.problem, given) / 60
    least = filled[-1][1] if filled else 0
    last = found.trace[-1] if found.trace else None
    return Case(
        task.name,
        len(roster.people),
        roster.horizon.days,
        "optimal" if found.optimal else "feasible" if found.lines else "unknown",
        value,
        taken,
        least / 60,
        next((round(at, 2) for at, empty in filled if empty <= least), None),
        compiled.points(found.value) if found.lines else None,
        compiled.points(found.bound) if found.bound > float("-inf") else None,
        task.best_known,
        round(time.monotonic() - wall, 2),
        round(_cpu() - cpu, 2),
        None if last is None else round(last.seconds, 2),
        None if last is None else round(last.cpu_seconds, 2),
        found.trace[0].seconds if found.trace else None,
        found.columns,
        tuple(broken),
    )
