"""The rotations, one line a week."""

from __future__ import annotations

from dataclasses import dataclass

from roster.domain.horizon import SATURDAY
from roster.domain.outcome import Rotation
from roster.domain.problem import Duty, Problem
from roster.domain.rules import hours
from roster.output.csv.grid import part_name, people_text
from roster.output.html.parts.tiles import Cell, Tints

MOST_LINES = 60
"""Longest rotation drawn in full; of longer ones the first lines, the rest is in rotation.csv."""


@dataclass(frozen=True, slots=True)
class Rota:
    """One rotation: its lines of seven tiles with the hours of the week, and how many lines more there are."""

    title: str
    people: str
    lines: tuple[tuple[tuple[Cell, ...], str], ...]
    more: int


def rotas(problem: Problem, rotations: tuple[Rotation, ...]) -> tuple[Rota, ...]:
    """Return every rotation of a plan."""
    tints = Tints(problem)
    return tuple(_rota(problem, rotation, tints) for rotation in rotations if rotation.lines)


def _rota(problem: Problem, rotation: Rotation, tints: Tints) -> Rota:
    staff = problem.type[rotation.type]
    title = " ".join(filter(None, (staff.called, part_name(rotation))))
    lines = tuple(
        (tuple(_cell(tints, day, duty) for day, duty in enumerate(line)), _hours(line))
        for line in rotation.lines[:MOST_LINES]
    )
    more = max(0, len(rotation.lines) - MOST_LINES)
    return Rota(title, people_text(rotation), lines, more)


def _cell(tints: Tints, day: int, duty: Duty) -> Cell:
    cell = tints.cell(duty)
    return Cell(cell.text, f"{cell.css} rest") if day >= SATURDAY and duty.is_off else cell


def _hours(line: tuple[Duty, ...]) -> str:
    return hours(sum(duty.work_minutes for duty in line))
