"""What the board's page shows of a state: the grid, what is broken and where, sums, cover, what is locked and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from roster.board.log import State
from roster.board.program import Assembled, dates_of, examined
from roster.domain.outcome import Violation
from roster.domain.problem import DAY, Duty, Problem
from roster.domain.rules import clock, hours
from roster.language import counted, tr
from roster.output.examined_roster import Examined
from roster.output.html.parts.grid import Date, bare_block
from roster.output.html.parts.tiles import Cell, Tints
from roster.output.words.duties import letters
from roster.output.words.findings import rule_title, verdict
from roster.scores import PersonScore

Json = dict[str, Any]

MOST_SAID = 80
"""Findings said in full; the rest is counted."""


@dataclass(frozen=True)
class View:
    """A state as the page shows it: the grid itself, and what the check said of it."""

    grid: Json
    verdict: Json


def draw(state: State, found: Assembled) -> View:
    """Return what is shown of a state; the check is made here."""
    checked = examined(found)
    return View(_grid(state, found), _verdict(state, found, checked))


def _grid(state: State, found: Assembled) -> Json:
    problem, roster = found.problem, found.roster
    tints = Tints(problem)
    block = bare_block(roster.horizon, range(roster.horizon.days), ())
    people = list(zip(found.ids, roster.people, roster.duties, strict=True))
    crews = []
    for kind, among in groupby(people, key=lambda one: one[1].type):
        rows = [
            {"id": who, "name": person.name, "cells": [_cell(tints, duty) for duty in duties]}
            for who, person, duties in among
        ]
        crews.append({"type": kind, "title": problem.type[kind].called, "rows": rows})
    return {
        "months": block.months,
        "dates": [_date(one, roster.horizon.on(day)) for day, one in enumerate(block.dates)],
        "crews": crews,
        "duties": {kind: _duties(problem, kind, tints) for kind in {person.type for person in roster.people}},
        "legend": [_key(key.cell, key.title, key.hours) for key in tints.legend(_used(roster.duties))],
        "locked": locked(state, found),
    }


def _used(rows: tuple[tuple[Duty, ...], ...]) -> set[Duty]:
    return {duty for line in rows for duty in line}


def _cell(tints: Tints, duty: Duty) -> Json:
    cell = tints.cell(duty)
    return {"duty": duty.name, "text": cell.text, "css": cell.css}


def _key(cell: Cell, title: str, when: str) -> Json:
    return {"text": cell.text, "css": cell.css, "title": title, "hours": when}


def dates_shown(found: Assembled) -> list[Json]:
    """Return the dates of a calendar as the heads of its columns show them."""
    block = bare_block(found.roster.horizon, range(found.roster.horizon.days), ())
    return [_date(one, found.roster.horizon.on(day)) for day, one in enumerate(block.dates)]


def _date(one: Date, on: date) -> Json:
    return {
        "number": one.number,
        "weekday": one.weekday,
        "mark": one.mark,
        "title": one.title,
        "css": one.css,
        "iso": on.isoformat(),
    }


def _duties(problem: Problem, kind: str, tints: Tints) -> list[Json]:
    """Return every duty of a staff type: its name, letters, look, and what it is called."""
    return [
        {
            **_cell(tints, duty),
            "letters": letters(duty),
            "title": " + ".join(part.called for part in duty.parts) or tr("board.off"),
            "hours": " + ".join(part.times.replace("-", "–") for part in duty.parts),
        }
        for duty in problem.duties(problem.type[kind])
    ]


def today(problem: Problem) -> date:
    """Return the date where the roster is worked."""
    return datetime.now(ZoneInfo(problem.dates.time_zone)).date()


def locked(state: State, found: Assembled) -> dict[str, list[str]]:
    """Return why cells cannot be changed: by `person/date`, the sort of lock and its sentence."""
    horizon = found.roster.horizon
    dates = [horizon.on(day).isoformat() for day in range(horizon.days)]
    last, now = state.get("freeze", ""), today(found.problem).isoformat()
    result: dict[str, list[str]] = {}
    for on in dates:
        if on < now or on <= last:
            why = (
                ["past", tr("board.locked_past")]
                if on < now
                else ["frozen", tr("board.locked_frozen", date=last)]
            )
            result.update({f"{who}/{on}": why for who in found.ids})
    for key, value in state.items():
        if key.startswith("pin/"):
            result[key.removeprefix("pin/")] = ["pinned", tr("board.locked_pinned")]
        if key.startswith("leave/"):
            why = ["leave", tr("board.locked_leave", first=value["first"], last=value["last"])]
            result.update({f"{value['person']}/{on}": why for on in dates_of(value["first"], value["last"])})
    return result


def _verdict(state: State, found: Assembled, checked: Examined) -> Json:
    violations = checked.violations
    return {
        "sentence": verdict(violations),
        "clean": not violations,
        "findings": [_finding(found, one) for one in violations[:MOST_SAID]],
        "more": max(0, len(violations) - MOST_SAID),
        "marks": marks(found, violations),
        "said": [one.sentence for one in violations],
        "sums": {
            who: _sums(one, frozenset(each.rule for each in violations if each.person == one.name))
            for who, one in zip(found.ids, checked.scores.people, strict=True)
        },
        "fair": _fair(found, checked),
        "cover": list(_cover(checked)),
    }


def _finding(found: Assembled, one: Violation) -> Json:
    index = next((at for at, who in enumerate(found.roster.people) if who.name == one.person), None)
    return {
        "rule": one.rule,
        "title": rule_title(one.rule),
        "person": found.ids[index] if index is not None else None,
        "name": one.person,
        "dates": [found.roster.horizon.on(day).isoformat() for day in one.days],
        "sentence": one.sentence,
        "source": _source_of(found, one, index),
    }


def _source_of(found: Assembled, one: Violation, index: int | None) -> str:
    """Return where the limit comes from that is broken; empty where it is the scenario's own demand."""
    problem = found.problem
    if index is None:
        return ""
    staff = problem.type[found.roster.people[index].type]
    rule = next((rule for rule in staff.rules if rule.key == one.rule and rule.hard), None)
    if rule is None:
        return ""
    if rule.source:
        return f"{tr(f'plan.origin_{rule.origin.value}')}: {rule.source}"
    return tr(f"plan.origin_{rule.origin.value}")


