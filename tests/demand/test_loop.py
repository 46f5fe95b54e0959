"""The loop closed: tickets with known rates become posts, and those reach the target with the rates that are true."""

from __future__ import annotations

import io
import json
import math
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from roster.cli import main
from roster.demand.answer import Demand, DemandRequest, Export, measure
from roster.demand.arrivals import dispersion
from roster.demand.chain import Chain
from roster.demand.days import KindOfDay
from roster.demand.mapping import read_map
from roster.demand.streams import Settings, Stream
from roster.demand.targets import target
from roster.scenario import load
from tests.demand.made_up import COLUMNS, Truth, as_csv, rows, tickets
from tests.demand.simulation import answered_by_hour

MAP = "role: {column: 处理组, values: {网络组: network}}\n"
ALL_URGENT = (("p1", 0.2), ("p2", 0.8))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """A quarter of tickets that are all answered at once."""
    folder = tmp_path_factory.mktemp("demand")
    truth = Truth(peak=10, priorities=ALL_URGENT, weeks=14)
    (folder / "t.csv").write_bytes(as_csv(rows(tickets(truth)), encoding="gbk"))
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    return folder, truth


def measured(folder: Path, goal: str = "80% in 15min", **settings: object) -> Demand:
    export = Export(folder / "t.csv", "columns", read_map(folder / "map.yaml"))
    return measure(DemandRequest((export,), Settings(targets=(target(goal),), **settings)))  # type: ignore[arg-type]


