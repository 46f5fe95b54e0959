"""Everything a scenario can get wrong: the place, the value and the way out, and the value next to it that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.helpers import GOOD, changed, faults, line_of

Case = tuple[str, str, str, str]

BAD: list[Case] = [
    # what stands there, what is written instead, the key, what the fault says
    # --- names
    (
        "role: monitor,",
        "role: moniter,",
        "posts.seat.role",
        "'moniter' is not a role; did you mean 'monitor'?",
    ),
    ("role: [ops, audit]", "role: [ops, adit]", "posts.desk.role[1]", "did you mean 'audit'?"),
    ("regime: cn_enterprise_standard", "regime: cn_enterprise", "employers.vendor.regime", "did you mean"),
    (
        "window: 08:00+24h, site: hub",
        "window: 08:00+24h, site: hbu",
        "posts.seat.site",
        "did you mean 'hub'?",
    ),
    ("sites: [hub]", "sites: [west]", "staff_types.ops.sites[0]", "'west' is not a site"),
    ("shifts: [D]", "shifts: [d]", "staff_types.guard.shifts[0]", "did you mean 'D'?"),
    ("skills: security", "skills: secrity", "staff_types.guard.skills", "did you mean 'security'?"),
    ("employer: vendor, weekly", "employer: vendr, weekly", "staff_types.resident.employer", "'vendor'?"),
    ("{post: seat", "{post: set", "vendor_seats.night_desk.post", "did you mean 'seat'?"),
    (
        "weekends, employer: vendor",
        "weekends, employer: vendr",
        "vendor_seats.night_desk.employer",
        "'vendor'?",
    ),
    ("李娜: ops", "李娜: opps", "people.李娜", "did you mean 'ops'?"),
    ("shift_runs: {N:", "shift_runs: {M:", "rules.shift_runs.M", "not a shift or standby"),
    ('["N D"', '["N M"', "rules.forbidden[0]", "'M' is not a shift or standby"),
    ("incompatible: [ops]", "incompatible: [opps]", "roles.audit.incompatible[0]", "did you mean 'ops'?"),
    ("between: [hub, east]", "between: [hub, west]", "travel[0].between[1]", "'west' is not a site"),
    ("share: 10%, role: ops", "share: 10%, role: op", "control.role", "did you mean 'ops'?"),
    (
        "skills: [ops, monitor], employer: hospital",
        "skills: [ops, monitor]",
        "staff_types.ops",
        "says no employer",
    ),
    ("currency: CNY", "curency: CNY", "curency", "did you mean 'currency'?"),
    ("load: 0.5", "laod: 0.5", "posts.desk.laod", "did you mean 'load'?"),
    ("at_least: 3h", "form: 3h", "night.form", "did you mean 'from'?"),
    ("free_weekends: {one_in: 4", "free_weekends: {onein: 4", "rules.free_weekends.onein", "'one_in'?"),
    (
        "hard: false, price: 40",
        "hard: false, best_price: 4",
        "posts.guard.best_price",
        "say how many people are best",
    ),
    (
        "hard: false, price: 40",
        "hard: false, best: 1",
        "posts.guard.best",
        "write more, or leave `best` away",
    ),
    ("load: 0.5", "load: 0.5, best: 2", "posts.desk.load", "write a soft post of your own"),
    (
        "hard: false, price: 40",
        "on: [{dates: 2026-09-15, people: 2, best: 2}]",
        "posts.guard.on[0].best",
        "2 people are best, but 2 are the least",
    ),
    ("hard: false, price: 40", "on: [{dates: [], people: 2}]", "posts.guard.on[0].dates", "needs at least 1"),
    (
        "hard: false, price: 40",
        "on: [{dates: 2026-09-15, people: -1}]",
        "posts.guard.on[0].people",
        "less than 0",
    ),
    (
        "hard: false, price: 40",
        "on: [{dates: 2020-01-01..2026-09-15, people: 1}]",
        "posts.guard.on[0].dates",
        "400",
    ),
    (
        "hard: false, price: 40",
        "on: [{dates: 2026-09-15, people: 2}, {dates: 2026-09-14..2026-09-16, people: 0}]",
        "posts.guard.on[1].dates",
        "2026-09-15 has two numbers of people",
    ),
    ("  S: {start: 16:00", "  D: {start: 16:00", "standbys.D", "a shift and a standby"),
    ("  resident: {", "  seat: {", "staff_types.seat", "cannot be called seat"),
    ("  ops: {skills", "  o;ps: {skills", "staff_types.o;ps", "cannot be a name"),
    ("  E: {start", "  E 2: {start", "shifts.E 2", "cannot be the name of a shift"),
    ("  E: {start", "  off: {start", "shifts.off", "cannot be the name of a shift"),
    ("李娜: ops", "=李娜: ops", "people.=李娜", "cannot be a name"),
    # --- letters
    (
        "letter: D}",
        "letter: s}\n  F: {start: 08:00, length: 8h, letter: s}",
        "shifts.F.letter",
        "already that of 'D'",
    ),
    ("letter: D}", "letter: DD}", "shifts.D.letter", "not one usable sign"),
    (
        "李娜: ops",
        "李娜: {type: ops, wishes: [{dates: [mon], duty: [D, F]}]}",
        "people.李娜.wishes[0].duty[1]",
        "F",
    ),
    (
        "李娜: ops",
        "李娜: {type: ops, wishes: [{dates: [mon], not: [N, F]}]}",
        "people.李娜.wishes[0].not[1]",
        "F",
    ),
    (
        "李娜: ops",
        "李娜: {type: ops, wishes: [{dates: [mon], duty: D, not: N}]}",
        "people.李娜.wishes[0].not",
        "leave `duty` or `not` away",
    ),
    (
        "李娜: ops",
        "李娜: {type: ops, wishes: [{dates: [mon], price: 5, rank: 1}]}",
        "people.李娜.wishes[0].rank",
        "leave `price` or `rank` away",
    ),
    (
        "李娜: ops",
        "李娜: {type: ops, wishes: [{dates: [mon], duty: []}]}",
        "people.李娜.wishes[0].duty",
        "needs at least 1",
    ),
    (
        "{shortest: 1, longest: 3}",
        "{shortest: 2, per_day: true}",
        "rules.shift_runs.N.per_day",
        "write what each day costs",
    ),
    (
        "{shortest: 1, longest: 3}",
        "{shortest: 2, per_day: 1, price: 3}",
        "rules.shift_runs.N.per_day",
        "1 is neither",
    ),
    ("letter: D}", "letter: '@'}", "shifts.D.letter", "not one usable sign"),
    ("letter: e}", "letter: h}", "sites.east.letter", "already that of 'hub'"),
    # --- types of values
    ("title: 诊所", "title: 5", "title", "5 is not a text"),
    ("weeks: 4", "weeks: four", "calendar.weeks", "four is not a whole number"),
    ("weeks: 4", "weeks: 4.5", "calendar.weeks", "4.5 is not a whole number"),
    ("weeks: 4", "weeks: true", "calendar.weeks", "true is not a whole number"),
    ("weeks: 4", "weeks: 0", "calendar.weeks", "0 is less than 1"),
    ("weeks: 4", "weeks: 105", "calendar.weeks", "105 is more than 104"),
    ("vendor: true}\nroles", "vendor: yes}\nroles", "employers.vendor.vendor", "neither true nor false"),
    ("{between: [hub, east], minutes: 40}", "5", "travel[0]", "not a mapping"),
    ("between: [hub, east]", "between: [hub]", "travel[0].between", "at least 2"),
    ("between: [hub, east]", "between: [hub, east, hub]", "travel[0].between", "more than 2"),
    ("between: [hub, east]", "between: hub", "travel[0].between", "not a list"),
    ("between: [hub, east]", "between: [hub, hub]", "travel[0].between", "both ends"),
    ("minutes: 40}", "minutes: 40}\n  - {between: [east, hub], minutes: 9}", "travel[1].between", "twice"),
    ("minutes: 40}", "minutes: -1}", "travel[0].minutes", "-1 is less than 0"),
    ("share: 10%, role: ops", "share: 10, role: ops", "control.share", "not between 0 and 1"),
    ("share: 0.5", "share: 0", "staff_types.both.share", "more than 0"),
    ("share: 0.5", "share: 0.333", "staff_types.both.share", "not a whole percentage"),
    ("share: 0.5", "share: half", "staff_types.both.share", "not a share"),
    ("cost: 12000", "cost: -12000", "staff_types.ops.cost", "less than 0"),
    ("cost: 12000", "cost: 12000.5", "staff_types.ops.cost", "not a whole number"),
    ("objective: cost", "objective: money", "objective", "not one of in_house, people, cost"),
    ("currency: CNY", "currency: yuan", "currency", "right form"),
    ("country: CN", "country: China", "calendar.country", "right form"),
    ("country: CN", "country: XX", "calendar.country", "no holiday data"),
    ("role: monitor,", "role: [],", "posts.seat.role", "needs at least 1"),
    ("presence: standby", "presence: home", "posts.call.presence", "not one of on_site, standby"),
    ("level: 2", "level: 4", "posts.call.level", "4 is more than 3"),
    ("load: 0.5", "load: 1.5", "posts.desk.load", "not between 0 and 1"),
    # --- dates and times
    ("start: 2026-09-14", "start: 2026-02-30", "calendar.start", "not in the calendar"),
    ("start: 2026-09-14", "start: 9/4/2026", "calendar.start", "either way round"),
    ("start: 2026-09-14", "start: Monday", "calendar.start", "not a date"),
    ("start: 2026-09-14", "start: 31.09.2026", "calendar.start", "not in the calendar"),
    ("start: 2026-09-14", "start: 1926-09-14", "calendar.start", "not between the years"),
    ("country: CN}", "country: CN, time_zone: Mars}", "calendar.time_zone", "not a time zone"),
    ("country: CN}", "country: CN, time_zone: ../etc}", "calendar.time_zone", "not a time zone"),
    ("country: CN}", "holidays: [2026-09-19], workdays: [2026-09-19]}", "calendar.workdays", "as worked day"),
    ("country: CN}", "holidays: [0001-01-01..9999-12-31]}", "calendar.holidays[0]", "longer than 400 days"),
    ("2026-09-01..2026-12-01", "2026-09-01..2026-08-01", "people.张伟.no_nights", "ends before it starts"),
    ("2026-09-14, 2026", "2026-09-31, 2026", "people.张伟.leave[0]", "not in the calendar"),
    ("start: 08:00, length: 8h", "start: 8, length: 8h", "shifts.D.start", "not a time of day"),
    ("start: 08:00, length: 8h", "start: 25:00, length: 8h", "shifts.D.start", "does not exist"),
    ("start: 08:00, length: 8h", "start: 24:00, length: 8h", "shifts.D.start", "write 00:00"),
    ("start: 08:00, length: 8h", "start: 08:00, length: 25h", "shifts.D.length", "24 hours"),
    ("start: 08:00, length: 8h", "start: 08:00, length: 0h", "shifts.D.length", "24 hours"),
    ("start: 08:00, length: 8h", "start: 08:00, length: 8", "shifts.D.length", "write 8h or 8min"),
    ("start: 08:00, length: 8h", "start: 08:00, length: -8h", "shifts.D.length", "never below zero"),
    ("start: 08:00, length: 8h", "start: 08:00", "shifts.D", "either `length` or `end`"),
    (
        "start: 08:00, length: 8h",
        "start: 08:00, end: 16:00, length: 8h",
        "shifts.D",
        "either `length` or `end`",
    ),
    ("title: 白班, start: 08:00, ", "title: 白班, ", "shifts.D", "needs `start`"),
    ("letter: D}", "work: 9h}", "shifts.D.work", "more working time"),
    ("letter: D}", "work: 7h, weight: 0.5}", "shifts.D.weight", "keep one"),
    ("letter: D}", "weight: 1.5}", "shifts.D.weight", "not between 0 and 1"),
    ("letter: D}", "night: maybe}", "shifts.D.night", "neither true nor false"),
    ("to: 06:00", "to: 22:00", "night.to", "ends when it begins"),
    ("at_least: 3h", "at_least: 9h", "night.at_least", "the 8 hours"),
    ("window: 08:00+24h", "window: 08:00-08:00", "posts.seat.window", "write 08:00+24h"),
    ("window: 08:00+24h", "window: 08:00+25h", "posts.seat.window", "24 hours"),
    ("window: 08:00+24h", "window: 24:00-08:00", "posts.seat.window", "write 00:00"),
    ("window: 08:00+24h", "window: all", "posts.seat.window", "not a window"),
    ("days: [tue, thu]", "days: [tue, tur]", "posts.guard.days", "tur is not a day"),
    ("days: [tue, thu]", "days: []", "posts.guard.days", "are no days"),
    # --- rules
    (
        "{shortest: 1, longest: 3}",
        "{shortest: 4, longest: 3}",
        "rules.shift_runs.N.longest",
        "less than the shortest",
    ),
    ("one_in: 4", "one_in: 0", "rules.free_weekends.one_in", "less than 1"),
    ('"N D"', '"N-D"', "rules.forbidden[0]", "not a pair of shifts"),
    (
        "rules:\n",
        "rules:\n  standby_share: {value: 25%, price: 3}\n",
        "rules.standby_share.price",
        "always hard",
    ),
    ("rules:\n", "rules:\n  min_rest: 11\n", "rules.min_rest", "write 11h or 11min"),
    ("rules:\n", "rules:\n  weekly_rest: 200h\n", "rules.weekly_rest", "more than 168 hours"),
    ("rules:\n", "rules:\n  max_nights: 0\n", "rules.max_nights", "less than 1"),
    ("rules:\n", "rules:\n  max_nights: {price: 3}\n", "rules.max_nights.value", "is missing"),
    ("rules:\n", "rules:\n  work_block: 5\n", "rules.work_block", "not a mapping"),
    ("standby_spread: 3", "standby_spread: -3", "quality.standby_spread", "less than 0"),
    # --- staff
    ("skills: security", "skills: [security, ops]", "staff_types.guard.skills", "exclusive"),
    ("skills: [ops, monitor]", "skills: [ops, audit]", "staff_types.ops.skills", "may not be one person's"),
    ("incompatible: [ops]", "incompatible: [audit]", "roles.audit.incompatible", "with itself"),
    (
        "monitor: {title: 监控}",
        "monitor: {in_house: required}",
        "staff_types.resident.skills",
        "must stay in house",
    ),
    (
        "count: {min: 0, max: 2}",
        "count: {min: 3, max: 2}",
        "staff_types.resident.count",
        "at least 3 but at most 2",
    ),
    ("count: [0, 4]", "count: [0, 4, 5]", "staff_types.both.count", "not a mapping"),
    ("count: [0, 4]", "count: -1", "staff_types.both.count", "less than 0"),
    ("cost: 12000", "count: 1", "staff_types.ops.count", "names 2 of this type, but there may be 1"),
    ("hire: 1", "hire: 1, count: 3", "staff_types.guard.hire", "keep one"),
    (
        "weekly_hours: 44",
        "weekly_hours: 410",
        "staff_types.resident.weekly_hours",
        "more than a week has (168)",
    ),
    ("weekly_hours: 44", "weekly_hours: 0.5", "staff_types.resident.weekly_hours", "less than an hour"),
    ("weekly_hours: 44", "weekly_hours: -4", "staff_types.resident.weekly_hours", "below zero"),
    ("sick_hours: 40", "sick_hours: 2000", "staff_types.ops.weekly_hours", "nothing is left"),
    (
        "start: 08:00, length: 8h",
        "start: 08:00, length: 12h",
        "staff_types.guard.shifts",
        "longer than the 8 h",
    ),
    ("days: [tue, thu]", "days: tue-thu", "posts.guard.days", "write [tue, wed, thu]"),
    ("days: [tue, thu]", "days: Friday to mon", "posts.guard.days", "write [fri, sat, sun, mon]"),
    ("李娜: ops", "李娜: {type: ops, days_off: sat-sun}", "people.李娜.days_off", "write [sat, sun]"),
    (
        "李娜: ops",
        "李娜: {type: ops, days_off: tue 17}",
        "people.李娜.days_off",
        "no time of a weekday; write `tue 17:00..22:00`",
    ),
    ("no_nights: 2026-09-01..2026-12-01", "no_nights: yes", "people.张伟.no_nights", "or `always`"),
    # --- vendors
    (
        "days: weekends, employer: vendor",
        "days: weekends, employer: hospital",
        "vendor_seats.night_desk.employer",
        "not a vendor",
    ),
    ("cost_per_hour: 100", "cost_per_hour: 100, cost: 5", "vendor_seats.night_desk", "either `cost`"),
    ("cost_per_hour: 100, ", "", "vendor_seats.night_desk", "either `cost`"),
    (
        "chain: incident, vendor: true",
        "chain: incident",
        "vendor_seats.night_desk.post",
        "may not be held by vendors",
    ),
    # --- posts, looked at when all else is right
    ("load: 0.5", "response: 5min", "posts.desk.response", "on site it has no meaning"),
    ("hard: false, price: 40", "vendor: true", "posts.guard.vendor", "must stay in house"),
    (
        "  N: {start: 00:00, end: 08:00}",
        "  N: {start: 00:00, end: 06:30}",
        "posts.seat.window",
        "from 06:30 to 08:00",
    ),
    (
        "skills: [ops, monitor]",
        "skills: [monitor]",
        "posts.desk.role",
        "no staff type has the skill ops, audit",
    ),
    ("days: weekdays, window: 08:00-16:00, load: 0.5", "site: east", "posts.desk.role", "may not hold it"),
    ("window: 20:00-08:00", "window: 07:00-09:00", "vendor_seats.night_desk.window", "lies outside"),
    (
        "incident, vendor: true",
        "incident, vendor: true, days: weekdays",
        "vendor_seats.night_desk.days",
        "never needed",
    ),
]


@pytest.mark.parametrize(("old", "new", "key", "says"), BAD)
def test_a_fault_names_its_line_its_key_and_the_way_out(
    tmp_path: Path, old: str, new: str, key: str, says: str
) -> None:
    text = changed(old, new)
    found = faults(tmp_path, text)
    assert [(key, True) for _, at, message in found if at == key and says in message], found
    for line, at, _ in found:
        named = [part for part in at.partition("[")[0].split(".") if part]
        if line is not None and "travel" not in at:
            assert any(part in text.splitlines()[line - 1] for part in named[-2:]), (line, at)


def test_standby_that_answers_too_slowly_does_not_cover_and_the_gap_runs_over_midnight(
    tmp_path: Path,
) -> None:
    text = changed("response: 30min", "response: 10min").replace(
        "12000, sites", "12000, shifts: [D, S], sites"
    )
    text = text.replace("count: [0, 4]", "count: 4")
    found = [message for _, key, message in faults(tmp_path, text) if key == "posts.call.window"]
    assert "from 16:00 to 08:00" in found[0]


def test_the_unbroken_scenario_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weeks: 4", "weeks: 1"),
        ("weeks: 4", "weeks: 104"),
        ("start: 08:00, length: 8h", "start: 08:00, length: 480min"),
        ("to: 06:00", "to: 01:00"),
        ("at_least: 3h", "at_least: 8h"),
        ("weekly_hours: 44", "weekly_hours: 168"),
        # Any of its roles will do: a vendor's people hold it by the one that need not stay in house.
        ("desk: {role: [ops, audit]", "desk: {vendor: true, role: [monitor, security]"),
        ("weekly_hours: 44", "weekly_hours: 37.5"),
        ("weekly_hours: 44", "weekly_hours: 38h 30min"),
        ("count: {min: 0, max: 2}", "count: {min: 2, max: 2}"),
        ("cost: 12000", "count: 2"),
        ("cost: 12000", "count: {min: 0, max: 2}"),
        ("hire: 1", "hire: 0"),
        ("hire: 1", "hire: 1, count: {min: 1}"),
        ("{shortest: 1, longest: 3}", "{shortest: 3, longest: 3}"),
        ("{shortest: 1, longest: 3}", "off"),
        ("rules:\n", "rules:\n  weekly_rest: 168h\n"),
        ("rules:\n", "rules:\n  min_rest: off\n  max_nights: {value: 4, price: 0}\n"),
        ("rules:\n", "rules:\n  week_hours:\n  standby_share: 0\n"),
        ("window: 20:00-08:00", "window: 08:00+24h"),
        ("window: 20:00-08:00", "window: 00:00-08:00"),
        ("window: 08:00-16:00, load: 0.5", "window: 08:00-16:30, load: 0.5"),
        ("days: [tue, thu]", "days: tue"),
        ("presence: standby, response: 30min", "presence: standby, response: 15min"),
        ("presence: standby, response: 30min", "presence: standby"),
        ("load: 0.5", "load: 1%"),
        ("absence: {annual_leave_days: 10, sick_hours: 40, training_hours: 68}", "absence: gross"),
        ("quality: {standby_spread: 3, quick_returns: 7}", "quality: {quick_returns: off, free_weekends: 0}"),
        ("country: CN}", "holidays: [2026-09-19..2026-09-20], workdays: [2026-09-26]}"),
        ("country: CN}", "country: DE-BY}"),
        ("letter: D}", "work: 8h}"),
        ("letter: D}", "night: true, letter: 白}"),
        ("李娜: ops", "李娜: {type: ops}"),
        ("role: [ops, audit]", "role: audit, hard: false"),
    ],
)
def test_the_value_beside_a_fault_is_none(tmp_path: Path, old: str, new: str) -> None:
    assert faults(tmp_path, changed(old, new)) == []


def test_all_faults_come_at_once_by_line_whatever_finds_them(tmp_path: Path) -> None:
    text = GOOD
    for old, new in [
        ("weeks: 4", "weeks: x"),
        ("cn_enterprise_standard", "cn_enterprize_standard"),
        ("start: 08:00, length: 8h", "start: 08:00, length: 80h"),
        ("load: 0.5", "load: 5"),
        ("skills: security", "skills: [security, ops]"),
        ("cost_per_hour: 100", "cost_per_hour: 100, cost: 1"),
        ("李娜: ops", "李娜: opps"),
        ("currency: CNY", "coins: CNY"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    found = faults(tmp_path, text)
    assert [key for _, key, _ in found] == [
        "calendar.weeks",
        "employers.vendor.regime",
        "shifts.D.length",
        "posts.desk.load",
        "staff_types.guard.skills",
        "vendor_seats.night_desk",
        "people.李娜",
        "coins",
    ]
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found if line)


def test_a_bad_value_does_not_make_what_names_it_wrong_too(tmp_path: Path) -> None:
    found = faults(tmp_path, changed("  ops: {skills: [ops, monitor]", "  ops: {skills: 5"))
    assert [key for _, key, _ in found] == ["staff_types.ops.skills"]
    found = faults(tmp_path, changed("start: 16:00, end: 24:00", "start: 16:00, end: 2400"))
    assert [key for _, key, _ in found] == ["shifts.E.end"]
    # Nor is a shift too long whose length cannot be read; `guard` may do nothing else.
    found = faults(tmp_path, changed("start: 08:00, length: 8h", "start: 08:00, length: 8 hrs"))
    assert [key for _, key, _ in found] == ["shifts.D.length"]


@pytest.mark.parametrize("section", ["calendar", "employers", "roles", "posts", "staff_types", "name"])
def test_a_section_that_must_be_there_is_missed(tmp_path: Path, section: str) -> None:
    lines = GOOD.splitlines()
    start = line_of(GOOD, f"{section}:") - 1
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    found = faults(tmp_path, "\n".join(lines[:start] + lines[end:]))
    assert (section, "is missing") in [(key, message) for _, key, message in found]


def test_nothing_is_said_of_parts_that_nobody_wrote(tmp_path: Path) -> None:
    found = faults(tmp_path, "name: five parts are missing\n")
    assert {message for _, _, message in found} == {"is missing"}
    assert sorted(key for _, key, _ in found) == ["calendar", "employers", "posts", "roles", "staff_types"]


@pytest.mark.parametrize("content", ["5", "[]", "{}", "null", "text", "[5]", "{5: 5}"])
@pytest.mark.parametrize(
    "section", ["calendar", "posts", "staff_types", "people", "rules", "shifts", "absence"]
)
def test_a_section_of_another_shape_is_a_fault_or_empty_but_never_a_crash(
    tmp_path: Path, section: str, content: str
) -> None:
    lines = GOOD.splitlines()
    start = line_of(GOOD, f"{section}:") - 1
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    found = faults(tmp_path, "\n".join([*lines[:start], f"{section}: {content}", *lines[end:]]))
    assert found or content in ("{}", "null")
