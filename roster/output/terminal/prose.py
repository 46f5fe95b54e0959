"""Sentences wrapped as both languages ask: English between words, Chinese between characters but not before a comma."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.style import StyleType
from rich.text import Text

from roster.output.words.text import one_line

_CLOSING = "，。、；：！？）》】」』”’％%,.;:!?)]"
_FULL_WIDTH = ("，", "。", "、", "；", "：", "！", "？", "）")
_OPENING = "（《【「『“‘(["

_TOKEN = re.compile(
    rf"[{re.escape(_OPENING)}]*"
    r"(?:[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
    r"|[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+)"
    rf"[{re.escape(_CLOSING)}]*"
)


def wrapped(text: str, width: int) -> list[str]:
    """
    Return a sentence in lines of at most so many columns; a word longer than a line is cut.

    >>> wrapped("白班 8 小时，共 12 天。", 12)
    ['白班 8 小', '时，共 12', '天。']
    """
    lines: list[str] = [""]
    at = 0
    for found in _TOKEN.finditer(text):
        spaced = text[at : found.start()].strip(" ") == "" and at < found.start()
        # A full-width full stop brings its own space.
        gap = " " if spaced and not lines[-1].endswith(_FULL_WIDTH) else ""
        token, at = found.group(), found.end()
        if cell_len(lines[-1] + gap + token) <= width:
            lines[-1] += (gap if lines[-1] else "") + token
            continue
        while cell_len(token) > width:
            head = _cut(token, width)
            lines.append(head)
            token = token[len(head) :]
        lines.append(token)
    return [line for line in lines if line] or [""]


def _cut(token: str, width: int) -> str:
    """Return as much of a token as fits, at least one character."""
    end = 1
    while end < len(token) and cell_len(token[: end + 1]) <= width:
        end += 1
    return token[:end]


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence in a style, wrapped to the room it is given; `mark` stands before its first line."""

    sentence: str
    style: StyleType = ""
    mark: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw its lines, the further ones below the first word."""
        indent = cell_len(self.mark)
        for number, line in enumerate(wrapped(one_line(self.sentence), max(1, options.max_width - indent))):
            yield Text((" " * indent if number else self.mark) + line, self.style, no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Between a few words and all of it on one line."""
        whole = cell_len(one_line(self.sentence)) + cell_len(self.mark)
        return Measurement(min(whole, 12), max(1, whole)).with_maximum(options.max_width)


def bullet(sentence: str) -> Prose:
    """Return a sentence as a point of a list."""
    return Prose(sentence, mark="- ")
