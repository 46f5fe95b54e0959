"""From people by hour to posts: windows that begin and end where shifts do, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.demand.days import KindOfDay
from roster.demand.standby import costs
from roster.demand.streams import DESK_DAY_H, OCCUPANCY, OnCall, Stream
from roster.domain.curve import HOLIDAYS, RESTDAYS, WORKDAYS, Curve, CurvePiece, hourly, pieces
from roster.domain.rules import clock
from roster.language import tr
from roster.notation.values import WEEKDAYS

FILL_MIN = 120
KIND_DAYS = {KindOfDay.WORKDAY: WORKDAYS, KindOfDay.RESTDAY: RESTDAYS, KindOfDay.HOLIDAY: HOLIDAYS}


@dataclass(frozen=True, slots=True)
class DemandPost:
    """
    A post that the load asks for.

    `days` as a scenario writes them; `level` and `response` of a standby, None on site.
    """

    name: str
    role: str
    days: tuple[str, ...]
    start: int
    length: int
    people: int
    reason: str
    level: int | None = None
    response: int | None = None

    @property
    def window(self) -> str:
        """The window as a scenario writes it."""
        if self.length == 24 * 60:
            return f"{clock(self.start)}+24h"
        end = (self.start + self.length) % (24 * 60)
        return f"{clock(self.start)}-{clock(end) if end else '24:00'}"


def posts_of(one: Stream, span: tuple[str, str], limits: Sequence[int]) -> list[DemandPost]:
    """
    Return the posts of a role: people awake, standby, and desks for work that can wait.

    Parameters
    ----------
    one : The role's work.
    span : First and last date of the data.
    limits : Minutes at which windows may begin and end; empty: full hours.
    """
    found = [
        DemandPost(
            f"{one.role}_{number}",
            one.role,
            _days(piece),
            piece.start % (24 * 60),
            piece.length,
            piece.people,
            _reason(one, piece, span),
        )
        for number, piece in enumerate(pieces(curve_of(one), limits, FILL_MIN), start=1)
    ]
    return [*found, *_calls(one, span), *_desk(one, span)]


def curve_of(one: Stream) -> Curve:
    """Return the people awake of a role as a curve; holidays without data of their own are as rest days."""
    kinds = {KIND_DAYS[kind]: hourly(numbers) for kind, numbers in one.awake.items() if kind in KIND_DAYS}
    kinds.setdefault(RESTDAYS, kinds.get(WORKDAYS, ()))
    kinds.setdefault(WORKDAYS, kinds[RESTDAYS])
    kinds.setdefault(HOLIDAYS, kinds[RESTDAYS])
    mondays = one.awake.get(KindOfDay.MONDAY)
    return Curve(kinds, {0: hourly(mondays)} if mondays else {})


def _days(piece: CurvePiece) -> tuple[str, ...]:
    if set(piece.kinds) == {WORKDAYS, RESTDAYS, HOLIDAYS}:
        return ("daily",)
    return (*piece.kinds, *(WEEKDAYS[day] for day in piece.weekdays))


def _reason(one: Stream, piece: CurvePiece, span: tuple[str, str]) -> str:
    """Return what the busiest hour of a window rests on."""
    kinds = {kind for kind, days in KIND_DAYS.items() if days in piece.kinds}
    if piece.weekdays:
        kinds.add(KindOfDay.MONDAY)
    inside = {(piece.start // 60 + hour) % 24 for hour in range(math.ceil(piece.length / 60))}
    hours = [h for h in one.staffing.hours if h.cell.kind in kinds and h.cell.hour in inside]
    hours = hours or list(one.staffing.hours)
    worst = max(hours, key=lambda hour: hour.load)
    return tr(
        "demand.reason",
        first=span[0],
        last=span[1],
        rate=f"{worst.cell.rate:.2g}",
        low=f"{worst.cell.low:.2g}",
        high=f"{worst.cell.high:.2g}",
        handling=f"{one.now.mean:.0f}",
        people=worst.people,
        level=percent(worst.level),
        fewer=worst.people - 1,
        less=percent(worst.fewer),
        within=one.target.within,
        share=percent(one.target.share),
    )


def percent(share: float | None) -> str:
    """
    Return a share as people read it, never rounded up to what was not reached.

    >>> percent(0.7999), percent(None)
    ('79.9 %', '–')
    """
    return "–" if share is None else f"{math.floor(share * 1000 + 1e-9) / 10:g} %"


def _calls(one: Stream, span: tuple[str, str]) -> Iterator[DemandPost]:
    """Yield the standby posts, equal ones of several kinds of day made one."""
    groups: dict[tuple[int, int, int], list[OnCall]] = {}
    for call in one.calls:
        if call.holds and call.costs.expected > 0:
            groups.setdefault((call.start, call.length, call.verdict.levels or 1), []).append(call)
    for number, ((start, length, levels), calls) in enumerate(groups.items(), start=1):
        worst = max(calls, key=lambda call: call.costs.expected)
        words = tr("demand.reason_call", first=span[0], last=span[1], **call_figures(worst))
        kinds = [KIND_DAYS[call.kind] for call in calls]
        # Public holidays without data of their own are as rest days.
        if RESTDAYS in kinds and all(call.kind is not KindOfDay.HOLIDAY for call in one.calls):
            kinds.append(HOLIDAYS)
        days = ("daily",) if set(kinds) == {WORKDAYS, RESTDAYS, HOLIDAYS} else tuple(kinds)
        for level in range(1, levels + 1):
            name = f"{one.role}_call_{number}" + (f"_{level}" if levels > 1 else "")
            yield DemandPost(name, one.role, days, start, length, 1, words, level, round(worst.call.response))


def call_figures(one: OnCall) -> dict[str, object]:
    """Return the figures of a standby for a sentence."""
    found = costs(one.call)
    return {
        "callouts": f"{found.expected:.2g}",
        "work": f"{one.call.work:.1f}",
        "disturbed": percent(found.disturbed),
        "many": percent(found.too_many),
        "lost": percent(found.lost),
        "answered": percent(found.answered[(one.verdict.levels or 1) - 1]),
        "response": f"{one.call.response:g}",
    }


def _desk(one: Stream, span: tuple[str, str]) -> Iterator[DemandPost]:
    """Yield desks for work that can wait and does not fit between answers."""
    people = math.ceil(round(one.desk_hours / (5 * DESK_DAY_H * OCCUPANCY), 6))
    if people < 1 or one.desk_hours < 0.5:
        return
    words = tr(
        "demand.reason_desk",
        first=span[0],
        last=span[1],
        hours=f"{one.waiting:.1f}",
        absorbed=f"{one.absorbed:.1f}",
        left=f"{one.desk_hours:.1f}",
        occupancy=f"{100 * OCCUPANCY:.0f}",
    )
    yield DemandPost(f"{one.role}_desk", one.role, (WORKDAYS,), 8 * 60, 8 * 60, people, words)