def marks(found: Assembled, violations: tuple[Violation, ...]) -> dict[str, list[int]]:
    """Return which findings each broken cell is part of, by `person/date`."""
    ids = {person.name: who for who, person in zip(found.ids, found.roster.people, strict=True)}
    dates = [found.roster.horizon.on(day).isoformat() for day in range(found.roster.horizon.days)]
    marked: dict[str, list[int]] = {}
    for number, one in enumerate(violations):
        for day in one.days if one.person in ids else ():
            if 0 <= day < len(dates):
                marked.setdefault(f"{ids[str(one.person)]}/{dates[day]}", []).append(number)
    return marked


FIGURES = ("week_hours", "nights", "free_weekends", "standby")
"""The sums beside the grid."""


_RULES = (
    frozenset({"week_hours", "average_hours", "no_overtime"}),
    frozenset({"max_nights", "no_nights"}),
    frozenset({"free_weekends"}),
    frozenset({"standby_share", "no_standby"}),
)
"""The rules whose breach marks each sum."""


def _sums(one: PersonScore, broken: frozenset[str] = frozenset()) -> list[Json]:
    """Return a person's sums beside their limits, in the order of FIGURES; `broken` are the rules that they break."""
    said = (
        (hours(round(one.week_minutes)), one.week_minutes, f"≤ {hours(one.week_minutes_limit)}"),
        (str(one.nights), one.nights, ""),
        (f"{one.free_weekends}/{one.weekends}", one.free_weekends, _one_in(one.free_weekends_limit)),
        (
            str(one.standby_days),
            one.standby_days,
            "" if one.standby_days_limit is None else f"≤ {one.standby_days_limit}",
        ),
    )
    return [
        {"text": text, "value": round(float(value), 2), "limit": limit, "over": bool(rules & broken)}
        for (text, value, limit), rules in zip(said, _RULES, strict=True)
    ]


def _one_in(limit: int | None) -> str:
    return tr("plan.one_in", number=limit) if limit else ""


def _fair(found: Assembled, checked: Examined) -> dict[str, list[str]]:
    """Return the least and the most of each sum within a staff type, where they differ."""
    result = {}
    for kind, among in groupby(checked.scores.people, key=lambda one: one.type):
        columns = list(zip(*(_sums(one) for one in among), strict=True))
        result[kind] = [_range(column) for column in columns]
    return result


def _range(column: tuple[Json, ...]) -> str:
    low = min(column, key=lambda one: one["value"])
    high = max(column, key=lambda one: one["value"])
    return (
        low["text"]
        if low["text"] == high["text"]
        else f"{low['text'].split('/')[0]}–{high['text'].split('/')[0]}"
    )


def _cover(checked: Examined) -> Iterator[Json]:
    """Yield for each post what is held on each day, at the worst minute of it."""
    worst: dict[tuple[str, int], tuple[int, int, int, int]] = {}
    for row in checked.cover:
        here = (row.held - row.required, row.held, row.required, row.start)
        key = (row.post, row.day)
        worst[key] = min(worst.get(key, here), here)
    for post in checked.problem.posts:
        yield {
            "post": post.name,
            "title": post.called,
            "when": f"{clock(post.start)}–{clock(post.start + post.length)}",
            "hard": post.hard,
            "days": [
                _held(worst.get((post.name, day)), post.hard) for day in range(checked.roster.horizon.days)
            ],
        }


def _held(here: tuple[int, int, int, int] | None, hard: bool) -> Json:
    if here is None:
        return {"text": "", "css": "none", "title": ""}
    missing, held, required, start = here
    if missing >= 0:
        return {
            "text": str(required),
            "css": "held",
            "title": tr("board.post_held", held=held, required=required),
        }
    said = counted("board.post_empty", -missing, time=clock(start % DAY))
    return {"text": f"{held}/{required}", "css": "hole" if hard else "wish", "title": said}
