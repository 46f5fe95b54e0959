"""Files that a scenario names: the ledger of the last period, as `--ledger` reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from roster.board.files import files_of
from roster.cli import main
from roster.domain.fairness import TENTHS
from roster.errors import Faults
from roster.questions.calendar import shares_of, skeleton
from roster.rosters.ledger_file import with_ledger
from roster.scenario import load
from roster.sweep.jobs import Ask, How
from roster.sweep.source import jobs
from roster.yaml.inheritance import leaving_the_folder

WARD = """
name: ward
calendar: {start: 2027-03-01, weeks: 2}
ledger: last/ledger.csv
employers: {ward: {regime: eu_directive}}
roles: {nurse: {}}
shifts: {D: {start: 08:00, length: 8h}, N: {start: 22:00, length: 8h}}
posts: {night: {role: nurse, window: 22:00-06:00}}
staff_types: {nurse: {skills: nurse}}
people: {Ann: nurse, Bob: nurse, Cid: nurse}
absence: gross
"""
LEDGER = "person,since,days_present,nights,nights_fair\nAnn,2027-02-01,28,9,6\nBob,2027-02-01,28,3,6\n"


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    (tmp_path / "last").mkdir()
    (tmp_path / "last" / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    file = tmp_path / "ward.yaml"
    file.write_text(WARD, encoding="utf-8")
    return file


def test_the_ledger_that_a_scenario_names_is_that_of_the_option(ward: Path, tmp_path: Path) -> None:
    problem = load(ward)
    plain = tmp_path / "plain.yaml"
    plain.write_text(WARD.replace("ledger: last/ledger.csv\n", ""), encoding="utf-8")
    assert problem.ledger == with_ledger(load(plain), tmp_path / "last" / "ledger.csv").ledger
    nights = {
        one.person: (one.target, one.fair)
        for one in shares_of(problem, skeleton(problem))
        if one.measure == "nights"
    }
    assert nights["Ann"][0] == nights["Ann"][1] - 3 * TENTHS
    assert nights["Bob"][0] == nights["Bob"][1] + 3 * TENTHS
    assert nights["Cid"][0] == nights["Cid"][1], "who has no row joins with nothing owed"


def test_the_option_goes_before_the_key(ward: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(LEDGER.replace("Ann,2027-02-01,28,9", "Ann,2027-02-01,28,6"), encoding="utf-8")
    done = CliRunner().invoke(
        main, ["calendar", str(ward), "--ledger", str(other), "--time-limit", "1", "--json"]
    )
    assert '"person": "Ann"' in done.output
    assert with_ledger(load(ward), other).ledger[0].sums[0].had == 6 * TENTHS


@pytest.mark.parametrize(
    ("name", "text", "key", "words"),
    [
        ("last/none.csv", None, "ledger", "last/none.csv"),
        ("../ledger.csv", LEDGER, "ledger", "outside"),
        ("last/ledger.csv", "who,nights\nAnn,3\n", "ledger", "is no ledger; it needs the columns person"),
    ],
)
def test_a_ledger_that_cannot_be_read_is_a_fault_of_the_line_that_names_it(
    ward: Path, tmp_path: Path, name: str, text: str | None, key: str, words: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    ward.write_text(WARD.replace("last/ledger.csv", name), encoding="utf-8")
    with pytest.raises(Faults) as told:
        load(ward)
    assert [(one.line, one.key) for one in told.value.faults] == [(4, key)]
    assert words in str(told.value)


def test_a_wrong_cell_of_a_ledger_is_told_with_its_own_line(ward: Path, tmp_path: Path) -> None:
    (tmp_path / "last" / "ledger.csv").write_text(LEDGER.replace("28,3", "28,three"), encoding="utf-8")
    with pytest.raises(Faults) as told:
        load(ward)
    assert [(one.line, one.key) for one in told.value.faults] == [(3, "nights")]
    assert "ledger.csv" in told.value.source


def test_a_ledger_outside_the_folder_is_read_where_that_is_allowed(ward: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    file = inner / "ward.yaml"
    file.write_text(WARD.replace("last/ledger.csv", "../last/ledger.csv"), encoding="utf-8")
    with leaving_the_folder():
        assert load(file).ledger


def test_who_takes_a_scenario_along_takes_its_ledger(ward: Path) -> None:
    assert dict(files_of(ward).texts)["last/ledger.csv"] == LEDGER
    job = jobs(ward.parent, None, How(next(iter(Ask))))[0]
    assert not job.fault
    assert dict(job.files)["last/ledger.csv"].decode() == LEDGER
