"""The posts of a calendar as rows over presences: what may be empty at what price, and who could be one too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from roster.domain.duty_price import spared_by_a_minute_empty
from roster.domain.fairness import POINT
from roster.domain.outcome import Roster
from roster.domain.posts_and_seats import weights
from roster.domain.problem import Duty, Person, Post, Problem
from roster.engine.calendar import Someone, bans_of, bond_rows, leave_of
from roster.engine.columns.team import CoverRow, Extra, Ints, Piece, Team
from roster.engine.cover import Cover, Needs, Presence, TimePiece, pieces, signature
from roster.engine.integer_program import Program, Terms

BROKEN = 24
"""Hours of a hard post that two people who should not be at work together count as."""

Place = tuple[tuple[tuple[tuple[int, int], ...], frozenset[str]], ...]
"""What being on a duty is to the posts: for each part the minutes it is done in, and the posts it can hold."""


@dataclass(frozen=True, eq=False)
class Places:
    """
    The kinds of presence: duties that hold the same posts at the same hours are one, whoever is on them.

    `number` gives the place of each duty of each staff type, -1 where it holds nothing; `meaning` a number for each
    duty that it has for every type; `named` a staff type and duty number that stands for each place, None where it
    holds nothing; `own` the places of people with some of their own.
    """

    number: dict[str, Ints]
    meaning: dict[str, tuple[int, ...]]
    named: tuple[tuple[str, int] | None, ...]
    own: dict[str, Ints] = field(default_factory=dict)

    def of(self, person: Person) -> Ints:
        """Return the place of each duty of a person."""
        return self.own.get(person.name, self.number[person.type])


def places(problem: Problem, duties: Mapping[str, Sequence[Duty]], bound: Sequence[Person] = ()) -> Places:
    """
    Return the kinds of presence of staff types on their duties.

    Parameters
    ----------
    problem : The scenario.
    duties : The alphabet of each staff type, by name.
    bound : People tied to others by a pairing; they have kinds of their own.
    """
    known: dict[Place, int] = {}
    named: list[tuple[str, int]] = []
    numbers: dict[str, Ints] = {}
    for name, own in duties.items():
        found = []
        for number, duty in enumerate(own):
            key = _place(problem, name, duty)
            if any(able for _, able in key) and key not in known:
                known[key] = len(known)
                named.append((name, number))
            found.append(known.get(key, -1))
        numbers[name] = np.array(found, int)
    every: list[tuple[str, int] | None] = list(named)
    own_places: dict[str, Ints] = {}
    for person in bound:
        shared = numbers[person.type].tolist()
        for number, duty in enumerate(duties[person.type]):
            if duty.shift is not None:
                every.append(every[shared[number]] if shared[number] >= 0 else None)
                shared[number] = len(every) - 1
        own_places[person.name] = np.array(shared, int)
    every_duty = {
        duty: at for at, duty in enumerate(dict.fromkeys(duty for own in duties.values() for duty in own))
    }
    meaning = {name: tuple(every_duty[duty] for duty in own) for name, own in duties.items()}
    return Places(numbers, meaning, tuple(every), own_places)


def _place(problem: Problem, type_name: str, duty: Duty) -> Place:
    staff = problem.type[type_name]
    return tuple(
        (
            part.stretches,
            frozenset(
                post.name
                for post in problem.posts
                if problem.is_eligible(staff, post) and problem.suits(duty, part, post)
            ),
        )
        for part in duty.parts
    )


@dataclass(slots=True)
class _Rows:
    """Extras and pieces while they are made from an integer program's variables and rows."""

    extras: list[Extra] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CoverRequest:
    """
    What the rows are made of.

    `hard` is the price of an hour of a hard post in 480ths of a point, `duty` the points of each duty.
    """

    problem: Problem
    roster: Roster
    duties: Mapping[str, Sequence[Duty]]
    places: Places
    hard: int
    duty: int

    def wished(self, post: Post) -> int:
        """Return what an empty hour of a wished post costs, and that it spares part of a duty."""
        return post.price * POINT + 60 * spared_by_a_minute_empty(self.problem, post, self.duty)


