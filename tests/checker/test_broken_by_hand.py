"""Rosters broken by hand, key by key: `roster check` finds just that rule, with date, sentence and source."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from click.testing import CliRunner

from roster.benchmark.attack.draw import problem_of
from roster.checker import check_roster
from roster.cli import main
from roster.domain.pairing import BONDS
from roster.output.terminal.parts.findings import rule_title
from roster.rosters.files import read_roster
from roster.scenario.schema.people import Person
from roster.scenario.schema.rule_limits import Rules

SOURCE = "house rule 7"
FIRST = "2027-03-01"  # a Monday

BASE: dict[str, Any] = {
    "name": "desk",
    "calendar": {"start": FIRST, "weeks": 2, "time_zone": "Europe/Berlin"},
    "employers": {"own": {"regime": "eu_directive"}},
    "roles": {"op": {}, "lead": {}},
    "shifts": {
        "D": {"start": "08:00", "length": "8h"},
        "E": {"start": "14:00", "length": "8h"},
        "N": {"start": "22:00", "length": "8h"},
        "S": {"stretches": ["07:00-11:00", "16:00-20:00"]},
        "L": {"start": "08:00", "length": "12h"},
    },
    "standbys": {
        "P": {"start": "09:00", "length": "24h", "response": "60min"},
        "Q": {"start": "09:00", "length": "24h", "response": "60min"},
    },
    "posts": {"desk": {"role": "op", "window": "08:00-16:00", "hard": False}},
    "staff_types": {"op": {"skills": "op"}, "lead": {"skills": ["op", "lead"]}},
    "people": {"Ann": "op", "Bob": "op", "Eve": "lead"},
    "absence": "gross",
    "rules": dict.fromkeys(
        ("min_rest", "rest_after_nights", "max_nights", "weekly_rest", "work_block", "standby_share"), "off"
    ),
}


class Broken(NamedTuple):
    """What is asked, Ann's days that keep it and those that do not, by rule, date and some words of the sentence."""

    asked: dict[str, Any]
    kept: str
    broken: str
    rule: str
    date: str
    words: str
    bob: str = ""


def rule(key: str, value: Any, kept: str, broken: str, at: str, words: str, found: str = "") -> Broken:
    """Return a broken rule of the `rules` section; its limit has a source where it can have one."""
    sourced: Any = value
    if isinstance(value, list):
        sourced = [{**one, "source": SOURCE} for one in value]
    elif key == "shift_runs":
        sourced = {name: {**limit, "source": SOURCE} for name, limit in value.items()}
    elif isinstance(value, dict):
        sourced = {**value, "source": SOURCE}
    return Broken({"rules": {key: sourced}}, kept, broken, found or key, at, words)


def person(key: str, value: Any, kept: str, broken: str, at: str, words: str, found: str = "") -> Broken:
    """Return a broken restriction of Ann; her reason is told as the source is."""
    return Broken(
        {"people": {"Ann": {"type": "op", key: value, "reason": SOURCE}}},
        kept,
        broken,
        found or key,
        at,
        words,
    )


def pairing(key: str, value: Any, bob: str, kept: str, broken: str, words: str) -> Broken:
    return Broken({key: value}, kept, broken, key, "2027-03-03", words, bob)


SEVEN_DAYS = "L L L L L L L"
SATURDAYS = ". . . . . D . . . . . . D"
ONE_OFF = {"of": "days_off", "least": 11, "per": "calendar"}
BLOCKS = {"of": "P", "weeks": 1, "blocks": True}
ROLLING = {"value": "24h", "rolling": True}
FROM_WED = {"P": {"shortest": 2, "starts": "wed"}}

RULES = {
    "min_rest": rule("min_rest", {"value": "11h"}, "E . D", "E D", "03-02", "10 h"),
    "rest_after_nights": rule("rest_after_nights", {"value": "52h"}, "N . . . D", "N . . D", "03-04", "52 h"),
    "max_nights": rule("max_nights", {"value": 2}, "N N", "N N N", "03-03", "3 nights"),
    "work_block": rule("work_block", {"longest": 3}, "D D D . D", "D D D D", "03-04", "4 working days"),
    "off_block": rule("off_block", {"shortest": 2}, "D . . D", "D . D", "03-02", "a single day off"),
    "shift_runs": rule("shift_runs", {"E": {"longest": 2}}, "E E", "E E E", "03-03", "3 days", "shift_run"),
    "shift_runs: handover": rule("shift_runs", FROM_WED, ". . P P", ". P P", "03-02", "Wed", "shift_run"),
    "forbidden": rule("forbidden", [{"pair": "N D"}], "N . D", "N D", "03-02", "D", "succession"),
    "handovers": rule("handovers", [{"pair": "Q P"}], "Q P", "Q .", "03-02", "P", "handover"),
    "free_weekends": rule("free_weekends", {"one_in": 2}, ". . . . . D", SATURDAYS, "03-13", "weekend"),
    "average": rule(
        "average", {"over": "calendar"}, "L L L L L", SEVEN_DAYS, "03-01", "84 h", "average_hours"
    ),
    "week_hours": rule("week_hours", {"value": "24h"}, "D D D", "D D D D", "03-01", "32 h"),
    "week_hours: rolling": rule("week_hours", ROLLING, ". . . . D D D", ". . . . D D D D", "03-08", "32 h"),
    "weekly_rest": rule("weekly_rest", {"value": "36h"}, "D D D D D", "D D D D D D D D", "03-07", "36 h"),
    "shift_length": rule("shift_length", {"value": "8h"}, "S", "L", "03-01", "12 h"),
    "counts": rule("counts", [{"of": "nights", "most": 2}], "N N", "N N . N", "03-04", "3", "count"),
    "counts: least": rule("counts", [ONE_OFF], "D D D", "D D D D", "03-01", "only 10", "count"),
    "gaps": rule("gaps", [{"of": "nights", "days": 3}], "N . . . N", "N . . N", "03-04", "at least 3", "gap"),
    "gaps: blocks": rule(
        "gaps", [BLOCKS], "P P . . . . . . . P", "P P . . . P", "03-06", "at least 7", "gap"
    ),
    "whole_weekends": rule(
        "whole_weekends", {"value": True}, ". . . . . D D", ". . . . . D", "03-06", "weekend"
    ),
    "standby_share": rule("standby_share", {"value": "25%"}, "P . P . P . P", "P P P P P", "03-01", "5"),
    "no_standby_before": rule("no_standby_before", {"value": "15:00"}, "P . E", "P E", "03-01", "15:00"),
    "no_standby_after_nights": rule(
        "no_standby_after_nights", {"value": True}, "N . P", "N P", "03-02", "night"
    ),
}

