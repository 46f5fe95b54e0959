"""
Help pages in the reader's language.

The English texts stand beside the options; another language has them in `text/<language>/help.toml`, by the English
text, and what it lacks is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from roster.language import FALLBACK, catalogue, language

DOMAIN = "help"
_EXTRA = re.compile(r"  \[([^\[\]]*)\]$")
"""What click puts behind an option's text: its default, its range."""


def words() -> dict[str, str]:
    """Return the texts of help pages by their English ones; none in English."""
    if language() == FALLBACK:
        return {}
    try:
        return catalogue(language(), DOMAIN)
    except KeyError:
        return {}


def translated(text: str) -> str:
    """Return a text of a help page in the current language, paragraph by paragraph; in English what is not there."""
    known = words()
    found = []
    for paragraph in text.split("\n\n"):
        plain = " ".join(paragraph.split())
        extra = _EXTRA.search(paragraph)
        head = plain if plain in known or extra is None else " ".join(paragraph[: extra.start()].split())
        said = known.get(head, head)
        if extra is not None and head != plain:
            said += f" [{_extra(extra[1], known)}]"
        found.append(said)
    return "\n\n".join(found)


def _extra(text: str, known: dict[str, str]) -> str:
    """Return a default or range with its word translated: `default: 60.0; x>0`."""
    return "; ".join(
        (f"{known[name]}：{value}" if name in known else f"{name}{colon}{value}")
        for name, colon, value in (part.partition(": ") for part in text.split("; "))
    )


class Pages(click.HelpFormatter):
    """Lays help pages out as click does; in other languages than English by columns, for signs may be wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """
        Write how a command is called.

        Parameters
        ----------
        prog, args : The command, and what it takes.
        prefix : The word before it.
        """
        if known := words():
            prefix = known.get("Usage: ", prefix)
            for english in ("[OPTIONS]", "COMMAND [ARGS]..."):
                args = args.replace(english, known.get(english, english))
        super().write_usage(prog, args, prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of options or commands."""
        super().write_heading(words().get(heading, heading))

    def write_text(self, text: str) -> None:
        """Write what a command does."""
        if not words():
            super().write_text(text)
            return
        paragraphs = [
            "\n".join(
                " " * self.current_indent + line for line in _lines(one, self.width - self.current_indent)
            )
            for one in translated(text).split("\n\n")
        ]
        self.write("\n\n".join(paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """
        Write options or commands, each with its text.

        Parameters
        ----------
        rows : Options or commands, each with its text.
        col_max, col_spacing : The widest first column, and the room beside it, in characters.
        """
        if not words():
            super().write_dl(list(rows), col_max, col_spacing)
            return
        said = [(first, translated(second)) for first, second in rows]
        indent = " " * self.current_indent
        column = min(max((len(first) for first, _ in said), default=0), col_max) + col_spacing
        for first, second in said:
            lines = _lines(second, max(self.width - column - self.current_indent, 20))
            beside = len(first) <= column - col_spacing
            self.write(f"{indent}{first:<{column}}{lines.pop(0)}\n" if beside else f"{indent}{first}\n")
            for line in lines:
                self.write(f"{indent}{'':<{column}}{line}\n")


def _lines(text: str, width: int) -> list[str]:
    # Imported here: pages in English need no widths of signs.
    from roster.output.terminal.prose import wrapped

    return wrapped(text, width)
