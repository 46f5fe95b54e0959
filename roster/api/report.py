"""What all answers can do: one line for a shell, the report in words, the page in a notebook, the JSON document."""

from __future__ import annotations

import html
import io
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole

WIDTH = 100
"""Columns of a report in words."""

HEIGHT = 640
"""Pixels of a page in a notebook."""


class Report(ABC):
    """An answer: its line, its words, its page, its document."""

    @property
    @abstractmethod
    def line(self) -> str:
        """The answer in one line, as with `--quiet`."""

    @property
    @abstractmethod
    def document(self) -> Document:
        """The answer as plain data with stable keys, as with `--json`."""

    @abstractmethod
    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        """Print the report on a console."""

    def _page(self) -> str:
        """Return the page of the report; empty where there is none."""
        return ""

    def show(self, console: ReportConsole, files: tuple[Path, ...] = ()) -> None:
        """Print the report on a console, and the names of the files that were written."""
        self._show(console, files)

    @property
    def text(self) -> str:
        """The whole report in words, as the command prints it."""
        from roster.output.terminal.console import report_console

        stream = io.StringIO()
        self.show(report_console(stream, width=WIDTH))
        return stream.getvalue()

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {' '.join(self.line.split())}>"

    def _repr_html_(self) -> str:
        """Return the report for a notebook: its page in a frame of its own, or its words."""
        if page := self._page():
            return (
                f'<iframe srcdoc="{html.escape(page)}" style="width:100%;height:{HEIGHT}px;border:0" '
                'sandbox="allow-scripts"></iframe>'
            )
        return f"<pre>{html.escape(self.text)}</pre>"


class Kept(NamedTuple):
    """The files that were written, and the document among them; neither where there is no folder."""

    files: tuple[Path, ...] = ()
    document: Document | None = None


class Saved(Report):
    """An answer that writes the files of its command's `--out`."""

    def _names(self) -> Iterable[str]:
        """Return the names of the files that its document names."""
        return ()

    @abstractmethod
    def _document(self, files: tuple[Path, ...]) -> Document:
        """Return the document, which may name these files."""

    @abstractmethod
    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        """Write its files into a folder, together or not at all; return them."""

    @property
    def document(self) -> Document:
        """The answer as plain data with stable keys, as with `--json`."""
        return self._document(())

    def keep(self, folder: Path | None) -> Kept:
        """Write the files as `save` does, where there is a folder; return them and the document."""
        if folder is None:
            return Kept()
        document = self._document(tuple(folder / name for name in self._names()))
        return Kept(self._write(folder, document), document)

    def save(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Write the files of the command's `--out` into a folder, together or not at all; return them."""
        return list(self.keep(Path(folder)).files)
