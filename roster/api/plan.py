"""The answer to "how few people?"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.checked import cover_frame, hours_frame, rotation_frame
from roster.api.frames import frame
from roster.api.options import Effort, search_options
from roster.api.report import Saved
from roster.api.roster import Roster
from roster.api.scenario_basis import Basis
from roster.domain.outcome import Outcome, Partial, SolveOptions, Status
from roster.domain.problem import Goal
from roster.errors import Fault, Faults
from roster.language import tr
from roster.output.examined_roster import Examined, examine_answer

if TYPE_CHECKING:
    import pandas as pd

    from roster.api.explain import Explanation
    from roster.domain.outcome import Headcount
    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole
    from roster.questions import explain as question
    from roster.questions.design import Designed
    from roster.questions.frontier import Frontier

MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan is asked beside the scenario: its length in weeks, and the days of an absence that it survives."""

    rotation_weeks: int | None = None
    survive_days: int | None = None


def plan(basis: Basis, wanted: PlanRequest, effort: Effort) -> Answer:
    """
    Ask for the fewest people.

    Parameters
    ----------
    basis, wanted
        The scenario, and what is asked beyond that.
    effort
        Time limit in seconds, workers, seed, and whom to tell.

    Raises
    ------
    Faults
        What is asked cannot be.
    EngineError
        A defect of the program.
    """
    from roster.questions.design import planned
    from roster.questions.partial_roster import partial_of_outcome

    options = search_options(effort)
    problem, days = basis.problem, wanted.survive_days
    wrong = []
    if wanted.rotation_weeks is not None and not 1 <= wanted.rotation_weeks <= MOST_WEEKS:
        value = str(wanted.rotation_weeks)
        wrong.append(Fault(None, "rotation_weeks", tr("api.weeks", value=value, most=MOST_WEEKS)))
    if days is not None and not 1 <= days <= problem.dates.days:
        said = {"given": str(days), "days": problem.dates.days}
        wrong.append(Fault(None, "survive_days", tr("survive.too_long", **said)))
    if wrong:
        raise Faults(tr("api.what_was_asked"), wrong)
    if wanted.rotation_weeks is not None:
        problem = replace(problem, rotation_weeks=wanted.rotation_weeks)
    problem, outcome, designed = planned(problem, options, None, days)
    basis = replace(basis, problem=problem)
    partial = partial_of_outcome(problem, outcome, options)
    examined = examine_answer(problem, outcome, partial)
    return Answer(basis, outcome, examined, options, partial, Beside(designed=designed))


@dataclass(frozen=True, slots=True)
class Beside:
    """What was asked beside the plan: why not, make or buy; and which shifts were chosen for it."""

    why: question.Explanation | None = None
    bought: Frontier | None = None
    designed: Designed | None = None


