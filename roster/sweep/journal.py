"""
Answers kept on disk as they come, so that an interrupted sweep goes on where it stopped.

One JSON document a line. A line that was being written when the program died is dropped; an answer to another question
or of a scenario that has changed since is not taken.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from roster.errors import FileFault, reason
from roster.language import tr
from roster.sweep.jobs import AnswerRow, Job

PAGES = "reports"


class Journal:
    """The rows so far, in a folder: `answers.jsonl`, and a page each in `reports`."""

    def __init__(self, folder: Path, jobs: Iterable[Job], *, restart: bool = False) -> None:
        self.file, self.folder = folder / "answers.jsonl", folder
        wanted = {job.key for job in jobs}
        self.rows: dict[str, AnswerRow] = {}
        try:
            (folder / PAGES).mkdir(parents=True, exist_ok=True)
            for row in [] if restart else self._kept():
                if row.key in wanted and not row.lost:
                    self.rows[row.key] = row
            fresh = self.file.with_name(f"{self.file.name}.new")
            fresh.write_text(
                "".join(_line(row) for row in self.rows.values()), encoding="utf-8", newline="\n"
            )
            os.replace(fresh, self.file)
        except OSError as error:
            raise FileFault(tr("common.cannot_write", file=self.file, why=reason(error))) from error

    def _kept(self) -> list[AnswerRow]:
        if not self.file.exists():
            return []
        found = []
        for line in self.file.read_bytes().decode("utf-8", errors="replace").split("\n")[:-1]:
            try:
                told = json.loads(line)
                found.append(AnswerRow(**{**told, "figures": tuple((str(k), v) for k, v in told["figures"])}))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def add(self, row: AnswerRow) -> AnswerRow:
        """Keep a row, and its page in a file of its own; return it with the name of that file."""
        try:
            if row.page:
                name = f"{PAGES}/{file_name(row.name, row.key)}"
                (self.folder / name).write_text(row.page, encoding="utf-8", errors="replace", newline="\n")
                row = AnswerRow(**{**asdict(row), "figures": row.figures, "page": name})
            with self.file.open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(_line(row))
        except OSError as error:
            raise FileFault(tr("common.cannot_write", file=self.file, why=reason(error))) from error
        self.rows[row.key] = row
        return row


def _line(row: AnswerRow) -> str:
    return json.dumps(asdict(row), ensure_ascii=False) + "\n"


def file_name(name: str, key: str) -> str:
    """
    Return what the page of a scenario is called: its name where that is safe everywhere, and what tells it apart.

    >>> file_name("county-1", "ab12cd34ef"), file_name("东院/一", "ab12cd34ef")
    ('county-1.html', '东院_一-ab12cd34.html')
    """
    plain = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in name)[:80]
    return f"{name}.html" if plain == name and not name.startswith(".") else f"{plain}-{key[:8]}.html"
