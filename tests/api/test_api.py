"""`import roster`: light, frozen, one line to show, every fault at once; and the same answers as the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import date, time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import roster
from roster.cli import main

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "scenarios" / "county_hospital.yaml"

DESK = """
name: desk
calendar: {start: 2027-01-04, weeks: 2}
employers: {house: {regime: cn_public_institution}}
roles: {watch: {}}
shifts:
  day: {start: 08:00, length: 8h}
  late: {start: 16:00, length: 8h}
  night: {start: 00:00, length: 8h}
posts: {desk: {role: watch, window: 00:00-24:00}}
staff_types: {watch: {skills: watch}}
"""


@pytest.fixture(scope="module")
def answer() -> roster.Answer:
    return roster.read(COUNTY).plan(time_limit=30, workers=1)


def test_importing_it_imports_nothing_heavy() -> None:
    code = (
        "import sys, time; began = time.perf_counter(); import roster; took = time.perf_counter() - began;"
        "heavy = {'pandas', 'ortools', 'pydantic', 'yaml', 'click', 'rich', 'typing'} & {*sys.modules};"
        "print(heavy or 'light', len([name for name in sys.modules if name.startswith('roster')]), took)"
    )
    said = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    light, modules, _ = said.stdout.split()
    assert (light, modules) == ("light", "2")


def test_every_name_it_hands_on_is_there() -> None:
    assert all(getattr(roster, name) for name in roster.__all__)
    assert set(roster.__all__) <= set(dir(roster))
    with pytest.raises(AttributeError, match="no attribute 'plam'"):
        roster.plam  # noqa: B018


def test_a_mapping_a_text_and_a_file_are_the_same_scenario(tmp_path: Path) -> None:
    file = tmp_path / "desk.yaml"
    file.write_text(DESK, encoding="utf-8")
    said = {
        "name": "desk",
        "calendar": {"start": date(2027, 1, 4), "weeks": 2},
        "employers": {"house": {"regime": "cn_public_institution"}},
        "roles": {"watch": {}},
        "shifts": {
            "day": {"start": time(8), "length": "8h"},
            "late": {"start": "16:00", "length": "8h"},
            "night": {"start": "00:00", "length": "8h"},
        },
        "posts": {"desk": {"role": "watch", "window": "00:00-24:00"}},
        "staff_types": {"watch": {"skills": ("watch",)}},
    }
    assert roster.read(said) == roster.read(DESK) == roster.read(str(file)) == roster.read(file)
    below = {"base": "desk.yaml", "name": "other"}
    assert roster.read(below, folder=tmp_path).problem.posts == roster.read(file).problem.posts


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(roster.RosterError) as told:
        roster.read(DESK.replace("role: watch", "role: wacth").replace("weeks: 2", "weeks: -2"))
    assert {fault.key for fault in told.value.faults} == {"posts.desk.role", "calendar.weeks"}
    assert all(fault.line for fault in told.value.faults)
    with pytest.raises(roster.RosterError) as told:
        roster.read({"name": "x", "posts": {"desk": {"role": object()}}, "nonsense": b"1"})
    assert [fault.line for fault in told.value.faults] == [None, None]
    loop: dict[str, object] = {}
    loop["name"] = loop
    for source, words in (
        (loop, "nested more than"),
        ({"posts": {"x": 1}}, "missing"),
        (3, "neither a path"),
    ):
        with pytest.raises(roster.RosterError, match=words):
            roster.read(source)  # type: ignore[arg-type]
    with pytest.raises(roster.RosterError, match="no such file") as told:
        roster.read("nowhere.yaml")
    assert len(told.value.faults) == 1


def test_the_answer_is_the_commands(answer: roster.Answer) -> None:
    said = CliRunner().invoke(main, ["plan", str(COUNTY), "--json", "--workers", "1", "--time-limit", "30"])
    printed, document = json.loads(said.stdout), json.loads(json.dumps(answer.document, default=str))
    varying = {"seconds", "details", "rotations", "quality", "repairs", "solver", "duties", "cost"}
    assert {key: printed[key] for key in printed if key not in varying} == {
        key: document[key] for key in document if key not in varying
    }
    assert printed["duties"]
    assert document["duties"] == [*map(dict, answer.document["duties"])]  # type: ignore[call-overload]
    assert (answer.people, answer.bound, answer.proven, answer.status) == (3, 3, True, "optimal")
    assert answer.why == printed["proof"]["reason"]


def test_tables_agree_with_each_other(answer: roster.Answer) -> None:
    duties, hours = answer.roster.duties, answer.hours
    assert list(hours.person) == list(answer.roster.people)
    assert hours.hours.dtype.kind in "if"
    spans = duties[duties.presence == "on_site"].groupby("person")
    assert set(spans.groups) <= set(hours.person)
    assert (duties.end > duties.start).all()
    assert str(duties.start.dt.tz) == "Asia/Shanghai"
    assert (answer.cover.held >= answer.cover.required).all()
    costs = answer.cost.set_index("item").month
    assert costs.total == costs.people + costs.seats + costs.control == answer.document["cost"]
    assert len(answer.rota) == answer.people


def test_nothing_can_be_changed(answer: roster.Answer) -> None:
    with pytest.raises(FrozenInstanceError):
        answer.outcome = None  # type: ignore[misc, assignment]
    hours = answer.hours
    hours["person"] = "nobody"
    assert "nobody" not in set(answer.hours.person)


def test_each_shows_itself_in_one_line_in_words_and_as_a_page(answer: roster.Answer) -> None:
    change = answer.roster.leave("ops_duty-1", "2027-01-04")
    swap = answer.roster.swap("ops_duty-1", _working_day(answer, "ops_duty-1"))
    for one in (answer, answer.roster, change, swap):
        assert "\n" not in repr(one)
        assert repr(one).startswith(f"<{type(one).__name__}: ")
        assert len(str(one).splitlines()) > 5
    assert repr(roster.read(DESK)) == "<Scenario: desk, 1 posts, 1 staff types, 14 days from 2027-01-04>"
    assert answer._repr_html_().startswith("<iframe srcdoc=")
    assert "<script" not in answer._repr_html_()
    assert swap._repr_html_().startswith("<pre>")
    assert "<table" in roster.read(DESK)._repr_html_()
    with roster.speaking("zh"):
        assert "已证明最少" in repr(answer)


def _working_day(answer: roster.Answer, person: str) -> pd.Timestamp:
    duties = answer.roster.duties
    found: pd.Timestamp = duties[duties.person == person].date.iloc[0]
    return found


def test_a_roster_is_read_again_from_its_own_tables_and_files(answer: roster.Answer, tmp_path: Path) -> None:
    scenario = roster.read(COUNTY)
    files = answer.save(tmp_path)
    assert {file.name for file in files} >= {"roster.csv", "plan.json", "report.html"}
    assert all(file.exists() for file in files)
    for source in (
        answer.roster.duties,
        answer.roster.grid,
        tmp_path / "roster.csv",
        tmp_path / "roster.xlsx",
    ):
        again = scenario.roster(source)
        assert again.lawful
        assert again.examined.roster == answer.roster.examined.roster
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["duties"]


def test_a_roster_that_breaks_a_rule_says_so_and_is_not_written(
    answer: roster.Answer, tmp_path: Path
) -> None:
    table = answer.roster.duties
    broken = roster.read(COUNTY).roster(table[table.person != "ops_duty-1"])
    found = broken.check()
    assert not broken.lawful
    assert set(found.rule) == {"post"}
    assert found.date.notna().all()
    assert "ops_desk" in " ".join(found.sentence) or "运维岗" in " ".join(found.sentence)
    with pytest.raises(roster.RosterError, match="force=True"):
        broken.save(tmp_path / "no")
    assert not (tmp_path / "no").exists()
    assert [file.name for file in broken.save(tmp_path / "yes", ["csv"], force=True)]
    with pytest.raises(roster.RosterError, match="formats: 'pfd' is not a format"):
        answer.roster.save(tmp_path, ["pfd"])


def test_a_table_that_cannot_be_read_is_named_as_one(answer: roster.Answer) -> None:
    table = answer.roster.duties.astype({"duty": object})
    table.loc[0, "duty"] = "nonsense"
    with pytest.raises(roster.RosterError, match="DataFrame") as told:
        roster.read(COUNTY).roster(table)
    assert "/" not in str(told.value).partition("nonsense")[0]
    with pytest.raises(roster.RosterError, match="DataFrame"):
        roster.read(COUNTY).roster(pd.DataFrame({"x": [1]}))


def test_leave_is_covered_with_the_fewest_changes(answer: roster.Answer, tmp_path: Path) -> None:
    change = answer.roster.leave("ops_duty-1", date(2027, 1, 4), date(2027, 1, 6))
    assert change.covered
    assert change.proven
    assert change.changed == change.bound == len(change.changes)
    after = change.roster
    assert after.lawful
    away = after.duties[(after.duties.person == "ops_duty-1") & (after.duties.date <= "2027-01-06")]
    assert away.empty
    again = after.leave(
        "ops_duty-2", "2027-01-11", also=[("network_application-1", "2027-01-20", "2027-01-20")]
    )
    assert again.status in ("optimal", "infeasible")
    assert {"changes.csv", "what-if.json"} <= {file.name for file in change.save(tmp_path)}
    with pytest.raises(roster.RosterError) as told:
        answer.roster.leave("nobody", "2027-13-01", allow=["magic"])
    assert len(told.value.faults) == 3


def test_swaps_are_lawful_and_the_best_comes_first(answer: roster.Answer) -> None:
    day = _working_day(answer, "ops_duty-1")
    swap = answer.roster.swap("ops_duty-1", day)
    assert swap.possible == swap.options.lawful.any()
    assert list(swap.options.lawful) == sorted(swap.options.lawful, reverse=True)
    if swap.possible:
        assert swap.roster.lawful
    one = answer.roster.swap("ops_duty-1", day, "ops_duty-2")
    assert set(one.options["with"]) <= {"ops_duty-2"}
    with pytest.raises(roster.RosterError):
        answer.roster.swap("ops_duty-1", "2031-01-01")


Question = Callable[[roster.Scenario], object]


@pytest.mark.parametrize(
    ("ask", "key"),
    [
        (lambda scenario: scenario.plan(time_limit=0, workers=300, seed=-1), "seed time_limit workers"),
        (lambda scenario: scenario.plan(survive_days=99, rotation_weeks=0), "rotation_weeks survive_days"),
        (lambda scenario: scenario.service(by_type={"nix": 1}), "by_type"),
        (lambda scenario: scenario.service(headcount=1, people=["x"]), "headcount people"),
        (lambda scenario: scenario.explain(by_type={"nix": 1}), "by_type"),
        (lambda scenario: scenario.frontier(fees={"nix": 1}, may_buy=["nix"]), "fee may_buy"),
        (lambda scenario: scenario.rotas(posts=["nix"]), "post"),
    ],
)
def test_what_cannot_be_asked_is_told_by_its_parameter(ask: Question, key: str) -> None:
    with pytest.raises(roster.RosterError) as told:
        ask(roster.read(COUNTY))
    assert " ".join(sorted(word for fault in told.value.faults for word in fault.key.split())) == key
    assert "--" not in str(told.value)


def test_the_other_questions_answer_with_tables(answer: roster.Answer, tmp_path: Path) -> None:
    scenario = roster.read(DESK)
    two = scenario.service(headcount=2, time_limit=20)
    assert not two.whole
    assert set(two.posts.post) == {"desk"}
    assert two.roster is not None
    assert set(two.roster.check().rule) == {"post"}
    assert {"service.csv", "service.json"} <= {file.name for file in two.save(tmp_path)}
    why = scenario.explain(headcount=2, time_limit=20)
    assert why.holds is False
    assert len(why.conflict)
    assert "168 h" in " ".join(why.arithmetic)
    market = scenario.frontier(time_limit=20)
    assert len(market.points) >= 1
    assert market.status == market.document["status"]
    classical = scenario.rotas(time_limit=20)
    assert classical.table.rota.nunique() == 24
    tried = answer.roster.resilience([1])
    assert tried.survives is True
    assert len(tried.cases) == 3 * 28
    assert len(tried.days) == 28
    for one in (two, why, market, classical, tried):
        assert "\n" not in repr(one)
        assert one._repr_html_()


def test_the_calendar_of_named_people_costs_what_its_terms_add_up_to(tmp_path: Path) -> None:
    people = "people: {Ann: watch, Bo: watch, Cy: watch, Di: watch, Ed: watch}\n"
    wish = people.replace(
        "Ann: watch", "Ann: {type: watch, wishes: [{duty: off, dates: 2027-01-05, price: 3}]}"
    )
    named = roster.read(DESK + wish)
    best = named.calendar(time_limit=2, workers=1)
    assert best.roster is not None
    assert best.roster.lawful or best.empty_hours
    assert best.points == pytest.approx(best.terms.points.sum())
    assert best.bound is not None
    assert best.bound <= best.points
    assert set(best.shares.person) <= set(best.roster.people)
    assert {file.name for file in best.save(tmp_path)} >= {"roster.csv", "ledger.csv", "calendar.json"}
    again = named.calendar(best.roster, time_limit=1, workers=1, ledger=tmp_path / "ledger.csv")
    assert again.roster is not None
    assert best._repr_html_()
    assert "\n" not in repr(best)
    with pytest.raises(roster.RosterError, match="people"):
        roster.read(DESK).calendar()


def test_two_rosters_differ_by_what_was_changed(answer: roster.Answer, tmp_path: Path) -> None:
    mine = answer.roster
    change = mine.leave(mine.people[0], "2027-01-05")
    assert change.roster is not None
    found = mine.diff(change.roster)
    assert not found.same
    assert len(found.cells) >= len(change.changes)
    assert set(change.changes.person) <= set(found.people.person)
    assert sorted(file.name for file in found.save(tmp_path)) == ["diff.html", "diff.json"]
    assert found._repr_html_()
    assert "\n" not in repr(found)
    back = change.roster.diff(mine)
    swapped = back.cells.rename(columns={"from": "to", "to": "from"})[list(found.cells.columns)]
    pd.testing.assert_frame_equal(swapped, found.cells)
    assert mine.diff(mine).same


def test_years_are_lived_through_the_same_each_time(answer: roster.Answer, tmp_path: Path) -> None:
    lived = answer.roster.simulate(2, seed=7)
    assert list(lived.years.year) == [1, 2]
    rows = lived.staffings[lived.staffings.figure == "hours_empty"].set_index("staffing")
    for column in lived.years.columns[1:]:
        name = column.removeprefix("hours_empty_")
        assert rows.loc[name, "mean"] == pytest.approx(lived.years[column].mean(), abs=1e-3)
    pd.testing.assert_frame_equal(lived.years, answer.roster.simulate(2, seed=7).years)
    assert {file.name for file in lived.save(tmp_path)} >= {"staffings.csv", "years.csv"}
    assert lived._repr_html_()
    assert "\n" not in repr(lived)
    with pytest.raises(roster.RosterError) as told:
        answer.roster.simulate(0, allow="wishes")
    assert [fault.key for fault in told.value.faults] == ["allow", "years"]


def test_a_scenario_that_cannot_be_held_says_why() -> None:
    scenario = roster.read(DESK.replace("skills: watch", "skills: watch, count: 2"))
    none = scenario.plan(time_limit=20)
    assert (none.people, none.status, none.proven) == (None, "infeasible", True)
    assert none.rota.empty
    assert list(none.roster.people) == ["watch-1", "watch-2"]
    assert set(none.roster.check().rule) == {"post"}
    assert "partial" in none.document
    unknown = roster.read(DESK).plan(time_limit=0.001)
    assert unknown.status in ("unknown", "feasible")
    if unknown.people is None:
        assert unknown.hours.empty
        with pytest.raises(roster.RosterError, match="no roster"):
            unknown.roster  # noqa: B018
    why = none.explain()
    assert why is not None
    assert why.holds is False
    assert len(why.ways_out)


def test_a_profile_becomes_scenarios(tmp_path: Path) -> None:
    sizes = roster.size(
        ROOT / "scenarios" / "profiles" / "county.yaml", today=date(2027, 1, 4), time_limit=30
    )
    assert list(sizes.levels.level) == ["lean", "recommended", "comfortable"]
    assert sizes.people == sizes.levels.set_index("level").people.recommended
    files = sizes.save(tmp_path / "sized.yaml")
    assert roster.read(files[1]) == sizes.scenario("recommended")
    with pytest.raises(roster.RosterError):
        sizes.save(tmp_path / "sized.yaml")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_workbook_of_one_person_and_many_posts_is_read_again(language: str, tmp_path: Path) -> None:
    """Its other sheets have dates across, and names that could be anybody's, too."""
    posts = {
        f"post{n}": {"role": "watch", "window": "08:00-16:00", "days": ["mon"], "load": "10%"}
        for n in range(9)
    }
    said = {
        "name": "one",
        "calendar": {"start": "2027-01-04", "weeks": 2},
        "employers": {"house": {"regime": "cn_public_institution"}},
        "roles": {"watch": {}},
        "shifts": {"day": {"start": "08:00", "length": "8h"}},
        "posts": posts,
        "staff_types": {"watch": {"skills": "watch"}},
    }
    with roster.speaking(language):
        scenario = roster.read(said)
        found = scenario.plan(time_limit=20, workers=1)
        found.save(tmp_path)
        assert found.people == 1
        assert scenario.roster(tmp_path / "roster.xlsx").examined.roster == found.roster.examined.roster
