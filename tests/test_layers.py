"""Each module imports from its own or an earlier layer, never in a circle, and each heavy library has its place."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from tests.source import MODULES, ROOT, nodes, tree

LAYERS = (
    ("child_environment", "readable", "version"),
    ("language",),
    ("errors", "suggestions"),
    ("whole_files",),
    ("yaml",),
    ("domain",),
    ("notation",),
    ("checker",),
    ("scores", "penalties", "rosters", "proof"),
    ("scenario",),
    ("sizing",),
    ("demand",),
    ("engine",),
    ("questions",),
    ("output",),
    ("sweep",),
    ("api", "benchmark", "board"),
    ("cli",),
    ("__main__", "__init__"),
)
"""
Lowest first; what stands side by side keeps apart. Finer than the design's layers, so that none can go in a circle:
`rosters` reads posts off a roster with the checker, `scenario` reads the roster of the last period, `sizing` reads and
writes scenarios, `benchmark` prints with `output`.
"""

PLACES = {
    "ortools": {"engine", "benchmark"},
    "click": {"cli"},
    "starlette": {"board", "cli"},
    "uvicorn": {"board", "cli"},
    "pandas": {"api", "output", "rosters", "scenario", "cli", "benchmark"},
}
FOLDERS = {
    "engine": (
        ("integer_program",),
        ("flows",),
        ("automata", "solvers", "cover"),
        ("calendar", "exact_demand", "certificate", "design"),
        ("rotation",),
        ("columns",),
    ),
    "questions": (
        ("wording", "absences", "diff", "executors"),
        ("sums", "dates", "swap"),
        ("conflict", "survive", "calendar", "service"),
        ("plan", "what_if", "frontier", "rotas", "size", "partial_roster"),
        ("explain", "resilience", "simulate", "design"),
    ),
    "output": (
        ("formats", "shares"),
        ("examined_roster",),
        ("words", "on_call_stretches"),
        ("csv",),
        ("documents",),
        ("terminal", "html", "xlsx", "ics"),
        ("oncall",),
        ("folders",),
    ),
}
"""Inside three layers, lowest first; what stands side by side keeps apart."""

OPEN = ("engine.solvers", "engine.flows")
"""
Folders of the engine of which others import the modules one by one: CP-SAT takes half a second to import, and most
questions do without.
"""


def area(module: str) -> str:
    """`roster.engine.automata.product` is of `engine`."""
    return module.split(".")[1] if "." in module else ""


def imported(file: Path) -> Iterator[str]:
    """Names of all modules a file imports, anywhere in it."""
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            assert node.module is not None
            if node.module == "roster":
                yield from (f"roster.{name.name}" for name in node.names)
            else:
                yield node.module


def level(name: str) -> int:
    return next(at for at, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_come_from_own_or_earlier_layers(file: Path) -> None:
    own = file.relative_to(ROOT).with_suffix("").parts[0]
    for module in imported(file):
        top = module.split(".")[0]
        if top == "roster" and area(module) not in ("", own):
            assert level(area(module)) < level(own), f"{own} imports {module}"
        assert own in PLACES.get(top, {own}), f"{own} imports {module}"


def test_every_area_has_a_layer() -> None:
    areas = {file.relative_to(ROOT).with_suffix("").parts[0] for file in MODULES} - {"__init__"}
    assert areas <= {name for names in LAYERS for name in names}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module_name(file): file for file in MODULES}


def own_imports(file: Path) -> Iterator[str]:
    """Modules of this package that a file imports, anywhere in it, `from roster.domain import rules` as the module."""
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in NAMES)
        elif isinstance(node, ast.ImportFrom) and node.module in NAMES:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in NAMES else str(node.module)


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return names of which each imports the next and the last the first; empty where there are none."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return path[path.index(name) :]
        if name not in done:
            for other in sorted(graph.get(name, ())):
                if found := walk(other, [*path, name]):
                    return found
            done.add(name)
        return []

    return next((found for name in sorted(graph) if (found := walk(name, []))), [])


def test_no_module_imports_in_a_circle() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c"]
    graph = {name: set(own_imports(file)) - {name} for name, file in NAMES.items()}
    assert circle(graph) == []


@pytest.mark.parametrize("layer", FOLDERS)
def test_folders_inside_a_layer_have_an_order(layer: str) -> None:
    at = {name: level for level, names in enumerate(FOLDERS[layer]) for name in names}
    start = f"roster.{layer}."
    inside = {name: file for name, file in NAMES.items() if name.startswith(start)}
    assert {name.removeprefix(start).split(".")[0] for name in inside} == set(at)
    for name, file in inside.items():
        own = name.removeprefix(start).split(".")[0]
        others = {
            module.removeprefix(start).split(".")[0] for module in own_imports(file) if module in inside
        }
        assert not {other for other in others - {own} if at[other] >= at[own]}, name


CLOSED = {
    name
    for name, file in NAMES.items()
    if file.name == "__init__.py"
    and (name == "roster.checker" or name.rpartition(".")[0] in ("roster.engine", "roster.questions"))
    and name.removeprefix("roster.") not in OPEN
}
"""Folders of which others import only what their `__init__` hands on."""


def bound(statements: Iterable[ast.stmt]) -> Iterator[tuple[str, bool]]:
    """Yield the names that statements bind, and whether they import them."""
    for node in statements:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, False
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (
                (part.id, False) for one in targets for part in ast.walk(one) if isinstance(part, ast.Name)
            )
        elif isinstance(node, ast.ImportFrom):
            yield from ((name.asname or name.name, True) for name in node.names)
        elif isinstance(node, ast.If | ast.Try):
            yield from bound([*node.body, *node.orelse])


@cache
def handed_on(module: str) -> set[str]:
    """Return what others may take from a module: what it defines or lists, and what a folder imports as well."""
    statements = tree(NAMES[module]).body
    listed = [
        ast.literal_eval(node.value)
        for node in statements
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    folder = NAMES[module].name == "__init__.py"
    return {*chain(*listed), *(name for name, imports in bound(statements) if folder or not imports)}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_names_come_from_where_they_are_defined_or_from_the_folder_that_hands_them_on(name: str) -> None:
    for node in nodes(NAMES[name]):
        if not isinstance(node, ast.ImportFrom) or node.module not in NAMES:
            continue
        inside = {f"{folder}." for folder in CLOSED if name != folder and not name.startswith(f"{folder}.")}
        assert not node.module.startswith(tuple(inside)), f"{name} imports {node.module}"
        for one in node.names:
            module = f"{node.module}.{one.name}" in NAMES and f"{node.module}." not in inside
            assert module or one.name in handed_on(node.module), f"{name} imports {node.module}.{one.name}"
