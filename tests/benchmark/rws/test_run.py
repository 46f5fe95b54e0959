"""The runner: which files, what is written, what is told, and the figures over all."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.benchmark.rws.check import violations
from roster.benchmark.rws.format import dumps, parse
from roster.benchmark.rws.generate import SMALL, generate, walked
from roster.benchmark.rws.report import document
from roster.benchmark.rws.run import InstanceQuestions, files_of, run_rws, summarise, times
from roster.domain.outcome import Status
from roster.errors import FileFault
from tests.benchmark.small import QUICK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in (1, 2, 10):
        (tmp_path / f"case{number}.txt").write_text(dumps(walked(number, SMALL)), encoding="utf-8")
    return tmp_path


def test_a_folder_stands_for_its_files_in_natural_order(folder: Path) -> None:
    assert [path.stem for path in files_of([folder])] == ["case1", "case2", "case10"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"no \*\.txt"):
        files_of([tmp_path])


def test_rotas_are_written_as_rows_of_seven_letters_that_pass_the_check(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cases = run_rws(files_of([folder]), InstanceQuestions(), QUICK, out=out)
    for case in cases:
        written = (out / f"{case.instance}.txt").read_text(encoding="utf-8").splitlines()
        instance = parse((folder / f"{case.instance}.txt").read_text(encoding="utf-8"), case.instance)
        assert not violations(instance, written)


def test_weekends_keep_the_least_number_and_lose_none(folder: Path) -> None:
    plain = run_rws(files_of([folder]), InstanceQuestions(fewest=True), QUICK)
    best = run_rws(files_of([folder]), InstanceQuestions(fewest=True, weekends=True), QUICK)
    assert [case.value for case in best] == [case.value for case in plain]
    for case in best:
        assert case.weekends is not None
        assert case.weekends.free_weekends == case.weekends.bound
        assert case.status is Status.OPTIMAL


def test_the_document_has_its_keys() -> None:
    cases = run_rws([generate(1), walked(1, SMALL)], InstanceQuestions(fewest=True, weekends=True), QUICK)
    told = document(cases, QUICK)
    entries = told["cases"]
    assert isinstance(entries, list)
    assert {"instance", "status", "value", "bound", "wall_s", "cpu_s"} <= set(entries[0])
    assert entries[1]["free_weekends"] == entries[1]["free_weekends_bound"]
    summary = told["summary"]
    assert isinstance(summary, dict)
    assert (summary["cases"], summary["undecided"]) == (2, 0)
    assert set(summary["cpu_s"]) == {"mean", "median", "p99", "worst"}


def test_figures_over_all_cases() -> None:
    assert times([]).worst == 0.0
    assert times([1.0, 2.0, 6.0]).mean == 3.0
    assert times([float(number) for number in range(1, 201)]).p99 == 198.0
    summary = summarise(run_rws([walked(2, SMALL)], InstanceQuestions(), QUICK))
    assert (summary.found, summary.infeasible, summary.undecided) == (1, 0, 0)
