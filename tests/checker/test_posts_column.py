"""Posts that a roster states for people: what cannot be is found, what the program wrote itself is always right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.checker import check_roster, posts_held
from roster.domain.outcome import Roster, SeatUse
from roster.domain.problem import Days, Post, Presence, Problem, Role, Seat
from tests.checker.worlds import roster_of, staff, world

H = 60
WARDS = (
    Post("ward1", ("w1",), 8 * H, 8 * H, days=Days(workdays=True), title="Ward one"),
    Post("ward2", ("w2",), 8 * H, 8 * H, days=Days(workdays=True), title="Ward two"),
    Post("call", ("w1", "w2"), 16 * H, 16 * H, presence=Presence.STANDBY, hard=False),
)


def wards() -> Problem:
    one = staff(name="one", skills=frozenset({"w1"}))
    both = staff(name="both", skills=frozenset({"w1", "w2"}))
    return world(one, both, posts=WARDS, roles=(Role("w2", "ward work"),))


def monday(problem: Problem, *texts: str) -> Roster:
    return roster_of(problem, *(f"{text} - - - - - -" for text in texts), types=("one", "both"))


def found(stated: dict[tuple[int, int, int], tuple[str, ...]], *texts: str) -> list[str]:
    problem = wards()
    violations = check_roster(problem, monday(problem, *texts), stated)
    monday_only = [each for each in violations if each.rule == "posts_column" or 0 in each.days]
    return [each.sentence.split(" on Mon")[0] + "|" + each.rule for each in monday_only]


def test_what_can_be_is_no_finding() -> None:
    assert found({(0, 0, 0): ("ward1",), (1, 0, 0): ("ward2",)}, "D", "D") == []
    assert found({(0, 0, 0): ("ward1",)}, "D", "D") == []
    assert found({}, "D", "D") == []


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        ({(0, 0, 0): ("ward2",), (1, 0, 0): ("ward1",)}, "P1 is put on Ward two"),
        ({(0, 0, 0): ("nosuch",), (1, 0, 0): ("ward1",)}, "P1 is put on nosuch"),
        ({(0, 0, 0): ("ward1",), (1, 0, 0): ("ward1",)}, "P2 is put on Ward one"),
        ({(0, 0, 0): ("ward1",), (1, 0, 0): ("call",)}, "P2 is put on call"),
    ],
)
def test_what_cannot_be_is_found_and_the_post_is_as_empty_as_written(
    stated: dict[tuple[int, int, int], tuple[str, ...]], sentence: str
) -> None:
    first, second = found(stated, "D", "D")
    assert first == f"{sentence}|posts_column"
    assert second.endswith("|post")
    assert found({}, "D", "D") == []


def test_each_reason_has_its_own_words() -> None:
    problem = wards()
    cases = {
        "is not trained for ward work": (0, "ward2", "D"),
        "is no post of the scenario": (0, "nosuch", "D"),
        "the duty is at another time": (0, "ward1", "N"),
        "is not where that post must be held": (0, "ward1", "s"),
    }
    for words, (person, post, duty) in cases.items():
        roster = monday(problem, duty, "-")
        sentences = [v.sentence for v in check_roster(problem, roster, {(person, 0, 0): (post,)})]
        assert any(words in sentence for sentence in sentences), (words, sentences)


POSTS = st.builds(
    Post,
    name=st.sampled_from(("a", "b", "c", "d")),
    roles=st.sampled_from((("w1",), ("w2",), ("w1", "w2"))),
    start=st.sampled_from((6 * H, 8 * H, 12 * H, 20 * H)),
    length=st.sampled_from((4 * H, 8 * H, 12 * H, 24 * H)),
    people=st.integers(1, 2),
    load=st.sampled_from((50, 100)),
    vendor=st.booleans(),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, Roster]:
    posts = draw(st.lists(POSTS, min_size=1, max_size=4, unique_by=lambda post: post.name))
    seat = Seat("seat", posts[0].name, 1, start=posts[0].start, length=posts[0].length // 2)
    problem = replace(wards(), posts=tuple(posts), seats=(seat,))
    words = [draw(st.text("MDALNX-", min_size=7, max_size=7)) for _ in range(draw(st.integers(1, 5)))]
    types = tuple(draw(st.sampled_from(("one", "both"))) for _ in words)
    seats = (SeatUse("seat", 1),) if posts[0].vendor and draw(st.booleans()) else ()
    return problem, roster_of(problem, *words, types=types, seats=seats)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(cases())
def test_posts_that_the_program_wrote_itself_change_nothing(case: tuple[Problem, Roster]) -> None:
    problem, roster = case
    posts = posts_held(problem, roster)
    assert check_roster(problem, roster, posts) == check_roster(problem, roster)
    written = posts_held(problem, roster, posts)
    assert all(set(written.get(slot, ())) <= set(names) for slot, names in posts.items())