def cover_rows(
    asked: CoverRequest,
) -> tuple[tuple[Extra, ...], tuple[Piece, ...], dict[int, tuple[str, int, int]]]:
    """
    Return the extras, the pieces, and which extras are empty places: (post, first minute, end).

    Stretches of time that ask for exactly the same of the same people are one.
    """
    problem, roster, horizon = asked.problem, asked.roster, asked.roster.horizon
    program = Program()
    carried_in = bool(roster.before) and all(roster.before)
    counts, where = _presences(asked, program, carried_in=carried_in)
    seats = {use.seat: program.variable(use.number, use.number) for use in roster.seats}
    needs = Needs(problem, horizon, asked.duties, problem.posts, carried_in)
    shortages: dict[tuple[str, int, int], int] = {}
    cover = Cover(needs, counts, seats, shortages, elastic=True)
    alike: dict[object, list[tuple[int, int]]] = defaultdict(list)
    first: dict[object, TimePiece] = {}
    for piece in pieces(needs):
        key = signature(piece)
        first.setdefault(key, piece)
        alike[key].append((piece.start, piece.end))
    found, meaning, weight = _Rows(), {}, weights(problem.posts)
    wished = {post.name: asked.wished(post) for post in problem.posts if not post.hard}
    for key, piece in first.items():
        before, rows = len(program.lower), len(program.rows)
        cover.add_piece(program, piece)
        minutes = sum(end - start for start, end in alike[key])
        prices: dict[int, int] = {}
        for name in piece.needed:
            variable = shortages[name, piece.start, piece.end]
            post = problem.post[name]
            an_hour = asked.hard * weight.get(name, 1) if post.hard else wished[name]
            prices[variable] = an_hour * minutes // 60
            if post.over_price:
                prices[_surplus(program, piece, post, counts)] = post.over_price * POINT * minutes // 60
        number = {}
        for variable in range(before, len(program.lower)):
            number[variable] = len(found.extras)
            found.extras.append(Extra(program.upper[variable], float(prices.get(variable, 0))))
        for name in piece.needed:
            meaning[number[shortages[name, piece.start, piece.end]]] = (name, piece.start, piece.end)
        made = tuple(
            _row(program, row.terms, (row.lower, row.upper), (where, number)) for row in program.rows[rows:]
        )
        found.pieces += _apart(made)
    return tuple(found.extras), tuple(found.pieces), meaning


def _surplus(program: Program, piece: TimePiece, post: Post, counts: Mapping[Presence, Terms]) -> int:
    """Add how many people are present, of those who could hold a post, beyond the number wanted."""
    there = [
        term
        for can, group in piece.groups.items()
        if post.name in can
        for who in group
        for term in counts.get(who, ())
    ]
    wanted = piece.needed[post.name][0] + post.beside
    # One more than there are may come: `Margins` asks what that would cost.
    most = 1 + sum(program.upper[variable] for variable, _ in there)
    over = program.variable(0, max(0, most - wanted))
    program.at_least([(over, 1), *((v, -factor) for v, factor in there)], -wanted, f"over {post.name}")
    return over


def bound_people(problem: Problem, roster: Roster) -> list[Person]:
    """Return the people of whom something is asked with one another."""
    names = {name for pairing in problem.pairings for name in (*pairing.who, *pairing.by)}
    return [
        person
        for person in roster.people
        if person.name in names or not problem.type_of(person).skills.isdisjoint(names)
    ]


def bond_pieces(asked: CoverRequest, extras: Sequence[Extra]) -> tuple[tuple[Extra, ...], tuple[Piece, ...]]:
    """Return the extras and pieces for what is asked of people with one another, after those there are."""
    problem, roster = asked.problem, asked.roster
    if not problem.pairings:
        return tuple(extras), ()
    team, horizon = [_someone(asked, index) for index in range(len(roster.people))], roster.horizon
    carried_in = bool(roster.before) and all(roster.before)
    heaviest = max(weights(problem.posts).values(), default=1)
    total, made, pieces_ = len(asked.places.named), list(extras), []
    for row in bond_rows(problem, team, horizon.days, carried_in=carried_in):
        present: dict[int, int] = defaultdict(int)
        known = 0
        for one in row.terms:
            if one.day < 0:
                known += one.factor * (roster.history(one.who)[-1] in one.duties)
                continue
            person = roster.people[one.who]
            numbers = asked.places.of(person)
            for number, duty in enumerate(asked.duties[person.type]):
                if duty in one.duties:
                    present[one.day * total + int(numbers[number])] -= one.factor
        extra = len(made)
        made.append(Extra(len(row.terms), float(asked.hard * BROKEN * heaviest)))
        bound = CoverRow(tuple(present.items()), ((extra, 1),), float(known - row.most), np.inf)
        pieces_.append(Piece((bound,), (extra,)))
    return tuple(made), tuple(pieces_)


