"""
Search for a flow in one piece: solve, mend the parts by exchanges, cut off what is left, and solve again.

Balance alone lets a flow fall into parts. Most such flows are mended without a search (`exchange`), the rest cut off by
rows (`connectivity_cuts`); a tree over all nodes (`flows.spanning_tree`) is the last resort. Searches are cut into
slices of growing length with changing settings, for one unlucky run may take hundreds of times as long as the next.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from roster.domain.outcome import SolveOptions, Status
from roster.engine.exact_demand.connectivity_cuts import cut_off
from roster.engine.exact_demand.exchange import exchanged
from roster.engine.exact_demand.model import ExactModel
from roster.engine.flows.circulation import nodes_of, parts
from roster.engine.flows.spanning_tree import require_connected
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.cpsat import solved
from roster.engine.solvers.mip import relaxed, second_opinion
from roster.engine.solvers.search import Solution
from roster.errors import EngineError

FIRST_SLICE = 0.04
"""Deterministic time of the first search, in the solver's units (about seconds)."""
GROWTH = 1.4
TREE_AFTER = 40
"""Rounds of cuts before a tree is asked for."""
OTHER_PACE = 5.0
"""Seconds of the other solver to a slice."""
SECOND_OPINION_S = 1.2
RELAXATION, OTHER_SOLVER = "linear relaxation", "HiGHS"
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Way:
    """One way to search: CP-SAT for so many slices with these settings, or the other solver where there are none."""

    slices: float
    settings: dict[str, int] | None


WAYS = (
    Way(1.0, {"cut_level": 0}),
    Way(1.0, {}),
    Way(1.0, None),
    Way(3.0, {"cut_level": 0, "cp_model_presolve": 0}),
)
"""
Tried in turn. Measured: the first finds flows soonest; each of the others refutes some tight numbers in hundredths of a
second that the rest leave open for seconds.
"""


@dataclass(frozen=True, slots=True)
class Circuit:
    """
    What the search found: the flow of each arc in one piece, its objective, and the bound.

    `confirmed` names the second way in which it was checked that there is none, or none better; `rounds` counts the
    searches.
    """

    status: Status
    flows: tuple[int, ...]
    objective: int | None
    bound: int | None
    confirmed: str = ""
    rounds: int = 0


@dataclass(slots=True)
class _Session:
    """The model as the solver holds it, growing row by row, and what is known so far."""

    model: ExactModel
    objective: Terms
    program: Program
    solver_model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    variables: list[cp_model.IntVar] = field(default_factory=list)
    rows: int = 0
    tree: bool = False
    cut_off: set[frozenset[int]] = field(default_factory=set)
    best: tuple[int, ...] = ()
    best_objective: int | None = None
    bound: int | None = None

    def grow(self) -> None:
        """Give the solver the variables and rows that are new in the program."""
        program = self.program
        for number in range(len(self.variables), len(program.lower)):
            self.variables.append(
                self.solver_model.new_int_var(program.lower[number], program.upper[number], "")
            )
        for row in program.rows[self.rows :]:
            self.solver_model.add_linear_constraint(
                self.expression(row.terms),
                cp_model.INT_MIN if row.lower is None else row.lower,
                cp_model.INT_MAX if row.upper is None else row.upper,
            )
        self.rows = len(program.rows)

    def expression(self, terms: Terms) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum(
            [self.variables[number] for number, _ in terms], [factor for _, factor in terms]
        )

    @property
    def reached(self) -> bool:
        """Whether a flow in one piece is known and none can be better."""
        if self.best_objective is None:
            return False
        return not self.objective or (self.bound is not None and self.best_objective <= self.bound)

    def ask_for_tree(self) -> None:
        """Require one piece outright."""
        walks = self.model.walks
        require_connected(
            self.solver_model,
            walks.tails,
            walks.heads,
            self.variables[: len(walks.tails)],
            max(self.program.upper[: len(walks.tails)], default=0),
        )
        self.tree = True


def search(model: ExactModel, objective: Terms, options: SolveOptions, deadline: float) -> Circuit:
    """
    Search for a flow in one piece with the least objective (any flow where there is none).

    Parameters
    ----------
    model, objective : The rotation, and the terms that are to be least.
    options : Workers and seed.
    deadline : On the monotonic clock. A search that reaches it returns `feasible` or `unknown`, never `infeasible`.
    """
    program = model.program.copy()
    if any(lower > upper for lower, upper in zip(program.lower, program.upper, strict=True)):
        return Circuit(Status.INFEASIBLE, (), None, None, RELAXATION, 1)
    session = _Session(model, objective, program)
    session.grow()
    if objective:
        session.solver_model.minimize(session.expression(objective))
    attempt = _Attempt(options, deadline)
    rounds = 0
    while attempt.left > 0:
        rounds += 1
        found = attempt.solve(session)
        if found.bound is not None:
            session.bound = max(found.bound, session.bound if session.bound is not None else found.bound)
        values = found.values
        if found.status is Status.INFEASIBLE:
            values, confirmed = _confirm(session, attempt, objective)
            if not values:
                return Circuit(Status.INFEASIBLE, (), None, None, confirmed, rounds)
        if values:
            _take(session, values)
        if session.reached:
            confirmed = _none_better(session, attempt) if objective else ""
            return replace(_answer(session, Status.OPTIMAL, rounds), confirmed=confirmed)
        if found.status in (Status.UNKNOWN, Status.FEASIBLE):
            attempt.change()
        if rounds >= TREE_AFTER and not session.tree:
            session.ask_for_tree()
    return _answer(session, Status.FEASIBLE if session.best else Status.UNKNOWN, rounds)


