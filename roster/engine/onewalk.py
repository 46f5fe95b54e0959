"""
Search for a flow in one piece: solve, mend the parts by exchanges, cut off what is left, and solve again.

Balance alone lets a flow fall into parts. Most such flows are mended without a search (`splice.py`). Of the rest, each
part shows a set of nodes that the answer may have to leave: where the linear relaxation proves that neither the inside
nor the outside of the set can hold the demand alone, some flow must leave the set, and one plain row says so. Such rows
are what closes the hard cases at the least number of people; a tree over all nodes (`connectivity.py`) is the last
resort. Searches are cut into slices of growing length with changing settings, for one unlucky run may take hundreds of
times as long as the next.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from roster.engine.blocks import Walks
from roster.engine.circulation import nodes_of, parts
from roster.engine.connectivity import require_connected
from roster.engine.exact import ExactModel
from roster.engine.linear import Program, Row, Terms
from roster.engine.solver import relaxed, second_opinion
from roster.engine.splice import joined
from roster.errors import EngineError
from roster.plan import SolveOptions, Status

FIRST_SLICE = 0.04
"""Deterministic time of the first search, in the solver's units (about seconds)."""
GROWTH = 1.4
TREE_AFTER = 40
"""Rounds of cuts before a tree is asked for."""
SECOND_OPINION_S = 1.2
RELAXATION, OTHER_SOLVER = "linear relaxation", "HiGHS"
TOLERANCE = 1e-6

SETTINGS: tuple[tuple[float, dict[str, int]], ...] = (
    (1.0, {"cut_level": 0}),
    (3.0, {"cut_level": 0, "cp_model_presolve": 0}),
    (1.0, {}),
    (3.0, {"cut_level": 0, "cp_model_presolve": 0}),
)
"""
Tried in turn, each for so many slices. Measured: the first finds flows soonest; without presolve a tight number is
refuted soonest, also some that the others leave open for minutes.
"""


@dataclass(frozen=True, slots=True)
class OneWalk:
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


def search(model: ExactModel, objective: Terms, options: SolveOptions, deadline: float) -> OneWalk:
    """
    Search for a flow in one piece with the least objective (any flow where there is none).

    Parameters
    ----------
    deadline
        On the monotonic clock. A search that reaches it returns `feasible` or `unknown`, never `infeasible`.
    """
    program = model.program.copy()
    if any(lower > upper for lower, upper in zip(program.lower, program.upper, strict=True)):
        return OneWalk(Status.INFEASIBLE, (), None, None, RELAXATION, 1)
    session = _Session(model, objective, program)
    session.grow()
    if objective:
        session.solver_model.minimize(session.expression(objective))
    slice_s, setting, rounds = FIRST_SLICE, 0, 0
    while (left := deadline - time.monotonic()) > 0:
        rounds += 1
        status, values, bound = _solve(session, options, left, slice_s, setting)
        if bound is not None:
            session.bound = bound if session.bound is None else max(bound, session.bound)
        if status is Status.INFEASIBLE:
            values, confirmed = _confirm(session.program, objective)
            if not values:
                return OneWalk(Status.INFEASIBLE, (), None, None, confirmed, rounds)
        if values:
            _take(session, values)
        if session.best_objective is not None and (
            not objective or (session.bound is not None and session.best_objective <= session.bound)
        ):
            found = _answer(session, Status.OPTIMAL, rounds)
            return replace(found, confirmed=_none_better(session)) if objective else found
        if status in (Status.UNKNOWN, Status.FEASIBLE):
            slice_s, setting = slice_s * GROWTH, setting + 1
        if rounds >= TREE_AFTER and not session.tree:
            session.ask_for_tree()
    return _answer(session, Status.FEASIBLE if session.best else Status.UNKNOWN, rounds)


def _answer(session: _Session, status: Status, rounds: int) -> OneWalk:
    return OneWalk(status, session.best, session.best_objective, session.bound, rounds=rounds)


def _take(session: _Session, values: Sequence[int]) -> None:
    """Mend a solution; keep it if it is in one piece and better, else cut off its parts."""
    walks = session.model.walks
    flows = joined(walks, session.model.flows(values))
    pieces = parts(walks.tails, walks.heads, flows)
    if len(pieces) > 1:
        for piece in pieces:
            _cut(session, frozenset(nodes_of(walks.tails, walks.heads, piece)))
        session.grow()
        return
    worth = sum(
        factor * (flows[number] if number < len(flows) else values[number])
        for number, factor in session.objective
    )
    if session.best_objective is None or worth < session.best_objective:
        session.best, session.best_objective = tuple(flows), worth


