"""Small scenarios drawn at random with what planners ask of counts, gaps, weekends, on-call blocks and one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import yaml

from roster.benchmark.attack.draw import DAYS, REGIMES, Section

START = date(2027, 1, 1)
NAMES = ("Ann", "Bob", "Cid", "Dan")


def scenario(seed: int) -> str:
    """Return the text of a scenario; equal seeds give equal scenarios."""
    random = Random(f"rules {seed}")
    on_call = random.random() < 0.35
    shifts = _shifts(random, few=on_call)
    standbys = _standbys(random) if on_call else {}
    start = START + timedelta(days=random.randrange(90))
    made: Section = {
        "name": f"rules{seed}",
        "calendar": {"start": start.isoformat(), "days": random.choice((9, 14, 17, 21))},
        "employers": {"own": {"regime": random.choice(REGIMES)}},
        "roles": {"a": {}, "b": {}},
        "shifts": shifts,
        "posts": _posts(random, shifts, standbys),
        "staff_types": {"t": {"skills": "a", "count": [0, random.choice((3, 4))]}},
        "rules": {
            **_usual(random, on_call=on_call),
            **_rules(random, [*shifts], [*standbys], most=random.choice((1, 2, 3))),
        },
    }
    if standbys:
        made["standbys"] = standbys
    if random.random() < 0.35:
        made["staff_types"]["u"] = _other_type(random, [*shifts], [*standbys])
    if random.random() < 0.6:
        _name(random, made, start)
    if random.random() < 0.8:
        made["absence"] = "gross"
    return yaml.safe_dump(made, sort_keys=False, allow_unicode=True)


def _shifts(random: Random, *, few: bool) -> Section:
    made: Section = {"D": {"start": random.choice(("07:00", "08:00")), "length": "8h"}}
    if random.random() < 0.5:
        made["N"] = {"start": random.choice(("20:00", "22:00")), "length": random.choice(("8h", "10h"))}
    if random.random() < (0.2 if few else 0.4):
        made["S"] = {
            "stretches": random.choice((["06:00-10:00", "16:00-20:00"], ["08:00-12:00", "18:00-23:00"]))
        }
    return made


def _standbys(random: Random) -> Section:
    start = random.choice(("09:00", "17:00"))
    made: Section = {"P": {"start": start, "length": random.choice(("24h", "15h")), "response": "15min"}}
    if random.random() < 0.6:
        made["Q"] = {**made["P"], "response": "60min"}
    return made


def _posts(random: Random, shifts: Section, standbys: Section) -> Section:
    made: Section = {}
    for name in random.sample([*shifts], random.randint(0 if standbys else 1, min(2, len(shifts)))):
        shift = shifts[name]
        windows = shift.get("stretches") or [f"{shift['start']}+{shift['length']}"]
        days = random.choice(("daily", "weekdays", random.sample(DAYS, random.randint(2, 4))))
        for number, window in enumerate(windows):
            made[f"{name.lower()}{number}"] = {"role": "a", "window": window, "days": days}
    for level, (name, standby) in enumerate(standbys.items(), 1):
        made[name.lower()] = {
            "role": "a",
            "window": f"{standby['start']}+{standby['length']}",
            "presence": "standby",
            "response": standby["response"],
            "chain": "c",
            "level": level,
            "shifts": name,
        }
    return made


def _other_type(random: Random, shifts: list[str], standbys: list[str]) -> Section:
    made: Section = {"skills": random.choice((["a"], ["a", "b"], ["b"])), "count": [0, 2], "share": 0.5}
    if random.random() < 0.5:
        made["rules"] = _rules(random, shifts, standbys, most=1)
    return made


def _usual(random: Random, *, on_call: bool) -> Section:
    """Return what is loosened of the regime, so that what is drawn is what binds."""
    made: Section = {"standby_share": f"{random.choice((40, 60, 100))}%"} if on_call else {}
    for key in ("max_nights", "rest_after_nights", "weekly_rest", "work_block"):
        if random.random() < 0.3:
            made[key] = "off"
    return made


def _rules(random: Random, shifts: list[str], standbys: list[str], most: int) -> Section:
    makers: dict[str, Callable[[], object]] = {
        "counts": lambda: [_count(random, shifts, standbys) for _ in range(random.randint(1, 2))],
        "gaps": lambda: [_gap(random, shifts, standbys)],
        "week_hours": lambda: {"value": f"{random.choice((16, 24, 32, 40))}h", "rolling": True},
        "average": lambda: random.choice(("4 weeks", "8 weeks", "17 weeks", "year", "10 days")),
        "whole_weekends": lambda: True,
        "shift_runs": lambda: _blocks(random, standbys or shifts),
        "forbidden": lambda: [f"{random.choice(shifts)} - {random.choice(shifts)}"],
        "weekly_rest": lambda: f"{random.choice((24, 36, 48))}h",
    }
    if len(standbys) > 1:
        makers["handovers"] = lambda: [random.choice(("Q P", "P Q"))]
    if standbys and "N" in shifts:
        makers["no_standby_after_nights"] = lambda: True
    chosen = random.sample(list(makers), min(most, len(makers)))
    return {key: makers[key]() for key in chosen}


def _count(random: Random, shifts: list[str], standbys: list[str]) -> Section:
    kinds = [
        "days",
        "days_off",
        "weekends",
        "hours",
        [random.choice(shifts)],
        *(["nights"] if "N" in shifts else []),
    ]
    of = random.choice([*kinds, *(["standby", ["P"]] if standbys else [])])
    per = random.choice(("week", "month", "calendar", "7 days", "5 days", "14 days", "2 weeks"))
    weeks = {"week": 1, "7 days": 1, "5 days": 1, "14 days": 2, "2 weeks": 2}.get(per, 3)
    if of == "weekends":
        per, weeks = random.choice((("2 weeks", 2), ("month", 3), ("calendar", 2), ("3 weeks", 3)))
    if of == "hours":
        least, most = random.choice((0, 8, 16)) * weeks, random.choice((24, 32, 40)) * weeks
        return {"of": of, "per": per, "least": f"{least}h", "most": f"{most}h"}
    made: Section = {"of": of, "per": per}
    if random.random() < 0.75:
        made["most"] = random.randint(1, 3) * (1 if of == "weekends" else weeks)
    if "most" not in made or random.random() < 0.3:
        made["least"] = random.randint(1, made.get("most", 2))
    return made


def _gap(random: Random, shifts: list[str], standbys: list[str]) -> Section:
    of = random.choice([[random.choice(shifts)], *(["nights"] if "N" in shifts else []), *standbys])
    if of in standbys and random.random() < 0.5:
        return {"of": of, "weeks": random.choice((1, 2)), "blocks": True}
    return {"of": of, "days": random.randint(1, 5), "blocks": random.random() < 0.5}


def _blocks(random: Random, names: list[str]) -> Section:
    length = random.choice((2, 3, 7))
    block: Section = {"shortest": length, "longest": length}
    if random.random() < 0.7:
        block["starts"] = random.choice((random.choice(DAYS), random.sample(DAYS, 2)))
    return dict.fromkeys(names if random.random() < 0.5 else random.sample(names, 1), block)


def _name(random: Random, made: Section, start: date) -> None:
    """Give people names, and ask something of them and of each other."""
    names = NAMES[: random.randint(2, made["staff_types"]["t"]["count"][1])]
    made["staff_types"]["t"]["count"] = [0, len(names)]
    people: Section = {}
    for name in names:
        person: Section = {"type": "t"}
        if random.random() < 0.25:
            person["days_off"] = [random.choice(DAYS)]
        if random.random() < 0.25:
            person["leave"] = [_leave(random, start, made["calendar"]["days"])]
        if random.random() < 0.15:
            person["no_nights"] = "always"
        if random.random() < 0.15 and "standbys" in made:
            person["no_standby"] = (start + timedelta(days=random.randrange(7))).isoformat()
        people[name] = person
    made["people"] = people
    one, other = random.sample(names, 2)
    bond = random.choice(("apart", "together", "supervised", "", ""))
    if bond in ("apart", "together"):
        made[bond] = [[one, other]]
    elif bond:
        made[bond] = [{"who": one, "by": [other, "b"]}]


def _leave(random: Random, start: date, days: int) -> Section:
    first = start + timedelta(days=random.randrange(days))
    hours = f"{random.choice((0, 4, 8))}h"
    if random.random() < 0.5:
        early = random.choice(("00:00", "08:00", "12:00"))
        return {"dates": f"{first} {early}..{random.choice(('14:00', '18:00', '24:00'))}", "hours": hours}
    return {"dates": f"{first}..{first + timedelta(days=random.randrange(3))}", "hours": hours}
