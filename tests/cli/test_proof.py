"""`roster check --proof`: verified, refused, undecided or unreadable, alone and beside a roster."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import roster.scenario
from roster.proof import EVERY_ROSTER, WEEKLY, Certificate, Scope, Searched, Split, document_of
from roster.questions.plan.proof import prove
from roster.rosters.rows import write_roster
from tests.cli.conftest import Run
from tests.output import sample
from tests.proof.test_proof_verify import changed
from tests.questions.plan.test_proof import OPTIONS, outcome


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Certificate:
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: sample.problem())
    return prove(sample.problem(), outcome(), OPTIONS)


@pytest.fixture
def file(made: Certificate, tmp_path: Path) -> Path:
    return written(tmp_path / "proof.json", made)


def written(place: Path, certificate: Certificate) -> Path:
    place.write_text(json.dumps(document_of(certificate)), encoding="utf-8")
    return place


def test_a_proof_is_verified_and_every_inequality_said(run: Run, made: Certificate, file: Path) -> None:
    result = run("check", "a.yaml", "--proof", file)
    assert result.exit_code == 0, result.output
    assert f"Proof verified for every roster: in-house people at least {made.bound}." in result.stdout
    said = " ".join(result.stdout.split())
    assert "held by those there who may" in said
    assert "so 5." in said
    quiet = run("check", "a.yaml", "--proof", file, "--quiet")
    assert quiet.stdout == f"Proof verified for every roster: in-house people at least {made.bound}.\n"


def test_chinese_reads_it_in_chinese(run: Run, file: Path) -> None:
    result = run("--lang", "zh", "check", "a.yaml", "--proof", file)
    assert "证明核实无误" in result.stdout
    assert "相加得" in result.stdout


def test_json_has_every_case_with_its_sentences(run: Run, made: Certificate, file: Path) -> None:
    result = json.loads(run("check", "a.yaml", "--proof", file, "--json").stdout)
    assert (result["status"], result["bound"], result["claimed"]) == ("verified", made.bound, made.bound)
    assert [part["types"] for part in result["parts"]] == [list(part.types) for part in made.parts]
    for part in result["parts"]:
        for case in part["cases"]:
            assert case["sentence"]
            assert all(row["times"] and row["sentence"] for row in case["added"])


def test_a_tampered_proof_is_refused(run: Run, made: Certificate, tmp_path: Path) -> None:
    assert made.bound is not None
    more = changed(made.parts[0], bound=(made.parts[0].bound or 0) + 1)
    forged = Certificate(
        made.scenario, made.fingerprint, made.goal, made.bound + 1, (more, *made.parts[1:]), made.program
    )
    result = run("check", "a.yaml", "--proof", written(tmp_path / "forged.json", forged))
    assert result.exit_code == 1
    assert "Proof refused." in result.stdout
    assert "verified" not in result.stdout
    document = json.loads(run("check", "a.yaml", "--proof", tmp_path / "forged.json", "--json").stdout)
    assert (document["status"], document["bound"]) == ("refused", None)
    assert document["why"]


def test_what_rests_on_search_is_neither_verified_nor_refused(
    run: Run, made: Certificate, tmp_path: Path
) -> None:
    assert made.bound is not None
    searched = Searched(
        (made.parts[0].bound or 0) + 1, EVERY_ROSTER, "HiGHS", "1", "seed=1", "Confirmed by nobody."
    )
    part = changed(made.parts[0], searched=searched)
    claimed = Certificate(made.scenario, made.fingerprint, made.goal, made.bound + 1, (part, *made.parts[1:]))
    place = written(tmp_path / "searched.json", claimed)
    result = run("check", "a.yaml", "--proof", place)
    assert result.exit_code == 3
    said = " ".join(result.stdout.split())
    assert f"Verified up to {made.bound} only" in said
    assert "found by search: HiGHS, seed=1. Confirmed by nobody." in said
    document = json.loads(run("check", "a.yaml", "--proof", place, "--json").stdout)
    assert (document["status"], document["bound"], document["claimed"]) == (
        "partly",
        made.bound,
        made.bound + 1,
    )
    assert document["searched"][0]["claimed"] == searched.bound


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"format": "roster-proof/1"}', '{"format": NaN}'])
def test_what_is_no_proof_is_bad_input(run: Run, made: Certificate, tmp_path: Path, content: str) -> None:
    assert made.parts
    (tmp_path / "p.json").write_text(content)
    result = run("check", "a.yaml", "--proof", tmp_path / "p.json")
    assert result.exit_code == 2
    assert "cannot be read as a proof" in result.stderr
    assert result.stdout == ""


def with_scope(place: Path, made: Certificate, scope: Scope) -> Path:
    return written(place, replace(made, scope=scope))


SPOKEN = [
    (EVERY_ROSTER, "every roster", "whether it repeats each week, after many weeks or never"),
    (WEEKLY, "rotas of one week", "A longer rota may do with fewer"),
    (Scope(4), "rotas of 4 weeks", "A longer rota may do with fewer"),
]


@pytest.mark.parametrize(("scope", "called", "meaning"), SPOKEN)
def test_the_scope_is_said_and_is_in_the_document(
    run: Run, made: Certificate, tmp_path: Path, scope: Scope, called: str, meaning: str
) -> None:
    place = with_scope(tmp_path / "scope.json", made, scope)
    result = run("check", "a.yaml", "--proof", place)
    said = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert f"Proof verified for {called}: in-house people at least {made.bound}." in said
    assert meaning in said
    document = json.loads(run("check", "a.yaml", "--proof", place, "--json").stdout)
    assert document["scope"] == str(scope)
    assert meaning in document["meaning"]
    assert called in document["sentence"]


def test_a_scope_that_the_cases_do_not_bear_is_refused(run: Run, made: Certificate, tmp_path: Path) -> None:
    """The same sums under a case of whole shifts: good for rotas of some weeks, changed to every roster refused."""
    first = made.parts[0]
    split = Split((("shifts", first.types[0]),), 0, first.tree, first.tree)
    weekly = replace(made, parts=(changed(first, tree=split), *made.parts[1:]), scope=WEEKLY)
    place = written(tmp_path / "weekly.json", weekly)
    assert run("check", "a.yaml", "--proof", place).exit_code == 0
    document = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(json.dumps(document | {"scope": "every roster"}), encoding="utf-8")
    result = run("check", "a.yaml", "--proof", place)
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    assert "claims every roster, but part 1 splits into cases by hours in whole shifts" in said
    chinese = run("--lang", "zh", "check", "a.yaml", "--proof", place)
    assert "按整班的工时分情形" in "".join(chinese.stdout.split())


@pytest.mark.parametrize("scope", [WEEKLY, EVERY_ROSTER])
def test_a_search_of_fewer_rosters_is_told_and_leaves_the_proof_verified(
    run: Run, made: Certificate, tmp_path: Path, scope: Scope
) -> None:
    searched = Searched(9, scope, "HiGHS", "1", "seed=1", "Confirmed by nobody.")
    parts = (changed(made.parts[0], searched=searched), *made.parts[1:])
    assert made.bound is not None
    more = 9 - (made.parts[0].bound or 0) if scope == EVERY_ROSTER else 0
    place = written(tmp_path / "beside.json", replace(made, parts=parts, bound=made.bound + more))
    result = run("check", "a.yaml", "--proof", place)
    assert result.exit_code == (3 if scope == EVERY_ROSTER else 0)
    called = "every roster" if scope == EVERY_ROSTER else "rotas of one week"
    assert f"claims 9 for these people in {called}, found by search" in " ".join(result.stdout.split())
    document = json.loads(run("check", "a.yaml", "--proof", place, "--json").stdout)
    assert document["searched"][0]["scope"] == str(scope)


def test_neither_roster_nor_proof_is_bad_input(run: Run) -> None:
    result = run("check", "a.yaml")
    assert result.exit_code == 2
    assert "--proof FILE" in result.stderr


def test_a_roster_and_a_proof_together_say_whether_it_is_the_minimum(
    run: Run, made: Certificate, file: Path, tmp_path: Path
) -> None:
    problem = sample.problem()
    write_roster(problem, sample.roster(problem), tmp_path / "roster.csv")
    result = run("check", "a.yaml", tmp_path / "roster.csv", "--proof", file)
    assert result.exit_code == 0, result.output
    assert "No rule broken." in result.stdout
    said = " ".join(result.stdout.split())
    assert "The roster takes 8" in said
    assert f"excludes fewer than {made.bound}" in said or "is the proven minimum" in said
    document = json.loads(run("check", "a.yaml", tmp_path / "roster.csv", "--proof", file, "--json").stdout)
    assert document["violations"] == []
    assert document["proof"]["status"] == "verified"
    assert "takes 8" in document["proof"]["roster"]
    weekly = with_scope(tmp_path / "weekly.json", made, WEEKLY)
    said = " ".join(run("check", "a.yaml", tmp_path / "roster.csv", "--proof", weekly).stdout.split())
    assert "is the proven minimum" not in said
    assert "for rotas of one week" in said


def test_no_solver_is_even_loaded() -> None:
    """In a program of its own, for the tests themselves load one."""
    script = (
        "import sys, roster.proof, roster.output.terminal.certificate, roster.cli.check\n"
        "loaded = [name for name in sys.modules if name.startswith(('ortools', 'roster.engine'))]\n"
        "sys.exit(f'{loaded}' if loaded else 0)\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert found.returncode == 0, found.stderr
