"""
YAML with positions: a file becomes a tree of nodes that know their file and line.

Stricter and plainer than YAML 1.1, whose surprises would hurt here: `22:00` stays a text (not 1320), `no` and `off`
stay texts, dates stay texts, and only `true`, `false`, `null`, whole and decimal numbers are more than text. Duplicate
keys, tags, merge keys and second documents are faults. The tree is built from the parser's events, without recursion,
and its size is limited as if every alias were written out, so neither deep nor self-multiplying files hurt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from roster.errors import Fault, Faults, FileFault
from roster.errors import reason as why
from roster.language import tr
from roster.readable import show
from roster.yaml.fullwidth import culprit, spaced

MOST_BYTES = 5_000_000
MOST_NODES = 200_000
MOST_DEPTH = 40
MOST_DIGITS = 15

_INT = re.compile(r"[-+]?(0|[1-9]\d*)")
_FLOAT = re.compile(r"[-+]?\d+\.\d*([eE][-+]?\d{1,2})?")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar = str | int | float | bool | None
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """
    A value, with the file and line a person would look for it: its key's line, or its own within a list.

    `line` is None for what stands in no file. `size` counts the nodes it holds, aliases written out.
    """

    value: dict[str, Node] | list[Node] | Scalar
    file: str
    line: int | None
    size: int = 1

    def plain(self) -> Any:
        """Return the value without positions."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def child(self, step: str | int) -> Node | None:
        """Return what lies at one key or index, None where nothing does."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def nearest(self, path: Path_) -> tuple[Node, Path_]:
        """Return the deepest node there is along a path, and the path to it."""
        node, done = self, 0
        while done < len(path) and (below := node.child(path[done])) is not None:
            node, done = below, done + 1
        return node, path[:done]


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    mapping: bool
    line: int
    anchor: str | None
    pairs: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    key: tuple[str, int] | None = None
    size: int = 1


class _Refused(Exception):
    """The file cannot be read any further; carries the last fault."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(line, "", message)


def read(path: Path) -> Node:
    """
    Read a YAML file whose top is a mapping.

    Raises
    ------
    FileFault
        The file is missing, a directory, unreadable, too large, empty, or not UTF-8 text.
    Faults
        It is not YAML, or says the same key twice, or is not a mapping.
    """
    return parse(text_of(path), str(path))


