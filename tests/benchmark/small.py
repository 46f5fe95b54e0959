"""Small random instances, and the straightforward answer to each question about them."""

from __future__ import annotations

from hypothesis import strategies as st
from ortools.sat.python import cp_model

from roster.benchmark.rws.format import Instance, Limits, RwsShift
from roster.benchmark.rws.plain_models import boolean_model
from roster.domain.outcome import SolveOptions

QUICK = SolveOptions(time_limit_s=10.0, workers=1)


@st.composite
def limits(draw: st.DrawFn, longest: int) -> Limits:
    shortest = draw(st.integers(1, 3))
    return Limits(shortest, draw(st.integers(shortest, longest)))


@st.composite
def instances(draw: st.DrawFn, most_people: int = 5) -> Instance:
    """Draw any instance at all: two shifts, up to five employees, demand anywhere between nobody and everybody."""
    people = draw(st.integers(1, most_people))
    names = ["D", "N"]
    shifts = tuple(RwsShift(name, 0, 480, draw(limits(5))) for name in names)
    pairs = st.sets(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3)
    rows = [[draw(st.integers(0, max(1, people // 2))) for _ in range(7)] for _ in names]
    if draw(st.booleans()):
        rows = [[row[0]] * 7 for row in rows]
    return Instance(
        "small",
        people,
        shifts,
        tuple(map(tuple, rows)),
        draw(limits(4)),
        draw(limits(6)),
        tuple(sorted(draw(pairs))),
        tuple(sorted(draw(pairs))),
    )


def feasible(instance: Instance) -> bool:
    """Ask one Boolean an employee, day and shift."""
    return most_free_weekends(instance, optimise=False) is not None


def most_free_weekends(instance: Instance, *, optimise: bool = True) -> int | None:
    """Return the most Saturday-Sunday pairs off, None without a rota, by one Boolean an employee, day and shift."""
    model, word = boolean_model(instance)
    pairs = []
    for row in range(instance.employees):
        saturday, sunday = word[7 * row + 5][0], word[7 * row + 6][0]
        both = model.new_bool_var("")
        model.add_implication(both, saturday)
        model.add_implication(both, sunday)
        pairs.append(both)
    if optimise:
        model.maximize(cp_model.LinearExpr.sum(pairs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return None if status == cp_model.INFEASIBLE else round(solver.objective_value)
