"""What docstrings say: parameters of three or more, what is raised, and a folder's modules on its first page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import MODULES, ROOT, tree

MANY = 3
"""Parameters, beside the object itself, of which one sentence can no longer say everything."""


def functions(module: ast.Module) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, list[str]]]:
    """Yield the functions and methods that others may call, with the names of their parameters."""
    owners = [
        node for node in module.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    for owner in (module, *owners):
        for node in owner.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            # What a command takes is told by its help page, and its docstring is the head of that.
            if any(".command(" in mark for mark in marks):
                continue
            given = node.args
            every = (
                *given.posonlyargs,
                *given.args,
                given.vararg,
                *given.kwonlyargs,
                given.kwarg,
            )
            names = [one.arg for one in every if one is not None]
            yield node, names[owner is not module and "staticmethod" not in marks :]


def described(docstring: str) -> set[str]:
    """Return the parameters that a docstring describes."""
    section = docstring.partition("Parameters\n----------\n")[2]
    section = re.split(r"\n\n\w+\n-+\n", section)[0]
    heads = [line.partition(" : ")[0] for line in section.splitlines() if not line.startswith((" ", ">>>"))]
    return {name.strip() for head in heads for name in head.split(",")}


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_parameter_is_described(file: Path) -> None:
    for function, names in functions(tree(file)):
        if len(names) >= MANY:
            told = described(ast.get_docstring(function) or "")
            assert not [name for name in names if name not in told], function.name


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_what_is_raised_is_told(file: Path) -> None:
    for function, names in functions(tree(file)):
        if len(names) >= MANY:
            raised = [one for one in ast.walk(function) if isinstance(one, ast.Raise) and one.exc is not None]
            told = re.search(r"Raises\n------\n|\braises [A-Z]", ast.get_docstring(function) or "")
            assert told or not raised, function.name


LISTED = ("engine", "checker", "demand")
"""Folders with so many modules that a reader needs their order."""


def test_the_first_page_of_a_folder_names_its_modules() -> None:
    firsts = [
        file for file in MODULES if file.name == "__init__.py" and file.relative_to(ROOT).parts[0] in LISTED
    ]
    assert len(firsts) > len(LISTED)
    for first in firsts:
        told = set(re.findall(r"`(\w+)`", ast.get_docstring(tree(first)) or ""))
        inside = {file.stem for file in first.parent.glob("*.py")} | {
            file.parent.name for file in first.parent.glob("*/__init__.py")
        }
        assert inside - {"__init__"} <= told, first


def test_a_parameter_without_a_word_is_found() -> None:
    text = '''
class Team:
    def hire(self, kind, number, since):
        """
        Hire.

        Parameters
        ----------
        kind, number : Of what, and how many.

        Raises
        ------
        ValueError
            Never since.
        """
'''
    ((function, names),) = functions(ast.parse(text))
    assert names == ["kind", "number", "since"]
    assert set(names) - described(ast.get_docstring(function) or "") == {"since"}
