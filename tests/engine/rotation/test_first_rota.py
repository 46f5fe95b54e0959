"""Where there are many shifts, a rota of few of them is met first; the number of people stays the same."""

from __future__ import annotations

import time

import pytest

from roster.checker import check_rotation
from roster.domain.outcome import Status
from roster.engine.rotation import first_rota
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.read import rotations
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER, H, post, shift, staff, world


def found(windows: tuple[tuple[int, int], ...]) -> tuple[Fewest, set[str]]:
    """Return the answer for posts of so many hours by people with twelve shifts, and the shifts used."""
    shifts = [shift("ABCDEFGHIJKL"[begin // 2], begin, 8) for begin in range(0, 24, 2)]
    posts = [post(f"p{at}", begin, hours, "a") for at, (begin, hours) in enumerate(windows)]
    names = "".join(one.name for one in shifts)
    who = staff("a", names, net_minutes=40 * H, weekly_minutes=40 * H, maximum=12)
    problem = world(who, posts=posts, shifts=shifts)
    now = time.monotonic()
    answer = fewest(problem, SearchRun(now, Search(ONE_WORKER, now + 60), lambda _: None))
    assert answer.model is not None
    lines = rotations(answer.model, answer.values)
    assert check_rotation(problem, lines) == []
    duties = [duty for rotation in lines for line in rotation.lines for duty in line]
    return answer, {part.name for duty in duties for part in duty.parts}


def test_a_seat_around_the_clock_is_held_with_three_of_twelve_shifts() -> None:
    answer, used = found(((0, 24),))
    assert (answer.status, answer.value, len(used)) == (Status.OPTIMAL, 5, 3)


@pytest.mark.parametrize("windows", [((0, 24),), ((6, 8), (8, 12)), ((0, 24), (8, 8), (14, 8)), ((4, 14),)])
def test_few_shifts_need_as_many_people_as_all(
    windows: tuple[tuple[int, int], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    few, _ = found(windows)
    monkeypatch.setattr(first_rota, "MANY_SHIFTS", 100)
    every, _ = found(windows)
    assert (few.status, few.value, few.bound) == (every.status, every.value, every.bound)
