"""The rotation drawn: one line a week of seven letters, Monday first."""

from __future__ import annotations

from rich.console import Group
from rich.text import Text

from roster.domain.outcome import Rotation
from roster.domain.problem import Duty, Problem
from roster.domain.rules import hours
from roster.language import tr
from roster.output.csv.grid import part_name, people_text
from roster.output.terminal.console import FAINT, STRONG, section
from roster.output.terminal.tiles import legend, palette, tile
from roster.output.words.duties import widest
from roster.output.words.text import fit, one_line

SATURDAY = 5
MOST_LINES = 60
"""Longest rotation drawn in full; of longer ones the first lines, the rest is in rotation.csv."""


def rotation_section(problem: Problem, rotations: tuple[Rotation, ...]) -> Group:
    """Return the part of the report that draws every rotation."""
    used = [duty for rotation in rotations for duty in rotation.word]
    parts: list[Text] = legend(problem, used)
    width = max(4, widest(used))
    for rotation in rotations:
        parts += [Text(" "), _title(problem, rotation), _header(width, len(rotation.lines))]
        parts += _lines(problem, rotation, width)
    return section(tr("plan.rotation"), *parts, note=tr("plan.rotation_note"))


def _title(problem: Problem, rotation: Rotation) -> Text:
    staff = problem.type[rotation.type]
    title = Text(one_line(staff.called), STRONG)
    name = f" {part_name(rotation)}" if part_name(rotation) else ""
    return title.append(f"{one_line(name)}  {people_text(rotation)}", FAINT)


def _header(width: int, lines: int) -> Text:
    header = Text(" " * (len(str(lines)) + 2), no_wrap=True)
    for day, name in enumerate(tr("common.day_names").split()):
        header.append(" " if day == SATURDAY else "")
        header.append(fit(name, width), "bold" if day >= SATURDAY else FAINT)
        header.append(" ")
    return header.append(tr("plan.work_hours"), FAINT)


def _lines(problem: Problem, rotation: Rotation, width: int) -> list[Text]:
    styles = palette(problem.shifts)
    digits = len(str(len(rotation.lines)))
    drawn = []
    for number, line in enumerate(rotation.lines[:MOST_LINES], start=1):
        text = Text(no_wrap=True)
        # Each person begins on the first week of the ring; what follows to the next is faint.
        begins = (number - 1) % rotation.weeks == 0
        text.append(f"{number:>{digits}}  ", STRONG if begins and rotation.weeks > 1 else FAINT)
        for day, duty in enumerate(line):
            text.append(" " if day == SATURDAY else "")
            text.append_text(tile(duty, styles, width, weekend=day >= SATURDAY)).append(" ")
        drawn.append(text.append(_work(line), FAINT))
    if (left := len(rotation.lines) - MOST_LINES) > 0:
        drawn.append(Text(tr("plan.more_lines", number=left, file="rotation.csv"), FAINT))
    return drawn


def _work(line: tuple[Duty, ...]) -> str:
    return f"{hours(sum(duty.work_minutes for duty in line)):>5} h"
