"""
Named teams made up from a seed: contracts, skills, leave, restrictions, requests, days before and a ledger.

They are sized so that about nine tenths of the hours that leave allows are needed: enough is at hand, and little is
idle. The same number and seed give the same team.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from roster.domain.fairness import HOLIDAYS, NIGHTS, TENTHS, WEEKENDS, Account, Carried
from roster.domain.problem import OFF, Problem
from roster.scenario import loader
from roster.yaml import tree

FIRST = date(2027, 3, 1)
WEEKS = 4
DAYS = 7 * WEEKS
LEAVE = 0.05
"""Share of days on which people are on leave."""

USED = 0.86
"""Share of the hours at hand that the round-the-clock seats and the desks need."""

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英兰玉"

FRAME = """\
name: team_{people}
calendar: {{start: {first}, weeks: {weeks}, country: CN, holidays: [2027-03-16..2027-03-17]}}
employers: {{hospital: {{regime: cn_public_institution}}}}
roles: {{monitor: {{}}, ops: {{}}, network: {{}}}}
shifts:
  D: {{start: 08:00, length: 8h}}
  E: {{start: 16:00, length: 8h}}
  N: {{start: 00:00, length: 8h}}
standbys: {{S: {{start: 16:00, length: 16h, response: 30min}}}}
posts:
  seat: {{role: monitor, window: 00:00-24:00, people: {seats}}}
  desk: {{role: ops, days: weekdays, window: 08:00-16:00, people: {desks}}}
  network: {{role: network, days: weekdays, window: 08:00-16:00, people: {networks}}}
  second: {{role: [monitor, ops], days: weekdays, window: 08:00-16:00, hard: false, price: 30, people: {seconds}}}
{standby}staff_types:
  monitor: {{skills: monitor, shifts: [D, E, N], rules: {{shift_runs: {{N: {{longest: 3}}}}}}}}
  part: {{skills: monitor, share: 50%, shifts: [D, E, N]}}
  ops: {{skills: [ops, monitor], shifts: [D, E, N]}}
  network: {{skills: [network, ops], shifts: [D, S]}}
absence: gross
people:
"""

STANDBY = """\
  on_call: {{role: network, window: 16:00-08:00, presence: standby, response: 30min, people: {people}}}
"""


def team_text(people: int, seed: int) -> str:
    """
    Return a team as the text of a scenario.

    >>> team_text(8, 1).splitlines()[0]
    'name: team_8'
    """
    draw = random.Random(1000 * seed + people)
    types = _types(people)
    counts = {name: types.count(name) for name in set(types)}
    network, ops = counts["network"], counts["ops"]
    desks = max(1, int(0.35 * ops))
    hours = 38 * (counts["monitor"] + 0.5 * counts["part"] + ops)
    frame = FRAME.format(
        people=people,
        first=FIRST,
        weeks=WEEKS,
        seats=max(1, int((USED * hours - 40 * desks) / 168)),
        desks=desks,
        networks=max(1, int(0.5 * network)),
        seconds=max(1, people // 25),
        standby=STANDBY.format(people=network // 5) if network >= 5 else "",
    )
    rows = (
        f"  {name}: {{{', '.join(_person(draw, kind))}}}\n"
        for name, kind in zip(_names(), types, strict=False)
    )
    return frame + "".join(rows)


def _types(people: int) -> list[str]:
    """Return the staff type of each person."""
    network, part, ops = max(1, people // 5), max(1, people // 12), max(2, round(0.35 * people))
    return (
        ["network"] * network
        + ["part"] * part
        + ["ops"] * ops
        + ["monitor"] * (people - network - part - ops)
    )


def _names() -> Iterator[str]:
    for second in ("", *GIVEN):
        for given in GIVEN:
            for surname in SURNAMES:
                yield surname + given + second


def _person(draw: random.Random, kind: str) -> Iterator[str]:
    """Yield what a person's line says."""
    yield f"type: {kind}"
    if draw.random() < LEAVE * DAYS / 2.5:
        length = draw.choice((1, 1, 2, 2, 3, 3, 5))
        first = FIRST + timedelta(days=draw.randrange(DAYS - length + 1))
        yield f"leave: {first}..{first + timedelta(days=length - 1)}"
    if kind == "monitor" and draw.random() < 0.05:
        yield f"no_nights: {FIRST}..{FIRST + timedelta(days=DAYS - 1)}"
    wishes = [_wish(draw, kind) for _ in range(draw.choice((0, 1, 1, 2)))]
    if wishes:
        yield f"wishes: [{', '.join(wishes)}]"


def _wish(draw: random.Random, kind: str) -> str:
    on, price = FIRST + timedelta(days=draw.randrange(DAYS)), draw.choice((50, 50, 100, 200))
    if draw.random() < 0.7:
        return f"{{dates: {on}, price: {price}}}"
    duty = draw.choice(("D", "S") if kind == "network" else ("D", "E", "N"))
    return f"{{dates: {on}, {draw.choice(('duty', 'not'))}: {duty}, price: {price}}}"


def team(people: int, seed: int, *, history: bool = True) -> Problem:
    """
    Return a team; with a history a week before and a ledger.

    Parameters
    ----------
    people : How many; at least 8.
    seed : Of what is drawn.
    history : Whether everybody has days before and a line in the ledger.
    """
    problem = loader.from_node(tree.parse(team_text(people, seed), "team"), "team")
    if not history:
        return problem
    draw = random.Random(-1000 * seed - people)
    carried, ledger = [], []
    for person in problem.people:
        duties = {duty.name: duty for duty in problem.duties(problem.type_of(person))}
        worked = draw.randrange(5)
        week = [OFF] * (7 - worked) + [duties["D"]] * worked
        carried.append((person.name, tuple(week)))
        ledger.append(Account(person.name, FIRST - timedelta(days=DAYS), DAYS, tuple(_sums(draw))))
    return replace(problem, carried=tuple(carried), ledger=tuple(ledger))


def _sums(draw: random.Random) -> Iterator[Carried]:
    for measure, fair in ((NIGHTS, 5), (WEEKENDS, 2), (HOLIDAYS, 1)):
        yield Carried(measure, TENTHS * max(0, fair + draw.choice((-1, 0, 0, 1))), TENTHS * fair)
