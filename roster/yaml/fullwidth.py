"""Full-width punctuation where YAML wants plain signs: what Chinese keyboards give unless they are switched over."""

from __future__ import annotations

import re

from roster.language import tr

PLAIN = {
    "：": ":",
    "，": ",",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "＃": "#",
    "－": "-",
    "—": "-",
    "～": "..",
    "、": ",",
    "；": ",",
    "％": "%",
    "\u3000": " ",
}
"""Each sign, and what YAML or this program reads in its place."""

BRACKETS = frozenset("｛｝［］【】")
_KEY = re.compile(r"\s*(?:-\s+)?[^\s#'\":：]+(：)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|(?:^|\s)#.*")


def spaced(sign: str) -> str:
    """Return what to write between a key and its value, or elsewhere, instead of a sign."""
    return ": " if PLAIN[sign] == ":" else PLAIN[sign]


def hint(text: str) -> str:
    """
    Return what a text's first full-width sign is and what to write instead; empty where there is none.

    >>> hint("mon，tue")
    ' (“，” is a full-width sign; write "," instead)'
    """
    found = next((sign for sign in text if sign in PLAIN), None)
    return "" if found is None else tr("scenario.fullwidth_hint", sign=found, plain=PLAIN[found])


def culprit(text: str, line: int | None) -> tuple[int, str] | None:
    """
    Return the line on which a full-width sign keeps a text from being YAML, and the sign; None where none does.

    The line at which a reader gives up is often below the one that is wrong: a key's colon is looked for first.
    """
    lines = text.splitlines()
    last = len(lines) if line is None else min(line, len(lines))
    plain = [_QUOTED.sub("", each) for each in lines[:last]]
    for number, each in enumerate(plain, 1):
        if found := _KEY.match(each):
            return number, found.group(1)
    for number in range(last, max(0, last - 3), -1):
        flow = any(sign in plain[number - 1] for sign in "{[")
        for sign in plain[number - 1]:
            if sign in BRACKETS or (flow and sign in PLAIN):
                return number, sign
    return None
