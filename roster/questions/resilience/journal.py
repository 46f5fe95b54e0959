"""
Answers kept on disk as they come, so that an interrupted run goes on where it stopped.

One JSON document a line: the first says which question the file belongs to, each other holds one finished batch. A
line that was being written when the program died is dropped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from roster.errors import FileFault, reason
from roster.language import tr
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome, ResilienceRequest

KIND = "roster resilience 4"


class State:
    """The answers found so far; on disk too where a file is given."""

    def __init__(self, asked: ResilienceRequest, file: Path | None = None, *, restart: bool = False) -> None:
        self.file = file
        self._batches: dict[str, tuple[CaseAnswer, ...]] = {}
        if file is None:
            return
        head = json.dumps({"kind": KIND, "mark": asked.mark, "scenario": asked.problem.name})
        try:
            lines = [] if restart or not file.exists() else _whole_lines(file)
            if lines:
                _must_belong(file, lines[0], asked)
            good = [head, *self._read(lines[1:])]
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_name(f"{file.name}.new")
            fresh.write_text("".join(f"{line}\n" for line in good), encoding="utf-8", newline="\n")
            os.replace(fresh, file)
        except OSError as error:
            raise FileFault(tr("common.cannot_write", file=file, why=reason(error))) from error

    def _read(self, lines: Sequence[str]) -> list[str]:
        """Take in batches up to the first line that is none; return the lines taken in."""
        good = []
        for line in lines:
            try:
                document = json.loads(line)
                self._batches[document["batch"]] = tuple(_answer(row) for row in document["answers"])
            except (ValueError, KeyError, TypeError, IndexError, AssertionError):
                break
            good.append(line)
        return good

    def get(self, batch: str) -> tuple[CaseAnswer, ...] | None:
        """Return the answers of a batch, None where it is not finished."""
        return self._batches.get(batch)

    def add(self, batch: str, answers: Sequence[CaseAnswer]) -> None:
        """Keep the answers of a batch; on disk only where none of them is open."""
        self._batches[batch] = tuple(answers)
        if self.file is None or any(answer.undecided for answer in answers):
            return
        line = json.dumps({"batch": batch, "answers": [row_of(answer) for answer in answers]})
        try:
            with self.file.open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(f"{line}\n")
        except OSError as error:
            raise FileFault(tr("common.cannot_write", file=self.file, why=reason(error))) from error

    def done(self) -> None:
        """Remove the file: the answer is whole and written elsewhere."""
        if self.file is not None:
            self.file.unlink(missing_ok=True)


def _whole_lines(file: Path) -> list[str]:
    """Return the lines that were written to their end."""
    return file.read_bytes().decode("utf-8", errors="replace").split("\n")[:-1]


def _must_belong(file: Path, head: str, asked: ResilienceRequest) -> None:
    """Raise FileFault where the file holds answers to another question, or is none of ours."""
    try:
        document = json.loads(head)
        kind, mark = document["kind"], document["mark"]
    except (ValueError, KeyError, TypeError):
        kind = mark = None
    if kind != KIND:
        raise FileFault(tr("resilience.state_foreign", file=file))
    if mark != asked.mark:
        raise FileFault(tr("resilience.state_stale", file=file))


def row_of(answer: CaseAnswer) -> list[object]:
    """Return an answer as the journal holds it; whoever reads along goes by the first seven."""
    case = answer.case
    return [
        list(case.people),
        case.first,
        case.length,
        answer.outcome.value,
        answer.changed,
        answer.bound,
        [list(place) for place in answer.empty],
        answer.basis.value,
        answer.side,
        [list(move) for move in answer.moves],
        [list(pair) for pair in answer.traded],
    ]


def _answer(row: Sequence[object]) -> CaseAnswer:
    """Read one answer back; raises ValueError, TypeError or IndexError where it is none."""
    people, first, length, outcome, changed, bound, empty, basis, side, moves, traded = row
    assert isinstance(people, list)
    assert isinstance(empty, list)
    assert isinstance(moves, list)
    assert isinstance(traded, list)
    return CaseAnswer(
        AbsenceCase(tuple(map(str, people)), _number(first), _number(length)),
        Outcome(str(outcome)),
        None if changed is None else _number(changed),
        None if bound is None else _number(bound),
        tuple((str(place[0]), *map(_number, place[1:4])) for place in empty),  # type: ignore[misc]
        Basis(str(basis)),
        None if side is None else _number(side),
        tuple((str(name), _number(day), str(duty)) for name, day, duty in moves),
        tuple((str(giver), str(taker)) for giver, taker in traded),
    )


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