PEOPLE = {
    "leave": person("leave", "2027-03-03", "D D . D", "D D D", "03-03", "leave"),
    "leave: with times": person(
        "leave", "2027-03-03 08:00..12:00", "D D E", "D D D", "03-03", "during leave"
    ),
    "leave: a night runs into it": person("leave", "2027-03-03", "D D", "D N", "03-02", "leave", "leave"),
    "no_nights": person("no_nights", "always", "D D", "D N", "03-02", "night"),
    "no_standby": person("no_standby", "2027-03-03", "P . . P", ". . P", "03-03", "standby"),
    "no_overtime": person("no_overtime", "always", "D", "L", "03-01", "overtime"),
    "days_off": person("days_off", ["wed"], "D D . D", "D D D", "03-03", "Wed"),
    "days_off: with times": person("days_off", "wed 14:00..22:00", "D D N", "D D D", "03-03", "Wed"),
    "days_off: a night runs into it": person(
        "days_off", "thu 5:00..7:00", "D D D", "D D N", "03-03", "06:00"
    ),
    "pins": person("pins", [{"dates": "2027-03-03", "duty": "E"}], ". . E", ". . D", "03-03", "E", "pin"),
}

BOUND = {
    "apart": pairing("apart", [["Ann", "Bob"]], ". . D", ". . N", ". . E", "Bob"),
    "together": pairing("together", [["Ann", "Bob"]], ". . D", ". . D", ". . E", "Bob"),
    "supervised": pairing(
        "supervised", [{"who": "Ann", "by": "lead", "source": SOURCE}], "", ". .", ". . D", "lead"
    ),
}

EVERY = {**RULES, **PEOPLE, **BOUND}


def test_every_key_has_a_roster_that_breaks_it() -> None:
    assert {name.partition(":")[0] for name in RULES} == set(Rules.model_fields)
    bans = {"leave", "no_nights", "no_standby", "no_overtime", "days_off", "pins"}
    assert {name.partition(":")[0] for name in PEOPLE} == bans
    own = {"rules", "share", "shifts", "weekly_hours"}  # those of a staff type, for one person
    assert set(Person.model_fields) - bans - own <= {"type", "wishes", "reason"}
    assert set(BOUND) == set(BONDS)


def files(folder: Path, one: Broken, days: str) -> tuple[Path, Path]:
    """Write a scenario that asks for it, and Ann's days (and Bob's) as a grid."""
    scenario = {**BASE, **{key: value for key, value in one.asked.items() if key not in ("rules", "people")}}
    scenario["rules"] = {**BASE["rules"], **one.asked.get("rules", {})}
    scenario["people"] = {**BASE["people"], **one.asked.get("people", {})}
    rows = ["date,weekday,person,type,employer,duty,presence,start,end,posts"]
    for name, own in {"Ann": days, "Bob": one.bob, "Eve": "D . . . . . . . . D"}.items():
        for day, duty in enumerate(own.split(), 1):
            presence = "standby" if duty in "PQ" else "on_site"
            rows += [f"2027-03-{day:02d},,{name},,,{duty},{presence},,,"] if duty != "." else []
    (folder / "desk.yaml").write_text(yaml.safe_dump(scenario), encoding="utf-8")
    (folder / "roster.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder / "desk.yaml", folder / "roster.csv"


@pytest.mark.parametrize("name", EVERY)
def test_it_is_found_with_date_sentence_and_source(name: str, tmp_path: Path) -> None:
    one = EVERY[name]
    scenario, roster = files(tmp_path, one, one.kept)
    problem = problem_of(scenario.read_text(encoding="utf-8"))
    assert check_roster(problem, read_roster(problem, roster)) == []
    scenario, roster = files(tmp_path, one, one.broken)
    read = read_roster(problem, roster)
    found = check_roster(problem, read)
    assert [each.rule for each in found] == [one.rule]
    assert f"2027-{one.date[-5:]}" in {read.horizon.on(day).isoformat() for day in found[0].days}
    assert (found[0].person, one.words in found[0].sentence) == ("Ann", True), found[0].sentence
    told = " ".join(
        CliRunner().invoke(main, ["--lang", "en", "check", str(scenario), str(roster)]).output.split()
    )
    assert "1 violation" in told
    assert rule_title(one.rule) in told
    assert rule_title(one.rule) != one.rule
    assert found[0].sentence in told
    assert (SOURCE in told) is (name not in ("pins", "apart", "together"))  # which have no source
