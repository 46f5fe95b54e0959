"""Exports in, demand out: read, cleaned, counted, staffed, and held against a scenario where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from roster.demand.against_scenario import ScenarioPeople, held
from roster.demand.arrivals import GROWTH, SPREAD
from roster.demand.cleaning import Cleaned, cleaned, too_little
from roster.demand.days import DayKinds, calendar
from roster.demand.posts import DemandPost, posts_of
from roster.demand.streams import Settings, Stream, stream
from roster.demand.tickets import Read, Ticket, read_tickets
from roster.demand.times import DAY_S
from roster.domain.problem import DateRange, Problem
from roster.errors import Fault, Faults, FileFault
from roster.language import tr
from roster.readable import show
from roster.suggestions import did_you_mean
from roster.yaml.tree import Node

ROLE = "engineer"
"""The role of work that says none, where no scenario has one."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file, what it is, and its map."""

    path: Path
    kind: str
    given: Node | None = None


@dataclass(frozen=True, slots=True)
class DemandRequest:
    """
    What is to be measured.

    Parameters
    ----------
    exports : Files.
    settings : Targets and what is taken as given.
    scenario : What exists, and its file; None without one.
    days : Keys of a scenario's `calendar` that say which days are which: country, holidays, workdays, time_zone.
    role : Role of work that says none.
    left_out : Dates that do not count.
    limits : Minutes at which posts may begin and end; empty: full hours.
    """

    exports: tuple[Export, ...]
    settings: Settings = field(default_factory=Settings)
    scenario: tuple[Path, Problem] | None = None
    days: dict[str, Any] = field(default_factory=dict)
    role: str = ""
    left_out: tuple[tuple[date, date], ...] = ()
    limits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """
    What was measured.

    `read` and `cleaned` go by file; `warnings` are keys and figures of what is said at the top, `notes` of what the
    answer rests on.
    """

    request: DemandRequest
    read: tuple[Read, ...]
    cleaned: tuple[Cleaned, ...]
    calendar: DayKinds
    first: date
    last: date
    streams: tuple[Stream, ...]
    posts: tuple[DemandPost, ...]
    held: ScenarioPeople | None
    warnings: tuple[tuple[str, dict[str, object]], ...]
    notes: tuple[tuple[str, dict[str, object]], ...]


