"""The page of `demand`: the sentences that decide, arrivals with who is needed, the day as a curve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roster.demand.answer import Demand
from roster.demand.days import KindOfDay
from roster.demand.posts import percent
from roster.demand.staffing import Hour
from roster.demand.streams import Stream
from roster.domain.rules import clock
from roster.language import tr
from roster.output.html.page import render
from roster.output.html.parts import facts
from roster.output.html.parts.cover_heatmap import SHADES
from roster.output.words.demand import (
    headlines,
    kind_words,
    notes,
    step_words,
    target_words,
    verdict_words,
    warnings,
    week_hours,
)

HEIGHT, STEP = 150.0, 30.0
"""Of the curve: its height, and the width of an hour."""


@dataclass(frozen=True, slots=True)
class HourCell:
    """An hour of the map: what it says, its shade or mark, and the same in words."""

    text: str
    css: str
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The curve of a day: columns of people needed, the line of the load and of people held, numbers at the side."""

    columns: tuple[tuple[float, float, float], ...]
    load: str
    held: str
    rules: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Role:
    """One role of the page."""

    name: str
    note: str
    rows: tuple[tuple[str, tuple[HourCell, ...]], ...]
    drawing: Drawing
    marks: tuple[str, ...]


def demand_page(found: Demand) -> str:
    """Return the page of what was measured."""
    said = headlines(found)
    short = found.held is not None and bool(found.held.short)
    hours = sum(week_hours(one) for one in found.streams)
    return render(
        "demand.html.jinja",
        title=tr("demand.page_title"),
        span=f"{found.first} – {found.last}",
        answer=facts.HeadlineAnswer(
            facts.HeadlineFigure(str(hours), tr("demand.unit_people")),
            said[0] if said else "",
            "infeasible" if short else "optimal",
            tuple(said[1:]),
        ),
        warnings=warnings(found),
        roles=[_role(found, one) for one in found.streams],
        hours=[f"{hour:02}" for hour in range(24)],
        beside=found.held is not None,
        standbys=list(_standbys(found)),
        posts=[
            (post.name, f"{', '.join(post.days)} {post.window}", post.people, post.reason)
            for post in found.posts
        ],
        steps=list(_steps(found)),
        notes=notes(found),
    )


def _role(found: Demand, one: Stream) -> Role:
    held = found.held.people[one.role] if found.held is not None else None
    most = max((hour.cell.rate for hour in one.staffing.hours), default=0.0)
    rows = tuple(
        (
            kind_words(kind),
            tuple(_cell(one, hour, held, most) for hour in one.staffing.hours if hour.cell.kind is kind),
        )
        for kind in dict.fromkeys(hour.cell.kind for hour in one.staffing.hours)
    )
    here = {cell.css for _, cells in rows for cell in cells}
    marks = tuple(css for css in ("gap", "s") if css in here)
    return Role(one.role, target_words(one), rows, _drawing(one, held), marks)


def _cell(one: Stream, hour: Hour, held: dict[KindOfDay, tuple[int, ...]] | None, most: float) -> HourCell:
    cell = hour.cell
    awake = one.awake[cell.kind][cell.hour]
    title = tr(
        "demand.heat_cell",
        rate=f"{cell.rate:.2f}",
        low=f"{cell.low:.2f}",
        high=f"{cell.high:.2f}",
        people=hour.people,
        level=percent(hour.level),
        less=percent(hour.fewer),
    )
    shade = min(SHADES, 1 + int(SHADES * cell.rate / most)) if most > 0 and cell.rate > 0 else 0
    css = f"h{shade}" if shade else ""
    text = str(awake)
    if awake == 0 and hour.people:
        css = "s"
    if held is not None:
        there = held[cell.kind][cell.hour]
        text = f"{awake}/{there}"
        title += tr("demand.heat_held", held=there)
        css = "gap" if there < awake else css
    return HourCell(text, css, title)


def _drawing(one: Stream, held: dict[KindOfDay, tuple[int, ...]] | None) -> Drawing:
    kind = KindOfDay.WORKDAY if KindOfDay.WORKDAY in one.awake else next(iter(one.awake))
    hours = [hour for hour in one.staffing.hours if hour.cell.kind is kind]
    awake = one.awake[kind]
    there = held[kind] if held is not None else ()
    most = max(1, *awake, *(there or (0,)), *(round(hour.load + 0.5) for hour in hours))

    def up(value: float) -> float:
        return round(HEIGHT * (1 - value / most), 2)

    columns = tuple((STEP * hour, up(awake[hour]), round(HEIGHT - up(awake[hour]), 2)) for hour in range(24))
    load = " ".join(f"{STEP * (hour.cell.hour + 0.5):g},{up(hour.load)}" for hour in hours)
    steps = " ".join(
        f"{STEP * at:g},{up(number)} {STEP * (at + 1):g},{up(number)}" for at, number in enumerate(there)
    )
    every = max(1, most // 5)
    return Drawing(
        columns, load, steps, tuple((up(value), str(value)) for value in range(0, most + 1, every))
    )


def _standbys(found: Demand) -> Iterator[tuple[str, list[str], str, bool]]:
    for one in found.streams:
        for call in one.calls:
            cells = [
                f"{call.costs.expected:.2f}",
                *(percent(share) for share in (call.costs.out[0], call.costs.disturbed, call.costs.too_many)),
                f"{call.costs.work:.2f}",
                percent(call.costs.lost),
            ]
            name = f"{one.role}, {kind_words(call.kind)}, {clock(call.start)}+{call.length // 60}h"
            yield name, cells, verdict_words(call), call.holds


def _steps(found: Demand) -> Iterator[tuple[str, int, int, str]]:
    for one, tidy in zip(found.read, found.cleaned, strict=True):
        for step in tidy.steps:
            yield one.file.name, step.before, step.after, step_words(step)
