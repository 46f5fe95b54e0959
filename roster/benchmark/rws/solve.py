"""Published rotating-workforce instances put to the engine, and its answers put to the checker."""

from __future__ import annotations

from dataclasses import dataclass, replace

from roster.benchmark.rws.check import OFF as OFF_LETTER
from roster.benchmark.rws.check import violations
from roster.benchmark.rws.format import Instance
from roster.domain.outcome import Proof, ProofKind, SolveOptions, Status
from roster.domain.problem import OFF, Duty, Shift
from roster.domain.rules import OffBlock, Rule, ShiftRun, Succession, WorkBlock
from roster.engine.exact_demand import ExactQuestion, Rota, fewest_people, rota
from roster.errors import EngineError


def question(instance: Instance) -> ExactQuestion:
    """Return an instance in the engine's words: the same duties and rules as any scenario, with exact demand."""
    shifts = [
        Shift(shift.name, shift.name[:1], shift.start % 1440, min(max(shift.length, 1), 1440))
        for shift in instance.shifts
    ]
    rules: list[Rule] = [
        WorkBlock(shortest=instance.work.shortest, longest=instance.work.longest),
        OffBlock(shortest=instance.off.shortest, longest=instance.off.longest),
    ]
    rules += [
        ShiftRun(shift=shift.name, shortest=shift.run.shortest, longest=shift.run.longest)
        for shift in instance.shifts
    ]
    rules += [Succession(first=a, second=b) for a, b in instance.not_after]
    rules += [Succession(first=a, second=b, days_off=1) for a, b in instance.not_after_off]
    return ExactQuestion((OFF, *map(Duty, shifts)), tuple(rules), instance.demand)


def rows(instance: Instance, word: tuple[int, ...]) -> list[list[str]]:
    """Return a word of duty numbers as rows of names, Monday first."""
    names = [OFF_LETTER, *(shift.name for shift in instance.shifts)]
    days = [names[duty] for duty in word]
    return [days[at : at + 7] for at in range(0, len(days), 7)]


def checked(instance: Instance, word: tuple[int, ...]) -> list[list[str]]:
    """
    Return a word as rows after checking it against the published rules.

    Raises
    ------
    EngineError
        The engine made a rota that breaks a rule.
    """
    made = rows(instance, word)
    if wrong := violations(instance.with_employees(len(made)), made):
        raise EngineError(f"{instance.name}: {'; '.join(wrong[:3])}")
    return made


COUNTED = Proof(ProofKind.ARITHMETIC, "")


def answer_for(instance: Instance, options: SolveOptions) -> Rota:
    """Return a rota for an instance's own number of employees, or a proof that there is none."""
    counted = block_count(instance)
    if counted is None or not counted.least <= instance.employees <= counted.most:
        return Rota(Status.INFEASIBLE, proof=COUNTED)
    return rota(question(instance), instance.employees, options)


def fewest_employees(instance: Instance, options: SolveOptions) -> Rota:
    """Return a rota for the least number of employees, or a proof that no number will do."""
    counted = block_count(instance)
    if counted is None:
        return Rota(Status.INFEASIBLE, proof=COUNTED)
    answer = fewest_people(question(instance), counted.least, counted.most, options)
    return replace(answer, proof=COUNTED) if answer.bound == counted.least else answer


@dataclass(frozen=True, slots=True)
class BlockCount:
    """Numbers of employees for which the blocks of work and of days off can add up at all."""

    least: int
    most: int


def block_count(instance: Instance) -> BlockCount | None:
    """
    Return the numbers of employees that counting blocks leaves open; None if it leaves none.

    A week of the whole rota holds W working days in b blocks of work, hence b blocks of days off: W lies between b
    times the shortest and the longest block of work, and 7 n - W between b times those of days off.
    """
    work, off, load = instance.work, instance.off, instance.workload
    fewest_blocks, most_blocks = -(-load // work.longest), load // work.shortest
    if not 0 < fewest_blocks <= most_blocks:
        return None
    busiest = max(map(sum, zip(*instance.demand, strict=True)))
    least = max(busiest, -(-(load + fewest_blocks * off.shortest) // 7))
    most = (load + most_blocks * off.longest) // 7
    return BlockCount(least, most) if least <= most else None
