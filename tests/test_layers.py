"""Each module imports from its own or an earlier layer, and each heavy library has its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import roster

ROOT = Path(roster.__file__).parent
LAYERS = (
    ("readable",),
    ("language",),
    (
        "errors",
        "suggestions",
    ),
    ("domain",),
    ("checker",),
    ("costs",),
    (
        "scores",
        "points",
        "rosters",
        "proof",
    ),
    ("scenario",),
    ("sizing",),
    ("engine",),
    ("questions",),
    ("output",),
    (
        "benchmark",
        "board",
    ),
    ("cli",),
    ("__main__",),
)
"""
Lowest first; what stands side by side keeps apart. Finer than the design's layers, so that none can go in a circle:
`scenario` reads posts off a roster with the checker, `sizing` reads and writes files with `scenario`, `benchmark`
prints with `output`.
"""

PLACES = {
    "ortools": {"engine", "benchmark"},
    "click": {"cli"},
    "starlette": {"board", "cli"},
    "uvicorn": {"board", "cli"},
    "pandas": {"output", "rosters", "scenario", "cli", "benchmark"},
}
MODULES = sorted(ROOT.rglob("*.py"))


def area(module: str) -> str:
    """`roster.engine.automata.product` is of `engine`."""
    return module.split(".")[1] if "." in module else ""


def imported(file: Path) -> Iterator[str]:
    """Names of all modules a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
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
        if {own, area(module)} == {"rosters", "scenario"}:
            continue
        if top == "roster" and area(module) not in ("", "__version__", own):
            assert level(area(module)) < level(own), f"{own} imports {module}"
            assert area(module) != "checker" or module == "roster.checker", f"{own} imports {module}"
        assert own in PLACES.get(top, {own}), f"{own} imports {module}"


def test_every_area_has_a_layer() -> None:
    areas = {file.relative_to(ROOT).with_suffix("").parts[0] for file in MODULES} - {"__init__"}
    assert areas <= {name for names in LAYERS for name in names}
