"""
What a year brings: a roster lived through many years of drawn absences, with one person fewer, as it is, and one more.

Years are independent and everybody's absences are the same in all three, so that a difference between them is that of
the person. Parts of a scenario that share nobody are simulated apart, and only the part of the person anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, field, replace

from roster.checker import check_roster
from roster.domain.outcome import Roster, Violation
from roster.domain.problem import Problem
from roster.engine.rotation import split
from roster.questions.absences import OVERTIME, VENDOR, only
from roster.questions.simulate.absences import Why
from roster.questions.simulate.cover import weights
from roster.questions.simulate.rates import Rates
from roster.questions.simulate.state import YearSums
from roster.questions.simulate.statistics import Mean, mean
from roster.questions.simulate.team import team_of, whole_weeks
from roster.questions.simulate.years_of_part import CHECKED_EVERY, SimulatedPart, SimulatedStaffing, years

BUNDLE = 5
"""Years that one worker lives through at a time."""
PILOT = 3
"""Years in which it is tried of which type one person fewer, or more, matters least, or most."""
FEWER, AS_IS, MORE = "fewer", "as_is", "more"

TellYears = Callable[[int, int], None]
"""Takes how many bundles of years are done, and of how many."""


@dataclass(frozen=True, slots=True)
class SimulationRequest:
    """What is asked: whose roster, of how many years, drawn from which rates and seed, with which last means."""

    problem: Problem
    published: Roster
    years: int
    seed: int = 1
    rates: Rates = field(default_factory=Rates)
    allowed: frozenset[str] = frozenset({OVERTIME, VENDOR})


@dataclass(frozen=True, slots=True)
class UnansweredLevel:
    """How often a level of a chain is unanswered: the share of the time it should answer, and of all years."""

    chain: str
    level: int
    share: Mean
    years: float


@dataclass(frozen=True, slots=True)
class Staffed:
    """
    The years with one staffing.

    `type` is of whom there is one fewer, or more. Hours are a year's; `by_post` those that posts stay empty, and
    `away` days of one person.
    """

    name: str
    people: int
    type: str | None
    empty: Mean
    by_post: dict[str, Mean]
    by_year: tuple[float, ...]
    overtime: Mean
    vendor: Mean
    changes: Mean
    called_in: Mean
    levels: tuple[UnansweredLevel, ...]
    away: dict[str, float]


@dataclass(frozen=True, slots=True)
class Simulation:
    """The answer; `violations` are what the roster breaks by itself, and then nothing is simulated."""

    asked: SimulationRequest
    violations: tuple[Violation, ...] = ()
    staffed: tuple[Staffed, ...] = ()
    checked: int = 0
    seams: int = 0

    def of(self, name: str) -> Staffed | None:
        """Return the years with a staffing; None where that was not simulated."""
        return next((each for each in self.staffed if each.name == name), None)


def simulate(asked: SimulationRequest, executor: Executor, tell: TellYears | None = None) -> Simulation:
    """
    Live through the years; a roster that breaks rules by itself is not simulated.

    Parameters
    ----------
    asked : The scenario, the roster, how many years, rates and seed.
    executor, tell : Who lives through the years, and whom to tell how it goes.

    Raises
    ------
    EngineError
        A replanned roster breaks the independent check.
    """
    violations = tuple(check_roster(asked.problem, asked.published))
    if violations:
        return Simulation(asked, violations)
    # The calendar comes round all year, and clocks would change in each round: hours are as long as they look.
    asked = replace(asked, problem=replace(asked.problem, dates=replace(asked.problem.dates, changes=())))
    roster = whole_weeks(asked.problem, asked.published)
    parts = []
    for problem in split(asked.problem):
        among = tuple(at for at, person in enumerate(roster.people) if person.type in problem.type)
        parts.append(
            SimulatedPart(problem, only(roster, problem, among), asked.rates, asked.allowed, asked.seed)
        )
    return _Simulating(asked, tuple(parts), executor, tell or (lambda *_: None)).answer()


@dataclass(eq=False)
class _Simulating:
    asked: SimulationRequest
    parts: tuple[SimulatedPart, ...]
    executor: Executor
    tell: TellYears
    done: int = 0
    total: int = 0

    def answer(self) -> Simulation:
        trials = [*self._fewer(), *self._more()]
        everything = range(self.asked.years)
        bundles = len(self._bundles(everything))
        self.total = len(trials) + bundles * (len(self.parts) + 2 * bool(trials))
        usual = self._live([(at, SimulatedStaffing()) for at in range(len(self.parts))], everything)
        staffed = [self._staffed(AS_IS, None, usual)]
        seams = sum(len(team_of(part.problem, part.roster).seams) for part in self.parts)
        if trials:
            fewer, more = self._chosen(trials, usual)
            for name, chosen in ((FEWER, fewer), (MORE, more)):
                if chosen is not None:
                    at, staffing, kind = chosen
                    lived = list(usual)
                    (lived[at],) = self._live([(at, staffing)], everything)
                    staffed.append(self._staffed(name, kind, lived))
        staffed.sort(key=lambda each: each.people)
        checked = -(-self.asked.years // CHECKED_EVERY)
        return Simulation(self.asked, (), tuple(staffed), checked, seams)

    def _fewer(self) -> list[tuple[int, SimulatedStaffing, str]]:
        """Return for each staff type that somebody is of: the part, the last of them gone, and the type."""
        found = []
        for at, part in enumerate(self.parts):
            last = {person.type: person.name for person in part.roster.people}
            found += [(at, SimulatedStaffing(without=name), kind) for kind, name in last.items()]
        return found

    def _more(self) -> list[tuple[int, SimulatedStaffing, str]]:
        return [(at, SimulatedStaffing(extra=kind), kind) for at, _, kind in self._fewer()]

    def _chosen(
        self, trials: list[tuple[int, SimulatedStaffing, str]], usual: list[list[YearSums]]
    ) -> tuple[tuple[int, SimulatedStaffing, str] | None, tuple[int, SimulatedStaffing, str] | None]:
        """Return the type of which one fewer does least harm in a few years, and one more most good."""
        few = range(min(PILOT, self.asked.years))
        lived = self._live([(at, staffing) for at, staffing, _ in trials], few)
        whole = weights(self.asked.problem.posts)
        heaviest = dict(zip((post.name for post in self.asked.problem.posts), whole, strict=True))

        def harm(number: int) -> tuple[float, int]:
            at, part = trials[number][0], self.parts[trials[number][0]]
            before = sum(_weight(year, part, heaviest) for year in usual[at][: len(few)])
            return sum(_weight(year, part, heaviest) for year in lived[number]) - before, number

        fewer = [at for at, trial in enumerate(trials) if trial[1].without is not None]
        more = [at for at, trial in enumerate(trials) if trial[1].extra is not None]
        return (
            trials[min(fewer, key=harm)] if fewer else None,
            trials[min(more, key=harm)] if more else None,
        )

    def _bundles(self, numbers: range) -> list[range]:
        return [numbers[start : start + BUNDLE] for start in range(0, len(numbers), BUNDLE)]

    def _live(self, which: Sequence[tuple[int, SimulatedStaffing]], numbers: range) -> list[list[YearSums]]:
        """Return the years of parts with staffings, in the order given."""
        running = {
            self.executor.submit(years, self.parts[at], staffing, list(bundle)): (place, bundle[0])
            for place, (at, staffing) in enumerate(which)
            for bundle in self._bundles(numbers)
        }
        found: dict[tuple[int, int], list[YearSums]] = {}
        try:
            for future in as_completed(running):
                found[running[future]] = future.result()
                self.done += 1
                self.tell(self.done, self.total)
        except BaseException:
            for future in running:
                future.cancel()
            raise
        return [
            [year for bundle in self._bundles(numbers) for year in found[place, bundle[0]]]
            for place in range(len(which))
        ]

    def _staffed(self, name: str, kind: str | None, lived: list[list[YearSums]]) -> Staffed:
        people = len(self.asked.published.people) + {FEWER: -1, AS_IS: 0, MORE: 1}[name]
        rounds = list(zip(*lived, strict=True))
        by_year = tuple(sum(sum(part.empty) for part in year) / 60 for year in rounds)
        weeks = 365 / 7
        return Staffed(
            name,
            people,
            kind,
            mean(by_year),
            dict(self._by_post(lived)),
            by_year,
            mean([sum(part.overtime for part in year) / 60 for year in rounds]),
            mean([sum(part.vendor for part in year) / 60 for year in rounds]),
            mean([sum(part.changes for part in year) / weeks for year in rounds]),
            mean([float(sum(part.called_in for part in year)) for year in rounds]),
            tuple(self._levels(lived)),
            self._away(lived, name, people),
        )

    def _by_post(self, lived: list[list[YearSums]]) -> list[tuple[str, Mean]]:
        order = {post.name: at for at, post in enumerate(self.asked.problem.posts)}
        found = [
            (post.name, mean([year.empty[at] / 60 for year in own]))
            for part, own in zip(self.parts, lived, strict=True)
            for at, post in enumerate(part.problem.posts)
        ]
        return sorted(found, key=lambda each: order[each[0]])

    def _levels(self, lived: list[list[YearSums]]) -> list[UnansweredLevel]:
        found = []
        for part, own in zip(self.parts, lived, strict=True):
            chains = sorted({(post.chain, post.level) for post in part.problem.posts if post.chain})
            for at, (chain, level) in enumerate(chains):
                wanted = [year.wanted[at] for year in own]
                shares = [
                    year.unanswered[at] / much if much else 0.0
                    for year, much in zip(own, wanted, strict=True)
                ]
                ever = sum(year.unanswered[at] > 0 for year in own) / len(own)
                found.append(UnansweredLevel(str(chain), level, _share(shares), ever))
        return found

    def _away(self, lived: list[list[YearSums]], name: str, people: int) -> dict[str, float]:
        """Return the days that one person is away in a year, by reason; an empty place is nobody's absence."""
        total = len(lived[0]) * max(people, 1)
        days = {
            why: sum(year.away[why] for own in lived for year in own) for why in Why if why is not Why.PRESENT
        }
        if name == FEWER:
            days[Why.VACANT] -= 365 * len(lived[0])
        return {why.name.lower(): round(number / total, 3) for why, number in days.items()}


def _share(shares: Sequence[float]) -> Mean:
    """Return a mean of shares; six digits, for most are small."""
    found = mean([1e6 * share for share in shares])
    low, high = (None if end is None else max(0.0, end) / 1e6 for end in (found.low, found.high))
    return Mean(found.value / 1e6, low, high)


def _weight(year: YearSums, part: SimulatedPart, heaviest: dict[str, int]) -> float:
    """Return what the minutes that posts are empty weigh, by the weights of the whole scenario."""
    return sum(
        minutes * heaviest[post.name] for minutes, post in zip(year.empty, part.problem.posts, strict=True)
    )
