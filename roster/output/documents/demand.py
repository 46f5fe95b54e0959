"""What `roster demand` found as a document: everything in the other files, and the versions it was made with."""

from __future__ import annotations

from pathlib import Path

from roster.demand.against_scenario import ScenarioPeople
from roster.demand.answer import Demand
from roster.demand.posts import DemandPost
from roster.demand.staffing import Hour
from roster.demand.streams import OnCall, Stream
from roster.domain.rules import clock
from roster.output.documents.document import Document, versions
from roster.output.words.demand import headlines, notes, warnings

SCHEMA = 1


def demand_document(found: Demand, files: tuple[Path, ...] = ()) -> Document:
    """Return the document; rates are arrivals an hour, shares between 0 and 1, times in minutes or hours."""
    scenario = found.request.scenario
    return {
        "measured": SCHEMA,
        "scenario": None if scenario is None else scenario[0].name,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "weeks": round(found.calendar.weeks, 2),
        "headlines": headlines(found),
        "warnings": warnings(found),
        "notes": notes(found),
        "files": [
            {
                "file": one.file.name,
                "kind": one.mapping.kind.name,
                "rows": len(one.table.rows),
                "kept": len(tidy.tickets),
            }
            for one, tidy in zip(found.read, found.cleaned, strict=True)
        ],
        "cleaning": [
            {
                "file": one.file.name,
                "step": step.name,
                "before": step.before,
                "after": step.after,
                "rows": list(step.lines),
                **(step.figures or {}),
            }
            for one, tidy in zip(found.read, found.cleaned, strict=True)
            for step in tidy.steps
        ],
        "roles": [_stream(one) for one in found.streams],
        "posts": [_post(one) for one in found.posts],
        "held": None if found.held is None else _held(found.held),
        "written": [str(file) for file in files],
        "versions": versions(),
    }


def _stream(one: Stream) -> Document:
    return {
        "role": one.role,
        "tickets": one.number,
        "target": _target(one),
        "handling_minutes": {
            "mean": round(one.now.mean, 3),
            "low": round(one.now.low, 3),
            "high": round(one.now.high, 3),
            "spread": round(one.now.spread, 3),
            "number": one.now.number,
            "origin": one.now.origin,
        },
        "at_once_hours_a_week": round(one.at_once, 2),
        "waiting": {
            "hours_a_week": round(one.waiting, 2),
            "absorbed": round(one.absorbed, 2),
            "desk_hours": round(one.desk_hours, 2),
            "handling_minutes": round(one.later.mean, 3),
            "origin": one.later.origin,
        },
        "growth": one.arrivals.growth,
        "staffed": one.arrivals.why,
        "mondays_apart": one.arrivals.mondays_apart,
        "exact": one.staffing.exact,
        "hours": [hour_document(one, hour) for hour in one.staffing.hours],
        "standby": [call_document(call) for call in one.calls],
    }


def _target(one: Stream) -> Document:
    first = one.first_target
    return {
        "share": one.target.share,
        "within": one.target.within,
        "priorities": list(one.target.priorities),
        "first": None if first is None else {"share": first.share, "within": first.within},
    }


def hour_document(one: Stream, hour: Hour) -> Document:
    """Return one hour of a kind of day."""
    cell = hour.cell
    return {
        "kind": cell.kind.value,
        "hour": cell.hour,
        "arrivals": cell.count,
        "observed_hours": cell.hours,
        "rate": _rounded(cell.rate),
        "low": _rounded(cell.low),
        "high": _rounded(cell.high),
        "dispersion": _rounded(cell.dispersion),
        "staffed_rate": _rounded(cell.staffed),
        "load": _rounded(hour.load),
        "people_sipp": hour.sipp,
        "people_offered_load": hour.offered,
        "people": hour.people,
        "awake": one.awake[cell.kind][cell.hour],
        "level": _rounded(hour.level),
        "level_one_fewer": _rounded(hour.fewer),
        "level_at_rate": _rounded(hour.at_mean),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def call_document(call: OnCall) -> Document:
    """Return a standby window and its figures."""
    return {
        "kind": call.kind.value,
        "start": clock(call.start),
        "hours": call.length / 60,
        "callouts": _rounded(call.costs.expected),
        "hours_a_callout": _rounded(call.call.work),
        "response": call.call.response,
        "levels_out": [_rounded(one) for one in call.costs.out],
        "answered": [_rounded(one) for one in call.costs.answered],
        "disturbed": _rounded(call.costs.disturbed),
        "more_than_two": _rounded(call.costs.too_many),
        "work_hours": _rounded(call.costs.work),
        "mornings_lost": _rounded(call.costs.lost),
        "weight": _rounded(call.call.rate * call.call.work),
        "levels": call.verdict.levels,
        "holds": call.holds,
        "seat_because": call.verdict.seat or None,
        "no_early_shift_after": call.verdict.no_shift_after,
    }


def _post(post: DemandPost) -> Document:
    return {
        "name": post.name,
        "role": post.role,
        "days": list(post.days),
        "window": post.window,
        "people": post.people,
        "presence": "on_site" if post.level is None else "standby",
        "reason": post.reason,
    }


def _held(held: ScenarioPeople) -> Document:
    return {
        "people": {
            role: {kind.value: list(numbers) for kind, numbers in kinds.items()}
            for role, kinds in held.people.items()
        },
        "short": [
            {
                "role": one.role,
                "kind": one.kind.value,
                "first": one.first,
                "end": one.end,
                "held": one.held,
                "needed": one.needed,
                "level": _rounded(one.level),
                "late_a_day": _rounded(one.missed),
            }
            for one in held.short
        ],
        "spare": [{"post": one.post, "people": one.people} for one in held.spare],
    }
