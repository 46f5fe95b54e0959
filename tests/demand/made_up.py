"""Tickets with known truth, as bad as exports are: bursts, jobs, resolutions by a clock, odd dates and encodings."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

PROFILE = (*[0.1] * 7, 0.4, 0.8, 1.0, 1.0, 0.8, 0.5, 0.8, 0.9, 1.0, 0.7, 0.5, *[0.2] * 6)
"""Share of the busiest hour by hour of the day."""


@dataclass(frozen=True)
class Truth:
    """What tickets are made of: arrivals an hour by kind and hour, handling in minutes and its spread, priorities."""

    peak: float = 6.0
    weekend: float = 0.25
    handling: float = 20.0
    spread: float = 1.0
    weeks: int = 26
    start: date = date(2026, 1, 5)
    priorities: tuple[tuple[str, float], ...] = (("p1", 0.03), ("p2", 0.10), ("p3", 0.60), ("p4", 0.27))
    monday: float = 1.0
    profile: tuple[float, ...] = field(default=PROFILE)

    def rate(self, moment: datetime) -> float:
        """Arrivals an hour of all priorities at a moment."""
        factor = self.weekend if moment.weekday() >= 5 else self.monday if moment.weekday() == 0 else 1.0
        return self.peak * self.profile[moment.hour] * factor


@dataclass(frozen=True)
class Made:
    number: str
    opened: datetime
    priority: str
    effort: float


def tickets(truth: Truth, seed: int = 1) -> list[Made]:
    """Tickets whose arrivals are Poisson with the rates of the truth, and whose effort is gamma with its spread."""
    draw = random.Random(seed)
    made: list[Made] = []
    begin = datetime.combine(truth.start, datetime.min.time())
    names, weights = zip(*truth.priorities, strict=True)
    for hour in range(truth.weeks * 168):
        at = begin + timedelta(hours=hour)
        left = draw.expovariate(1.0)
        rate = truth.rate(at)
        while rate > 0 and left < rate:
            opened = at + timedelta(seconds=int(3600 * left / rate))
            effort = draw.gammavariate(1 / truth.spread, truth.handling * truth.spread)
            made.append(Made(f"T{len(made):06}", opened, draw.choices(names, weights)[0], effort))
            left += draw.expovariate(1.0)
    return made


COLUMNS = ("单号", "创建时间", "处理工时", "解决时间", "级别", "处理组", "标题", "姓名")


def rows(made: list[Made], name: str = "", form: str = "%Y/%m/%d %H:%M") -> list[list[str]]:
    """Rows of an export, with a name in every column of text."""
    words = {"p1": "紧急", "p2": "高", "p3": "中", "p4": "低"}
    return [
        [
            one.number,
            one.opened.strftime(form),
            f"{one.effort:.2f}",
            (one.opened + timedelta(hours=30)).strftime(form),
            words[one.priority],
            "网络组",
            f"{name} 打印机",
            name,
        ]
        for one in made
    ]


def as_csv(table: list[list[str]], head: tuple[str, ...] = COLUMNS, encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(table)
    return text.getvalue().encode(encoding)
