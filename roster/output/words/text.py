"""Text in little space: on one line, cut to a width, names kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

LONGEST_NAME = 18
"""Columns for a person's name."""


CUT = ".."
"""What stands for the rest of a name: the one-column ellipsis takes two on many Chinese terminals."""


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
