"""What comes out: rotations, rosters, and outcomes that carry their proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain

from roster.domain.fairness import Account
from roster.domain.horizon import Horizon
from roster.domain.problem import Duty, Person


class Status(StrEnum):
    """
    How far an answer goes.

    `optimal`: the bound equals the value. `feasible`: found, a better one is not excluded. `infeasible`: proven that
    there is none. `unknown`: time ran out before either.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rotation:
    """
    A rotating rota of one staff type: one line a week of seven duties, Monday first.

    Everybody goes from each line to the next, and from the last to the first. With `weeks` of 1 one person starts on
    each line, and the team does the same every week. With more, the team repeats after so many weeks: one person starts
    on every `weeks`-th line, and all types are in the same week of the ring at the same time. A type may have more than
    one rotation, told apart by `name`.
    """

    type: str
    lines: tuple[tuple[Duty, ...], ...]
    name: str = ""
    weeks: int = 1

    @property
    def word(self) -> tuple[Duty, ...]:
        """All lines one after the other."""
        return tuple(chain.from_iterable(self.lines))

    @property
    def people(self) -> int:
        """How many people walk it."""
        return len(self.lines) // self.weeks

    def line(self, person: int, week: int) -> int:
        """Return the number of the line that a person, from 0, is on in a week, week 0 being the first of the ring."""
        return (person * self.weeks + week) % len(self.lines)

    @property
    def cycle_days(self) -> int:
        """After how many days everybody's duties come round again: at most the whole circuit."""
        word = self.word
        return next(
            (days for days in range(1, len(word)) if len(word) % days == 0 and word[days:] == word[:-days]),
            len(word),
        )


@dataclass(frozen=True, slots=True)
class SeatUse:
    """How many of a vendor seat are taken."""

    seat: str
    number: int


@dataclass(frozen=True, slots=True)
class StandIn:
    """People whom a vendor sends for one post on one day, for the whole of its window."""

    post: str
    day: int
    number: int = 1


