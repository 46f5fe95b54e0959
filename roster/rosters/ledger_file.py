"""
The ledger: what everybody had of what is shared in earlier periods, and what would have been fair.

A row a person: since when, days present, and for each measure the sum so far and, in `…_fair`, the fair one. A sum
without a fair one is compared with the others': by days present.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from roster.domain.fairness import HOURS, MEASURES, TENTHS, Account, Carried
from roster.domain.problem import Problem
from roster.errors import Fault, Faults, FileFault
from roster.language import tr
from roster.rosters.csv_sheet import guarded, read_text, unguarded
from roster.rosters.dates import parse_date

COLUMNS = ("person", "since", "days_present", *(name for m in MEASURES for name in (m, f"{m}_fair")))
NAME = "ledger.csv"


def with_ledger(problem: Problem, path: Path) -> Problem:
    """Return the problem with the sums of earlier periods from a file; raises FileFault or Faults."""
    accounts = read_ledger(problem, path)
    known = {person.name for person in problem.people}
    gone = [account.person for account in accounts if account.person not in known]
    notes = problem.notes
    if gone:
        notes = (*notes, tr("calendar.ledger_gone", people=", ".join(gone)))
    return replace(problem, ledger=tuple(accounts), notes=notes)


def read_ledger(problem: Problem, path: Path) -> list[Account]:
    """Return the accounts in a file."""
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    if not {"person", "days_present"} <= set(reader.fieldnames or ()):
        raise FileFault(tr("calendar.ledger_columns", file=path, columns=", ".join(COLUMNS[:5])))
    faults: list[Fault] = []
    rows: list[tuple[str, date, int, dict[str, tuple[int, int | None]]]] = []
    for row in reader:
        line, cells = reader.line_num, {key: (text or "").strip() for key, text in row.items() if key}
        if not any(cells.values()):
            continue
        name = unguarded(cells["person"])
        if any(name == other for other, *_ in rows):
            faults.append(Fault(line, "person", tr("calendar.ledger_twice", person=name)))
        days = _number(cells, "days_present", line, faults)
        sums = {}
        for measure in MEASURES:
            had, fair = _number(cells, measure, line, faults), _number(cells, f"{measure}_fair", line, faults)
            if had is not None:
                unit = 60 if measure == HOURS else TENTHS
                sums[measure] = (round(had * unit), None if fair is None else round(fair * unit))
        rows.append((name, _since(problem, cells, line, faults), round(days or 0), sums))
    if faults:
        raise Faults(str(path), faults)
    return [Account(name, since, days, _sums(rows, name, days)) for name, since, days, _ in rows]


Rows = list[tuple[str, date, int, dict[str, tuple[int, int | None]]]]


def _sums(rows: Rows, name: str, days: int) -> tuple[Carried, ...]:
    """Return a person's sums; a fair one that is not stated is the person's part of all, by days present."""
    own = next(sums for other, _, _, sums in rows if other == name)
    found = []
    for measure, (had, fair) in own.items():
        if fair is None:
            among = [(sums[measure][0], present) for _, _, present, sums in rows if measure in sums]
            present = sum(there for _, there in among)
            fair = round(sum(sum_ for sum_, _ in among) * days / present) if present else had
        found.append(Carried(measure, had, fair))
    return tuple(found)


def _number(cells: dict[str, str], column: str, line: int, faults: list[Fault]) -> float | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e7:
        faults.append(Fault(line, column, tr("calendar.ledger_number", text=text)))
        return None
    return number


def _since(problem: Problem, cells: dict[str, str], line: int, faults: list[Fault]) -> date:
    text = cells.get("since", "")
    if not text:
        return problem.dates.start
    try:
        return parse_date(text, problem.dates)
    except ValueError as error:
        faults.append(Fault(line, "since", str(error)))
        return problem.dates.start


def ledger_text(accounts: Iterable[Account]) -> str:
    """Return accounts as the text of a file, which `read_ledger` reads back."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for account in accounts:
        sums = {one.measure: one for one in account.sums}
        cells: list[object] = [guarded(account.person), account.since.isoformat(), account.days]
        for measure in MEASURES:
            one, unit = sums.get(measure), 60 if measure == HOURS else TENTHS
            cells += ["", ""] if one is None else [f"{one.had / unit:g}", f"{one.fair / unit:.10g}"]
        writer.writerow(cells)
    return text.getvalue()