@dataclass(frozen=True, repr=False)
class Answer(Saved):
    """
    The fewest people, why fewer cannot do, and their rota, hours, cover and cost as tables.

    Where not everything can be held, `people` is None, and roster, hours and cover are of the best roster that the
    people there are can have all the same.
    """

    basis: Basis
    outcome: Outcome
    examined: Examined | None
    options: SolveOptions
    partial: Partial | None = None
    beside: Beside = Beside()

    @property
    def status(self) -> str:
        """`optimal` and `infeasible` are proven; `feasible`: fewer is not excluded; `unknown`: out of time."""
        return self.outcome.status.value

    @property
    def headcount(self) -> Headcount | None:
        """People by staff type and vendor seats; None without a plan."""
        return self.outcome.plan.headcount if self.outcome.plan else None

    @property
    def people(self) -> int | None:
        """How many people: in-house ones where the scenario makes those fewest, else all; None without a plan."""
        found = self.headcount
        if found is None:
            return None
        return found.in_house if self.basis.problem.goal is Goal.IN_HOUSE else found.total

    @property
    def bound(self) -> int | None:
        """The least value not excluded, of what the scenario makes least: people, or money a month."""
        return self.outcome.bound

    @property
    def proven(self) -> bool:
        """Whether it is the proven minimum over every roster, or proven that there is none."""
        final = self.outcome.status in (Status.OPTIMAL, Status.INFEASIBLE)
        return final and self.outcome.proof.weeks is None

    @property
    def why(self) -> str:
        """Why fewer cannot do, or why it cannot be held at all."""
        return " ".join(filter(None, (self.outcome.reason, self.outcome.proof.reason)))

    @property
    def rota(self) -> pd.DataFrame:
        """The rotation: one row a line of seven duties, as in `rotation.csv`."""
        return rotation_frame(self.outcome.plan.rotations if self.outcome.plan else ())

    @property
    def roster(self) -> Roster:
        """The calendar of the plan, with all that can be asked of a roster; raises Faults where there is none."""
        if self.examined is None:
            missing = Fault(None, "", tr("api.no_roster", why=self.line))
            raise Faults(tr("api.what_was_asked"), [missing])
        return Roster(self.basis, self.examined)

    @property
    def hours(self) -> pd.DataFrame:
        """Hours, nights, weekends and standby of each person beside the limits, as in `hours.csv`."""
        return hours_frame(self.examined)

    @property
    def cover(self) -> pd.DataFrame:
        """Every post over every stretch of time, and who holds it, as in `coverage.csv`."""
        return cover_frame(self.examined)

    @property
    def cost(self) -> pd.DataFrame:
        """Money a month: people, vendor seats, the control of vendors, and all of it."""
        rows: list[tuple[object, ...]] = []
        if self.examined is not None:
            cost, currency = self.examined.scores.cost, self.basis.problem.currency
            names = ("people", "seats", "control", "total")
            rows = [(name, getattr(cost, name), currency) for name in names]
        return frame(("item", "month", "currency"), rows, numbers=("month",))

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.plan import headline

        return headline(self.basis.problem, self.outcome)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.design import design_document
        from roster.output.documents.explain import explanation
        from roster.output.documents.frontier import frontier_document
        from roster.output.documents.plan import duties, partial_document, plan_document

        source, names = self.basis.source, [str(file) for file in files]
        made = plan_document(source, self.basis.problem, self.outcome, self.options, names)
        made["duties"] = duties(self.examined)
        if self.partial is not None and self.examined is not None:
            made["partial"] = partial_document(self.examined, self.partial)
        if self.beside.designed is not None:
            made["shift_design"] = design_document(self.beside.designed)
        if self.beside.why is not None:
            made["explain"] = explanation(self.beside.why)
        if self.beside.bought is not None:
            made["frontier"] = frontier_document(source, self.beside.bought, self.options)
        return made

    def explain(self) -> Explanation | None:
        """Say why it is impossible, where it is: the conflict, its sums and the ways out."""
        from roster.api.explain import Explanation
        from roster.questions.explain import ExplainRequest, explain_no

        if self.outcome.status is not Status.INFEASIBLE:
            return None
        found = explain_no(self.basis.problem, ExplainRequest(places=self.basis.places), self.options)
        return None if found is None else Explanation(self.basis, found, self.options)

    def _names(self) -> tuple[str, ...]:
        from roster.output.folders.plan import ANSWER, FILES, MARKET, PARTIAL
        from roster.rosters.ledger_file import NAME

        own = FILES if self.outcome.plan else PARTIAL if self.partial else ANSWER
        return (*own, *((NAME,) if self.outcome.ledger else ()), *(MARKET if self.beside.bought else ()))

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.plan import beside, write_results

        problem, asked = self.basis.problem, (self.beside.why, self.beside.bought, self.partial)
        pages = beside(problem, self.outcome, self.examined, asked, self.options)
        write_results(folder, document, self.outcome.plan, self.examined, pages)
        return tuple(folder / name for name in self._names())

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.design import design_sections
        from roster.output.terminal.explain import explanation_sections
        from roster.output.terminal.frontier import market_sections
        from roster.output.terminal.plan import print_plan

        problem, outcome, beside = self.basis.problem, self.outcome, self.beside
        said = f"{outcome.reason} {outcome.proof.reason}"
        why = explanation_sections(beside.why, said) if beside.why is not None else ()
        market = market_sections(beside.bought) if beside.bought is not None else ()
        print_plan(console, problem, outcome, self.examined, why, market, self.partial)
        if beside.designed is not None and beside.designed.kinds:
            console.show(design_sections(beside.designed))

    def _page(self) -> str:
        from roster.output.html.plan import plan_page

        return plan_page(self.basis.problem, self.outcome, self.examined, partial=self.partial)
