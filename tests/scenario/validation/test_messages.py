"""Every sentence of the scenario layer exists and is given the values it names; none is left over."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import roster
from roster.language import catalogue, speaking
from tests.scenario.helpers import GOOD, faults

FOLDER = Path(roster.__file__).parent
TEXTS = catalogue("en", "scenario")
BUILT = (
    "kind_",
    "nobody_",
    "want_",
    "at_least",
    "at_most",
    "text_too_long",
    "list_too_",
    "number_without",
    "bad_",
    "missing",
)


def calls() -> list[tuple[str, set[str], str]]:
    found = []
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"):
                continue
            first = node.args[0]
            either = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
            for key in either:
                if isinstance(key, ast.Constant) and str(key.value).startswith("scenario."):
                    given = {keyword.arg or "" for keyword in node.keywords}
                    found.append((str(key.value).partition(".")[2], given, file.name))
    return found


def test_every_call_names_a_text_and_gives_it_its_values() -> None:
    wrong = [
        (name, key)
        for key, given, name in calls()
        if {field for _, field, _, _ in string.Formatter().parse(TEXTS[key]) if field} != given
    ]
    assert wrong == []


def test_no_text_is_left_over() -> None:
    said = {key for key, _, _ in calls()}
    assert [key for key in TEXTS if key not in said and not key.startswith(BUILT)] == []


def test_faults_are_said_in_the_language_of_the_reader(tmp_path: Path) -> None:
    with speaking("zh"):
        found = faults(tmp_path, GOOD.replace("李娜: ops", "李娜: opps"))
    assert found[0][2] == "“opps”不是已定义的人员类别；是否指“ops”？"