def measure(request: DemandRequest) -> Demand:
    """Return what exports say; raises FileFault, Faults, or NeedsMap where a table cannot be read without a map."""
    zone = str(request.days.get("time_zone") or "Asia/Shanghai")
    read = tuple(read_tickets(one.path, one.kind, one.given, zone) for one in request.exports)
    tidy = tuple(cleaned(one.tickets, request.left_out, one.without_time) for one in read)
    tickets = sorted((one for each in tidy for one in each.tickets), key=lambda one: one.opened)
    if not tickets:
        raise FileFault(tr("demand.nothing_left", file=request.exports[0].path))
    first, last = (date.fromordinal(tickets[at].opened // DAY_S) for at in (0, -1))
    if (last - first).days > 10 * 366:
        raise FileFault(tr("demand.too_long", file=request.exports[0].path, first=first, last=last))
    found = calendar(_dates(request, first, last), first, last, _skips(request.left_out))
    roles = _by_role(request, read, tickets)
    hint = any(one.mapping.kind.effort_is_hint for one in read)
    streams = tuple(
        stream(role, own, found, request.settings, hint=hint) for role, own in sorted(roles.items())
    )
    span = first.isoformat(), last.isoformat()
    posts = tuple(post for one in streams for post in posts_of(one, span, request.limits))
    beside = held(request.scenario[1], streams) if request.scenario is not None else None
    return Demand(
        request,
        read,
        tidy,
        found,
        first,
        last,
        streams,
        posts,
        beside,
        (*too_little(tickets), *_doubts(read, tidy, streams)),
        tuple(_notes(request, streams)),
    )


def _skips(left_out: Sequence[tuple[date, date]]):  # type: ignore[no-untyped-def]
    return lambda on: any(first <= on <= last for first, last in left_out)


def _dates(request: DemandRequest, first: date, last: date) -> DateRange:
    from roster.scenario.build.calendar import date_range
    from roster.scenario.schema.sections import Calendar as Section

    said = {key: value for key, value in request.days.items() if value}
    section = Section.model_validate({**said, "start": first.isoformat(), "end": last.isoformat()})
    return date_range(section)[0]


def _by_role(
    request: DemandRequest, read: Sequence[Read], tickets: Iterable[Ticket]
) -> dict[str, list[Ticket]]:
    """Return the records of each role; raises Faults for roles that the scenario lacks."""
    known = [role.name for role in request.scenario[1].roles] if request.scenario is not None else []
    if known:
        _check_roles(request, read, known)
    usual = request.role or (known[0] if len(known) == 1 else "" if known else ROLE)
    found: dict[str, list[Ticket]] = {}
    for one in tickets:
        found.setdefault(one.role or usual, []).append(one)
    if "" in found:
        words = tr("demand.which_role", number=len(found[""]), roles=", ".join(known))
        raise Faults(str(read[0].file), [Fault(read[0].table.line, "role", words)])
    return found


def _check_roles(request: DemandRequest, read: Sequence[Read], known: list[str]) -> None:
    for one, export in zip(read, request.exports, strict=True):
        column = one.mapping.columns.get("role")
        wrong = (
            [role for role in dict.fromkeys(column.values.values()) if role not in known] if column else []
        )
        if wrong and export.given is not None:
            node, _ = export.given.nearest(("role", "values"))
            faults = [
                Fault(
                    node.line,
                    "role.values",
                    tr("demand.no_such_role", value=show(role)) + did_you_mean(role, known),
                )
                for role in wrong
            ]
            raise Faults(export.given.file, faults)


_Said = list[tuple[str, dict[str, object]]]


def _doubts(read: Sequence[Read], tidy: Sequence[Cleaned], streams: Sequence[Stream]) -> _Said:
    """Return what the reader must know before the numbers."""
    said: _Said = []
    unknown = sum(one.unknown for one in read)
    if unknown:
        said.append(("unknown_priorities", {"number": unknown}))
    for one in streams:
        if one.now.origin != "measured":
            figures: dict[str, object] = {"role": one.role, "minutes": f"{one.now.mean:g}"}
            said.append((f"handling_{one.now.origin}", figures))
        spread = max((cell.dispersion for cell in one.arrivals.cells), default=1.0)
        if spread > SPREAD:
            said.append(("spread", {"role": one.role, "dispersion": f"{spread:.1f}"}))
        growth = one.arrivals.growth
        if growth is not None and abs(growth) > GROWTH:
            said.append(("growth", {"role": one.role, "growth": f"{100 * growth:+.0f}"}))
        if not one.staffing.exact:
            said.append(("not_exact", {"role": one.role}))
    return said


def _notes(request: DemandRequest, streams: Sequence[Stream]) -> _Said:
    """Return what the answer rests on, and what its formulas leave out."""
    said: _Said = []
    for one in streams:
        if one.arrivals.why == "upper":
            said.append(("upper_rate", {"role": one.role, "price": one.staffing.price}))
        if one.arrivals.why == "mixed":
            said.append(("mixed_rate", {"role": one.role, "price": one.staffing.price}))
        if one.now.spread > 1.5:
            said.append(("more_spread", {"role": one.role, "spread": f"{one.now.spread:.1f}"}))
    if any(call.holds for one in streams for call in one.calls):
        said.append(("travel", {"minutes": f"{request.settings.travel:g}"}))
    said += [(f"leaves_out_{name}", {}) for name in ("ends", "exponential", "places", "boundary")]
    return said
