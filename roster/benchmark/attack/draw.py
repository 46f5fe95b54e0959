"""Small scenarios drawn at random: a few shifts, one or two posts and staff types, and rules of every common kind."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import yaml

from roster.domain.problem import Problem
from roster.scenario.loader import from_node
from roster.yaml import tree

Section = dict[str, Any]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STARTS = (0, 6, 8, 12, 13, 16, 18, 20, 22)
REGIMES = ("cn_public_institution", "cn_comprehensive", "cn_enterprise_standard", "eu_directive")


def scenario(seed: int, weeks: int = 2) -> str:
    """Return the text of a scenario; equal seeds give equal scenarios."""
    random = Random(f"attack {seed}")
    shifts = {name: _shift(random) for name in "DEN"[: random.randint(1, 3)]}
    standbys = {"S": _standby(random)} if random.random() < 0.4 else {}
    roles = ("a", "b")[: random.choice((1, 1, 2))]
    posts = {f"p{n}": _post(random, shifts, standbys, roles) for n in range(random.choice((1, 1, 2)))}
    kinds = random.choice((1, 1, 2))
    types = {f"t{n}": _type(random, roles, [*shifts, *standbys], split=kinds > 1) for n in range(kinds)}
    made: Section = {
        "name": f"attack{seed}",
        "calendar": {"start": "2027-01-04", "weeks": weeks},
        "employers": {"own": {"regime": random.choice(REGIMES)}},
        "roles": {name: {} for name in roles},
        "shifts": shifts,
        "posts": posts,
        "staff_types": types,
        "rules": _rules(random, [*shifts], [*standbys], most=3),
    }
    if standbys:
        made["standbys"] = standbys
    if random.random() < 0.6:
        made["absence"] = "gross"
    return yaml.safe_dump(made, sort_keys=False, allow_unicode=True)


def problem_of(text: str) -> Problem:
    """Return the problem of a scenario's text; raises Faults."""
    return from_node(tree.parse(text, "attack.yaml"), "attack.yaml")


def _clock(hour: int) -> str:
    return f"{hour % 24:02d}:00"


def _shift(random: Random) -> Section:
    return {"start": _clock(random.choice(STARTS)), "length": f"{random.choice((4, 6, 8, 8, 8, 12))}h"}


def _standby(random: Random) -> Section:
    made: Section = {
        "start": _clock(random.choice((16, 17, 20))),
        "length": f"{random.choice((7, 12, 16))}h",
        "response": "15min",
    }
    if random.random() < 0.3:
        made["weight"] = random.choice((0.25, 0.5))
    return made


def _post(random: Random, shifts: Section, standbys: Section, roles: tuple[str, ...]) -> Section:
    home = bool(standbys) and random.random() < 0.4
    held = random.choice(list((standbys if home else shifts).values()))
    start = int(held["start"][:2])
    length = int(held["length"][:-1])
    if random.random() < 0.2:
        length = max(1, length // 2)
    made: Section = {
        "role": random.choice(roles),
        "window": f"{_clock(start)}-{_clock(start + length)}",
        "days": random.choice(("daily", "weekdays", "weekends", random.sample(DAYS, random.randint(1, 4)))),
    }
    if home:
        made["presence"] = "standby"
    if random.random() < 0.2:
        made["load"] = random.choice((0.5, 0.6))
    if random.random() < 0.15:
        made["people"] = 2
    return made


def _type(random: Random, roles: tuple[str, ...], duties: list[str], *, split: bool) -> Section:
    skills = list(roles) if random.random() < 0.7 else [random.choice(roles)]
    made: Section = {"skills": skills, "count": [0, random.choice((2, 3, 4))]}
    if random.random() < 0.2:
        made["share"] = random.choice((0.5, 0.8))
    if split and random.random() < 0.4:
        made["rules"] = _rules(
            random, [d for d in duties if d != "S"], [d for d in duties if d == "S"], most=2
        )
    return made


def _rules(random: Random, shifts: list[str], standbys: list[str], most: int) -> Section:
    makers: dict[str, Callable[[], object]] = {
        "min_rest": lambda: f"{random.choice((8, 11, 12, 16, 24))}h",
        "rest_after_nights": lambda: f"{random.choice((24, 48))}h",
        "max_nights": lambda: random.randint(1, 4),
        "work_block": lambda: _run(random, 6),
        "off_block": lambda: _run(random, 6),
        "shift_runs": lambda: {random.choice(shifts + standbys): _run(random, 4)},
        "forbidden": lambda: [
            f"{random.choice(shifts)}{random.choice((' ', ' - '))}{random.choice(shifts)}"
            for _ in range(random.randint(1, 2))
        ],
        "free_weekends": lambda: {"one_in": random.randint(2, 4)},
        "weekly_rest": lambda: f"{random.choice((24, 35, 48))}h",
        "week_hours": lambda: f"{random.choice((24, 36, 48))}h",
        "no_standby_before": lambda: "09:00",
        "standby_share": lambda: f"{random.choice((25, 40, 60))}%",
    }
    chosen = random.sample(list(makers), random.randint(0, most))
    return {key: makers[key]() for key in chosen}


def _run(random: Random, most: int) -> Section:
    shortest = random.choice((1, 1, 2, 3))
    made: Section = {"shortest": shortest} if shortest > 1 else {}
    if not made or random.random() < 0.7:
        made["longest"] = random.randint(shortest, most)
    return made
