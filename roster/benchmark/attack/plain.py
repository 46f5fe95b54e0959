"""The plain model: lawful days of some people, every post held at every minute, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from roster.benchmark.attack.plain_rules import Literal, PlainRules
from roster.domain.horizon import judged_from, judged_until
from roster.domain.problem import DAY, Duty, Post, StaffType

PlainPart = tuple[int, Literal, Duty, int, int, int]
"""Somebody's part of a duty: person, literal, duty, number of the part, first minute and end."""


class Plain(PlainRules):
    """The model of some people over a horizon; cells may be fixed, or priced."""

    def cover(self, *, elastic: bool = False) -> None:
        """Ask that every hard post be held at every minute; where elastic, places may stay empty, counted in `gaps`."""
        needs = [
            (post, day * DAY + post.start, day * DAY + post.end)
            for day in range(self.horizon.days)
            for post in self.problem.posts
            if self.horizon.needs(post.days, day) and post.hard
        ]
        parts = list(self._parts())
        for start, end in self._pieces(needs, parts):
            open_posts = [post for post, first, last in self._turned(needs) if first < end and start < last]
            open_posts = [post for post in open_posts if self._judged(post, start, end)]
            if open_posts:
                self._piece(open_posts, (start, end), parts, elastic=elastic)

    def _turned(self, needs: Sequence[tuple[Post, int, int]]) -> list[tuple[Post, int, int]]:
        if not self.horizon.cyclic:
            return list(needs)
        whole = self.horizon.days * DAY
        return [(post, first - turn, last - turn) for post, first, last in needs for turn in (0, whole)]

    def _judged(self, post: Post, start: int, end: int) -> bool:
        if self.horizon.cyclic:
            return True
        first = judged_from(self.problem, post, carried_in=False)
        return start >= first and end <= judged_until(self.problem, post, self.horizon.days)

    def _parts(self) -> Iterable[PlainPart]:
        """Return every stretch of every duty there may be."""
        whole = self.horizon.days * DAY
        for index, days in enumerate(self.people):
            for day, today in enumerate(days.cells):
                for duty, literal in today.items():
                    for number, part in enumerate(duty.parts):
                        for first, last in part.stretches:
                            start, end = day * DAY + first, day * DAY + last
                            yield index, literal, duty, number, start, end
                            if self.horizon.cyclic and end > whole:
                                yield index, literal, duty, number, start - whole, end - whole

    def _pieces(
        self, needs: Sequence[tuple[Post, int, int]], parts: Sequence[PlainPart]
    ) -> list[tuple[int, int]]:
        moments = {edge for _, *edges in self._turned(needs) for edge in edges}
        moments |= {edge for *_, start, end in parts for edge in (start, end)}
        if not self.horizon.cyclic:
            for post in self.problem.posts:
                moments |= {
                    judged_from(self.problem, post, carried_in=False),
                    judged_until(self.problem, post, self.horizon.days),
                }
            return list(pairwise(sorted(moments)))
        whole = self.horizon.days * DAY
        return list(pairwise(sorted({0, whole} | {edge for edge in moments if 0 <= edge <= whole})))

    def _piece(
        self, posts: Sequence[Post], piece: tuple[int, int], parts: Sequence[PlainPart], *, elastic: bool
    ) -> None:
        """One stretch of time: people there hold posts, whole attention at most, and levels of a chain apart."""
        start, end = piece
        holds: dict[tuple[int, int], list[Literal]] = {}
        for index, literal, duty, number, first, last in parts:
            if first <= start and end <= last:
                for place, post in enumerate(posts):
                    if self._able(self.people[index].staff, duty, number, post):
                        holds.setdefault((index, place), []).append(literal)
        held: dict[tuple[int, int], Literal] = {}
        for key, literals in holds.items():
            held[key] = self.model.new_bool_var("")
            self.model.add_bool_or([~held[key], *literals])
        for index in range(len(self.people)):
            own = [(posts[place], literal) for (who, place), literal in held.items() if who == index]
            self.model.add(sum(post.load * literal for post, literal in own) <= 100)
            for one, first_held in own:
                for other, second_held in own:
                    if one.chain and one.chain == other.chain and one.level < other.level:
                        self.model.add_bool_or([~first_held, ~second_held])
        for place, post in enumerate(posts):
            there: list[cp_model.LinearExprT] = [literal for (_, at), literal in held.items() if at == place]
            if elastic:
                gap = self.model.new_int_var(0, post.people, "")
                self.gaps.append((gap, end - start))
                there.append(gap)
            self.model.add(cp_model.LinearExpr.sum(there) >= post.people)

    def _able(self, staff: StaffType, duty: Duty, number: int, post: Post) -> bool:
        return self.problem.is_eligible(staff, post) and self.problem.suits(duty, duty.parts[number], post)

    def fix(self, rows: Sequence[Sequence[Duty]]) -> bool:
        """Keep everybody's days as they are; False where somebody has a duty that there is not."""
        for days, row in zip(self.people, rows, strict=True):
            for today, duty in zip(days.cells, row, strict=True):
                if duty not in today:
                    return False
                self.model.add_bool_and(today[duty])
        return True

    def suppose(self, rows: Sequence[Sequence[Duty]]) -> None:
        """Keep everybody's days as they are for the next question only."""
        self.model.clear_assumptions()
        self.model.add_assumptions(
            [
                today[duty]
                for days, row in zip(self.people, rows, strict=True)
                for today, duty in zip(days.cells, row, strict=True)
            ]
        )

    def solve(self, seconds: float) -> tuple[bool | None, cp_model.CpSolver]:
        """Return whether the model can hold, None where time ran out, and the solver with its answer.

        The limit is the solver's deterministic time, about a second of a core left alone: equal cases give equal
        answers however busy the machine is.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = seconds
        status = solver.solve(self.model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return True, solver
        return False if status == cp_model.INFEASIBLE else None, solver

    def numbers(self, most: int) -> None:
        """Ask for at most so many people, and for as many of each type as there must be."""
        self.model.add(sum(days.used for days in self.people) <= most)
        for staff in self.problem.types:
            own = [days.used for days in self.people if days.staff is staff]
            self.model.add(sum(own) >= staff.minimum)
            for one, other in pairwise(own):
                self.model.add_implication(other, one)

    def changed(self, rows: Sequence[Sequence[Duty]]) -> cp_model.LinearExprT:
        """Return the number of days on which duties differ, leave left out."""
        return sum(
            1 - today[duty]
            for days, row in zip(self.people, rows, strict=True)
            for day, (today, duty) in enumerate(zip(days.cells, row, strict=True))
            if day not in days.away
        )
