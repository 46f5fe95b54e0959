"""
The verifier's own inequalities as a linear program, in three sizes: what the engine looks for proofs in.

A row remembers which inequality of `roster.proof` it is, so that its price in the relaxation is that inequality's
multiplier in a proof.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, lcm

from roster.domain import rules
from roster.domain.problem import WEEK, Post, StaffType
from roster.engine.integer_program import Program, Terms
from roster.proof import (
    Count,
    Inequality,
    Ordinary,
    Part,
    Refused,
    Stretch,
    Use,
    bundles,
    exclusive_sets,
    inequality,
    rounds_up,
)

MANY_GROUPS = 6
"""Up to so many groups of posts, every set of groups is a row; beyond, single ones, pairs and all together."""

NEARLY = 1e-6
"""What floating point may be off by."""

PLENTY = 10**6
"""More people than any scenario has."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a row of the program is in a proof; `scale` is how many times the inequality the row is."""

    use: Use
    scale: int


@dataclass(slots=True)
class Model:
    """
    A linear program whose rows have names in a proof.

    `numbers` are the variables of what the verifier knows; others count who holds what in a stretch.
    """

    week: Ordinary
    part: Part
    program: Program = field(default_factory=Program)
    numbers: dict[Count, int] = field(default_factory=dict)
    marks: list[Marked | None] = field(default_factory=list)

    @property
    def goal(self) -> Terms:
        """What is made least, in whole units rounded down; whether that suffices is for the verifier to say."""
        return [
            (self.number(count), int(factor)) for count, factor in self.week.goal(self.part).items() if factor
        ]

    def reached(self, value: float) -> int:
        """Return what a value of the relaxation proves: the next whole unit where there is nothing between."""
        if rounds_up(self.week.goal(self.part)):
            return ceil(value - NEARLY)
        return floor(value + NEARLY)

    def number(self, count: Count) -> int:
        """Return the variable of a number."""
        if count not in self.numbers:
            self.numbers[count] = self.program.variable(*self.week.range(count))
        return self.numbers[count]

    def add(self, use: Use) -> None:
        """Add an inequality that the scenario has; nothing where it has none."""
        try:
            self.add_said(use, inequality(self.week, use))
        except Refused:
            return

    def add_said(self, use: Use, said: Inequality) -> None:
        """Add an inequality as a row of whole numbers."""
        scale = lcm(said.least.denominator, *(factor.denominator for factor in said.terms.values()))
        terms = [(self.number(count), int(factor * scale)) for count, factor in said.terms.items()]
        self.program.at_least(terms, int(said.least * scale), use.row)
        self.marks.append(Marked(use, scale))

    def unmarked(self, terms: Terms) -> None:
        """Add `sum of terms >= 0` for variables that a proof never names."""
        self.program.at_least(terms, 0, "holding")
        self.marks.append(None)

    def copy(self) -> Model:
        """Return a model that can grow on its own."""
        return Model(self.week, self.part, self.program.copy(), dict(self.numbers), list(self.marks))


def models(week: Ordinary, part: Part) -> Iterator[Model]:
    """Yield the program of a part: with sums over whole weeks, then with every stretch, then with every rule."""
    types = [week.problem.type[name] for name in part.types]
    model = Model(week, part)
    for staff in types:
        for kind in ("hours", "week_hours", "standby"):
            model.add(Use(kind, type=staff.name))
        for weekday in range(7):
            model.add(Use("one_duty", type=staff.name, weekday=weekday))
    if _bought(week, part):
        model.add(Use("control"))
    for names in sets_of_posts(week, part):
        model.add(Use("week", posts=tuple((name, Fraction(1)) for name in names)))
    yield model.copy()
    for stretch in _different(week, part):
        _hold(model, stretch)
    yield model.copy()
    for staff in types:
        for use in _rule_rows(week, staff):
            model.add(use)
    yield model


def _bought(week: Ordinary, part: Part) -> bool:
    types = [week.problem.type[name] for name in part.types]
    seats = [seat.maximum for seat in week.problem.seats if seat.name in part.seats]
    return any(seats) or any(week.problem.is_vendor(staff) and staff.maximum for staff in types)


