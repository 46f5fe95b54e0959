"""When people could be away: the answers about absences, read while the question is still at work and afterwards."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from roster.language import tr

CASES = "cases.csv"
JOURNAL = "resilience.progress.jsonl"
"""What `roster resilience --out` keeps while it is at work, one finished batch a line."""

Found = dict[str, Any]
"""One absence: who, first and last date, what comes of it, changes for others, posts that stay empty."""


class Journal:
    """A file of answers that is being written; each is read once."""

    def __init__(self, file: Path, start: str, days: int) -> None:
        self._file = file
        self._start = date.fromisoformat(start)
        self._days = days
        self._read = 0

    def more(self) -> list[Found]:
        """Return the answers that have come since the last call."""
        try:
            with self._file.open("rb") as stream:
                stream.seek(self._read)
                whole = stream.read().rpartition(b"\n")[0]
        except OSError:
            return []
        if not whole:
            return []
        self._read += len(whole) + 1
        return [one for line in whole.splitlines() for one in self._of_line(json.loads(line))]

    def _of_line(self, said: dict[str, Any]) -> Iterator[Found]:
        for people, first, length, outcome, changed, _, empty, *_ in said.get("answers", ()):
            if length != self._days or len(people) != 1:
                continue
            yield {
                "who": people[0],
                "first": (self._start + timedelta(first)).isoformat(),
                "last": (self._start + timedelta(first + length - 1)).isoformat(),
                "result": outcome,
                "changes": changed,
                "posts": list(dict.fromkeys(place[0] for place in empty)),
            }


def of_cases(content: bytes) -> list[Found]:
    """Return the answers of a question that is over, from its table."""
    return [
        {
            "who": row["people"],
            "first": row["from"],
            "last": row["to"],
            "result": row["result"],
            "changes": int(row["changes"]) if row["changes"].isdecimal() else None,
            "posts": row["posts"].split(";"),
        }
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    ]


def mark(found: Found, titles: Mapping[str, str]) -> tuple[str, str, str]:
    """Return how a first day looks: free, costs so many changes, impossible, not known; its sign, its sentence."""
    span = {"first": found["first"], "last": found["last"]}
    if found["result"] == "breaks":
        posts = ", ".join(titles.get(name, name) for name in found["posts"])
        return "no", "✕", tr("board.away_no", posts=posts, **span)
    if found["result"] != "survives":
        return "open", "?", tr("board.away_open", **span)
    if not found["changes"]:
        return "free", "✓", tr("board.away_free", **span)
    return "costs", str(found["changes"]), tr("board.away_costs", changes=found["changes"], **span)
