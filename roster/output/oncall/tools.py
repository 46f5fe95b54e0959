"""Stretches on call in the forms that PagerDuty, Opsgenie, Grafana OnCall and Terraform take; see docs/oncall.md."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from roster.domain.problem import Problem
from roster.output.ics.entries import identifier
from roster.output.ics.names import file_names
from roster.output.on_call_stretches import OnCallStretch

Form = Callable[[Problem, Mapping[str, str], list[OnCallStretch]], object]


def _moment(problem: Problem, one: OnCallStretch, minute: int) -> datetime:
    """Return a minute of a stretch since the midnight that starts its post's day 0, on the calendar's clock."""
    start = problem.dates.start
    wall = datetime(start.year, start.month, start.day) + timedelta(minutes=minute)
    there = ZoneInfo(problem.zone_of_post(problem.post[one.post]))
    return wall.replace(tzinfo=there).astimezone(ZoneInfo(problem.dates.time_zone))


def _stamp(problem: Problem, one: OnCallStretch, minute: int) -> str:
    return _moment(problem, one, minute).isoformat(timespec="seconds")


def _pagerduty(problem: Problem, users: Mapping[str, str], known: list[OnCallStretch]) -> object:
    """The body of `POST /schedules/{id}/overrides`."""
    return {
        "overrides": [
            {
                "start": _stamp(problem, one, one.start),
                "end": _stamp(problem, one, one.end),
                "user": {"id": users.get(one.who, one.who), "type": "user_reference", "summary": one.who},
            }
            for one in known
        ]
    }


def _opsgenie(problem: Problem, users: Mapping[str, str], known: list[OnCallStretch]) -> object:
    """Bodies of `POST /v2/schedules/{id}/overrides`, one a stretch."""
    return [
        {
            "alias": identifier(problem.name, "override", one.schedule, one.who, str(one.start)),
            "user": {"type": "user", "username": users.get(one.who, one.who)},
            "startDate": _stamp(problem, one, one.start),
            "endDate": _stamp(problem, one, one.end),
        }
        for one in known
    ]


def _grafana(problem: Problem, users: Mapping[str, str], known: list[OnCallStretch]) -> object:
    """Bodies of `POST /api/v1/on_call_shifts/`, one a stretch."""
    return [
        {
            "name": f"{one.schedule} {_moment(problem, one, one.start):%Y-%m-%d %H:%M} {one.who}",
            "type": "single_event",
            "time_zone": problem.dates.time_zone,
            "level": 0,
            "start": _moment(problem, one, one.start).replace(tzinfo=None).isoformat(),
            "duration": _seconds(problem, one),
            "users": [users.get(one.who, one.who)],
        }
        for one in known
    ]


def _seconds(problem: Problem, one: OnCallStretch) -> int:
    """Return how long a stretch really is: an hour less or more where clocks change within it."""
    start, end = _moment(problem, one, one.start), _moment(problem, one, one.end)
    return round(end.timestamp() - start.timestamp())


_TOOLS: dict[str, Form] = {"pagerduty": _pagerduty, "opsgenie": _opsgenie, "grafana": _grafana}


def write_tool(
    new: Path, tool: str, problem: Problem, users: Mapping[str, str], known: Mapping[str, list[OnCallStretch]]
) -> None:
    """
    Write a folder with a file for each schedule, or one file for Terraform.

    Parameters
    ----------
    new, tool : The folder, and the name of the tool.
    problem, users : The scenario, and the tool's user for each person's name.
    known : Stretches on call, by schedule.

    Raises
    ------
    OSError
        They cannot be written.
    """
    if tool == "terraform":
        _write(new / "oncall.tf.json", _terraform(problem, users, known))
        return
    (new / tool).mkdir()
    for name, stem in file_names(known).items():
        _write(new / tool / f"{stem}.json", _TOOLS[tool](problem, users, known[name]))


def _write(file: Path, document: object) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    file.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def _terraform(
    problem: Problem, users: Mapping[str, str], known: Mapping[str, list[OnCallStretch]]
) -> dict[str, object]:
    """
    Return a configuration in Terraform's JSON syntax for the provider `grafana`: shifts, and a schedule of them each.

    PagerDuty's provider has no resource for times of their own, so those go through its interface.
    """
    shifts: dict[str, object] = {}
    schedules: dict[str, object] = {}
    for name, stretches in known.items():
        own: list[str] = []
        for number, body in enumerate(_bodies(problem, users, stretches), start=1):
            key = f"{_key(name)}_{number}"
            shifts[key] = body
            own.append(f"${{grafana_oncall_on_call_shift.{key}.id}}")
        schedules[_key(name)] = {
            "name": _literal(name),
            "type": "calendar",
            "time_zone": problem.dates.time_zone,
            "shifts": own,
        }
    return {"resource": {"grafana_oncall_on_call_shift": shifts, "grafana_oncall_schedule": schedules}}


def _bodies(
    problem: Problem, users: Mapping[str, str], known: Iterable[OnCallStretch]
) -> list[dict[str, object]]:
    bodies = _grafana(problem, users, list(known))
    assert isinstance(bodies, list)
    return [
        {
            key: [_literal(user) for user in value] if key == "users" else _literal(value)
            for key, value in body.items()
        }
        for body in bodies
    ]


def _literal(value: object) -> object:
    """
    Return a value that Terraform takes as it is, without looking for expressions in it.

    >>> _literal("${x}")
    '$${x}'
    """
    return value.replace("${", "$${").replace("%{", "%%{") if isinstance(value, str) else value


def _key(name: str) -> str:
    """
    Return a name that Terraform lets a resource have, its own for each.

    >>> _key("ops-1"), _key("值班")
    ('ops_1', 's_1b24d754')
    """
    plain = re.sub(r"[^A-Za-z0-9]+", "_", unicodedata.normalize("NFKD", name)).strip("_").lower()
    if plain and name.isascii():
        return plain if plain[0].isalpha() else f"s_{plain}"
    return f"s_{identifier('terraform', name)[:8]}"
