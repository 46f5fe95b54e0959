"""
A scenario file read, checked and made a problem: every fault at once, each with the file and line it stands on.

Values of the wrong form are found by the schema. They are then cut out, so that names and sums can be checked in what
is left: a file with one bad number and one bad name shows both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from roster.errors import Fault, Faults
from roster.problem import Problem
from roster.scenario import base, build, checks
from roster.scenario.checks import Finding, Known
from roster.scenario.phrases import phrase
from roster.scenario.schema import Scenario
from roster.scenario.source import Node

MOST_ROUNDS = 8
STAND_INS: dict[str, Any] = {
    "name": "x",
    "calendar": {"start": "2027-01-04"},
    "employers": {"x": {"regime": "cn_public_institution"}},
    "roles": {"x": {}},
    "posts": {"x": {"role": "x"}},
    "staff_types": {"x": {"skills": "x"}},
}
"""What takes the place of a part that is missing or unusable, so that the other parts can still be checked."""


def load(path: Path) -> Problem:
    """Read a scenario file; raises FileFault or Faults."""
    return from_node(base.read(path), str(path))


def from_node(root: Node, file: str) -> Problem:
    """Return the problem of a tree; raises Faults."""
    scenario, findings = _validated(root)
    whole = not findings
    if scenario is not None:
        spoilt = {path[:end] for path, _ in findings for end in range(len(path))}
        later = checks.findings(scenario, Known.of(root.plain()), whole=whole)
        # What a part lacks may be just what had to be cut out of it.
        findings += [finding for finding in later if finding[0] not in spoilt]
    if findings or scenario is None:
        raise Faults(*_placed(root, file, findings))
    return build.problem(scenario)


def _validated(root: Node) -> tuple[Scenario | None, list[Finding]]:
    """Return the scenario, with whatever could not be read cut out, and what was wrong with that."""
    data = root.plain()
    try:
        return Scenario.model_validate(data), []
    except ValidationError as error:
        first = error.errors(include_url=False)
    findings = [phrase(each) for each in first]
    errors: list[ErrorDetails] = first
    for _ in range(MOST_ROUNDS):
        _cut(data, errors)
        try:
            return Scenario.model_validate(data), findings
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None, findings


def _cut(data: Any, errors: list[ErrorDetails]) -> None:
    """Take out of the data what the errors complain of, and the entry around it where something is missing in it."""
    for error in errors:
        path = [step for step in error["loc"] if step != "[key]"]
        if error["type"] == "missing":
            path = path[:-1]
        _remove(data, path)
    for key, value in STAND_INS.items():
        if not data.get(key):
            data[key] = value


def _remove(data: Any, path: list[str | int]) -> None:
    holder, step = None, None
    current = data
    for each in path:
        if isinstance(current, dict) and each in current:
            holder, step, current = current, each, current[each]
        elif isinstance(current, list) and isinstance(each, int) and each < len(current):
            # Cutting one item would move the others, so the whole list goes.
            break
        else:
            break
    if isinstance(holder, dict):
        holder.pop(step, None)


def _placed(root: Node, file: str, findings: list[Finding]) -> tuple[str, list[Fault]]:
    """Return the file that faults are reported for, and the faults; those of other files name theirs."""
    placed: list[tuple[str, Fault]] = []
    for path, message in dict.fromkeys(findings):
        node, reached = root.nearest(path)
        shown = path if len(path) > len(reached) and _absent(node) else reached
        placed.append((node.file, Fault(node.line if path else None, spelled(shown), message)))
    files = {name for name, _ in placed}
    main = files.pop() if len(files) == 1 else file
    return main, [
        fault if name == main else Fault(fault.line, fault.key, fault.message, file=name)
        for name, fault in placed
    ]


def _absent(node: Node) -> bool:
    """Whether a path that ends early does so because its key is missing, not because a short form was written."""
    return isinstance(node.value, dict)


def spelled(path: tuple[str | int, ...]) -> str:
    """
    Return a path as people write it.

    >>> spelled(("travel", 0, "between"))
    'travel[0].between'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
