"""Many scenarios: from folders and tables, the same wherever they are answered, going on after whatever died."""

from __future__ import annotations

import csv
import html
import os
import re
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from roster.domain.outcome import SolveOptions
from roster.domain.problem import Problem
from roster.engine.solvers.cpsat import WAITED_FOR
from roster.engine.solvers.mip import LEFT_ALONE
from roster.errors import Faults, FileFault
from roster.language import catalogue, speaking
from roster.questions.executors.executor import Inline, opened, own_processes
from roster.questions.frontier.answer import frontier
from roster.questions.frontier.request import Wishes, parse_market
from roster.questions.plan.answer import plan_headcount
from roster.questions.resilience.answer import ResilienceRequest as Absences
from roster.questions.resilience.answer import ResilienceRun, resilience
from roster.questions.simulate.answer import SimulationRequest as Years
from roster.questions.simulate.answer import simulate
from roster.scenario import load
from roster.sweep import run as runs
from roster.sweep.files import headline, sweep_document, write_sweep
from roster.sweep.generate import hospitals
from roster.sweep.jobs import AnswerRow, Ask, How, Job
from roster.sweep.journal import Journal
from roster.sweep.one_scenario import answered
from roster.sweep.run import sweep
from roster.sweep.source import jobs
from tests.cluster import two_workers

DESK = """\
name: desk
calendar: {start: 2027-01-04, weeks: 1}
employers: {h: {regime: cn_public_institution}}
roles: {a: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts: {seat: {role: a, window: 08:00-16:00, days: weekdays}}
staff_types: {a: {skills: a}}
absence: gross
"""
PLAN = How(Ask.PLAN, pages=False)


@pytest.fixture
def region(tmp_path: Path) -> Path:
    folder = tmp_path / "region"
    (folder / "east").mkdir(parents=True)
    (folder / "desk.yaml").write_text(DESK, encoding="utf-8")
    (folder / "two.yaml").write_text("base: desk.yaml\nposts: {seat: {people: 2}}\n", encoding="utf-8")
    (folder / "east" / "三.yaml").write_text(DESK.replace("weekdays", "daily"), encoding="utf-8")
    (folder / "bad.yaml").write_text("name: bad\n", encoding="utf-8")
    return folder


def rows_of(asked: Sequence[Job], folder: Path, executor: Executor | None = None) -> list[AnswerRow]:
    @contextmanager
    def here() -> Iterator[Executor]:
        yield executor or Inline()

    return sweep(asked, Journal(folder, asked), here, 4)


