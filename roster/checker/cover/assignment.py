"""
Who holds which posts at one moment: an exact assignment that leaves people where they were as far as it can.

Posts are filled in order of rank. A place is filled by a free person, else by a chain of exchanges found breadth
first (an augmenting path); where people hold several posts at once and no chain is found, an exact search decides.
Within a rank nothing is left empty that could be held without taking a person from a post of higher rank.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

from roster.checker.cover.bundles import Bundles, Counts, bits

Group = tuple[int, int]
"""People alike at this moment: (posts able, posts held)."""


@dataclass(frozen=True, slots=True)
class AugmentingStep:
    """Somebody of a group takes a post, giving another up."""

    group: Group
    takes: int
    drops: int | None


class Board:
    """Who holds what at one moment, while it is being worked out."""

    def __init__(self, able: Mapping[int, int]) -> None:
        self.able = able
        self.held = dict.fromkeys(able, 0)
        self.filled: Counter[int] = Counter()
        self.groups: defaultdict[Group, dict[int, None]] = defaultdict(dict)
        for person, mask in able.items():
            if mask:
                self.groups[mask, 0][person] = None

    def give(self, person: int, mask: int) -> None:
        """Let a person hold exactly these posts."""
        old = self.held[person]
        able = self.able[person]
        del self.groups[able, old][person]
        if not self.groups[able, old]:
            del self.groups[able, old]
        self.groups[able, mask][person] = None
        self.held[person] = mask
        self.filled.subtract(list(bits(old & ~mask)))
        self.filled.update(bits(mask & ~old))

    def take(self, steps: list[AugmentingStep]) -> bool:
        """Carry out a chain of exchanges, last one first; nothing changes when a step does not work out."""
        done: list[tuple[int, int]] = []
        for step in steps:
            people = self.groups.get(step.group)
            if not people:
                break
            person = next(iter(people))
            done.append((person, self.held[person]))
            kept = self.held[person] & ~(0 if step.drops is None else 1 << step.drops)
            self.give(person, kept | 1 << step.takes)
        if len(done) == len(steps):
            return True
        for person, mask in reversed(done):
            self.give(person, mask)
        return False


def hold(
    bundles: Bundles, able: Mapping[int, int], needs: Mapping[int, int], kept: Mapping[int, int]
) -> dict[int, int]:
    """
    Return the posts that each person holds, as bits.

    Parameters
    ----------
    bundles : Which posts one person may hold together.
    able : For each person present, the posts the person could hold now.
    needs : For each post wanted now, in order of rank, the number of people.
    kept : What people held a moment ago: they stay where they may.
    """
    wanted = sum(1 << post for post in needs)
    board = Board({person: mask & wanted for person, mask in able.items()})
    for person, mask in kept.items():
        for post in bits(mask & board.able.get(person, 0)):
            if board.filled[post] < needs[post]:
                board.give(person, board.held[person] | 1 << post)
    ranks = {post: rank for rank, post in enumerate(needs)}
    for post, number in needs.items():
        while board.filled[post] < number and _fill(bundles, board, post, ranks):
            pass
    return board.held


def _fill(bundles: Bundles, board: Board, post: int, ranks: Mapping[int, int]) -> bool:
    """Give a post one holder more without emptying a place of the same or a higher rank; False: impossible."""
    steps = _chain(bundles, board, post, ranks)
    if steps is not None and board.take(steps):
        return True
    return _search(bundles, board, post, ranks)


def _chain(
    bundles: Bundles, board: Board, post: int, ranks: Mapping[int, int]
) -> list[AugmentingStep] | None:
    """
    Return the exchanges that fill a post, in the order to carry them out; None when no simple chain does.

    A chain ends with somebody who has room for a post, or else with the least important post left a person short.
    """
    reached: dict[int, AugmentingStep | None] = {post: None}
    queue = deque([post])
    while queue:
        wanted = queue.popleft()
        room = _roomy(bundles, board, wanted)
        if room is not None:
            return [AugmentingStep(room, wanted, None), *_back(reached, wanted)]
        for group in list(board.groups):
            able, held = group
            if not able >> wanted & 1 or held >> wanted & 1:
                continue
            for other in bits(held):
                if other not in reached and bundles.valid(held & ~(1 << other) | 1 << wanted):
                    reached[other] = AugmentingStep(group, wanted, other)
                    queue.append(other)
    last = max(reached, key=lambda found: ranks[found])
    return _back(reached, last) if ranks[last] > ranks[post] else None


def _roomy(bundles: Bundles, board: Board, post: int) -> Group | None:
    """Return the group of the least flexible people who can take a post on top of what they hold, idle ones first."""
    fitting = [
        (held.bit_count(), able.bit_count(), able, held)
        for able, held in board.groups
        if able >> post & 1 and not held >> post & 1 and bundles.valid(held | 1 << post)
    ]
    if not fitting:
        return None
    _, _, able, held = min(fitting)
    return able, held


def _back(reached: Mapping[int, AugmentingStep | None], post: int) -> list[AugmentingStep]:
    """Return the steps that lead from an emptied post back to the one to fill."""
    steps = []
    step = reached[post]
    while step is not None:
        steps.append(step)
        step = reached[step.takes]
    return steps


def _search(bundles: Bundles, board: Board, post: int, ranks: Mapping[int, int]) -> bool:
    """Fill a post by exact search among everybody who could have to do with it."""
    near, people = _neighbours(board, post)
    if not any(bundles.combines(able) for able in set(people.values())):
        return False  # One person, one post: the search for chains has already decided.
    required = {other: board.filled[other] for other in bits(near) if ranks[other] < ranks[post]}
    required[post] = board.filled[post] + 1
    at_stake = sum(1 << other for other, number in required.items() if number)
    people = {person: able & at_stake for person, able in people.items()}
    counts = bundles.solve(tuple(sorted(Counter(people.values()).items())), required)
    if counts is None:
        return False
    left = Counter(required)
    given = _dealt(board, people, counts)
    for person in people:
        mask = sum(1 << other for other in bits(given.get(person, 0)) if left[other] > 0)
        left.subtract(list(bits(mask)))
        for other in bits(board.held[person]):
            if ranks[other] > ranks[post] and bundles.valid(mask | 1 << other):
                mask |= 1 << other
        board.give(person, mask)
    return True


def _dealt(board: Board, people: Mapping[int, int], counts: Counts) -> dict[int, int]:
    """Deal the bundles of an exact answer to people, each to those who hold most of it already."""
    given: dict[int, int] = {}
    for (able, mask), number in sorted(counts.items()):
        idle = [person for person, could in people.items() if could == able and person not in given]
        idle.sort(key=lambda person: -(board.held[person] & mask).bit_count())
        given.update(dict.fromkeys(idle[:number], mask))
    return given


def _neighbours(board: Board, post: int) -> tuple[int, dict[int, int]]:
    """Return the posts linked with one through people able to hold both, and those people."""
    near, grown = 1 << post, True
    masks = {able for able, _ in board.groups}
    while grown:
        wider = near
        for able in masks:
            if able & near:
                wider |= able
        grown = wider != near
        near = wider
    return near, {person: able for person, able in board.able.items() if able & near}
