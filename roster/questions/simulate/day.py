"""One morning: what would be lost today, and the changes that leave less empty, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from roster.questions.simulate.automaton import LAWFUL, OVERTIME
from roster.questions.simulate.chain import Chain
from roster.questions.simulate.cover import Moment
from roster.questions.simulate.state import YearState
from roster.questions.simulate.team import CoverPiece, Move, Situation

Candidate = tuple[int, bool, bool, int, int, int]
"""A change, in the order of preference: what is then lost, from standby, from a duty, hours had, who, what."""

MOST_CHANGES = 40
"""Most changes made for one day; each leaves less empty, so that it is seldom more than a few."""

DEPTH = 3
"""How many people after one another take over what the one before gave up."""


class Day:
    """A day of a year that is being replanned; `here` says who is there."""

    def __init__(self, year: YearState, day: int, here: Sequence[bool]) -> None:
        self.year, self.team, self.day, self.here = year, year.team, day, here
        self._known: Situation | None = None
        self._loss = 0
        self._found: list[Candidate] | None = None

    def _situation(self) -> Situation:
        """Return the pieces that a day decides, as things stand; worked out again when anything has changed."""
        if self._known is None:
            self._known = self.year.look(self.day)
            self._loss = sum(self._moment(one).weight * one[2] for one in self._known)
            self._found = None
        return self._known

    def lost(self) -> int:
        """Return what would be lost as things stand."""
        self._situation()
        return self._loss

    def replan(self) -> None:
        """Change one thing after the other, as long as less is empty for it."""
        for _ in range(MOST_CHANGES):
            if not (self._better(LAWFUL) or self._exchange() or self._relay(LAWFUL)):
                break
        if "overtime" in self.year.allowed:
            for _ in range(MOST_CHANGES):
                if not (self._better(OVERTIME) or self._relay(OVERTIME)):
                    break
        if "vendor" in self.year.allowed:
            self._send()

    def _better(self, level: int) -> bool:
        """Make the change that leaves least empty, of equal ones the smallest; False where none helps."""
        for _, _, _, _, slot, duty in self._helpful():
            after = self.year.may(slot, duty, self.day, level)
            if after is not None:
                self._make(Move(slot, duty, after), level)
                return True
        return False

    def _helpful(self) -> list[Candidate]:
        """Return the changes of one duty today that leave less empty, the best first: last who, and what."""
        situation, best = self._situation(), self._loss
        if self._found is not None:
            return self._found
        found: list[Candidate] = []
        if not best:
            return found
        weighed: dict[tuple[int, int, int], int] = {}
        for slot, own in enumerate(self.team.slots):
            if not self.here[slot]:
                continue
            old, kind = self.year.does(slot, self.day), own.kind
            for duty, holds in enumerate(kind.holds):
                if duty == old or not holds:
                    continue
                key = (id(kind), old, duty)
                if key not in weighed:
                    weighed[key] = self._weigh(situation, slot, old, duty)
                if weighed[key] < best:
                    called = kind.standby[old]
                    found.append((weighed[key], called, bool(old), self.year.extra[slot], slot, duty))
        self._found = sorted(found)
        return self._found

    def _relay(self, level: int) -> bool:
        """Make a change for which people give up duties, on that day or another, that others take over in turn."""
        for _, _, _, _, slot, duty in self._helpful():
            chain = Chain(self.year, self.day, level)
            if chain.take(slot, self.day, duty, DEPTH):
                self.year.follow(chain.plans, level)
                self._known = None
                return True
        return False

    def _moment(self, one: CoverPiece) -> Moment:
        return self.team.posts.moment(one[0], one[1])

    def _weigh(self, situation: Situation, slot: int, old: int, duty: int) -> int:
        """Return what would be lost if somebody did something else today."""
        kind, posts, total = self.team.slots[slot].kind, self.team.posts, 0
        pieces = len(posts.lengths)
        for at, (needs, masks, minutes, late) in enumerate(situation):
            piece = at - pieces if late else at
            able = kind.late if late else kind.now
            gone, come = able[old][piece], able[duty][piece]
            if gone == come:
                total += posts.moment(needs, masks).weight * minutes
                continue
            kept = masks[slot]
            masks[slot] = (kept & ~gone) | come
            total += posts.moment(needs, masks).weight * minutes
            masks[slot] = kept
        return total

    def _exchange(self) -> bool:
        """Move somebody from one duty to another, and give the first to somebody free, where both together help."""
        situation, best = self._situation(), self._loss
        if not best:
            return False
        for slot, own in enumerate(self.team.slots):
            old = self.year.today[slot]
            if not self.here[slot] or not old:
                continue
            for duty, holds in enumerate(own.kind.holds):
                if duty == old or not holds or not self._fills(situation, slot, old, duty):
                    continue
                after = self.year.may(slot, duty, self.day, LAWFUL)
                if after is None:
                    continue
                second = self._second((slot, duty), best)
                if second is not None:
                    self._make(Move(slot, duty, after), LAWFUL)
                    self._make(second, LAWFUL)
                    return True
        return False

    def _fills(self, situation: Situation, slot: int, old: int, duty: int) -> bool:
        """Whether a duty can hold something now empty that the old one cannot."""
        kind, pieces = self.team.slots[slot].kind, len(self.team.posts.lengths)
        for at, one in enumerate(situation):
            piece, able = (at - pieces, kind.late) if one[3] else (at, kind.now)
            fresh = able[duty][piece] & ~able[old][piece]
            if fresh and any(fresh >> place & 1 for place, _ in self._moment(one).missing):
                return True
        return False

    def _second(self, first: tuple[int, int], best: int) -> Move | None:
        """Return who free could do what makes a first change worth it."""
        slot, duty = first
        old, self.year.today[slot] = self.year.today[slot], duty
        try:
            situation, tried = self.year.look(self.day), set()
            for other, own in enumerate(self.team.slots):
                if other == slot or not self.here[other] or own.kind.holds[self.year.today[other]]:
                    continue
                for given, holds in enumerate(own.kind.holds):
                    key = (id(own.kind), self.year.today[other], given)
                    if not holds or key in tried:
                        continue
                    if self._weigh(situation, other, self.year.today[other], given) >= best:
                        tried.add(key)
                        continue
                    after = self.year.may(other, given, self.day, LAWFUL)
                    if after is not None:
                        return Move(other, given, after)
            return None
        finally:
            self.year.today[slot] = old

    def _send(self) -> None:
        """Let a vendor send people for the day, each for the whole window of a post, where one may hold it."""
        posts = self.team.posts
        for place, post in enumerate(posts.posts):
            if not post.vendor or not self.team.horizon.needs(post.days, self.day % self.team.days):
                continue
            number = 0
            for one in self._situation():
                number = max(number, dict(self._moment(one).missing).get(place, 0))
            if number and self._began(post.start, place):
                before = self.lost()
                self.year.stand_ins[self.day][place] = number
                self._known = None
                if self.lost() < before:
                    self.year.sums.vendor += number * post.length
                else:
                    del self.year.stand_ins[self.day][place]
                    self._known = None

    def _began(self, start: int, place: int) -> bool:
        """Whether what is missing lies in a window that begins today."""
        posts = self.team.posts
        for at, one in enumerate(self._situation()):
            if dict(self._moment(one).missing).get(place):
                piece = at - len(posts.lengths) if one[3] else at
                minute = posts.pieces[piece][0] + (24 * 60 if one[3] else 0)
                if start <= minute < posts.posts[place].end:
                    return True
        return False

    def _make(self, move: Move, level: int) -> None:
        self.year.make(move, self.day, level)
        self._known = None
