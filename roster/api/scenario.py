"""Where it begins: a scenario out of a file, a text or a mapping, and the questions that can be asked of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.calendar import Calendar, calendar
from roster.api.explain import Explanation, explain
from roster.api.frontier import Frontier, frontier
from roster.api.plan import Answer, PlanRequest, plan
from roster.api.reading import Reading, going_on
from roster.api.roster import Roster, read_roster
from roster.api.rotas import Rotas, rotas
from roster.api.scenario_basis import Basis
from roster.api.service import Service, TeamOptions, service
from roster.domain.problem import Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.readable import show

if TYPE_CHECKING:
    import pandas as pd

    from roster.yaml.tree import Node

TEXT, MAPPING = "<text>", "<dict>"
"""What faults call a scenario that stands in no file."""

Source = str | os.PathLike[str] | Mapping[str, object]


def read(
    source: Source,
    *,
    folder: str | os.PathLike[str] = ".",
    before: str | os.PathLike[str] | None = None,
    ledger: str | os.PathLike[str] | None = None,
    held: bool = True,
) -> Scenario:
    """
    Read a scenario.

    Parameters
    ----------
    source
        The path of a YAML file; the text of one, known by its line ends; or a mapping that says the same.
    folder
        Where a text or a mapping looks for the files that it names (`base`, `before`).
    before
        Roster of the last period: rest, stretches and weekends go on from there.
    ledger
        `ledger.csv` of the last period; by default the one beside that roster, where there is one.
    held
        Whether a hard post that nobody could hold is a fault. If not, `explain` can say what is missing.

    Raises
    ------
    RosterError
        All that is wrong, in `faults`: with file and line, or with the key alone where there is no file.

    Examples
    --------
    >>> import roster
    >>> roster.read("name: x\\nnonsense: 1\\n")
    Traceback (most recent call last):
    roster.errors.Faults: <text>: 6 faults
    ...
    """
    from roster.scenario.loader import from_tree

    root, path = _tree(source, Path(folder))
    problem = from_tree(root, path, held=held)
    problem = going_on(
        problem,
        None if before is None else Path(before),
        ledger=None if ledger is None else Path(ledger),
    )
    from roster.scenario.positions import Places

    return Scenario(Basis(problem, path, Places(root if path.name != MAPPING else None)))


def _tree(source: Source, folder: Path) -> tuple[Node, Path]:
    """Return the tree of a source with its bases, and where it stands or would stand."""
    from roster.yaml import inheritance, tree, values

    if isinstance(source, Mapping):
        return inheritance.with_bases(values.tree_of(source, MAPPING), folder / MAPPING), folder / MAPPING
    if isinstance(source, str) and "\n" in source:
        return inheritance.with_bases(tree.parse(source, TEXT), folder / TEXT), folder / TEXT
    if isinstance(source, str | os.PathLike):
        return inheritance.read(Path(source)), Path(source)
    raise Faults(tr("api.what_was_asked"), [Fault(None, "source", tr("api.kind", value=show(repr(source))))])


@dataclass(frozen=True, repr=False)
class Scenario:
    """A service to be held: posts, staff types, rules, calendar. Two that mean the same are equal."""

    basis: Basis

    @property
    def problem(self) -> Problem:
        """The scenario as the engine knows it: frozen, in whole minutes and day numbers."""
        return self.basis.problem

    @property
    def title(self) -> str:
        """What it is called."""
        return self.problem.called

    @property
    def posts(self) -> pd.DataFrame:
        """Every post: who may hold it, when, how many, and why it is there."""
        from roster.api.frames import frame
        from roster.domain.rules import clock

        columns = (
            "post",
            "title",
            "roles",
            "presence",
            "start",
            "end",
            "count",
            "hard",
            "priority",
            "reason",
        )
        rows = (
            (
                post.name,
                post.title,
                ";".join(post.roles),
                post.presence.value,
                clock(post.start),
                clock(post.end),
                post.people,
                post.hard,
                post.priority,
                post.reason,
            )
            for post in self.problem.posts
        )
        return frame(columns, rows)

    @property
    def staff_types(self) -> pd.DataFrame:
        """Every staff type: hours a week by contract and net of absence, how many there may be, cost a month."""
        from roster.api.frames import frame

        columns = ("type", "employer", "skills", "week_hours", "net_hours", "minimum", "maximum", "cost")
        rows = (
            (
                one.name,
                one.employer,
                ";".join(sorted(one.skills)),
                one.weekly_minutes / 60,
                one.net_minutes / 60,
                one.minimum,
                one.maximum,
                one.cost,
            )
            for one in self.problem.types
        )
        return frame(columns, rows)

    def plan(
        self,
        *,
        time_limit: float = 60.0,
        workers: int = 8,
        seed: int = 1,
        polish: float | None = None,
        rotation_weeks: int | None = None,
        survive_days: int | None = None,
    ) -> Answer:
        """
        Find the fewest people who can hold it, prove it, and make their rota and calendar.

        Parameters
        ----------
        time_limit
            Seconds for the whole question.
        workers, seed
            Parallel searches, and the seed of the search.
        polish
            Seconds beyond for a better rota of the same people.
        rotation_weeks
            After how many weeks the team is to repeat; the shortest that will do where not given.
        survive_days
            The fewest whose roster survives any one person away for so many days.

        Raises
        ------
        RosterError
            A parameter that cannot be, or a defect of the program.
        """
        return plan(
            self.basis, PlanRequest(rotation_weeks, survive_days), (time_limit, workers, seed, polish)
        )

    def roster(
        self,
        source: str | os.PathLike[str] | pd.DataFrame,
        *,
        letters: str | os.PathLike[str] | Mapping[str, str] | None = None,
        month: tuple[int, int] | None = None,
    ) -> Roster:
        """
        Read a roster.

        Parameters
        ----------
        source
            A CSV file or workbook, of rows as in `roster.csv` or a grid of people and dates; or a DataFrame.
        letters
            What its letters mean: each a duty, `off`, or leave. A YAML file or a mapping.
        month
            Year and month of a roster that has day numbers only.

        Raises
        ------
        RosterError
            All that is wrong with it, with lines or cells.
        """
        words = letters if isinstance(letters, Mapping) else {}
        file = Path(letters) if isinstance(letters, str | os.PathLike) else None
        return read_roster(self.basis, source, Reading(file, month, words, ask=False))

    def explain(
        self,
        *,
        headcount: int | None = None,
        by_type: Mapping[str, int] | None = None,
        time_limit: float = 60.0,
        workers: int = 8,
        seed: int = 1,
    ) -> Explanation:
        """
        Say why it cannot be held, or why not with fewer, and what would help.

        Parameters
        ----------
        headcount, by_type
            Why not with so many people in all, or with so many of these staff types.
        time_limit, workers, seed
            Seconds, parallel searches and seed of the search.
        """
        return explain(self.basis, (headcount, by_type), (time_limit, workers, seed, None))

    def service(
        self,
        *,
        headcount: int | None = None,
        by_type: Mapping[str, int] | None = None,
        people: Iterable[str] | None = None,
        first: Iterable[str] = (),
        time_limit: float = 60.0,
        workers: int = 8,
        seed: int = 1,
    ) -> Service:
        """
        Find the best service of these people, and whom to hire next.

        Parameters
        ----------
        headcount, by_type, people
            Who is there: a number, numbers by staff type, or names of the scenario's people.
        first
            Posts that are held before all others.
        time_limit, workers, seed
            Seconds, parallel searches and seed of the search.
        """
        team = TeamOptions(headcount, by_type, None if people is None else tuple(people), tuple(first))
        return service(self.basis, team, (time_limit, workers, seed, None))

    def frontier(
        self,
        *,
        fees: Mapping[str, int] | None = None,
        may_buy: Iterable[str] = (),
        release: Iterable[str] = (),
        staff: int | None = None,
        time_limit: float = 60.0,
        workers: int = 8,
        seed: int = 1,
    ) -> Frontier:
        """
        Make or buy: in-house people and cost as work goes to vendors, each point proven.

        Parameters
        ----------
        fees
            Fee a month of an offer, by its name.
        may_buy
            Posts that a vendor may hold besides those that say so.
        release
            Staff types that may fall below their minimum.
        staff
            All the employer's people, of whom a tenth may be dispatched.
        time_limit, workers, seed
            Seconds, parallel searches and seed of the search.
        """
        from roster.questions.frontier import Wishes

        said = tuple(f"{name}={amount}" for name, amount in (fees or {}).items())
        wishes = Wishes(said, tuple(may_buy), tuple(release), staff)
        return frontier(self.basis, wishes, (time_limit, workers, seed, None))

    def calendar(
        self,
        first: Roster | None = None,
        *,
        ledger: str | os.PathLike[str] | None = None,
        time_limit: float = 60.0,
        workers: int = 8,
        seed: int = 1,
    ) -> Calendar:
        """
        Find the best calendar of the people whom it names, with a bound that no other can beat.

        Parameters
        ----------
        first
            A roster of the same dates to go on from: the answer is no worse.
        ledger
            `ledger.csv` of the last period: what everybody had of what is shared.
        time_limit, workers, seed
            Seconds, parallel searches and seed of the search.

        Raises
        ------
        RosterError
            It names nobody, or the ledger cannot be read.
        """
        file = None if ledger is None else Path(ledger)
        return calendar(self.basis, first, file, (time_limit, workers, seed, None))

    def rotas(
        self, *, posts: Iterable[str] = (), time_limit: float = 60.0, workers: int = 8, seed: int = 1
    ) -> Rotas:
        """
        Hold the classical rotas against it.

        Parameters
        ----------
        posts
            Posts that are meant; all that want a rota around the clock where none are given.
        time_limit, workers, seed
            Seconds, parallel searches and seed of the search.
        """
        return rotas(self.basis, tuple(posts), (time_limit, workers, seed, None))

    def __repr__(self) -> str:
        posts, types = len(self.problem.posts), len(self.problem.types)
        dates = self.problem.dates
        return f"<Scenario: {self.title}, {posts} posts, {types} staff types, {dates.days} days from {dates.start}>"

    def _repr_html_(self) -> str:
        """Return its posts and staff types for a notebook."""
        import html

        tables = (table.to_html(index=False) for table in (self.posts, self.staff_types))
        return f"<h3>{html.escape(self.title)}</h3>" + "".join(tables)
