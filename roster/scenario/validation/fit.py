"""
A tree held against a schema: what fits, and every fault of what does not, with the file and line it stands on.

Values of the wrong form are found by the schema. They are then cut out, so that names and sums can be checked in what
is left: a file with one bad number and one bad name shows both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from roster.errors import Fault
from roster.scenario.schema.rule_limits import Model
from roster.scenario.validation.messages import phrase
from roster.yaml.fullwidth import hint
from roster.yaml.tree import Node, Path_

M = TypeVar("M", bound=Model)
Finding = tuple[Path_, str]
MOST_ROUNDS = 8


def validated(root: Node, model: type[M], stand_ins: Mapping[str, Any]) -> tuple[M | None, list[Finding]]:
    """
    Return what a tree says, with whatever could not be read cut out, and what was wrong with that.

    `stand_ins` take the place of parts that are missing or unusable, so that the other parts can still be checked.

    Parameters
    ----------
    root, model : The tree, and the schema.
    stand_ins : What takes the place of parts that are missing or unusable, so that the others can still be checked.
    """
    data = root.plain()
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        first = error.errors(include_url=False)
    findings = [phrase(each, model) for each in first]
    errors: list[ErrorDetails] = first
    for _ in range(MOST_ROUNDS):
        _cut(data, errors, stand_ins)
        try:
            return model.model_validate(data), findings
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None, findings


def _cut(data: Any, errors: list[ErrorDetails], stand_ins: Mapping[str, Any]) -> None:
    """Take out of the data what the errors complain of, and the entry around it where something is missing in it."""
    gone: list[list[str | int]] = []
    for error in errors:
        path = [step for step in error["loc"] if step != "[key]"]
        if error["type"] == "missing":
            path = path[:-1]
        # Several faults of one list: it went with the first.
        if not any(path[: len(one)] == one for one in gone):
            gone += [cut] if (cut := _remove(data, path)) else []
    for key, value in stand_ins.items():
        if not data.get(key):
            data[key] = value


def _remove(data: Any, path: list[str | int]) -> list[str | int]:
    """Take out what a path leads to, or the list around it; return where that was."""
    holder, step, reached = None, None, 0
    current = data
    for at, each in enumerate(path):
        if isinstance(current, dict) and each in current:
            holder, step, reached, current = current, each, at + 1, current[each]
        elif isinstance(current, list) and isinstance(each, int) and each < len(current):
            # Cutting one item would move the others, so the whole list goes.
            break
        else:
            break
    if isinstance(holder, dict):
        holder.pop(step, None)
    return path[:reached]


def placed(root: Node, file: str, findings: list[Finding]) -> tuple[str, list[Fault]]:
    """
    Return the file that faults are reported for, and the faults; those of other files name theirs.

    Parameters
    ----------
    root, file : The tree, and its file.
    findings : What is wrong, each with its path in the tree.
    """
    found: list[tuple[str, Fault]] = []
    for path, message in dict.fromkeys(findings):
        node, reached = root.nearest(path)
        if len(path) == len(reached):
            inside = node.value if isinstance(node.value, list) else [node]
            message += hint("".join(each.value for each in inside if isinstance(each.value, str)))
        shown = path if len(path) > len(reached) and _absent(node) else reached
        found.append((node.file, Fault(node.line if path else None, spelled(shown), message)))
    files = {name for name, _ in found}
    main = files.pop() if len(files) == 1 else file
    return main, [
        fault if name == main else Fault(fault.line, fault.key, fault.message, file=name)
        for name, fault in found
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
