"""The answer of `roster size` as a document: every figure with the line of the file that it comes from."""

from __future__ import annotations

from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.documents.document import Document, took
from roster.output.words.size import used_drivers
from roster.questions.size import Guidance, LeadTime, Planned, Sized
from roster.sizing.answering import Answered
from roster.sizing.design import PostDraft, SeatDraft, TypeDraft
from roster.sizing.drivers import drivers
from roster.sizing.figures import Figure


def figure_document(figure: Figure) -> Document:
    """Return a figure and all it is made of."""
    found: Document = {"what": figure.what, "value": figure.value, "how": figure.how.value}
    if figure.where:
        found |= {"where": figure.where, "key": figure.key}
    if figure.parts:
        found["parts"] = [figure_document(part) for part in figure.parts]
    return found


def size_document(found: Sized, options: SolveOptions, files: dict[str, Path]) -> Document:
    """
    Return the answer to "how many and why?".

    Parameters
    ----------
    found, options : The levels, and the settings of the search.
    files : The file written for each level, by its name.
    """
    profile = found.profile
    return {
        "profile": profile.file,
        "name": profile.says.name,
        "title": profile.title,
        "tier": profile.tier,
        "status": found.status.value,
        "range": {level.design.level.value: level.people for level in found.levels},
        "levels": [_level(level, files) for level in found.levels],
        "guidance": _guidance(found.guidance),
        "tensions": [
            {"kind": one.kind, "sentence": one.sentence, "figures": _figures(one.figures)}
            for one in found.tensions
        ],
        "answering": [_answered(one) for one in found.answered],
        "lead_time": None if found.lead is None else _lead(found.lead),
        "drivers": _drivers(found),
        "measured": _measured(found),
        "files": [str(file) for file in files.values()],
        **took(found.seconds, options),
    }


def _figures(figures: tuple[Figure, ...]) -> list[Document]:
    return [figure_document(figure) for figure in figures]


def _level(level: Planned, files: dict[str, Path]) -> Document:
    draft, heads = level.design, level.headcount
    file = files.get(draft.level)
    return {
        "level": draft.level.value,
        "status": level.status.value,
        "headcount": None
        if heads is None
        else {
            "total": heads.total,
            "in_house": heads.in_house,
            "vendor": heads.vendor,
            "by_type": dict(heads.by_type),
            "seats": {use.seat: use.number for use in heads.seats},
        },
        "bound": level.bound,
        "proof": {
            "kind": level.proof.kind.value,
            "reason": level.proof.reason,
            "confirmed": level.proof.confirmed,
        },
        "cost": level.cost,
        "currency": level.problem.currency,
        "hours": draft.hours,
        "work": {role: figure_document(figure) for role, figure in draft.work.items()},
        "posts": [_post(post) for post in draft.posts],
        "types": [_type(staff) for staff in draft.types],
        "seats": [_seat(seat) for seat in draft.seats],
        "standby_share": figure_document(draft.standby_share),
        "control_share": figure_document(draft.control_share),
        "absence": _figures(draft.absence),
        "bought": list(draft.bought),
        "scenario": None if file is None else str(file),
        "seconds": round(level.seconds, 3),
    }


def _post(post: PostDraft) -> Document:
    return {
        "name": post.name,
        "title": post.title,
        "roles": list(post.roles),
        "people": post.people,
        "days": list(post.days),
        "window": post.window,
        "presence": "standby" if post.standby else "on_site",
        "response": post.response,
        "level": post.level,
        "vendor": post.vendor,
        "site": post.site or None,
        "priority": post.priority,
        "reason": post.reason,
        "figures": _figures(post.figures),
    }


def _type(staff: TypeDraft) -> Document:
    return {
        "name": staff.name,
        "title": staff.title,
        "skills": list(staff.skills),
        "shifts": list(staff.shifts),
        "sites": list(staff.sites),
        "cost": figure_document(staff.cost),
        "most": None if staff.most is None else figure_document(staff.most),
        "standby_share": None if staff.standby_share is None else figure_document(staff.standby_share),
    }


def _seat(seat: SeatDraft) -> Document:
    return {
        "name": seat.name,
        "title": seat.title,
        "post": seat.post,
        "cost": figure_document(seat.cost),
        "count": seat.count,
    }


def _guidance(beside: Guidance) -> Document:
    return {
        "low": figure_document(beside.low),
        "high": None if beside.high is None else figure_document(beside.high),
        "survey": figure_document(beside.survey),
        "by_beds": figure_document(beside.by_beds),
        "aspired": figure_document(beside.aspired),
    }


def _answered(one: Answered) -> Document:
    return {
        "place": one.place,
        "formula": one.formula,
        "people": one.people,
        "reached": one.reached,
        "with_one_fewer": one.with_one_fewer,
        "sentence": one.sentence,
        "figures": _figures(one.figures),
    }


def _lead(lead: LeadTime) -> Document:
    return {
        "go_live": lead.go_live_on.isoformat(),
        "where": lead.go_live.where,
        "today": lead.today.isoformat(),
        "ready_on": lead.ready_on.isoformat(),
        "in_time": lead.in_time,
        "hires": [
            {
                "type": one.type,
                "title": one.title,
                "number": one.number,
                "decide_by": one.decide_by.isoformat(),
                "first_day": one.first_day.isoformat(),
                "ready_on": one.ready_on.isoformat(),
                "late": one.late(lead.today),
                "lead": figure_document(one.lead),
            }
            for one in lead.hires
        ],
        "months": [
            {
                "from": one.first.strftime("%Y-%m"),
                "to": one.last.strftime("%Y-%m"),
                "people": dict(one.people),
                "held": list(one.held),
                "partly": list(one.partly),
                "empty": list(one.empty),
                "status": one.status.value,
            }
            for one in lead.months
        ],
    }


def _measured(found: Sized) -> list[Document]:
    """Return the roles whose hours were measured; the drivers in force no longer have theirs."""
    measured = found.profile.measured
    work = found.recommended.design.work
    return [
        {"role": role, "hours_a_week": measured.hours(role), "file": measured.file}
        for role, hours in work.items()
        if measured is not None and any(leaf.key == f"measured.{role}" for leaf in hours.leaves())
    ]


def _drivers(found: Sized) -> list[Document]:
    known = drivers()
    return [
        {
            "key": key,
            "value": leaf.value,
            "unit": known[key].unit,
            "origin": "profile" if leaf.key.startswith("drivers.") else known[key].origin,
            "source": known[key].source,
            "about": known[key].about,
            "where": leaf.where,
        }
        for key, leaf in used_drivers(found).items()
    ]
