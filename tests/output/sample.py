"""A hospital drawn by hand: a desk held round the clock, application support with standby, and a vendor seat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from roster.domain.horizon import calendar
from roster.domain.outcome import (
    Headcount,
    Outcome,
    Plan,
    Proof,
    ProofKind,
    Repair,
    Roster,
    Rotation,
    Rung,
    SeatUse,
    Status,
)
from roster.domain.problem import (
    OFF,
    DateRange,
    Days,
    Duty,
    Employer,
    Limit,
    Person,
    Post,
    Presence,
    Problem,
    Role,
    Seat,
    Shift,
    StaffType,
)
from roster.domain.rules import MaxNights, MinRest, NoOverlap, Origin, StandbyShare

DAY = Shift("D", "D", 8 * 60, 8 * 60, work_minutes=480, title="日班")
EVENING = Shift("E", "E", 16 * 60, 8 * 60, work_minutes=480, title="中班")
NIGHT = Shift("N", "N", 24 * 60 - 1440, 8 * 60, work_minutes=480, night=True, title="夜班")
ON_CALL = Shift("S", "s", 16 * 60, 16 * 60, Presence.STANDBY, response=30, title="夜间待命")
ON_CALL_ALL_DAY = Shift("W", "w", 8 * 60, 24 * 60, Presence.STANDBY, response=30, title="周末待命")
SHIFTS = (DAY, EVENING, NIGHT, ON_CALL, ON_CALL_ALL_DAY)

WORKDAYS = Days(workdays=True)
RESTDAYS = Days(restdays=True, holidays=True)
LEAVE_DATES = {"holidays": {date(2027, 2, day) for day in range(5, 12)}, "workdays": {date(2027, 2, 20)}}

RULES = (
    NoOverlap(),
    MinRest(minutes=660, origin=Origin.POLICY, source="hospital policy"),
    MaxNights(nights=4, origin=Origin.POLICY, source="hospital policy"),
    StandbyShare(percent=50),
)

LETTERS = {
    "D": Duty(DAY),
    "E": Duty(EVENING),
    "N": Duty(NIGHT),
    "b": Duty(DAY, ON_CALL),
    "s": Duty(None, ON_CALL),
    "w": Duty(None, ON_CALL_ALL_DAY),
    ".": OFF,
}


def line(word: str) -> tuple[Duty, ...]:
    """Read a line of letters."""
    return tuple(LETTERS[letter] for letter in word)


DESK = Rotation("OPS", tuple(line(word) for word in ("...EEEE", "EEE....", "NNNN...", "DDD.NNN", "...DDDD")))
SUPPORT = Rotation("APP", tuple(line(word) for word in ("bbbbbww", "DDDDD..", "DDDD...")))


def problem(names: tuple[str, ...] = ()) -> Problem:
    """Return the hospital; with names, its people have them, those of the desk first."""
    ops = StaffType(
        "OPS", frozenset({"ops"}), "hospital", 2400, 2064, 12000, shifts=("D", "E", "N"), rules=RULES
    )
    app = StaffType(
        "APP", frozenset({"app"}), "hospital", 2400, 2064, 14000, shifts=("D", "S", "W"), rules=RULES
    )
    posts = (
        Post("desk-day", ("ops",), 480, 480, title="监控台日班"),
        Post("desk-evening", ("ops",), 960, 480, title="监控台中班"),
        Post("desk-night", ("ops",), 0, 480, title="监控台夜班"),
        Post("apps", ("app",), 480, 480, days=WORKDAYS, title="应用支持"),
        Post("apps-call", ("app",), 960, 960, days=WORKDAYS, presence=Presence.STANDBY, response=30),
        Post("desktop", ("app",), 480, 480, days=WORKDAYS, vendor=True, title="桌面运维"),
    )
    return Problem(
        name="sample",
        title="示例医院 Sample hospital",
        dates=DateRange(date(2027, 2, 1), 4, **{key: frozenset(days) for key, days in LEAVE_DATES.items()}),
        shifts=SHIFTS,
        posts=posts,
        types=(replace(ops, title="运维值守"), replace(app, title="应用支持")),
        roles=(Role("ops"), Role("app")),
        employers=(
            Employer("hospital", "cn", title="市第一医院"),
            Employer("acme", "cn", vendor=True, title="外包商"),
        ),
        people=tuple(Person(name, "OPS" if index < 5 else "APP") for index, name in enumerate(names)),
        seats=(
            Seat("desktop-seat", "desktop", 9000, 2, days=WORKDAYS, employer="acme", title="桌面驻场席位"),
        ),
        limits=(
            Limit(
                "hospital",
                "min_rest",
                "At least 11 h of rest between two duties.",
                "policy",
                "hospital policy",
            ),
            Limit(
                "hospital",
                "weekly",
                "At most 40 h a week.",
                "law",
                "State Council rules on working hours, art. 3",
            ),
            Limit("acme", "max_nights", "At most 4 nights in a row.", "scenario", ""),
        ),
        notes=("Leave, sickness and training take 12.6 of 100 hours.", "Nobody swaps shifts on their own."),
    )


def roster(given: Problem) -> Roster:
    """Return the rotations laid over the dates."""
    named = {staff: [person for person in given.people if person.type == staff] for staff in ("OPS", "APP")}
    people, rows = [], []
    for rotation in (DESK, SUPPORT):
        count = len(rotation.lines)
        who = named[rotation.type] or [
            Person(f"{rotation.type}-{n + 1}", rotation.type) for n in range(count)
        ]
        for start, person in enumerate(who):
            people.append(person)
            weeks = [rotation.lines[(start + week) % count] for week in range(given.dates.weeks)]
            rows.append(tuple(duty for week in weeks for duty in week))
    # Saturday the 20th is worked in exchange for the Spring Festival: one of the support team comes in.
    rows[5] = (*rows[5][:19], LETTERS["D"], *rows[5][20:])
    return Roster(tuple(people), calendar(given.dates), tuple(rows), (SeatUse("desktop-seat", 1),))


def outcome(given: Problem, status: Status = Status.OPTIMAL) -> Outcome:
    """Return an answer for the hospital, of any status."""
    proof = Proof(
        ProofKind.ARITHMETIC,
        "The desk needs 168 h a week; one person supplies 34.4 h: 5 people.",
        "confirmed by HiGHS",
    )
    if status in (Status.INFEASIBLE, Status.UNKNOWN):
        bound = 8 if status is Status.UNKNOWN else None
        return Outcome(
            status, None, bound, Proof(ProofKind.NONE, ""), reason="Nobody may hold apps.", solver="CP-SAT"
        )
    made = roster(given)
    headcount = Headcount(8, 0, {"OPS": 5, "APP": 3}, (SeatUse("desktop-seat", 1),))
    repairs = (Repair(made.people[5].name, 19, OFF, LETTERS["D"], "Saturday worked in exchange."),)
    plan = Plan(headcount, (DESK, SUPPORT), made, 5 * 12000 + 3 * 14000 + 9000 + 1200, repairs)
    ladder = (
        Rung("bare", Status.OPTIMAL, 7, 7),
        Rung("net", status, 8, 8 if status is Status.OPTIMAL else 7),
    )
    bound = 8 if status is Status.OPTIMAL else 7
    return Outcome(status, plan, bound, proof, ladder, seconds=1.234, solver="CP-SAT 9.15.6755, 8 workers")
