"""What follows from the answers: whom everything hangs on, week by week, and the days that can spare somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from roster.questions.resilience.cases import CaseAnswer, ResilienceRequest


@dataclass(frozen=True, slots=True)
class OnlyHolder:
    """A role that one person has, and the posts that nobody else can hold."""

    role: str
    person: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A person some of whose absences break the roster: how many of them, the shortest, and the posts left empty."""

    person: str
    broken: int
    cases: int
    shortest: int
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """The absences of one person and length that begin in one week: how many, how many break, the most changes."""

    cases: int
    broken: int
    undecided: int
    most_changes: int | None


@dataclass(frozen=True, slots=True)
class WeekOfAbsences:
    """The absences of one person that begin in one week, by their length."""

    first: int
    spells: dict[int, Spell]

    @property
    def breaks_from(self) -> int | None:
        """The shortest absence that breaks the roster; None where none does."""
        return min((length for length, spell in self.spells.items() if spell.broken), default=None)

    @property
    def undecided(self) -> bool:
        """Whether some absence is open."""
        return any(spell.undecided for spell in self.spells.values())

    @property
    def most_changes(self) -> int | None:
        """The most cells that change for an absence that is survived; None where there is none."""
        known = [spell.most_changes for spell in self.spells.values() if spell.most_changes is not None]
        return max(known, default=None)


@dataclass(frozen=True, slots=True)
class SpareDay:
    """A date, and the people who could not be away on it: one of them alone breaks the roster, or is undecided."""

    day: int
    needed: tuple[str, ...]
    undecided: tuple[str, ...]


def only_holders(asked: ResilienceRequest) -> tuple[OnlyHolder, ...]:
    """Return the roles of posts that one person alone has."""
    problem = asked.problem
    found = []
    for role in dict.fromkeys(role for post in problem.posts for role in post.roles):
        holders = [p.name for p in asked.published.people if role in problem.type_of(p).skills]
        if len(holders) == 1:
            posts = tuple(
                post.name
                for post in problem.posts
                if [p.name for p in asked.published.people if problem.is_eligible(problem.type_of(p), post)]
                == holders
            )
            found.append(OnlyHolder(role, holders[0], posts))
    return tuple(found)


def missed(asked: ResilienceRequest, singles: Sequence[CaseAnswer]) -> tuple[Missed, ...]:
    """Return the people some of whose absences break the roster, in the order of the roster."""
    found = []
    for person in asked.published.people:
        own = [answer for answer in singles if answer.case.people == (person.name,)]
        broken = [answer for answer in own if answer.breaks]
        if broken:
            posts = dict.fromkeys(place[0] for answer in broken for place in answer.empty)
            shortest = min(answer.case.length for answer in broken)
            found.append(Missed(person.name, len(broken), len(own), shortest, tuple(posts)))
    return tuple(found)


def by_week(asked: ResilienceRequest, singles: Sequence[CaseAnswer]) -> dict[str, tuple[WeekOfAbsences, ...]]:
    """Return for each person the weeks of the calendar with the absences that begin in them."""
    cells: dict[tuple[str, int, int], list[CaseAnswer]] = defaultdict(list)
    weeks = [(week.first, week.last) for week in asked.published.horizon.weeks()]
    for answer in singles:
        first = next(begin for begin, end in weeks if begin <= answer.case.first <= end)
        cells[answer.case.people[0], first, answer.case.length].append(answer)
    return {
        person.name: tuple(
            WeekOfAbsences(
                first, {length: _spell(cells[person.name, first, length]) for length in asked.lengths}
            )
            for first, _ in weeks
        )
        for person in asked.published.people
    }


def _spell(answers: Sequence[CaseAnswer]) -> Spell:
    changes = [answer.changed for answer in answers if not answer.breaks and answer.changed is not None]
    return Spell(
        len(answers),
        sum(answer.breaks for answer in answers),
        sum(answer.undecided for answer in answers),
        max(changes, default=None),
    )


def spare_days(asked: ResilienceRequest, days: Sequence[CaseAnswer]) -> tuple[SpareDay, ...]:
    """Return for each date who could not be away; `days` are the answers for one day."""
    needed: dict[int, list[str]] = defaultdict(list)
    undecided: dict[int, list[str]] = defaultdict(list)
    for answer in days:
        if answer.breaks:
            needed[answer.case.first].append(answer.case.people[0])
        elif answer.undecided:
            undecided[answer.case.first].append(answer.case.people[0])
    return tuple(
        SpareDay(day, tuple(needed[day]), tuple(undecided[day]))
        for day in range(asked.published.horizon.days)
    )
