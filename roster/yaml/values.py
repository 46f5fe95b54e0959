"""A tree out of values of a program, as if they had been written into a file: a mapping means what its YAML means."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any

from roster.errors import Fault, Faults
from roster.language import tr
from roster.readable import show
from roster.yaml.tree import MOST_DEPTH, MOST_DIGITS, MOST_NODES, Node, Scalar


def tree_of(values: Mapping[Any, object], name: str) -> Node:
    """
    Return the tree of a mapping.

    Dates, times and paths become the texts that a file would have; tuples and sets become lists.

    Parameters
    ----------
    name : What faults call it, in place of a file.

    Raises
    ------
    Faults
        A value that no file can hold, too deep a nesting, too many values.

    >>> tree_of({"start": date(2027, 1, 4), "posts": {"desk": {"count": 2}}}, "a dict").plain()
    {'start': '2027-01-04', 'posts': {'desk': {'count': 2}}}
    """
    reading = _Reading(name)
    root = reading.node(values, ())
    if reading.faults:
        raise Faults(name, reading.faults)
    return root


class _Reading:
    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.nodes = 0

    def node(self, value: object, path: tuple[str, ...]) -> Node:
        self.nodes += 1
        if self.nodes > MOST_NODES or len(path) > MOST_DEPTH:
            deep = len(path) > MOST_DEPTH
            message = (
                tr("scenario.too_deep", most=MOST_DEPTH) if deep else tr("scenario.too_many", most=MOST_NODES)
            )
            raise Faults(self.name, [*self.faults, Fault(None, ".".join(path[:5]), message)])
        if isinstance(value, Mapping):
            pairs = {self.key(key, path): self.node(item, (*path, str(key))) for key, item in value.items()}
            return Node(pairs, self.name, None, 1 + sum(node.size for node in pairs.values()))
        if isinstance(value, Iterable) and not isinstance(value, str | bytes):
            items = [self.node(item, (*path, str(at))) for at, item in enumerate(value)]
            return Node(items, self.name, None, 1 + sum(node.size for node in items))
        return Node(self.scalar(value, path), self.name, None)

    def key(self, key: object, path: tuple[str, ...]) -> str:
        if not isinstance(key, str | int | float | date) or isinstance(key, bool):
            message = tr("scenario.dict_value", value=show(repr(key)))
            self.faults.append(Fault(None, ".".join(path), message))
        return str(key)

    def scalar(self, value: object, path: tuple[str, ...]) -> Scalar:
        item = getattr(value, "item", None)
        if callable(item):  # a number of numpy
            value = item()
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, int):
            return int(value) if len(str(value)) <= MOST_DIGITS else str(value)
        if isinstance(value, float):
            return value if math.isfinite(value) else str(value)
        if isinstance(value, datetime):
            return value.isoformat(" ", "minutes")
        if isinstance(value, time):
            return value.isoformat("minutes")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, PurePath):
            return str(value)
        self.faults.append(Fault(None, ".".join(path), tr("scenario.dict_value", value=show(repr(value)))))
        return None