def true_rates(truth: Truth) -> list[float]:
    return [truth.rate(datetime(2026, 1, 5 + hour // 24, hour % 24)) for hour in range(168)]


def test_intervals_cover_the_truth_as_often_as_they_say(busy: tuple[Path, Truth]) -> None:
    inside = every = 0
    for seed in range(2):
        folder = busy[0] / str(seed)
        folder.mkdir()
        (folder / "t.csv").write_bytes(as_csv(rows(tickets(busy[1], seed=seed + 10))))
        (folder / "map.yaml").write_text(MAP, encoding="utf-8")
        (one,) = measured(folder).streams
        for cell in one.arrivals.cells:
            rate = true_rates(busy[1])[cell.hour + (120 if cell.kind is KindOfDay.RESTDAY else 24)]
            inside += cell.low <= rate <= cell.high
            every += 1
    assert 0.90 <= inside / every <= 1.0


SURE = 4.5
"""Standard errors beyond which, in any of 168 hours, chance leads less than once in a thousand tests."""


def held(one: Stream) -> list[int]:
    """People awake by hour of the week, as the posts have them."""
    return [
        one.staffing.people(KindOfDay.RESTDAY if hour >= 120 else KindOfDay.WORKDAY)[hour % 24]
        for hour in range(168)
    ]


def without_one(people: list[int], kind: KindOfDay, hour: int) -> list[int]:
    """The same with one person fewer in an hour of all days of a kind."""
    days = range(5, 7) if kind is KindOfDay.RESTDAY else range(5)
    return [number - (at // 24 in days and at % 24 == hour) for at, number in enumerate(people)]


def simulated(truth: Truth, people: list[int]) -> list[tuple[float, float]]:
    """The share answered in time in each hour at the true rates, with its standard error at the target."""
    rates = true_rates(truth)
    seen = answered_by_hour(lambda h: rates[h], lambda h: people[h], truth.handling, 15, weeks=4000)
    return [(good / came, math.sqrt(0.8 * 0.2 / came)) for came, good in (seen[h] for h in range(168))]


def test_the_upper_rate_of_few_weeks_reaches_the_target_in_every_hour(tmp_path: Path) -> None:
    """Eight weeks of tickets: posts that are simulated with the true rates, and held against the exact chain."""
    truth = Truth(peak=10, priorities=ALL_URGENT, weeks=8)
    (tmp_path / "t.csv").write_bytes(as_csv(rows(tickets(truth, seed=5))))
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    found = measured(tmp_path)
    (one,) = found.streams
    assert one.arrivals.why == "upper"
    assert ("upper_rate", {"role": "network", "price": one.staffing.price}) in found.notes
    exact = Chain(truth.handling, 15).levels(true_rates(truth), held(one))
    assert min(exact) >= 0.8
    people = held(one)
    for hour, ((share, error), level) in enumerate(zip(simulated(truth, people), exact, strict=True)):
        # So many weeks that six points below the target would be seen at night, and two by day.
        assert SURE * error < (0.02 if 8 <= hour % 24 < 18 and hour < 120 else 0.06)
        assert share > 0.8 - SURE * error
        # The chain reckons who waits past the hour with the people of his own: more or fewer come then.
        after = people[(hour + 1) % 168] - people[hour]
        assert share > level - SURE * error - (0.02 if after < 0 else 0.0)


def test_one_person_fewer_in_any_hour_misses_the_target(tmp_path: Path) -> None:
    """A year of tickets, staffed by the rate itself: within what its interval says, and nobody is too many."""
    truth = Truth(peak=10, priorities=ALL_URGENT, weeks=52)
    (tmp_path / "t.csv").write_bytes(as_csv(rows(tickets(truth, seed=3))))
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    (one,) = measured(tmp_path).streams
    assert one.arrivals.why == "rate"
    people, chain = held(one), Chain(truth.handling, 15)
    cells = [
        one.arrivals.cell(KindOfDay.RESTDAY if hour >= 120 else KindOfDay.WORKDAY, hour % 24)
        for hour in range(168)
    ]
    worst, best = (chain.levels([getattr(cell, end) for cell in cells], people) for end in ("high", "low"))
    at_truth = chain.levels(true_rates(truth), people)
    assert all(low <= level <= high for low, level, high in zip(worst, at_truth, best, strict=True))
    for kind in (KindOfDay.WORKDAY, KindOfDay.RESTDAY):
        for hour in range(24):
            assert min(chain.levels(true_rates(truth), without_one(people, kind, hour))) < 0.8
    fewer = simulated(truth, without_one(people, KindOfDay.WORKDAY, 10))
    assert any(share < 0.8 - SURE * error for share, error in fewer)


def test_mondays_are_told_apart_only_where_they_differ(tmp_path: Path) -> None:
    for monday, apart in ((1.0, False), (1.8, True)):
        truth = Truth(peak=6, priorities=ALL_URGENT, monday=monday, weeks=20)
        (tmp_path / "t.csv").write_bytes(as_csv(rows(tickets(truth))))
        (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
        found = measured(tmp_path)
        assert found.streams[0].arrivals.mondays_apart is apart
        assert any("mon" in post.days for post in found.posts) is apart


def test_spread_beyond_chance_is_staffed() -> None:
    assert dispersion([[1, 2, 3, 4, 5, 6] * 3]) < 1.5
    assert dispersion([[0, 0, 20, 0, 0, 20] * 3]) > 1.5


def test_quiet_nights_need_nobody_awake(tmp_path: Path) -> None:
    """A night has a callout in ten: standby holds it, and the scenario that is written says so, and plans."""
    quiet = Truth(
        peak=1.2, profile=(*[0.005] * 8, *[1.0] * 8, *[0.005] * 8), priorities=ALL_URGENT, weekend=0.02
    )
    (tmp_path / "t.csv").write_bytes(as_csv(rows(tickets(quiet))))
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    found = measured(tmp_path, "80% in 30min")
    (one,) = found.streams
    assert [call.holds for call in one.calls] == [True, True]
    assert one.awake[KindOfDay.WORKDAY][2] == 0
    assert one.awake[KindOfDay.WORKDAY][10] >= 1
    assert {post.level for post in found.posts} == {None, 1}


def test_work_that_can_wait_fills_the_time_between(busy: tuple[Path, Truth], tmp_path: Path) -> None:
    truth = Truth(peak=10, priorities=(("p1", 0.3), ("p4", 0.7)), handling=30, weeks=14)
    (tmp_path / "t.csv").write_bytes(as_csv(rows(tickets(truth))))
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    found = measured(tmp_path, "P1: 80% in 15min")
    (one,) = found.streams
    made = tickets(truth)
    hours = sum(each.effort for each in made if each.priority == "p4") / 60 / truth.weeks
    assert one.waiting == pytest.approx(hours, rel=0.02)
    assert 0 < one.absorbed <= one.waiting
    desks = [post for post in found.posts if post.name == "network_desk"]
    assert sum(post.people for post in desks) * 40 * 0.85 >= one.desk_hours


def test_no_name_and_no_subject_is_in_any_output(tmp_path: Path) -> None:
    """A name in every column of text, every encoding of it searched for in all that is written and printed."""
    name = "王小明Zhang3"
    truth = Truth(peak=3, weeks=6)
    table = rows(tickets(truth), name)
    for at, row in enumerate(table):
        if at % 4 == 0:
            row[5] = name  # a group that is a person
            row[4] = name  # a priority that is none
        row[0] = f"{name}-{row[0]}"
    (tmp_path / "t.csv").write_bytes(as_csv(table))
    out = tmp_path / "out"
    told = []
    for more in (["--out", str(out)], ["--json"], ["-q"], []):
        result = CliRunner().invoke(main, ["demand", str(tmp_path / "t.csv"), "--as", "columns", *more])
        assert result.exit_code == 0, result.output
        told.append(result.output)
    written = [file.read_text(encoding="utf-8-sig") for file in out.iterdir()]
    assert len(written) == 7
    for text in (*told, *written):
        for part in (name, "王小明", "Zhang3", name.encode("unicode_escape").decode()):
            assert part not in text


def test_what_is_written_is_a_scenario_over_the_one_there_is(busy: tuple[Path, Truth]) -> None:
    folder, _ = busy
    (folder / "my.yaml").write_text(SCENARIO, encoding="utf-8")
    args = ["demand", str(folder / "t.csv"), "--as", "columns", "--map", str(folder / "map.yaml")]
    args += ["--scenario", str(folder / "my.yaml"), "--target", "80% in 15min"]
    for out in (folder, folder / "elsewhere"):
        result = CliRunner().invoke(main, [*args, "--out", str(out)])
        assert result.exit_code == 0, result.output
        problem = load(out / "demand.yaml")
        names = {post.name for post in problem.posts}
        assert "night" not in names
        assert "guard" in names
        assert all(post.reason for post in problem.posts if post.name.startswith("network"))
    document = json.loads(CliRunner().invoke(main, [*args, "--json"]).output)
    short = [(one["kind"], one["first"], one["held"] < one["needed"]) for one in document["held"]["short"]]
    assert ("workday", 8, True) in short
    assert {"post": "much", "people": 3} in document["held"]["spare"]
    assert document["headlines"]


SCENARIO = """
name: my
calendar: {start: 2026-07-06, weeks: 4}
employers: {own: {regime: cn_enterprise_standard}}
roles: {network: {}, guards: {}}
shifts:
  D: {start: 08:00, length: 8h}
  E: {start: 16:00, length: 8h}
  N: {start: 00:00, length: 8h}
posts:
  night: {role: network, window: 00:00+24h}
  much: {role: network, days: weekends, window: 00:00-08:00, people: 3}
  guard: {role: guards, days: weekdays, window: 08:00-16:00}
staff_types: {network: {skills: network}, guard: {skills: guards}}
"""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--target", "soon"], "'soon' is no target"),
        (["--target", "100% in 5min"], "no target"),
        (["--target", "0% in 5min"], "above 0 %"),
        (["--leave-out", "May"], "'May' is no date"),
        (["--time-zone", "Nowhere"], "no time zone"),
        (["--as", "excel"], "'excel' is none of columns"),
        (["--as", "columns,glpi"], "2 kinds for 1 files"),
    ],
)
def test_bad_options_are_told(busy: tuple[Path, Truth], more: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["demand", str(busy[0] / "t.csv"), "--as", "columns", *more])
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


def test_a_table_that_needs_a_map_writes_one_to_fill_in(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("key,Wann,prio\n" + "A,3/4/2026 10:00,high\n" * 20, encoding="utf-8")
    args = ["demand", str(tmp_path / "t.csv"), "--as", "columns", "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 2
    assert "line 1  opened: no column says when" in result.output
    given = tmp_path / "out" / "map.yaml"
    assert str(given) in result.output
    text = given.read_text(encoding="utf-8").replace(
        "# opened: …", "opened: {column: Wann, format: day first}"
    )
    given.write_text(text, encoding="utf-8")
    assert read_map(given).plain()["opened"]["column"] == "Wann"
    result = CliRunner().invoke(main, [*args, "--map", str(given)])
    assert result.exit_code == 0, result.output


def test_both_languages_say_it(busy: tuple[Path, Truth]) -> None:
    args = ["demand", str(busy[0] / "t.csv"), "--as", "columns", "--lang", "zh"]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0
    assert "须有人在岗" in result.output
    assert io.StringIO(result.output).readline().strip()


def test_public_holidays_of_a_country_are_days_of_their_own(busy: tuple[Path, Truth]) -> None:
    folder, _ = busy
    export = Export(folder / "t.csv", "columns", read_map(folder / "map.yaml"))
    goal = (target("80% in 15min"),)
    found = measure(DemandRequest((export,), Settings(targets=goal), days={"country": "CN"}))
    assert KindOfDay.HOLIDAY in found.streams[0].arrivals.kinds
    # 2026-02-14 is a Saturday that is worked.
    assert found.calendar.kind(date(2026, 2, 14).toordinal()) is KindOfDay.WORKDAY
    assert {COLUMNS[0]} <= set(found.read[0].table.head)