def _someone(asked: CoverRequest, index: int) -> Someone:
    roster, problem = asked.roster, asked.problem
    person, eve = roster.people[index], roster.history(index)[-1:]
    away = leave_of(bans_of(problem, person.name), roster.horizon)
    own = asked.duties[person.type]
    days = range(-len(eve), roster.horizon.days)
    return Someone(
        person.name, problem.type_of(person), days, away, lambda day: list(eve) if day < 0 else own
    )


def _apart(rows: Sequence[CoverRow]) -> list[Piece]:
    """Return rows as pieces that share no extra: each costs what it costs whatever the others do."""
    label: dict[int, int] = {}

    def find(one: int) -> int:
        while label.setdefault(one, one) != one:
            one = label[one]
        return one

    for row in rows:
        for extra, _ in row.extras:
            label[find(extra)] = find(row.extras[0][0])
    groups: dict[int, list[CoverRow]] = defaultdict(list)
    for row in rows:
        groups[find(row.extras[0][0]) if row.extras else -1].append(row)
    return [
        Piece(tuple(own), tuple(dict.fromkeys(extra for row in own for extra, _ in row.extras)))
        for own in groups.values()
    ]


def _presences(
    asked: CoverRequest, program: Program, *, carried_in: bool
) -> tuple[dict[Presence, Terms], dict[int, int]]:
    """Add a variable for each place of each day, and for who came into the first day still on duty."""
    counts: dict[Presence, Terms] = {}
    where: dict[int, int] = {}
    people, total = len(asked.roster.people), len(asked.places.named)
    for day in range(asked.roster.horizon.days):
        for place, stands_for in enumerate(asked.places.named):
            variable = program.variable(0, people)
            if stands_for is not None:
                counts.setdefault((stands_for[0], day, stands_for[1]), []).append((variable, 1))
            where[variable] = day * total + place
    if carried_in:
        still: dict[tuple[str, int], int] = defaultdict(int)
        for index, person in enumerate(asked.roster.people):
            last = asked.roster.history(index)[-1]
            own = list(asked.duties[person.type])
            place = int(asked.places.number[person.type][own.index(last)]) if last in own else -1
            if place >= 0 and (stands_for := asked.places.named[place]) is not None:
                still[stands_for] += 1
        for (name, number), there in still.items():
            counts[name, -1, number] = [(program.variable(there, there), 1)]
    return counts, where


def _row(
    program: Program,
    terms: Terms,
    bounds: tuple[int | None, int | None],
    kinds: tuple[dict[int, int], dict[int, int]],
) -> CoverRow:
    where, number = kinds
    known = sum(program.lower[v] * factor for v, factor in terms if v not in where and v not in number)
    lower, upper = bounds
    return CoverRow(
        tuple((where[v], factor) for v, factor in terms if v in where),
        tuple((number[v], factor) for v, factor in terms if v in number),
        -np.inf if lower is None else lower - known,
        np.inf if upper is None else upper - known,
    )


def add_cover(program: Program, team: Team, present: Mapping[int, Terms], extras: Sequence[int]) -> None:
    """
    Add a team's rows of the cover to a program in whole numbers.

    Parameters
    ----------
    program, team : What gets the rows, and whose they are.
    present : The terms that count the people of each presence; nobody where there are none.
    extras : The variable of each extra.
    """
    for row in team.rows:
        terms: Terms = [
            (variable, factor * each)
            for where, factor in row.present
            for variable, each in present.get(where, ())
        ]
        terms += [(extras[extra], factor) for extra, factor in row.extras]
        if np.isfinite(row.lower):
            program.at_least(terms, int(row.lower), "cover")
        if np.isfinite(row.upper):
            program.at_most(terms, int(row.upper), "cover")
