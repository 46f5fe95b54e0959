"""Damage done to texts, bytes and documents at random."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

TOKENS = (
    *("null", "off", "true", "no", "-1", "0", "5", "99999999999", "1e9", ".inf", "[]", "{}", "[[]]", "''"),
    *(
        "24:00",
        "25:61",
        "08:00-08:00",
        "8h",
        "0h",
        "2027-02-29",
        "daily",
        "100%",
        "N N",
        "A - B",
        "D",
        "&a",
        "*a",
    ),
    *(
        "<<: 1",
        "!!x",
        "%",
        "@",
        "`",
        "\t",
        "\r\n",
        "\x00",
        "\u202e",
        "欧阳",
        "🜁",
        "x" * 300,
        ",,",
        ";",
        '"',
        "=1+1",
    ),
)

VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1,
    2,
    10**9,
    0.5,
    "",
    "x",
    "1/2",
    "-1/3",
    "1/0",
    [],
    {},
    [[]],
    "all",
)


def text(random: Random, given: str) -> str:
    """Return a text with one to four places changed: lines doubled, dropped or swapped, words replaced."""
    lines = given.split("\n")
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(lines))
        match random.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                other = random.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = " " * random.randint(0, 6) + lines[at].lstrip()
            case 4:
                lines[at] = _word(random, lines[at])
            case _:
                cut = random.randint(0, len(lines[at]))
                lines[at] = lines[at][:cut] + random.choice(TOKENS) + lines[at][cut + random.randint(0, 3) :]
        lines = lines or [""]
    return "\n".join(lines)


def _word(random: Random, line: str) -> str:
    words = line.split(" ")
    words[random.randrange(len(words))] = random.choice(TOKENS)
    return " ".join(words)


def raw(random: Random, given: bytes) -> bytes:
    """Return bytes with one to eight places overwritten, cut out or doubled."""
    found = bytearray(given)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(found) or 1)
        size = random.choice((1, 1, 2, 8, 64))
        match random.randrange(4):
            case 0:
                found[at : at + size] = random.randbytes(size)
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = found[at : at + size]
            case _:
                found = found[: at + 1]
    return bytes(found)


def document(random: Random, given: Any) -> Any:
    """Return a document with one to three of its values changed, dropped, doubled or moved."""
    found = copy.deepcopy(given)
    for _ in range(random.randint(1, 3)):
        holders = list(_holders(found))
        if not holders:
            break
        holder = random.choice(holders)
        key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        match random.randrange(5):
            case 0:
                del holder[key]
            case 1:
                holder[key] = random.choice(VALUES)
            case 2:
                holder[key] = _near(random, holder[key])
            case 3:
                other = random.choice(holders)
                where = (
                    random.choice(list(other) if isinstance(other, dict) else range(len(other)))
                    if other
                    else None
                )
                if where is not None:
                    holder[key] = copy.deepcopy(other[where])
            case _:
                if isinstance(holder, list):
                    holder.append(copy.deepcopy(holder[key]))
    return found


def _holders(found: Any) -> list[Any]:
    """Return all mappings and lists that hold something."""
    todo, holders = [found], []
    while todo:
        one = todo.pop()
        if isinstance(one, dict | list) and one:
            holders.append(one)
            todo += one.values() if isinstance(one, dict) else one
    return holders


def _near(random: Random, value: Any) -> Any:
    """Return a value a little different: what a careful liar would write."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + random.choice((-1, 1, 2, -value))
    if isinstance(value, str) and "/" in value:
        top, _, bottom = value.partition("/")
        return f"{top}1/{bottom}" if random.random() < 0.5 else f"{top}/{bottom}0"
    return value
