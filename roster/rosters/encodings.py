"""Text in whatever encoding a spreadsheet saved it: told by its mark, its bytes, and known names."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]")


def decoded(raw: bytes, names: Iterable[str] = ()) -> str | None:
    """
    Return a file's text; None where it is none.

    Of the encodings that fit, the one in which most of `names` appear is taken, the likeliest first among equals.

    >>> decoded("李娜,白".encode("gbk")), decoded("張偉".encode("big5"), ["張偉"]), decoded("Müller;D".encode("cp1252"))
    ('李娜,白', '張偉', 'Müller;D')
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _text(raw, encoding)
    found = [text for encoding in _likely(raw) if (text := _text(raw, encoding)) is not None]
    wanted = [name for name in names if not name.isascii()]
    return max(found, key=lambda text: sum(name in text for name in wanted), default=None)


def _text(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    # Only a guessed encoding is doubted for signs that no text has.
    return None if "\x00" in text or (not encoding.startswith("utf-8") and _CONTROL.search(text)) else text


def _likely(raw: bytes) -> list[str]:
    """Return the encodings to try, the likeliest first."""
    start = raw[:2000]
    if 0 in start:
        # No other encoding has such bytes; Chinese text has few of them, at its commas and digits.
        guess = ["utf-16-le", "utf-16-be"]
        if start[1::2].count(0) <= start[::2].count(0):
            guess.reverse()
        return guess if start.count(0) > len(start) // 4 else guess[:1]
    high = len(_HIGH.findall(raw))
    # Letters with accents stand alone between plain ones, Chinese bytes come in pairs.
    latin = high > 0 and 10 * len(_LONE.findall(raw)) >= 9 * high
    chinese = ["gb18030", "big5hkscs"]
    return ["utf-8", *(["cp1252"] if latin else []), *chinese]
