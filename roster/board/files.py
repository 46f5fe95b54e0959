"""The files of a board: a scenario with those it is built on, kept as texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from roster.errors import Fault, Faults
from roster.language import tr
from roster.yaml import tree as source
from roster.yaml.inheritance import BASE, NAMED
from roster.yaml.inheritance import read as read_tree

MOST_FILES = 20


@dataclass(frozen=True)
class Files:
    """A scenario as the board keeps it: texts by name, and which of them is the scenario itself."""

    main: str
    texts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Files:
        """Return what a state keeps under `files`."""
        return cls(kept["main"], tuple(sorted(kept["texts"].items())))

    def kept(self) -> dict[str, Any]:
        """Return it as a state keeps it."""
        return {"main": self.main, "texts": dict(self.texts)}

    def write(self, folder: Path) -> Path:
        """Write the texts into a folder; return the scenario's path. Names never lead out of the folder."""
        for name, text in self.texts:
            path = folder / safe_name(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        return folder / safe_name(self.main)


def safe_name(name: str) -> str:
    """
    Return a name that stays inside the folder it is joined to; raises Faults.

    >>> safe_name("a/b.yaml")
    'a/b.yaml'
    """
    path = PurePosixPath(name)
    bad = (
        not name
        or path.is_absolute()
        or ".." in path.parts
        or "\\" in name
        or "\0" in name
        or len(name) > 200
    )
    if bad or any(ord(sign) < 32 or sign == ":" for sign in name) or str(path) == ".":
        raise Faults(
            tr("board.what_was_sent"), [Fault(None, "files", tr("board.bad_file_name", name=name[:80]))]
        )
    return str(path)


def files_of(path: Path) -> Files:
    """Return a scenario of the machine's owner with every file it names, wherever they lie; raises as loading does."""
    chain, seen = [path.resolve()], path
    for _ in range(MOST_FILES):
        named = _named(seen, BASE)
        if named is None:
            break
        seen = seen.parent / named
        chain.append(seen.resolve())
    plain = read_tree(path).plain()
    beside = [plain[key] for key in NAMED if isinstance(plain.get(key), str) and plain[key]]
    chain += [(path.parent / name).resolve() for name in beside]
    top = Path(*_common([each.parent.parts for each in chain]))
    texts = {each.relative_to(top).as_posix(): each.read_text(encoding="utf-8-sig") for each in chain}
    return Files(chain[0].relative_to(top).as_posix(), tuple(sorted(texts.items())))


def _named(path: Path, key: str) -> str | None:
    node = source.read(path).child(key)
    return node.value if node is not None and isinstance(node.value, str) else None


def _common(parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    first, last = min(parts), max(parts)
    same = [one for one, other in zip(first, last, strict=False) if one == other]
    for at, (one, other) in enumerate(zip(first, last, strict=False)):
        if one != other:
            return first[:at]
    return tuple(same)
