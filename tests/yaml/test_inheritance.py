"""Files built on other files."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.domain.problem import Problem
from roster.domain.rules import MinRest
from roster.errors import Faults
from roster.scenario import load
from roster.yaml.inheritance import leaving_the_folder
from tests.scenario.helpers import GOOD, line_of


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def over(folder: Path, text: str, base: str = GOOD) -> Problem:
    write(folder, "good.yaml", base)
    return load(write(folder, "variation.yaml", "base: good.yaml\n" + text))


def test_a_variation_says_only_what_differs(tmp_path: Path) -> None:
    problem = over(tmp_path, "name: twelve\nposts: {seat: {people: 2}}\n")
    assert problem.name == "twelve"
    assert (problem.post["seat"].people, problem.post["seat"].site) == (2, "hub")
    assert [post.name for post in problem.posts] == ["seat", "desk", "call", "guard"]


def test_lists_replace_and_null_removes(tmp_path: Path) -> None:
    problem = over(tmp_path, "staff_types: {ops: {skills: [ops]}, resident: null}\npeople: null\n")
    assert problem.type["ops"].skills == {"ops"}
    assert "resident" not in problem.type
    assert problem.people == ()


def test_null_removes_a_rule_of_the_base_and_off_drops_that_of_the_regime(tmp_path: Path) -> None:
    base = GOOD.replace("rules:\n", "rules:\n  min_rest: 13h\n", 1)
    rests = [
        [rule.minutes for rule in problem.type["ops"].rules if isinstance(rule, MinRest)]
        for problem in (
            over(tmp_path, "name: a\n", base),
            over(tmp_path, "rules: {min_rest: null}\n", base),
            over(tmp_path, "rules: {min_rest: off}\n", base),
        )
    ]
    assert rests == [[13 * 60], [11 * 60], []]


def test_a_base_may_have_a_base(tmp_path: Path) -> None:
    write(tmp_path, "good.yaml", GOOD)
    write(tmp_path, "middle.yaml", "base: good.yaml\nname: middle\ncurrency: EUR\n")
    problem = load(write(tmp_path, "top.yaml", "base: middle.yaml\nname: top\n"))
    assert (problem.name, problem.currency) == ("top", "EUR")


def test_a_base_is_looked_for_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    write(tmp_path, "good.yaml", GOOD)
    write(tmp_path / "sub", "v.yaml", "base: ../good.yaml\nname: v\n")
    assert load(write(tmp_path, "top.yaml", "base: sub/v.yaml\n")).name == "v"


@pytest.mark.parametrize("kind", ["upwards", "absolute", "link"])
@pytest.mark.parametrize("key", ["base", "before"])
def test_files_outside_the_folder_are_named_only_where_that_is_allowed(
    tmp_path: Path, key: str, kind: str
) -> None:
    inside = tmp_path / "sub"
    inside.mkdir()
    if key == "base":
        outside = write(tmp_path, "good.yaml", GOOD)
    else:
        outside = write(tmp_path, "last.csv", "date,person,type,duty\n2026-09-13,张伟,ops,D\n")
    (inside / "link").symlink_to(outside)
    named = {"upwards": f"../{outside.name}", "absolute": str(outside), "link": "link"}[kind]
    own = "name: v\n" if key == "base" else GOOD
    file = write(inside, "v.yaml", f"{key}: {named}\n{own}")
    with pytest.raises(Faults) as caught:
        load(file)
    assert [(fault.line, fault.key) for fault in caught.value.faults] == [(1, key)]
    assert "--allow-base-outside" in str(caught.value)
    with leaving_the_folder():
        assert load(file).currency == "CNY"


def test_faults_name_the_file_and_line_they_stand_on(tmp_path: Path) -> None:
    base = GOOD.replace("role: monitor,", "role: moniter,")
    write(tmp_path, "good.yaml", base)
    file = write(tmp_path, "variation.yaml", "base: good.yaml\nname: v\nposts: {desk: {people: 0}}\n")
    with pytest.raises(Faults) as caught:
        load(file)
    found = {(fault.file, fault.line, fault.key) for fault in caught.value.faults}
    in_base = (str(tmp_path / "good.yaml"), line_of(base, "moniter"), "posts.seat.role")
    assert found == {in_base, ("", 3, "posts.desk.people")}
    assert caught.value.source == str(file)
    assert "good.yaml line" in str(caught.value)


def test_faults_all_in_the_base_are_reported_for_the_base(tmp_path: Path) -> None:
    with pytest.raises(Faults) as caught:
        over(tmp_path, "name: v\n", GOOD.replace("cost: 12000", "cost: -1"))
    assert caught.value.source == str(tmp_path / "good.yaml")
    assert [fault.file for fault in caught.value.faults] == [""]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("base: variation.yaml\n", "built on this file itself"),
        ("base: nothing.yaml\n", "no such file"),
        ("base: [good.yaml]\n", "not a file name"),
        ("base: null\n", "not a file name"),
        ("base: .\n", "directory"),
        ("base: good.yaml\nposts: {nobody: null}\n", "base has no such key"),
    ],
)
def test_a_base_that_cannot_be_is_a_fault_of_the_file_that_names_it(
    tmp_path: Path, text: str, says: str
) -> None:
    write(tmp_path, "good.yaml", GOOD)
    with pytest.raises(Faults) as caught:
        load(write(tmp_path, "variation.yaml", text))
    assert caught.value.source == str(tmp_path / "variation.yaml")
    assert says in str(caught.value)


def test_a_circle_of_bases_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "base: b.yaml\n")
    with pytest.raises(Faults, match="built on this file itself"):
        load(write(tmp_path, "b.yaml", "base: a.yaml\n"))


def test_a_chain_without_end_is_a_fault(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path, f"{number}.yaml", f"base: {number + 1}.yaml\n")
    with pytest.raises(Faults, match="built on one another"):
        load(tmp_path / "0.yaml")