def _solve(
    session: _Session, options: SolveOptions, left: float, slice_s: float, setting: int
) -> tuple[Status, tuple[int, ...], int | None]:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = options.workers
    parameters.random_seed = options.seed + setting
    parameters.max_time_in_seconds = left
    share, extra = SETTINGS[setting % len(SETTINGS)]
    parameters.max_deterministic_time = share * slice_s
    # Measured: on models this small, probing and symmetry detection cost more than the search they save.
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    for name, value in extra.items():
        setattr(parameters, name, value if name == "cut_level" else bool(value))
    status = solver.solve(session.solver_model)
    if status == cp_model.MODEL_INVALID:
        raise EngineError(session.solver_model.validate())
    if status == cp_model.INFEASIBLE:
        return Status.INFEASIBLE, (), None
    bound = None
    if session.objective:
        reached = solver.best_objective_bound
        bound = math.ceil(reached - TOLERANCE) if abs(reached) < 2**53 else None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Status.UNKNOWN, (), bound
    values = tuple(solver.value(variable) for variable in session.variables)
    return (Status.OPTIMAL if status == cp_model.OPTIMAL else Status.FEASIBLE), values, bound


def _cut(session: _Session, nodes: frozenset[int]) -> None:
    """Cut off a set of nodes, and where every weekday asks the same its images on the other weekdays too."""
    walks = session.model.walks
    inside, outside, _ = _sides(walks, nodes)
    conditions = (_can_hold(session.model, outside), _can_hold(session.model, inside))
    size = 7 * walks.width
    images = [
        frozenset((node + weekday * walks.width) % size for node in nodes)
        for weekday in range(7 if session.model.flat else 1)
    ]
    for image in dict.fromkeys(images):
        if image not in session.cut_off:
            session.cut_off.add(image)
            _forbid(session, image, conditions)


def _sides(walks: Walks, nodes: frozenset[int]) -> tuple[list[int], list[int], list[int]]:
    """Return the arcs inside a set of nodes, wholly outside it, and leaving it."""
    inside, outside, leaving = [], [], []
    for arc, (tail, head) in enumerate(zip(walks.tails, walks.heads, strict=True)):
        if tail in nodes and head in nodes:
            inside.append(arc)
        elif tail in nodes:
            leaving.append(arc)
        elif head not in nodes:
            outside.append(arc)
    return inside, outside, leaving


def _forbid(session: _Session, nodes: frozenset[int], conditions: tuple[bool, bool]) -> None:
    """
    Add rows that forbid flow both inside a set of nodes and wholly outside it with nothing between.

    As much leaves the set as enters it, so one row serves both. Where the demand cannot be held outside alone, nor
    inside alone, flow must leave: the row needs no condition, and the linear relaxation feels all of it.
    """
    program = session.program
    inside, outside, leaving = _sides(session.model.walks, nodes)
    terms: Terms = [(arc, 1) for arc in leaving]
    for arcs, conditional in zip((inside, outside), conditions, strict=True):
        if conditional:
            in_use = program.variable(0, 1)
            for arc in arcs:
                program.at_least([(in_use, program.upper[arc]), (arc, -1)], 0, "part in use")
            terms.append((in_use, -1))
    program.at_least(terms, 1 - sum(conditions), "one piece")


def _can_hold(model: ExactModel, arcs: Sequence[int]) -> bool:
    """Return whether these arcs alone may hold the demand, as far as sums and the linear relaxation can tell."""
    program = model.program
    numbers = {arc: number for number, arc in enumerate([*arcs, model.headcount])}
    small = Program([program.lower[v] for v in numbers], [program.upper[v] for v in numbers])
    for row in program.rows:
        terms = [(numbers[variable], factor) for variable, factor in row.terms if variable in numbers]
        most = sum(f * (small.upper[v] if f > 0 else small.lower[v]) for v, f in terms)
        if row.lower is not None and most < row.lower:
            return False
        if terms:
            small.rows.append(Row(terms, row.lower, row.upper, row.why))
    return relaxed(small, [])[0] is not Status.INFEASIBLE


def _confirm(program: Program, objective: Terms) -> tuple[tuple[int, ...], str]:
    """Check an infeasibility a second way; return a solution if one turns up after all, and the name of the way."""
    if relaxed(program, [])[0] is Status.INFEASIBLE:
        return (), RELAXATION
    opinion = second_opinion(program, objective, SECOND_OPINION_S)
    if opinion.found:
        return opinion.values, ""
    return (), OTHER_SOLVER if opinion.status is Status.INFEASIBLE else ""


def _none_better(session: _Session) -> str:
    """Name a second way that shows that no objective is below the best; empty where none shows it in time."""
    program = session.program.copy()
    program.at_most(session.objective, (session.best_objective or 0) - 1, "better")
    found, confirmed = _confirm(program, [])
    return "" if found else confirmed