def sets_of_posts(week: Ordinary, part: Part) -> list[tuple[str, ...]]:
    """Return the sets of on-site posts worth a sum: posts that the same people can hold always go together."""
    problem = week.problem
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    for name in part.posts:
        post = problem.post[name]
        if post.on_site:
            able = frozenset(staff.name for staff in problem.types if problem.is_eligible(staff, post))
            groups[able].append(name)
    sizes = range(1, len(groups) + 1) if len(groups) <= MANY_GROUPS else (1, 2, len(groups))
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for size in sizes:
        for chosen in combinations(groups, size):
            able = frozenset().union(*chosen)
            found[able] = tuple(name for can, names in groups.items() if can <= able for name in names)
    return list(found.values())


def groups_of_types(week: Ordinary, part: Part) -> list[tuple[str, ...]]:
    """Return sets of types whose people are worth counting together: each alone, and all who can hold some posts."""
    problem = week.problem
    found: dict[tuple[str, ...], None] = {(name,): None for name in part.types}
    for names in sets_of_posts(week, part):
        posts = [problem.post[name] for name in names]
        able = (
            name
            for name in part.types
            if any(problem.is_eligible(problem.type[name], post) for post in posts)
        )
        found[tuple(able)] = None
    return [names for names in found if names]


def _different(week: Ordinary, part: Part) -> Iterator[Stretch]:
    """Yield the stretches that ask for the part's posts, each kind once: two that ask the same of the same people."""
    seen: set[object] = set()
    posts = frozenset(part.posts)
    for stretch in week.stretches:
        wanted = {name: people for name, people in stretch.wanted.items() if name in posts}
        present = tuple(
            replace(who, able=who.able & posts) for who in stretch.present if not who.able.isdisjoint(posts)
        )
        soft = any(not week.problem.post[name].hard for name in wanted)
        key = (tuple(wanted.items()), tuple(stretch.seats.items()), present, stretch.start if soft else 0)
        if wanted and key not in seen:
            seen.add(key)
            yield replace(stretch, wanted=wanted, present=present)


def _hold(model: Model, stretch: Stretch) -> None:
    """Add a stretch: whoever is there holds some lawful set of posts, and every place is held."""
    problem = model.week.problem
    held: dict[str, Terms] = {name: [] for name in stretch.wanted}
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for who in stretch.present:
        duty = model.week.duties(who.type)[who.duty].name
        groups[who.able].append(model.number(("duty", who.type, who.weekday, duty)))
    for able, people in groups.items():
        sets = _largest(tuple(problem.post[name] for name in sorted(able)))
        used: Terms = []
        for chosen in sets:
            # No limit of their own: its price would be a multiplier that a proof has no inequality for.
            used.append((model.program.variable(0, PLENTY), -1))
            for post in chosen:
                held[post.name].append((used[-1][0], 1))
        model.unmarked([*used, *((person, 1) for person in people)])
    for name, terms in held.items():
        terms += [(model.number(("seats", seat)), 1) for seat in stretch.seats.get(name, ())]
        if not problem.post[name].hard:
            terms.append((model.number(("empty", name, stretch.start)), 1))
        model.program.at_least(terms, stretch.wanted[name], "cover")
        model.marks.append(Marked(Use("cover", at=stretch.start, posts=((name, Fraction(1)),)), 1))


def _largest(posts: tuple[Post, ...]) -> list[tuple[Post, ...]]:
    sets = [frozenset(post.name for post in chosen) for chosen in bundles(posts) if chosen]
    largest = [names for names in sets if not any(names < other for other in sets)]
    return [tuple(post for post in posts if post.name in names) for names in largest]


def _rule_rows(week: Ordinary, staff: StaffType) -> Iterable[Use]:
    """Return the inequalities on who follows whom, at the minutes at which some duty begins."""
    minutes = {
        (weekday * 24 * 60 + duty.span[0]) % WEEK
        for _, weekday, duty in week.on_duty(staff.name)
        if duty.span is not None
    }
    for at in sorted(minutes):
        yield Use("one_place", type=staff.name, at=at)
        yield Use("rest", type=staff.name, at=at)
    yield Use("weekend", type=staff.name, weekday=5)
    yield Use("weekend", type=staff.name, weekday=6)
    runs = [rule.shift for rule in staff.rules if isinstance(rule, rules.ShiftRun)]
    for weekday in range(7):
        yield Use("work_days", type=staff.name, weekday=weekday)
        yield Use("nights", type=staff.name, weekday=weekday)
        for shift in runs:
            yield Use("run", type=staff.name, weekday=weekday, shift=shift)
        for first, second in exclusive_sets(week, staff.name, weekday):
            yield Use(
                "pair",
                type=staff.name,
                weekday=weekday,
                first=tuple(sorted(first)),
                second=tuple(sorted(second)),
            )