def _answer(session: _Session, status: Status, rounds: int) -> Circuit:
    return Circuit(status, session.best, session.best_objective, session.bound, rounds=rounds)


def _take(session: _Session, values: Sequence[int]) -> None:
    """Mend a solution; keep it if it is in one piece and better, else cut off its parts."""
    walks = session.model.walks
    flows = exchanged(walks, session.model.flows(values))
    pieces = parts(walks.tails, walks.heads, flows)
    if len(pieces) > 1:
        for piece in pieces:
            nodes = frozenset(nodes_of(walks.tails, walks.heads, piece))
            cut_off(session.model, session.program, session.cut_off, nodes)
        session.grow()
        return
    worth = sum(
        factor * (flows[number] if number < len(flows) else values[number])
        for number, factor in session.objective
    )
    if session.best_objective is None or worth < session.best_objective:
        session.best, session.best_objective = tuple(flows), worth


@dataclass(slots=True)
class _Attempt:
    """Which way is tried, and how long."""

    options: SolveOptions
    deadline: float
    number: int = 0
    slice_s: float = FIRST_SLICE

    @property
    def way(self) -> Way:
        return WAYS[self.number % len(WAYS)]

    @property
    def left(self) -> float:
        """Wall time left."""
        return self.deadline - time.monotonic()

    def change(self) -> None:
        """Go on to the next way, with more time."""
        self.number += 1
        self.slice_s *= GROWTH

    def solve(self, session: _Session) -> Solution:
        """Search once for a flow, in one piece or not."""
        if self.way.settings is None:
            return _other(session.program, session.objective, min(self.left, OTHER_PACE * self.slice_s))
        return self._cp_sat(session, self.way.settings)

    def _cp_sat(self, session: _Session, settings: dict[str, int]) -> Solution:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = self.options.workers
        parameters.random_seed = self.options.seed + self.number
        parameters.max_time_in_seconds = max(self.left, 0.0)
        parameters.max_deterministic_time = self.way.slices * self.slice_s
        # Measured: on models this small, probing and symmetry detection cost more than the search they save.
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
        for name, value in settings.items():
            setattr(parameters, name, value if name == "cut_level" else bool(value))
        status = solved(solver, session.solver_model)
        if status == cp_model.MODEL_INVALID:
            raise EngineError(session.solver_model.validate())
        if status == cp_model.INFEASIBLE:
            return Solution(Status.INFEASIBLE, (), None, None)
        reached = solver.best_objective_bound if session.objective else math.inf
        bound = math.ceil(reached - TOLERANCE) if abs(reached) < 2**53 else None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Solution(Status.UNKNOWN, (), None, bound)
        values = tuple(solver.value(variable) for variable in session.variables)
        return Solution(
            Status.OPTIMAL if status == cp_model.OPTIMAL else Status.FEASIBLE, values, None, bound
        )


def _other(program: Program, objective: Terms, seconds: float) -> Solution:
    """Solve with the other solver; what it finds counts only if it keeps every row when rounded to whole numbers."""
    found = second_opinion(program, objective, seconds)
    for row in program.rows if found.values else ():
        total = sum(factor * found.values[variable] for variable, factor in row.terms)
        if (
            not (-math.inf if row.lower is None else row.lower)
            <= total
            <= (math.inf if row.upper is None else row.upper)
        ):
            return Solution(Status.UNKNOWN, (), None, None)
    return found if objective else replace(found, bound=None)


def _confirm(session: _Session, attempt: _Attempt, objective: Terms) -> tuple[tuple[int, ...], str]:
    """Check an infeasibility a second way; return a solution if one turns up after all, and the name of the way."""
    if relaxed(session.program, [])[0] is Status.INFEASIBLE:
        return (), RELAXATION
    if attempt.way.settings is not None:
        found, name = _other(session.program, objective, SECOND_OPINION_S), OTHER_SOLVER
    else:
        until = min(attempt.deadline, time.monotonic() + SECOND_OPINION_S)
        again = _Attempt(attempt.options, until, attempt.number + 1)
        found, name = again.solve(session), "CP-SAT"
        while found.status is Status.UNKNOWN and again.left > 0:
            again.change()
            found = again.solve(session) if again.way.settings is not None else found
    if found.values:
        return found.values, ""
    return (), name if found.status is Status.INFEASIBLE else ""


def _none_better(session: _Session, attempt: _Attempt) -> str:
    """Name a second way that shows that no objective is below the best; empty where none shows it in time."""
    program = session.program.copy()
    program.at_most(session.objective, (session.best_objective or 0) - 1, "better")
    if relaxed(program, [])[0] is Status.INFEASIBLE:
        return RELAXATION
    opinion = second_opinion(program, [], min(SECOND_OPINION_S, max(attempt.left, 0.0)))
    return OTHER_SOLVER if opinion.status is Status.INFEASIBLE else ""
