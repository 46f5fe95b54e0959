"""When people could be away: answers read while their file is still being written."""

from __future__ import annotations

import json
from pathlib import Path

from roster.board.away import Journal, mark, of_cases
from roster.questions.resilience.cases import AbsenceCase, CaseAnswer, Outcome
from roster.questions.resilience.journal import row_of


def row(who: str, first: int, days: int, outcome: str, changed: int | None, *posts: str) -> list[object]:
    case = AbsenceCase((who,), first, days)
    empty = tuple((post, 0, 1, 1) for post in posts)
    return row_of(CaseAnswer(case, Outcome(outcome), changed, changed, empty))


def line(*answers: list[object]) -> str:
    return json.dumps({"batch": "1", "answers": answers}) + "\n"


def test_answers_are_read_once_and_only_when_their_line_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "j"
    journal = Journal(file, "2027-01-30", 2)
    assert journal.more() == []
    first = line(row("张伟", 0, 2, "survives", 0), row("张伟", 0, 1, "survives", 9))
    second = line(row("李娜", 1, 2, "survives", 3), row("李娜", 2, 2, "breaks", None, "b", "a", "b"))
    whole = '{"kind": "head"}\n' + first + second + line(row("王", 0, 2, "unknown", None))
    content, found = whole.encode(), []
    for end in range(len(content) + 1):
        file.write_bytes(content[:end])
        found += journal.more()
    assert [(one["who"], one["first"], one["last"]) for one in found] == [
        ("张伟", "2027-01-30", "2027-01-31"),
        ("李娜", "2027-01-31", "2027-02-01"),
        ("李娜", "2027-02-01", "2027-02-02"),
        ("王", "2027-01-30", "2027-01-31"),
    ]
    marks = [mark(one, {"a": "Desk"}) for one in found]
    assert [one[:2] for one in marks] == [("free", "✓"), ("costs", "3"), ("no", "✕"), ("open", "?")]
    assert "b, Desk" in marks[2][2]


def test_the_table_of_a_question_that_is_over_says_the_same() -> None:
    head = "people,from,to,days,result,changes,bound,posts,empty,basis\n"
    rows = (
        "a,2027-01-04,2027-01-05,2,breaks,,,p;q,x,solved\na,2027-01-05,2027-01-06,2,survives,2,2,,,solved\n"
    )
    found = of_cases((head + rows).encode("utf-8-sig"))
    assert [mark(one, {})[0] for one in found] == ["no", "costs"]
    assert "p, q" in mark(found[0], {})[2]
