"""
Every error the program raises on purpose.

    RosterError
    ├── InputError      what the user gave cannot be used (exit code 2)
    │   ├── FileFault   one file cannot be read or written at all
    │   └── Faults      a readable file says things that cannot hold; all of them at once
    └── EngineError     the program contradicted itself: a roster it made fails its own check

An answer of "no" (impossible, violations found, out of time) is a result, never an exception.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass

from roster.language import tr
from roster.readable import shown_key, shown_path, visible


class RosterError(Exception):
    """The root: catching it catches everything the program raises on purpose. `faults` are all there are."""

    faults: tuple[Fault, ...] = ()


class InputError(RosterError):
    """What the user gave cannot be used; the message says where, what and the way out."""


class FileFault(InputError):
    """A file is missing, unreadable, not text, too large, or cannot be written."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.faults = (Fault(None, "", message),)


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One thing wrong in an input file.

    `line` is 1-based, or None where a file has no lines that mean something to the user; `key` is the path of
    the value (`posts[3].shift`), `message` names the value and the way out. `file` is set where the fault stands in
    another file than the one all the faults are reported for, such as the base of a scenario.
    """

    line: int | None
    key: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        line = tr("common.fault_line", line=self.line) if self.line is not None else ""
        place = f"{shown_path(self.file)} {line}".strip()
        place = f"{place}  " if place else ""
        message = visible(self.message)
        said = tr("common.fault_key", key=shown_key(self.key), message=message) if self.key else message
        return f"{place}{said}"


class Faults(InputError):
    """
    All faults of one input file, in the order of their lines.

    >>> print(Faults("clinic.yaml", [Fault(31, "posts[3].role", "'Nihgt' is not a role")]))
    clinic.yaml: 1 fault
      line 31  posts[3].role: 'Nihgt' is not a role
    """

    def __init__(self, source: str, faults: list[Fault]) -> None:
        self.source = source
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line or 0, fault.key)))
        key = "common.faults_one" if len(faults) == 1 else "common.faults"
        head = tr(key, source=shown_path(source), number=len(faults))
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


_REASONS = {
    errno.ENOENT: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "no_folder",
    errno.ENOSPC: "disk_full",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EBADF: "closed",
}


def reason(error: OSError) -> str:
    """
    Return why a file cannot be read or written, in the language people read; the system's words for rare causes.

    >>> reason(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    'No such file or directory'
    """
    if error.errno in _REASONS:
        return tr(f"common.os_{_REASONS[error.errno]}")
    return error.strerror or str(error)


class Terminated(KeyboardInterrupt):
    """The process was asked to end while it wrote files; what was half done has been cleared away."""


class EngineError(RosterError):
    """A roster made by the engine fails the independent check: a defect of the program, never the user's."""
