"""What is known of a year on one of its days: who did what, does, and is to do; and whether a change is lawful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roster.questions.simulate.absences import Why
from roster.questions.simulate.automaton import LAWFUL, OVERTIME
from roster.questions.simulate.cover import Needs
from roster.questions.simulate.dated_rules import DatedRules
from roster.questions.simulate.rates import YEAR
from roster.questions.simulate.team import AHEAD, Deviations, Move, SimulatedTeam, Situation


@dataclass(slots=True)
class YearSums:
    """
    What one year comes to, in whole numbers, so that it is the same wherever it was worked out.

    Minutes: `empty` by post, `unanswered` by level, `wanted` by level (when somebody should answer), `overtime`,
    `vendor`. `changes` are cells of people present that differ from the published line, `called_in` those of them that
    took somebody from standby, `away` days by `Why`, `weight` what all that was empty weighs.
    """

    empty: list[int]
    unanswered: list[int]
    wanted: list[int]
    away: list[int] = field(default_factory=lambda: [0] * len(Why))
    overtime: int = 0
    vendor: int = 0
    changes: int = 0
    called_in: int = 0
    weight: int = 0


class YearState:
    """
    A year in the making.

    `given[slot][day + days]` is what somebody does, the published line before day 0; `allowed` are the last means that
    may be used: `overtime`, `vendor`. `lost` are the minutes of working time that absences took, day by day.
    """

    def __init__(self, team: SimulatedTeam, away: Sequence[bytes], allowed: frozenset[str]) -> None:
        self.team, self.away, self.allowed = team, away, allowed
        self.sums = YearSums(
            [0] * len(team.posts.posts), [0] * len(team.posts.levels), [0] * len(team.posts.levels)
        )
        self.given = [line[: team.days] for line in team.pub]
        self.forced: list[tuple[int, int]] = []
        self.stand_ins: list[dict[int, int]] = []
        self.state = [known[0] for known in team.ref]
        self.plans: list[dict[int, int]] = [{} for _ in team.slots]
        self.level = [LAWFUL] * len(team.slots)
        self.until = [-1] * len(team.slots)
        self.returns = [False] * len(team.slots)
        self.extra = [0] * len(team.slots)
        self.stood = [0] * len(team.slots)
        self.upheld = DatedRules(team, away, self.given)
        self.lost: list[list[int]] = [[] for _ in team.slots]
        self.levels = (LAWFUL, OVERTIME) if "overtime" in allowed else (LAWFUL,)
        self.today: list[int] = []

    def excess(self, slot: int, day: int) -> int:
        """
        Return the minutes that somebody would have too many in this round of the calendar, as planned from a day on.

        One minute stands for standby too many.
        """
        team, kind = self.team, self.team.slots[slot].kind
        period = day // team.days
        cells = [
            (cell, duty)
            for cell, duty in self.plans[slot].items()
            if cell >= day and cell // team.days == period
        ]
        extra, stood = self.extra[slot], self.stood[slot]
        for cell, duty in cells:
            published = team.published(slot, cell)
            extra += kind.minutes[duty] - kind.minutes[published]
            stood += kind.standby[duty] - kind.standby[published]
        most = kind.most[self.levels[-1]] - team.published_minutes(slot, period)
        if extra > 0 and extra > most:
            return extra - max(0, most)
        return int(stood > 0 and stood > kind.most_standby - self._published_standbys(slot, period))

    def needs_of(self, day: int, piece: int) -> Needs:
        """Return what is wanted in a piece of a day of the team itself, less what a vendor's people hold."""
        posts = self.team.posts
        base = posts.needs[day % self.team.days][piece]
        sent = self.stand_ins[day] if day < len(self.stand_ins) else {}
        late = self.stand_ins[day - 1] if 0 < day <= len(self.stand_ins) else {}
        if not sent and not late:
            return base
        left, minute = list(base), posts.pieces[piece][0]
        for place, number in sent.items():
            if posts.posts[place].start <= minute < posts.posts[place].end:
                left[place] = max(0, left[place] - number)
        for place, number in late.items():
            if minute + 24 * 60 < posts.posts[place].end:
                left[place] = max(0, left[place] - number)
        return tuple(left)

    def does(self, slot: int, cell: int) -> int:
        """Return what somebody did on a day, does today, or is to do as far as it is known."""
        day = len(self.given[slot]) - self.team.days
        if cell < day:
            return self.given[slot][cell + self.team.days]
        if cell == day and self.today:
            return self.today[slot]
        if not self.expected(slot, cell):
            return 0
        return self.plans[slot].get(cell, self.team.published(slot, cell))

    def expected(self, slot: int, cell: int) -> bool:
        """Whether somebody is expected on a day to come: sickness is not known before, leave and training are."""
        return cell >= YEAR or self.away[slot][cell] in (Why.PRESENT, Why.SICK)

    def masks(self, eve: list[int], day: list[int], piece: int) -> list[int]:
        """
        Return what everybody could hold in a piece of a day, from what they do on its eve and on it.

        Parameters
        ----------
        eve, day : Numbers of everybody's duties of yesterday and of today.
        piece : Number of the piece of the day.
        """
        return [
            own.kind.late[before][piece] | own.kind.now[now][piece]
            for own, before, now in zip(self.team.slots, eve, day, strict=True)
        ]

    def look(self, day: int) -> Situation:
        """Return the pieces that a day decides, as things stand."""
        posts, slots = self.team.posts, range(len(self.team.slots))
        eve, now = [self.does(slot, day - 1) for slot in slots], [self.does(slot, day) for slot in slots]
        found = [
            (self.needs_of(day, piece), self.masks(eve, now, piece), minutes, False)
            for piece, minutes in enumerate(posts.lengths)
        ]
        if posts.tail:
            after = [self.does(slot, day + 1) for slot in slots]
            for piece in range(posts.tail):
                masks = self.masks(now, after, piece)
                found.append((self.needs_of(day + 1, piece), masks, posts.lengths[piece], True))
        return found

    def may(self, slot: int, duty: int, day: int, level: int) -> Deviations | None:
        """
        Return what follows if somebody does a duty today; None where it is not lawful, or leads nowhere.

        Parameters
        ----------
        slot, duty, day : The place in the team, the number of the duty, and today.
        level : `LAWFUL`, or `OVERTIME` where that may be used.
        """
        team, kind = self.team, self.team.slots[slot].kind
        if team.banned(slot, day, duty):
            return None
        state, lawful = kind.machine.step(self.state[slot], team.weekday(day), duty)
        if lawful > level:
            return None
        way = team.rejoin(slot, day + 1, state, duty, level, drops=False)
        planned = {cell: own for cell, own in self.plans[slot].items() if cell > day and kind.holds[own]}
        if planned and not planned.items() <= dict(way or ()).items():
            return None  # What was planned for others' leave is not given up unseen.
        if way is None or not self.has_hours(slot, day, ((day, duty), *way), level):
            return None
        return way if self.upheld.keeps(slot, day, self.today, duty, way) else None

    def has_hours(self, slot: int, day: int, cells: Deviations, level: int) -> bool:
        """
        Whether working time and standby stay within what each round of the calendar allows.

        Parameters
        ----------
        slot, day : The place in the team, and today.
        cells : Days with the duties to be done on them.
        level : `LAWFUL`, or `OVERTIME` where that may be used.
        """
        team, kind = self.team, self.team.slots[slot].kind
        for period in {cell // team.days for cell, _ in cells}:
            current = period == day // team.days
            extra = self.extra[slot] if current else 0
            stood = self.stood[slot] if current else 0
            for cell, duty in cells:
                if cell // team.days == period:
                    published = team.published(slot, cell)
                    extra += kind.minutes[duty] - kind.minutes[published]
                    stood += kind.standby[duty] - kind.standby[published]
            if extra > 0 and extra > kind.most[level] - team.published_minutes(slot, period):
                return False
            if stood > 0 and stood > kind.most_standby - self._published_standbys(slot, period):
                return False
        return True

    def _published_standbys(self, slot: int, period: int) -> int:
        team, standby = self.team, self.team.slots[slot].kind.standby
        start = team.days * (period + 1)
        return sum(standby[duty] for duty in team.pub[slot][start : start + team.days])

    def make(self, move: Move, day: int, level: int) -> None:
        """
        Let somebody do a duty today, and what follows from it.

        Parameters
        ----------
        move, day : Who does what, and today.
        level : `LAWFUL`, or `OVERTIME` where that may be used.
        """
        self.today[move.slot] = move.duty
        self.plans[move.slot] = dict(move.after)
        self.level[move.slot] = max(level, self.level[move.slot])
        self.until[move.slot] = day + AHEAD
        self.returns[move.slot] = False

    def follow(self, plans: Mapping[int, Mapping[int, int]], level: int) -> None:
        """Let people do what a chain of changes gives them, today and later."""
        today = len(self.given[0]) - self.team.days
        for who, plan in plans.items():
            self.today[who] = plan.get(today, self.today[who])
            self.plans[who] = {day: duty for day, duty in plan.items() if day != today}
            self.level[who] = max(level, self.level[who])
            self.until[who] = today + 2 * AHEAD
            self.returns[who] = False
