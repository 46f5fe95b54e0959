"""A plot of points on two axes: where each lies in a picture of a given size, and where the axes have their ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 760.0, 330.0
LEFT, RIGHT, TOP, BOTTOM = 84.0, 40.0, 26.0, 44.0
ROOM = 0.12
"""Share of an axis kept free beyond the outermost points."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the picture with its label and what it says when asked; `below`: the label stands under it."""

    x: float
    y: float
    label: str
    title: str
    below: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick: where it is and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything that is drawn; `line` joins the points in their order."""

    marks: tuple[Mark, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    line: str
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    foot: float = HEIGHT - BOTTOM


def plot(points: Sequence[tuple[int, int, str, str]]) -> Plot:
    """Return the picture of points (across, up, label, title); both axes count, the one across in whole numbers."""
    low, high = min(point[0] for point in points) - 1, max(point[0] for point in points) + 1
    least, most = min(point[1] for point in points), max(point[1] for point in points)
    spare = max((most - least) * ROOM, most * 0.02, 1)
    bottom, top = max(0.0, least - 2 * spare), most + spare

    def x(value: float) -> float:
        return round(LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM), 1)

    marks = tuple(
        Mark(x(across), y(up), label, title, below=at % 2 == 1)
        for at, (across, up, label, title) in enumerate(points)
    )
    step = max(1, ceil((high - low) / 12))
    across = tuple(Tick(x(value), str(value)) for value in range(low, high + 1, step) if value >= 0)
    upward = tuple(Tick(y(value), f"{value:,}") for value in round_numbers(bottom, top))
    line = " ".join(f"{mark.x},{mark.y}" for mark in marks)
    return Plot(marks, across, upward, line)


def round_numbers(low: float, high: float, about: int = 5) -> list[int]:
    """
    Return some round whole numbers between two, so many or a few more.

    Parameters
    ----------
    low, high : Ends of the axis.
    about : How many numbers are wished for.

    >>> round_numbers(226_000, 262_000)
    [230000, 240000, 250000, 260000]
    """
    raw = max((high - low) / about, 1.0)
    power = 10 ** floor(log10(raw))
    step = int(next(power * times for times in (1, 2, 5, 10) if power * times >= raw))
    return list(range(ceil(low / step) * step, floor(high) + 1, step))
