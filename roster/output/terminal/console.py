"""Where reports are drawn: one console, a few styles, and the handful of shapes that all sections share."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from typing import IO, Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleRenderable, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from roster.output.terminal.colours import theme

PIPE_WIDTH = 100
"""Columns to draw for where nobody says how wide the paper is."""

MOST_PEOPLE = 60
"""Most people drawn on screen; of more, the first, the rest is in the files."""

LONGEST_NAME = 18
"""Columns for a person's name."""

CUT = ".."
"""What stands for the rest of a name: the one-column ellipsis takes two on many Chinese terminals."""

HEADING, FAINT, STRONG = "bold cyan", "dim", "bold"
GOOD, BAD, DOUBTFUL = "bold green", "bold red", "bold yellow"


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


def fit(text: str, width: int) -> str:
    """
    Return a text in exactly so many columns, cut or padded; a Chinese character takes two.

    >>> fit("Li", 4) + "|", fit("欧阳小明", 7) + "|"
    ('Li  |', '欧阳.. |')
    """
    text = one_line(text)
    if cell_len(text) > width:
        return set_cell_size(set_cell_size(text, width - 2).rstrip() + CUT, width)
    return set_cell_size(text, width)


def short_name(name: str, width: int) -> str:
    """
    Return a name in exactly so many columns; what tells people apart is kept: a number at its end, and each word.

    >>> short_name("engineer_days-1", 10), short_name("engineer_part-1", 10), short_name("Li", 4)
    ('eng_days-1', 'eng_part-1', 'Li  ')
    >>> short_name("application-12", 10)
    'appli..-12'
    """
    stem, dash, number = one_line(name).rpartition("-")
    tail = f"-{number}" if dash and number.isdecimal() and len(number) < width - 4 else ""
    if cell_len(one_line(name)) <= width or not tail:
        return fit(name, width)
    if (words := stem.split("_")) and len(words) > 1 and stem.isascii():
        room = (width - len(tail) - len(words) + 1) // len(words)
        if room >= 3:
            left = width - len(tail) - (room + 1) * (len(words) - 1)
            ends = (*(word[:room] for word in words[:-1]), words[-1][:left])
            return set_cell_size("_".join(ends) + tail, width)
    return set_cell_size(set_cell_size(stem, width - len(tail) - 2).rstrip() + CUT + tail, width)


def short_names(names: Iterable[str], width: int) -> dict[str, str]:
    """
    Return names in exactly so many columns, no two alike: else the end of the name stays, or a number comes.

    >>> short_names(["Montgomery-Smith", "Montgomery-Jones", "Li"], 10)
    {'Montgomery-Smith': 'Montgo..th', 'Montgomery-Jones': 'Montgo..es', 'Li': 'Li        '}
    """
    every = list(dict.fromkeys(names))
    found = {name: short_name(name, width) for name in every}
    for shorten in (_ends_kept, None):
        alike = Counter(found.values())
        for at, name in enumerate(every):
            if alike[found[name]] > 1:
                found[name] = _numbered(name, width, at + 1) if shorten is None else shorten(name, width)
    return found


def _ends_kept(name: str, width: int) -> str:
    """Return a name with its middle cut out."""
    text, room = one_line(name), (width - 2) // 3
    end = ""
    while text and cell_len(text[-1] + end) <= room:
        text, end = text[:-1], text[-1] + end
    return set_cell_size(set_cell_size(text, width - 2 - cell_len(end)).rstrip() + CUT + end, width)


def _numbered(name: str, width: int, number: int) -> str:
    tail = f"#{number}"
    return set_cell_size(set_cell_size(one_line(name), max(1, width - len(tail))).rstrip() + tail, width)


def one_line(text: str) -> str:
    """
    Return a text with nothing in it that moves the cursor, turns the line round or hides.

    >>> one_line("Li\\nWang\\x1b[31m")
    'Li Wang[31m'
    """
    return "".join(
        char if char.isprintable() or char in "\u200d\ufe0f" else " " if char.isspace() else ""
        for char in text
    )


def section(title: str, *parts: ConsoleRenderable | str, note: str = "") -> Group:
    """Return a titled part of a report, its contents set in from the margin."""
    head = Text().append(title, HEADING)
    if note:
        head.append(f"  {note}", FAINT)
    return Group(Text(), head, *(Padding(part, (0, 0, 0, 2), expand=False) for part in parts))


def table(*columns: str, numbers: tuple[int, ...] = (), wrap: tuple[int, ...] = ()) -> Table:
    """Return an empty table without ruled lines; `numbers` are set flush right, `wrap` may take several lines."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT)
    for index, column in enumerate(columns):
        made.add_column(
            column,
            justify="right" if index in numbers else "left",
            no_wrap=index not in wrap,
            overflow="fold" if index in wrap else "ellipsis",
        )
    return made