def text_of(path: Path) -> str:
    """Return the text of a file; raises FileFault with the reason in a sentence."""
    try:
        if path.is_dir():
            raise FileFault(tr("scenario.is_directory", file=path))
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise FileFault(tr("scenario.no_such_file", file=path)) from None
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        raise FileFault(tr("scenario.unreadable", file=path, reason=reason)) from None
    if len(raw) > MOST_BYTES:
        raise FileFault(tr("scenario.too_large", file=path, most=MOST_BYTES // 1_000_000))
    if b"\0" in raw:
        raise FileFault(tr("scenario.binary", file=path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileFault(tr("scenario.not_utf8", file=path, line=line)) from None
    if not text.strip():
        raise FileFault(tr("scenario.empty_file", file=path))
    return text


def parse(text: str, file: str) -> Node:
    """
    Return the tree of a YAML text.

    >>> parse("night: {from: 22:00}", "x.yaml").plain()
    {'night': {'from': '22:00'}}
    """
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Refused as refused:
        builder.faults.append(refused.fault)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        what = " ".join(part for part in (error.context, error.problem) if part)
        # Newer YAML readers run ahead of the events, and have a limit of their own.
        deep = "maximum nesting depth" in what
        key, words = ("too_deep", {"most": MOST_DEPTH}) if deep else ("not_yaml", {"problem": what})
        if not deep and (found := culprit(text, line)) is not None:
            line, sign = found
            key, words = "fullwidth", {"sign": sign, "plain": spaced(sign)}
        builder.faults.append(Fault(line, "", tr(f"scenario.{key}", **words)))
    except (yaml.YAMLError, UnicodeError) as error:
        builder.faults.append(Fault(None, "", tr("scenario.not_yaml", problem=str(error).partition("\n")[0])))
    if not builder.faults and builder.root is None:
        raise FileFault(tr("scenario.empty_file", file=file))
    if not builder.faults and builder.root is not None and not isinstance(builder.root.value, dict):
        found = culprit(text, None)
        told = tr("scenario.fullwidth", sign=found[1], plain=spaced(found[1])) if found else ""
        builder.faults.append(Fault(found[0] if found else 1, "", told or tr("scenario.not_a_mapping")))
    if builder.faults or builder.root is None:
        raise Faults(file, builder.faults)
    return builder.root


def scalar(text: str) -> Scalar:
    """
    Return what an unquoted text stands for.

    >>> [scalar(text) for text in ("22:00", "no", "007", "-3", "0.5", "null", "true")]
    ['22:00', 'no', '007', -3, 0.5, None, True]
    """
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if len(text) <= MOST_DIGITS:
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


class _Builder:
    """Builds the tree from parser events, keeping what is open on a stack of its own."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.nodes = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take in the next event."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Refused(line, tr("scenario.second_document"))
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor or "", line)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_tag(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_tag(event, line)
            self._start(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()

    def _check_tag(self, event: Any, line: int) -> None:
        if event.tag is not None:
            self.faults.append(Fault(line, self._place(), tr("scenario.tag", tag=show(event.tag))))

    def _alias(self, anchor: str, line: int) -> None:
        if anchor not in self.anchors:
            raise _Refused(line, tr("scenario.unknown_alias", name=show(anchor)))
        self._put(self.anchors[anchor], line)

    def _scalar(self, event: Any, line: int) -> None:
        current = self.open[-1] if self.open else None
        if current is not None and current.mapping and current.key is None:
            if event.implicit[0] and (sign := next((sign for sign in "：，" if sign in event.value), "")):
                told = tr("scenario.fullwidth", sign=sign, plain=spaced(sign))
                self.faults.append(Fault(line, self._place(), told))
            self._key(current, event.value, line)
            return
        value = scalar(event.value) if event.implicit[0] else event.value
        node = Node(value, self.file, line)
        if event.anchor:
            self.anchors[event.anchor] = node
        self._put(node, line)

    def _key(self, current: _Open, key: str, line: int) -> None:
        if key == "<<":
            self.faults.append(Fault(line, self._place(), tr("scenario.merge_key")))
        if key in current.pairs:
            first = current.pairs[key].line
            where = f"{self._place()}.{key}" if self._place() else key
            self.faults.append(Fault(line, where, tr("scenario.duplicate_key", line=first)))
        current.key = (key, line)

    def _start(self, event: Any, line: int) -> None:
        if self.open and self.open[-1].mapping and self.open[-1].key is None:
            raise _Refused(line, tr("scenario.key_not_text"))
        if len(self.open) >= MOST_DEPTH:
            raise _Refused(line, tr("scenario.too_deep", most=MOST_DEPTH))
        self.open.append(_Open(isinstance(event, yaml.MappingStartEvent), line, event.anchor))

    def _end(self) -> None:
        done = self.open.pop()
        value: dict[str, Node] | list[Node] = done.pairs if done.mapping else done.items
        node = Node(value, self.file, done.line, done.size)
        if done.anchor:
            self.anchors[done.anchor] = node
        self._put(node, done.line)

    def _put(self, node: Node, line: int) -> None:
        """Hang a finished value where it belongs; an alias of a mapping's key counts as a key that is no text."""
        if not self.open:
            self.root = node
            return
        current = self.open[-1]
        current.size += node.size
        self.nodes += 1
        if current.size > MOST_NODES or self.nodes > MOST_NODES:
            raise _Refused(line, tr("scenario.too_many", most=MOST_NODES))
        if not current.mapping:
            current.items.append(replace(node, line=line))
            return
        if current.key is None:
            raise _Refused(line, tr("scenario.key_not_text"))
        key, key_line = current.key
        current.pairs[key] = replace(node, line=key_line)
        current.key = None

    def _place(self) -> str:
        return ".".join(level.key[0] for level in self.open if level.key is not None)
