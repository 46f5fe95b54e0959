"""Where reports are drawn: one console, a few styles, and the handful of shapes that all sections share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from rich.console import Console, ConsoleRenderable, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from roster.domain.outcome import Status
from roster.language import tr
from roster.output.terminal.colours import theme

PIPE_WIDTH = 100
"""Columns to draw for where nobody says how wide the paper is."""

MOST_PEOPLE = 60
"""Most people drawn on screen; of more, the first, the rest is in the files."""


HEADING, FAINT, STRONG = "bold cyan", "dim", "bold"
GOOD, BAD, DOUBTFUL = "bold green", "bold red", "bold yellow"
STATUS_STYLES = {
    Status.OPTIMAL: GOOD,
    Status.FEASIBLE: DOUBTFUL,
    Status.INFEASIBLE: BAD,
    Status.UNKNOWN: DOUBTFUL,
}


class ReportConsole(Console):
    """A console whose reader may leave early: the broken pipe is the command line's to handle."""

    def on_broken_pipe(self) -> None:
        """Let the error through instead of ending the process."""
        self.quiet = True
        raise BrokenPipeError

    def show(self, parts: Iterable[ConsoleRenderable]) -> None:
        """Print the parts of a report; into files and pipes without blanks at the ends of lines."""
        if self.is_terminal:
            for part in parts:
                self.print(part)
            return
        with self.capture() as text:
            for part in parts:
                self.print(part)
        self.file.write("".join(f"{line.rstrip()}\n" for line in text.get().removesuffix("\n").split("\n")))


def report_console(file: IO[str] | None = None, **options: Any) -> ReportConsole:
    """Return a console for reports: as wide as the terminal, 100 columns into a pipe, plain where it must be."""
    file = file or sys.stdout
    if "width" not in options and not file.isatty() and not os.environ.get("COLUMNS"):
        options["width"] = PIPE_WIDTH
    console = ReportConsole(file=file, highlight=False, markup=False, emoji=False, **options)
    console.push_theme(theme(console.color_system))
    return console


def section(title: str, *parts: ConsoleRenderable | str, note: str = "") -> Group:
    """
    Return a titled part of a report, its contents set in from the margin.

    Parameters
    ----------
    title, note : The heading, and a remark beside it.
    parts : What stands below.
    """
    head = Text().append(title, HEADING)
    if note:
        head.append(f"  {note}", FAINT)
    return Group(Text(), head, *(Padding(part, (0, 0, 0, 2), expand=False) for part in parts))


def files_line(files: Sequence[Path]) -> Iterator[Text]:
    """Yield where which files were written, where any were."""
    if files:
        names = ", ".join(file.name for file in files)
        yield Text(tr("plan.files_written", folder=files[0].parent, files=names), FAINT)


def table(*columns: str, numbers: tuple[int, ...] = (), wrap: tuple[int, ...] = ()) -> Table:
    """
    Return an empty table without ruled lines.

    Parameters
    ----------
    columns : Headings.
    numbers, wrap : Places of the columns that are set flush right, and of those that may take several lines.
    """
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT)
    for index, column in enumerate(columns):
        made.add_column(
            column,
            justify="right" if index in numbers else "left",
            no_wrap=index not in wrap,
            overflow="fold" if index in wrap else "ellipsis",
        )
    return made