def data(rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """What an answer says, without how long it took."""
    return [replace(row, seconds=0.0) for row in rows]


def test_a_folder_is_asked_and_a_fault_stops_no_other(region: Path, tmp_path: Path) -> None:
    rows = rows_of(jobs(region, None, PLAN), tmp_path / "out")
    told = {row.name: dict(row.figures).get("in_house") for row in rows}
    assert told == {"bad": None, "east/三": 2, "two": 2}
    assert "bad.yaml: 5 faults" in rows[0].fault
    names = write_sweep(tmp_path / "out", region, rows, PLAN)
    lines = list(csv.DictReader((tmp_path / "out" / names[0]).read_text(encoding="utf-8-sig").splitlines()))
    assert [line["name"] for line in lines if line["answered"] == "True"] == ["east/三", "two"]


def test_what_others_build_on_is_not_asked_and_told(region: Path, tmp_path: Path) -> None:
    (region / "own.yaml").write_text("base: desk.yaml\n", encoding="utf-8")
    rows = rows_of(jobs(region, None, PLAN), tmp_path / "out")
    assert [row.name for row in rows if row.answered] == ["east/三", "own", "two"]
    assert headline(region, rows).endswith("1 not asked, for others build on it: desk.")
    assert sweep_document(region, rows, PLAN)["left_out"] == ["desk"]
    assert "not asked" not in headline(tmp_path / "table.csv", rows)


def test_a_table_varies_its_base(region: Path, tmp_path: Path) -> None:
    table = tmp_path / "region" / "table.csv"
    cells = "name,posts.seat.people,posts.seat.days,absence.sick_hours\n"
    table.write_text(f'{cells}usual,,,\nthree,3,,\n日夜,,"[mon, tue]",\nwrong,x,,\n', encoding="utf-8-sig")
    rows = rows_of(jobs(table, region / "desk.yaml", PLAN), tmp_path / "out")
    assert [dict(row.figures).get("in_house") for row in rows] == [1, 3, 1, None]
    assert "wrong.yaml" in rows[3].fault
    assert "people" in rows[3].fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title\nx\n", "no column 'name'"),
        ("name\nx\nx\n", "name of an earlier row"),
        ("name\nx\n", "no base"),
        ("name\n", "no rows"),
        ("name,base\nx,gone.yaml\n", "no scenario"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_at_once(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Faults, match=words):
        jobs(tmp_path / "table.csv", None, PLAN)
    with pytest.raises(FileFault):
        jobs(tmp_path, None, PLAN)


def test_no_file_outside_the_folder_is_sent_away(region: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(DESK, encoding="utf-8")
    (region / "sly.yaml").write_text("base: ../secret.yaml\n", encoding="utf-8")
    sly = next(job for job in jobs(region, None, PLAN) if job.name == "sly")
    assert sly.files == ()
    assert answered(sly).fault


def test_an_interrupted_sweep_goes_on_without_asking_again(
    region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, out = jobs(region, None, PLAN), tmp_path / "out"
    whole = rows_of(asked, tmp_path / "whole")
    seen: list[str] = []

    def stopping(job: Job) -> AnswerRow:
        seen.append(job.name)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return answered(job)

    monkeypatch.setattr(runs, "answered", stopping)
    with pytest.raises(KeyboardInterrupt):
        rows_of(asked, out)
    with (out / "answers.jsonl").open("a", encoding="utf-8") as torn:
        torn.write('{"name": "half')
    assert data(rows_of(asked, out)) == data(whole)
    assert sorted(seen) == sorted([*(job.name for job in asked), asked[1].name])
    (region / "two.yaml").write_text("base: desk.yaml\nposts: {seat: {people: 3}}\n", encoding="utf-8")
    changed = rows_of(jobs(region, None, PLAN), out)
    assert seen[-1] == "two"
    assert len(seen) == len(asked) + 2
    assert dict(changed[2].figures)["in_house"] == 3


def test_every_question_can_be_asked(region: Path, tmp_path: Path) -> None:
    (region / "bad.yaml").unlink()
    for ask, column in (
        (Ask.PLAN, "in_house"),
        (Ask.WHAT_IF, "not_coverable"),
        (Ask.RESILIENCE, "broken"),
        (Ask.SIMULATE, "hours_empty_as_is"),
        (Ask.FRONTIER, "fewest_in_house"),
    ):
        how = How(ask, days=1, years=1)
        rows = rows_of(jobs(region, None, how), tmp_path / ask.value)
        assert [row.fault for row in rows] == ["", ""]
        assert all(dict(row.figures)[column] is not None for row in rows)
        assert all((tmp_path / ask.value / row.page).is_file() for row in rows)
        shown_in_words(tmp_path / ask.value, rows, how)


def shown_in_words(folder: Path, rows: Sequence[AnswerRow], how: How) -> None:
    """Every head of the region's page is said in words of its own in both languages, and no cell is raw data."""
    for language in ("en", "zh"):
        with speaking(language):
            write_sweep(folder, folder, rows, how)
            said = catalogue(language, "sweep")
        page = (folder / "index.html").read_text(encoding="utf-8")
        heads = re.findall(r'<th scope="col">(.*?)</th>', page)
        figures = dict.fromkeys(name for row in rows for name, _ in row.figures)
        assert [html.unescape(head) for head in heads[2:]] == [said[f"column_{name}"] for name in figures]
        cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
        assert not [cell for cell in cells if cell in ("True", "False", "None") or "{" in cell or "_" in cell]
        links = map(unquote, re.findall(r'<a href="(reports/[^"]*)"', page))
        assert set(links) == {row.page for row in rows}


def fatal(job: Job) -> AnswerRow:
    """Die over one scenario each time, over another the first time only."""
    mark = Path(job.files[-1][1].decode().rpartition("# ")[2].strip())
    if job.name == "deadly" or (job.name == "once" and not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return answered(job)


def test_a_worker_that_dies_takes_no_other_scenario_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "once", "deadly"):
        (tmp_path / f"{name}.yaml").write_text(f"{DESK}# {tmp_path / 'mark'}\n", encoding="utf-8")
    asked = jobs(tmp_path, None, PLAN)
    monkeypatch.setattr(runs, "answered", fatal)
    rows = sweep(asked, Journal(tmp_path / "out", asked), lambda: own_processes(2), 2)
    told = {row.name: row.fault for row in rows}
    assert told.pop("deadly") == "the worker died over it three times"
    assert told.keys() == {"a", "b", "once"}
    assert list(told.values()).count("") >= 2
    monkeypatch.undo()
    assert all(row.answered for row in rows_of(asked, tmp_path / "out"))


@pytest.mark.filterwarnings("default")
def test_a_cluster_whose_worker_is_killed_gives_the_same(region: Path, tmp_path: Path) -> None:
    """A scheduler and two workers, each a process of its own, as on separate machines; one worker is killed."""
    pytest.importorskip("distributed")
    asked = jobs(region, None, PLAN)
    expected = data(rows_of(asked, tmp_path / "alone"))
    with two_workers(tmp_path) as (address, workers):
        killed: list[bool] = []

        def tell(done: int, _total: int, _failed: int, _left: float | None) -> None:
            if done and not killed:
                killed.append(True)
                workers[0].kill()

        with opened(address) as executor:

            @contextmanager
            def there() -> Iterator[Executor]:
                yield executor

            rows = sweep(asked, Journal(tmp_path / "out", asked), there, 2, tell)
            assert killed
            assert data(rows) == expected
            problem = load(region / "two.yaml")
            assert asked_of(problem, executor) == asked_of(problem, Inline())


def asked_of(problem: Problem, executor: Executor) -> tuple[object, ...]:
    """What the other questions say that an executor works for, without how long they took."""
    options = SolveOptions(30, 1, 1, polish_s=0.0)
    plan = plan_headcount(problem, options).plan
    assert plan is not None
    absences = resilience(Absences(problem, plan.roster, (1, 3)), options, ResilienceRun(executor=executor))
    years = simulate(Years(problem, plan.roster, 4, 1), executor)
    meant, market = parse_market(problem, Wishes())
    choices = frontier(meant, market, options, None, executor)
    assert absences.cases
    assert choices.points
    return (
        [(one.case, one.outcome, one.changed, one.bound, one.empty) for one in absences.cases],
        years.staffed,
        choices.points,
    )


def test_processes_and_here_give_the_same(region: Path, tmp_path: Path) -> None:
    asked = jobs(region, None, PLAN)
    with own_processes(2) as pool:
        assert data(rows_of(asked, tmp_path / "two", pool)) == data(rows_of(asked, tmp_path / "one"))


def test_a_scenario_keeps_one_core_busy(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing runs beside its search, with and without a page, and the page changes no figure."""
    began: list[str] = []
    start = threading.Thread.start

    def noted(thread: threading.Thread) -> None:
        began.append(thread.name)
        start(thread)

    (region / "hospital.yaml").write_text(next(hospitals(1))[1], encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", noted)
        told = [
            [answered(job).figures for job in jobs(region, None, How(Ask.PLAN, pages=pages))]
            for pages in (True, False)
        ]
    assert told[0] == told[1]
    solvers = (LEFT_ALONE, WAITED_FOR)
    assert all(name.startswith(solvers) for name in began), (
        "a solver that the search waits for is all there may be"
    )


def test_made_up_hospitals_are_different_and_the_same_again() -> None:
    some = dict(hospitals(12))
    assert len({text.partition("title")[2] for text in some.values()}) == 12
    assert dict(hospitals(12)) == some
    name, text = next(iter(some.items()))
    row = answered(Job(name, (("a.yaml", text.encode()),), "a.yaml", None, PLAN))
    assert dict(row.figures)["status"] == "optimal"
