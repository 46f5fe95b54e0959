"""
Which absences a published roster survives.

Every person, every date and length: is there a lawful roster that holds every hard post, and how many cells of the
published one have to change? Each answer is a search of its own, proven; what breaks is named by post and time.

Two people (`together`) are away over the same dates. Only pairs that share posts and neither of whom breaks the
roster alone are searched: people who share none need not know of each other, so their changes add up, and what one
absence breaks two do as well.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import groupby

from roster.checker import check_roster
from roster.domain.outcome import Roster, SolveOptions, Violation
from roster.domain.problem import Problem
from roster.engine.rotation import split
from roster.questions.resilience.asking import by_class
from roster.questions.resilience.batches import Batch, Setting, in_batches
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome, ResilienceRequest
from roster.questions.resilience.classes import by_person, is_long, parts_of
from roster.questions.resilience.cross_training import Training, cross_training, number_of_tries
from roster.questions.resilience.findings import (
    Missed,
    OnlyHolder,
    SpareDay,
    WeekOfAbsences,
    by_week,
    missed,
    only_holders,
    spare_days,
)
from roster.questions.resilience.journal import State
from roster.questions.resilience.workers import Workers, at_work, solve_all

TellCase = Callable[[str, int, int], None]
"""Takes the stage (`singles`, `pairs`, `training`), how many cases are answered, and of how many."""


@dataclass(frozen=True, slots=True)
class Resilience:
    """
    The answer.

    `singles` and `pairs` are the cases asked for, `days` those of one day. `violations` is what the published roster
    breaks by itself; then nothing is tried. `trained` are the cases that cross-training was tried on.
    """

    asked: ResilienceRequest
    violations: tuple[Violation, ...] = ()
    singles: tuple[CaseAnswer, ...] = ()
    pairs: tuple[CaseAnswer, ...] = ()
    days: tuple[CaseAnswer, ...] = ()
    training: tuple[Training, ...] = ()
    seconds: float = 0.0

    @property
    def cases(self) -> tuple[CaseAnswer, ...]:
        """All cases asked for."""
        return (*self.singles, *self.pairs)

    @property
    def broken(self) -> tuple[CaseAnswer, ...]:
        """The cases in which no lawful roster holds every hard post."""
        return tuple(answer for answer in self.cases if answer.breaks)

    @property
    def undecided(self) -> tuple[CaseAnswer, ...]:
        """The cases that time ran out for."""
        return tuple(answer for answer in self.cases if answer.undecided)

    @property
    def complete(self) -> bool:
        """Whether nothing was left open for want of time."""
        return not self.undecided and not any(training.undecided for training in self.training)

    @property
    def survives(self) -> bool | None:
        """Whether every case is survived; None where that stays open."""
        if self.violations or self.broken:
            return False
        return None if self.undecided else True

    @property
    def up_to(self) -> int:
        """The longest length up to which every single absence is survived; 0 where not even a day is."""
        good = 0
        for length in self.asked.tried:
            answers = [answer for answer in (*self.singles, *self.days) if answer.case.length == length]
            if not answers or not all(answer.outcome is Outcome.SURVIVES for answer in answers):
                break
            good = length
        return good

    @property
    def only_holders(self) -> tuple[OnlyHolder, ...]:
        """The roles that one person alone has."""
        return only_holders(self.asked)

    @property
    def missed(self) -> tuple[Missed, ...]:
        """The people whose absence breaks something."""
        return missed(self.asked, self.singles)

    @property
    def by_week(self) -> dict[str, tuple[WeekOfAbsences, ...]]:
        """The map: for each person, what the absences that begin in each week do."""
        return by_week(self.asked, self.singles)

    @property
    def spare_days(self) -> tuple[SpareDay, ...]:
        """The calendar: for each date, who could not be away."""
        return spare_days(self.asked, self.days)


@dataclass(frozen=True, slots=True)
class ResilienceRun:
    """
    How to run: the file that keeps answers, the executor or the number of processes, who is told.

    Without `train` it is not tried what may be taught.
    """

    state: State | None = None
    executor: Executor | None = None
    processes: int | None = None
    tell: TellCase | None = None
    train: bool = True


def resilience(
    asked: ResilienceRequest, options: SolveOptions, run: ResilienceRun | None = None
) -> Resilience:
    """
    Try every absence that is asked for; keep what is found, and go on from what was kept.

    A roster that breaks rules by itself is not tried.

    Parameters
    ----------
    asked : The scenario, the roster, and which absences are meant.
    options : Its time limit is for the whole question; what is not decided by then stays open.
    run : Who does the work, what was kept, and whom to tell.

    Raises
    ------
    EngineError
        A roster found breaks the independent check, or a worker process died.
    """
    run, began = run or ResilienceRun(), time.monotonic()
    violations = tuple(check_roster(asked.problem, asked.published))
    if violations:
        return Resilience(asked, violations, seconds=time.monotonic() - began)
    setting = Setting(asked.problem, asked.published, options.seed, time.time() + options.ends(began) - began)
    state = run.state or State(asked)
    with at_work(setting, run.processes or os.cpu_count() or 1, run.executor) as workers:
        answering = _Answering(asked, state, workers, run.tell or (lambda *_: None))
        tried = answering.singles()
        singles = tuple(answer for answer in tried if answer.case.length in asked.lengths)
        pairs = answering.pairs(tried) if asked.together > 1 else ()
        broken = [answer for answer in singles if answer.breaks] or [
            answer for answer in pairs if answer.breaks
        ]
        training = answering.training(broken) if run.train else ()
    days = tuple(answer for answer in tried if answer.case.length == 1)
    return Resilience(asked, (), singles, pairs, days, training, time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class _Answering:
    """The stages of a run."""

    asked: ResilienceRequest
    state: State
    workers: Workers
    tell: TellCase

    def _solve(self, stage: str, batches: Sequence[Batch]) -> list[CaseAnswer]:
        told = self._counting(stage, sum(len(batch.cases) for batch in batches))
        return solve_all(batches, self.state, self.workers, told)

    def _counting(self, stage: str, total: int) -> Callable[[int], None]:
        done = 0

        def more(number: int) -> None:
            nonlocal done
            done += number
            self.tell(stage, done, total)

        return more

    def singles(self) -> list[CaseAnswer]:
        """Answer every absence of one person."""
        people = self.asked.published.people
        cases = [self.asked.singles(person.name) for person in people]
        if is_long(self.asked.published):
            known = self._by_class()
            return [known[case] for own in cases for case in own]
        return self._solve("singles", [batch for own in cases for batch in in_batches(own)])

    def _by_class(self) -> dict[AbsenceCase, CaseAnswer]:
        """Answer one of each class of equal absences and the others from it; the rest by themselves."""
        names = [person.name for person in self.asked.published.people]
        told = self._counting("singles", sum(len(self.asked.singles(name)) for name in names))
        found: dict[AbsenceCase, CaseAnswer] = {}

        def solve(batches: Sequence[Batch]) -> list[CaseAnswer]:
            return solve_all(batches, self.state, self.workers, told)

        for part in parts_of(self.asked):
            if part.around is None:
                batches = list(by_person(self.asked, part.names))
            else:
                cases = [case for name in part.names for case in self.asked.singles(name)]
                found |= by_class(part, cases, solve)
                by_name = groupby((case for case in cases if case not in found), key=lambda case: case.people)
                batches = [batch for _, own in by_name for batch in in_batches(list(own))]
            found |= {answer.case: answer for answer in solve(batches)}
        return found

    def pairs(self, tried: Sequence[CaseAnswer]) -> tuple[CaseAnswer, ...]:
        """Answer every absence of two people."""
        alone = {answer.case: answer for answer in tried}
        part = _part_numbers(self.asked.problem, self.asked.published)
        cases = [
            AbsenceCase(pair, first, length)
            for pair in self.asked.pairs()
            for length in self.asked.lengths
            for first in self.asked.starts(length)
        ]
        known = {case: _from_singles(case, alone, part) for case in cases}
        groups: dict[tuple[str, ...], list[AbsenceCase]] = {}
        for case in cases:
            if known[case] is None:
                groups.setdefault(case.people, []).append(case)
        batches = [batch for group in groups.values() for batch in in_batches(group)]
        solved = {answer.case: answer for answer in self._solve("pairs", batches)}
        return tuple(known[case] or solved[case] for case in cases)

    def training(self, broken: Sequence[CaseAnswer]) -> tuple[Training, ...]:
        """Try what may be taught, where something breaks."""
        told = self._counting("training", number_of_tries(self.asked, broken))
        return cross_training(self.asked, broken, self.state, self.workers, told) if broken else ()


def _part_numbers(problem: Problem, published: Roster) -> dict[str, int]:
    """Return for each person the part of the problem they are in."""
    parts = split(problem)
    return {
        person.name: next(at for at, part in enumerate(parts) if person.type in part.type)
        for person in published.people
    }


def _from_singles(
    case: AbsenceCase, alone: dict[AbsenceCase, CaseAnswer], part: dict[str, int]
) -> CaseAnswer | None:
    """Return what two absences come to where each of them tells; None where it does not."""
    answers = [alone[AbsenceCase((name,), case.first, case.length)] for name in case.people]
    broken = [answer for answer in answers if answer.breaks]
    if broken:
        empty = tuple(place for answer in broken for place in answer.empty)
        return CaseAnswer(case, Outcome.BREAKS, empty=empty, basis=Basis.CONTAINED)
    if any(answer.undecided for answer in answers):
        return CaseAnswer(case, Outcome.UNKNOWN)
    if len({part[name] for name in case.people}) == 1:
        return None
    changed, bound = (
        sum(_known(number) for number in numbers)
        for numbers in zip(*((answer.changed, answer.bound) for answer in answers), strict=True)
    )
    return CaseAnswer(case, Outcome.SURVIVES, changed, bound, basis=Basis.APART)


def _known(number: int | None) -> int:
    """Return a number of an absence that is survived: those are known."""
    assert number is not None
    return number


__all__ = ["Resilience", "ResilienceRequest", "ResilienceRun", "State", "resilience"]
