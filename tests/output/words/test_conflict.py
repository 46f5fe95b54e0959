"""Conflicts as they are told: conditions alike on one line, each place once."""

from __future__ import annotations

import time

from roster.domain.outcome import SolveOptions
from roster.engine.solvers.search import Search
from roster.output.words.conflict import places, told
from roster.questions.conflict.find import find_conflict
from roster.questions.explain.answer import Because, ExplainRequest
from tests.small import H, post, staff, world


def test_elements_alike_share_a_line_and_none_is_lost() -> None:
    limits = {"weekly_minutes": 40 * H, "net_minutes": 40 * H}
    problem = world(
        staff("a", "D", **limits),
        staff("b", "D", **limits),
        posts=[post(name, 8, 8, role) for name, role in (("one", "a"), ("two", "a"), ("three", "b"))],
    )
    search = Search(SolveOptions(workers=1), time.monotonic() + 100.0)
    asked = ExplainRequest(headcount=4)
    conflict = find_conflict(asked.question(problem), asked.provenance, search)
    assert conflict is not None
    lines = [sentence for sentence, _ in told(Because(conflict)).lines]
    shared = next(line for line in lines if line.startswith("On site, every day 08:00-16:00"))
    posts = [one.names[0] for one in conflict.conditions if one.kind == "post"]
    assert len(posts) > 1
    assert all(name in shared for name in posts)
    others = [one.sentence for one in conflict.conditions if one.kind != "post"]
    assert sorted(lines) == sorted([shared, *others])


def test_places_in_one_file_are_said_once() -> None:
    assert places(["a.yaml:12", "a.yaml:7", "b.yaml:1", "", "--leave"]) == "a.yaml:7, 12; b.yaml:1; --leave"
