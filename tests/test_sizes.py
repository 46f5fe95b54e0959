"""No module and no function grows beyond what can be taken in at once, and nothing is kept that nothing asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from roster.domain.rules import RULES
from tests.source import MODULES, ROOT, nodes, tree

LONGEST_MODULE, LONGEST_FUNCTION = 400, 50

CALLED_BY_LIBRARIES = {
    "_repr_html_",  # notebooks
    "list_commands",  # click
    "get_command",
    "format_commands",
    "resolve_command",
    "on_solution_callback",  # CP-SAT
    "on_broken_pipe",  # rich
    "redirect_request",  # urllib
}

HANDED_ON = {
    "RULES",  # what tests walk through
    *(f"_{kind.key}" for kind in RULES),  # the plain second program of `bench attack`, asked by a rule's key
    "reference",  # what the guides of files are made from
    "with_people",
    "NOBODY_AWAY",  # rates in which nothing happens; tests set one of them at a time
    "ORIGINS",  # what drivers.yaml may say; held by a test
}


def lengths() -> Iterator[tuple[str, int, int]]:
    """Yield what there is, its lines, and how many it may have: of a function from `def` on, without its docstring."""
    for file in MODULES:
        name = file.relative_to(ROOT).as_posix()
        yield name, len(file.read_text(encoding="utf-8").splitlines()), LONGEST_MODULE
        for node in nodes(file):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if ast.get_docstring(node):
                    lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
                yield f"{name}: {node.name}", lines, LONGEST_FUNCTION


def test_modules_and_functions_fit_a_screen() -> None:
    assert not [(name, lines) for name, lines, most in lengths() if lines > most]


def defined(file: Path) -> Iterator[str]:
    """Yield the functions, classes, methods and constants of a module, those left out that a decorator hands on."""
    for node in nodes(file):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            handed_on = any(
                not (
                    isinstance(each, ast.Name)
                    and each.id in ("property", "classmethod", "staticmethod", "cache")
                )
                for each in node.decorator_list
            )
            if isinstance(node, ast.ClassDef) or not handed_on:
                yield node.name
    for statement in tree(file).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
        yield from (each.id for each in targets if isinstance(each, ast.Name))


@cache
def asked_for() -> frozenset[str]:
    """Names that code or a template uses; an import or a list of exports alone is no use."""
    found: set[str] = set()
    for file in MODULES:
        exports = {
            part
            for node in tree(file).body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
            for part in ast.walk(node)
        }
        for node in nodes(file):
            if node in exports:
                continue
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.keyword) and node.arg:
                found.add(node.arg)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
                found.update(re.findall(r"\w+", node.value))
    for template in ROOT.rglob("*.jinja"):
        found.update(re.findall(r"\w+", template.read_text(encoding="utf-8")))
    return frozenset(found)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_nothing_is_kept_that_nothing_asks_for(file: Path) -> None:
    mine = {name for name in defined(file) if not name.startswith("__")}
    assert not sorted(mine - asked_for() - CALLED_BY_LIBRARIES - HANDED_ON)
