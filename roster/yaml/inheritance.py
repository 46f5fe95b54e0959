"""
Files built on other files: `base: other.yaml` and only what differs.

Mappings merge key by key; lists and single values replace; null takes a key of the base away. Every value keeps the
file and line it was written on, so a fault in the base is reported where it stands.

A file names others only in its own folder and those below, unless whoever runs the program allows more: a file that
somebody sent could else read any other on the machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

from roster.errors import Fault, Faults, FileFault
from roster.language import tr
from roster.readable import show
from roster.yaml import tree as source
from roster.yaml.tree import Node

BASE = "base"
NAMED = ("before", "ledger")
"""Keys of a scenario that name other files: what earlier periods left."""

MOST_FILES = 20

_outside: ContextVar[bool] = ContextVar("outside", default=False)


def read(path: Path) -> Node:
    """
    Read a scenario file together with its bases.

    Raises FileFault for the file itself; Faults for what it says, a base that cannot be read included.
    """
    return _read(path, path.parent, ())


def with_bases(root: Node, path: Path) -> Node:
    """
    Return a tree together with the bases it names, which are looked for as if it stood in the file `path`.

    Raises Faults for a base that cannot be read.
    """
    return _joined(root, path, path.parent, ())


@contextmanager
def leaving_the_folder() -> Iterator[None]:
    """Let scenarios name files outside their own folder inside a `with` block."""
    token = _outside.set(True)
    try:
        yield
    finally:
        _outside.reset(token)


def check_inside(folder: Path, target: Path) -> None:
    """Raise FileFault where a file that a scenario names lies outside the folder, links followed, and must not."""
    if not _outside.get() and not target.resolve().is_relative_to(folder.resolve()):
        raise FileFault(tr("scenario.outside", file=target, folder=folder.resolve()))


def _read(path: Path, folder: Path, above: tuple[Path, ...]) -> Node:
    return _joined(source.read(path), path, folder, above)


def _joined(root: Node, path: Path, folder: Path, above: tuple[Path, ...]) -> Node:
    pairs = root.value
    if not isinstance(pairs, dict) or BASE not in pairs:
        return root
    named = pairs[BASE]
    own = replace(root, value={key: node for key, node in pairs.items() if key != BASE})
    chain = (*above, path.resolve())
    base = _read_base(path, named, folder, chain)
    faults: list[Fault] = []
    result = _merge(base, own, (), faults)
    if faults:
        raise Faults(str(path), faults)
    return result


def _read_base(path: Path, named: Node, folder: Path, chain: tuple[Path, ...]) -> Node:
    if not isinstance(named.value, str) or not named.value.strip():
        raise _fault(path, named, tr("scenario.base_not_a_file", value=show(named.plain())))
    target = path.parent / named.value
    try:
        resolved = target.resolve()
        if resolved in chain:
            raise _fault(path, named, tr("scenario.base_cycle", file=show(named.value)))
        if len(chain) >= MOST_FILES:
            raise _fault(path, named, tr("scenario.base_too_long", most=MOST_FILES))
        check_inside(folder, target)
        return _read(target, folder, chain)
    except FileFault as fault:
        raise _fault(path, named, str(fault)) from None
    except (OSError, ValueError, RuntimeError):
        raise _fault(path, named, tr("scenario.base_not_a_file", value=show(named.value))) from None


def _fault(path: Path, node: Node, message: str) -> Faults:
    return Faults(str(path), [Fault(node.line, BASE, message)])


_LENGTHS = ("weeks", "days", "end")
_DATES = {
    "month": ("month", "start", *_LENGTHS),
    "start": ("month",),
    **dict.fromkeys(_LENGTHS, ("month", *_LENGTHS)),
}
"""Which keys of a base's calendar a key written over it takes the place of."""


def _replaced(key: str, over: Mapping[str, Node]) -> bool:
    return key not in over and any(
        key in _DATES.get(other, ()) and node.value is not None for other, node in over.items()
    )


def _merge(base: Node, over: Node, place: tuple[str, ...], faults: list[Fault]) -> Node:
    """Return the base with what lies over it; a null for a key that the base does not have is a fault."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    pairs = dict(base.value)
    if place == ("calendar",):
        pairs = {key: node for key, node in pairs.items() if not _replaced(key, over.value)}
    for key, node in over.value.items():
        if node.value is None:
            if pairs.pop(key, None) is None:
                where = ".".join((*place, key))
                faults.append(Fault(node.line, where, tr("scenario.nothing_to_remove")))
        elif key in pairs:
            pairs[key] = _merge(pairs[key], node, (*place, key), faults)
        else:
            pairs[key] = node
    return replace(over, value=pairs)