@dataclass(frozen=True, slots=True)
class Roster:
    """
    Who does what on which day.

    `duties[i][d]` is the duty of `people[i]` on day d; `before[i]` the duties carried in from the days before day 0,
    the last one the day before it; empty where nothing is known. `stand_ins` are a vendor's people for single days.
    `forgiven[i]` are the keys of the rules that those days before have broken for good: of these they do not count.
    """

    people: tuple[Person, ...]
    horizon: Horizon
    duties: tuple[tuple[Duty, ...], ...]
    seats: tuple[SeatUse, ...] = ()
    before: tuple[tuple[Duty, ...], ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    forgiven: tuple[frozenset[str], ...] = ()

    def history(self, index: int) -> tuple[Duty, ...]:
        """Return the duties carried in for a person; empty where nothing is known."""
        return self.before[index] if self.before else ()

    def counts_before(self, index: int, key: str) -> bool:
        """Return whether the days before count for a rule of somebody's."""
        return index >= len(self.forgiven) or key not in self.forgiven[index]


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule broken, or a post not held: whose, on which days, in a sentence. `person` is None for posts."""

    rule: str
    person: str | None
    days: tuple[int, ...]
    sentence: str


class ProofKind(StrEnum):
    """
    What a lower bound rests on.

    `arithmetic`: sums anybody can redo. `relaxation`: the linear relaxation rounded up. `search`: the solver found that
    one fewer is impossible.
    """

    ARITHMETIC = "arithmetic"
    RELAXATION = "relaxation"
    SEARCH = "search"
    NONE = "none"


def least_sure(statuses: Iterable[Status]) -> Status:
    """
    Return what several answers come to together: one that is impossible makes all of them so.

    >>> str(least_sure([Status.OPTIMAL, Status.UNKNOWN]))
    'unknown'
    """
    order = (Status.INFEASIBLE, Status.UNKNOWN, Status.FEASIBLE, Status.OPTIMAL)
    return min(statuses, key=order.index, default=Status.OPTIMAL)


def weakest(kinds: Iterable[ProofKind]) -> ProofKind:
    """
    Return what a bound rests on that several make up together.

    >>> str(weakest([ProofKind.ARITHMETIC, ProofKind.SEARCH]))
    'search'
    """
    return max(kinds, key=list(ProofKind).index, default=ProofKind.ARITHMETIC)


@dataclass(frozen=True, slots=True)
class Proof:
    """
    Why fewer is impossible, in one sentence; `confirmed` names the second way a search's claim was checked.

    `weeks` says of which rosters it holds: of every roster where None, else only of rotas whose team repeats after so
    many weeks. Only the first is a proven minimum.
    """

    kind: ProofKind
    reason: str
    confirmed: str = ""
    weeks: int | None = None

    @property
    def scope(self) -> str:
        """Return of which rosters it holds, as documents say it."""
        return scope_of(self.weeks)


def scope_of(weeks: int | None) -> str:
    """
    Name the rosters that a claim holds of.

    >>> scope_of(None), scope_of(1), scope_of(4)
    ('every roster', 'rotas of 1 week', 'rotas of 4 weeks')
    """
    if weeks is None:
        return "every roster"
    return f"rotas of {weeks} week{'s' if weeks > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Headcount:
    """People by staff type, and vendor seats; `in_house` and `vendor` count people."""

    in_house: int
    vendor: int
    by_type: dict[str, int]
    seats: tuple[SeatUse, ...] = ()

    @property
    def total(self) -> int:
        """All people with a rota."""
        return self.in_house + self.vendor


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the staffing ladder: bare, net of absence, and so on; with what is known of it."""

    name: str
    status: Status
    headcount: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Uncovered:
    """
    An absence that so many people cannot cover, with the minutes that each post stays empty at best, in a sentence.

    `empty` is without posts where only the whole calendar cannot hold them.
    """

    type: str
    first: date
    last: date
    people: dict[str, int]
    empty: dict[str, int]
    sentence: str


@dataclass(frozen=True, slots=True)
class Survival:
    """
    What a plan was asked to survive: any one person away for so many days from any date.

    `cases` counts the absences shown to be covered; `uncovered` are those that asked for more or other people.
    """

    days: int
    cases: int = 0
    uncovered: tuple[Uncovered, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell of the calendar that departs from the rotation, and why."""

    person: str
    day: int
    planned: Duty
    given: Duty
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """
    A headcount with the rotations that need no more and the calendar made from them.

    `cost` is per month: people, seats and the control of vendors. `repairs` are the calendar's departures.
    """

    headcount: Headcount
    rotations: tuple[Rotation, ...]
    roster: Roster
    cost: int
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Partial:
    """
    The best roster of people who cannot hold everything: every rule but cover holds.

    At least `bound` person-minutes of hard posts stay empty in every roster of these people on these dates. `proven`:
    no roster of theirs leaves less empty, hours of more important posts counted for more.
    """

    roster: Roster
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """
    How far the rota was made better at its headcount: points of soft rules below which no rota of these people and this
    length can be, and the seconds that were spent.
    """

    bound: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    An answer to "how few people?".

    `bound` is the least value not excluded, of what the scenario makes least first. `reason` says in words why there
    is no plan, where there is none. `solver` names it with its version and settings; `details` holds measurements.
    `survival` is set where the plan is to survive absences: all the rest is then about that plan. `ledger` is
    everybody's account after the calendar, where people have names. `ranked` is None where no rota was looked
    for: there is none, or that of the last period is gone on with. `for_ever` is the proven number that could go on
    for ever, where the plan has more people because no calendar of so few keeps every rule on these dates. `value` is
    what the rota makes of the goal: where that is cost, the price of posts left empty is in it. `least_cost` is set
    where the plan costs more than the bound on every roster of as many people and vendors: that bound.
    """

    status: Status
    plan: Plan | None
    bound: int | None
    proof: Proof
    ladder: tuple[Rung, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    solver: str = ""
    details: dict[str, object] = field(default_factory=dict)
    survival: Survival | None = None
    ledger: tuple[Account, ...] = ()
    ranked: Ranked | None = None
    for_ever: int | None = None
    value: int | None = None
    least_cost: int | None = None


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """
    How long and how hard to search.

    `time_limit_s` is wall time for the whole question; `workers` the solver's parallel searches (8 measured best even
    on two cores); `seed` makes equal runs take equal paths, which only one worker can promise. `until` is the moment of
    the monotonic clock at which time is up, where it began to run before the question: with the command, say.
    `polish_s` is how long the rota is made better at its headcount; as long as is usually enough where not given.
    """

    time_limit_s: float = 60.0
    workers: int = 8
    seed: int = 1
    until: float | None = field(default=None, compare=False)
    polish_s: float | None = None

    def ends(self, began: float) -> float:
        """Return when time is up for a question that began at a moment of the monotonic clock."""
        return began + self.time_limit_s if self.until is None else self.until


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life while solving: the stage, the best value and the bound so far, and the seconds since the start."""

    stage: str
    best: int | None
    bound: int | None
    seconds: float


Tell = Callable[[Progress], None]
"""Takes signs of life while a question is being answered."""
