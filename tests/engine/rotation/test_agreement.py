"""
The rotation model accepts what the checker accepts: every line of one person, and all rotas of more that differ
in one or two days from a lawful one.

A rota becomes a flow on the arcs that its lines take; the model accepts it if its rows can be kept and no part of it
breaks an average. The checker reads the rotations that the same flow is read as.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from roster.checker import check_rotation
from roster.domain import rules
from roster.domain.outcome import Rotation, SeatUse
from roster.domain.problem import Control, Days, Presence, Problem, Seat
from roster.engine.automata.rings import node_numbers
from roster.engine.rotation.average_cuts import broken_parts
from roster.engine.rotation.model import Flow, RotationModel, build
from roster.engine.rotation.read import rotations_of
from tests.engine.settle import settled
from tests.small import H, post, staff, word, words, world

SATURDAY, SUNDAY, MONDAY = (Days(weekdays=frozenset({day})) for day in (5, 6, 0))
NEAR_SUNDAY = Days(weekdays=frozenset({5, 6, 0}))
TWO_DAYS = Days(weekdays=frozenset({6, 0}))

DESK = world(
    staff("a", "DN", rules.MinRest(minutes=16 * H), rules.WorkBlock(longest=3), net_minutes=16 * H),
    posts=(post("p", 8, 8, days=TWO_DAYS), post("n", 22, 8, days=SATURDAY)),
)
WATCH = world(
    staff("a", "Ds", rules.OffBlock(shortest=2), rules.StandbyShare(percent=50), rules.MaxNights(nights=2)),
    posts=(post("p", 16, 8, presence=Presence.STANDBY), post("d", 8, 8, days=TWO_DAYS)),
)
SHARED = world(
    staff("a", "DA", rules.FreeWeekends(one_in=2), skills=frozenset({"a", "b"}), net_minutes=20 * H),
    posts=(
        post("p", 8, 8, days=SATURDAY),
        post("q", 8, 14, "b", days=MONDAY, load=50),
        post("r", 14, 8, "a", days=MONDAY, chain="c", level=2, load=50),
        post("t", 14, 2, "a", days=MONDAY, chain="c", level=1, load=50),
    ),
)
VENDOR = world(
    staff("a", "DN", rules.WeekHours(minutes=32 * H), net_minutes=36 * H),
    staff("h", "DN", skills=frozenset({"a"}), employer="vendor", maximum=2),
    posts=(
        post("p", 8, 8, days=NEAR_SUNDAY, people=2, vendor=True),
        post("n", 22, 8, days=TWO_DAYS, vendor=True),
    ),
    seats=(Seat("v", "p", cost=1),),
    control=Control(percent=15),
)

KEPT = {
    "desk": (DESK, ["D-----D/-----N-"]),
    "desk in two": (DESK, ["D------", "-----N-", "------D"]),
    "watch": (WATCH, ["Ds - s - s - s/- s - s - s D"]),
    "watch in two": (WATCH, ["Ds D - - - - s/- s - s - s D", "- - s - s - -"]),
    "shared": (SHARED, ["D----D-/A------"]),
    "shared in two": (SHARED, ["D----D-/-------", "A------"]),
}
"""Lawful rotas, a text each rotation."""


def laid(flow: Flow, rotations: list[Rotation]) -> list[int] | None:
    """Return how often each arc is taken; None where a day is not lawful or the model leaves its duty out."""
    numbers = {duty: at for at, duty in enumerate(flow.graph.duties)}
    arcs = {(arc.tail, arc.duty): at for at, arc in enumerate(flow.arcs)}
    nodes = node_numbers(flow.graph)
    amounts = [0] * len(flow.arcs)
    for rotation in rotations:
        text = [numbers.get(one, -1) for one in rotation.word]
        begun = flow.graph.read_round(text)
        if begun is None:
            return None
        state = begun[0]
        for day, number in enumerate(text):
            amounts[arcs[nodes[day % 7] + state, number]] += 1
            state = flow.graph.steps[day % 7][state][number][0]
    return amounts


def accepts(model: RotationModel, amounts: dict[str, list[int]], seats: tuple[SeatUse, ...]) -> bool:
    taken = {use.seat: use.number for use in seats}
    fixed = {variable: taken.get(name, 0) for name, variable in model.seats.items()}
    for name, flow in model.flows.items():
        fixed |= dict(zip(flow.variables, amounts[name], strict=True))
    parts = [part for name, flow in model.flows.items() for part in broken_parts(flow, amounts[name])]
    return not parts and settled(model.program, fixed)


def agree(
    problem: Problem, model: RotationModel, rota: list[Rotation], seats: tuple[SeatUse, ...] = ()
) -> bool:
    """Hold one rota's two verdicts against each other; return the checker's."""
    lawful = not check_rotation(problem, rota, seats)
    amounts = {
        name: laid(flow, [one for one in rota if one.type == name]) for name, flow in model.flows.items()
    }
    told = " / ".join("".join(one.letters for one in rotation.word) for rotation in rota)
    if any(found is None for found in amounts.values()):
        assert not lawful, told
        return False
    flowing = {name: found for name, found in amounts.items() if found is not None}
    read = [one for name, flow in model.flows.items() for one in rotations_of(flow, flowing[name])]
    accepted = accepts(model, flowing, seats)
    assert accepted == (not check_rotation(problem, read, seats)), told
    # Rotations that meet become one, in which an average is over both: never stricter than each by itself.
    assert accepted or not lawful, told
    return lawful


@pytest.mark.parametrize("problem", [DESK, WATCH, SHARED], ids=["desk", "watch", "shared"])
def test_every_line_of_one_person(problem: Problem) -> None:
    one = replace(problem, types=tuple(replace(each, maximum=1) for each in problem.types))
    model = build(one)
    posts = [replace(each, days=MONDAY) for each in one.posts[:1]]
    easy = replace(one, posts=(*posts, *(replace(each, hard=False) for each in one.posts[1:])))
    easier, verdicts = build(easy), Counter[bool]()
    for text in words(one.duties(one.types[0])[:3], 7, (0, 1, 3, 4, 5, 6)):
        agree(one, model, [Rotation("a", (text,))])
        if not any(duty.standby for duty in text[1:]):
            verdicts[agree(easy, easier, [Rotation("a", (text,))])] += 1
    assert verdicts[True]
    assert verdicts[False]


@pytest.mark.parametrize("name", KEPT)
def test_two_people_in_one_rotation_or_two(name: str) -> None:
    problem, texts = KEPT[name]
    rota = [rotation("a", text, str(at)) for at, text in enumerate(texts)]
    model = build(problem)
    assert agree(problem, model, rota)
    verdicts = Counter(agree(problem, model, other) for other in neighbours(problem, rota))
    assert verdicts[True]
    assert verdicts[False]


@pytest.mark.parametrize(
    ("ours", "theirs", "seats"),
    [("D----DD/D----DD", "N-----N", ()), ("D----DD", "N-----N", (SeatUse("v", 1),))],
    ids=["people", "seat"],
)
def test_vendors_take_control(ours: str, theirs: str, seats: tuple[SeatUse, ...]) -> None:
    model = build(VENDOR)
    rota = [rotation("a", ours), rotation("h", theirs)]
    assert agree(VENDOR, model, rota, seats)
    verdicts = Counter(agree(VENDOR, model, other, seats) for other in neighbours(VENDOR, rota))
    assert verdicts[True]
    assert verdicts[False]
    assert not agree(VENDOR, model, rota[:1], seats)


def rotation(name: str, text: str, label: str = "") -> Rotation:
    return Rotation(name, tuple(word(line) for line in text.split("/")), label)


def neighbours(problem: Problem, rota: list[Rotation]) -> Iterator[list[Rotation]]:
    """Return rotas that differ in one or two days: all with one, and a sample of those with two."""
    single = [
        (at, day, duty)
        for at, each in enumerate(rota)
        for day, before in enumerate(each.word)
        for duty in problem.duties(problem.type[each.type])
        if duty != before
    ]
    pairs = list(combinations(single, 2))
    for changes in [*((one,) for one in single), *random.Random(5).sample(pairs, min(len(pairs), 250))]:
        texts = [list(each.word) for each in rota]
        for at, day, duty in changes:
            texts[at][day] = duty
        yield [
            replace(each, lines=tuple(tuple(text[at : at + 7]) for at in range(0, len(text), 7)))
            for each, text in zip(rota, texts, strict=True)
        ]
