"""
Two straightforward models of the same instances, to measure the engine against and to hold its verdicts against.

Both have a Boolean for each day of the word and each duty, so they grow with the number of employees. `boolean_model`
states every rule as clauses over windows of days and shares nothing with the engine; `automaton_model` hands the word
to `add_automaton`, with the engine's automaton before it is minimised.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from roster.benchmark.rws.format import Instance, Limits
from roster.benchmark.rws.solve import checked, question
from roster.domain.outcome import SolveOptions, Status
from roster.engine.exact_demand import automaton

DayVariables = list[list[cp_model.IntVar]]
"""For each day of the word a Boolean for each duty, the day off first."""


@dataclass(frozen=True, slots=True)
class ModelVerdict:
    """What a model found, and the time it took from building it to the checked rota."""

    status: Status
    wall_s: float
    cpu_s: float


def solve_with(
    build: Callable[[Instance], tuple[cp_model.CpModel, DayVariables]],
    instance: Instance,
    options: SolveOptions,
) -> ModelVerdict:
    """
    Build a model, solve it, and check its rota.

    Parameters
    ----------
    build : Returns the model, and the variables of each day of the word.
    instance, options : The instance; time limit, workers and seed.

    Raises
    ------
    EngineError
        The rota breaks a rule.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    model, word = build(instance)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = options.workers
    solver.parameters.random_seed = options.seed
    solver.parameters.max_time_in_seconds = options.time_limit_s
    found = solver.solve(model)
    status = Status.UNKNOWN
    if found in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        days = [next(duty for duty, chosen in enumerate(day) if solver.boolean_value(chosen)) for day in word]
        checked(instance, tuple(days))
        status = Status.OPTIMAL
    elif found == cp_model.INFEASIBLE:
        status = Status.INFEASIBLE
    return ModelVerdict(status, time.perf_counter() - wall, time.process_time() - cpu)


def boolean_model(instance: Instance) -> tuple[cp_model.CpModel, DayVariables]:
    """One Boolean an employee, day and shift; every rule as clauses or sums over windows of the cyclic word."""
    model, word = _demand_only(instance)
    off = [day[0] for day in word]
    _runs(model, off, instance.off)
    _runs(model, [free.negated() for free in off], instance.work)
    names = {shift.name: number for number, shift in enumerate(instance.shifts, start=1)}
    for number, shift in enumerate(instance.shifts, start=1):
        _runs(model, [day[number] for day in word], shift.run)
    days = len(word)
    for at in range(days):
        after, later = word[(at + 1) % days], word[(at + 2) % days]
        for a, b in instance.not_after:
            model.add_bool_or(word[at][names[a]].negated(), after[names[b]].negated())
        for a, b in instance.not_after_off:
            model.add_bool_or(word[at][names[a]].negated(), after[0].negated(), later[names[b]].negated())
    return model, word


def _demand_only(instance: Instance) -> tuple[cp_model.CpModel, DayVariables]:
    model = cp_model.CpModel()
    duties = len(instance.shifts) + 1
    word = [[model.new_bool_var("") for _ in range(duties)] for _ in range(7 * instance.employees)]
    for day in word:
        model.add_exactly_one(day)
    for number, row in enumerate(instance.demand, start=1):
        for weekday, wanted in enumerate(row):
            model.add(cp_model.LinearExpr.sum([day[number] for day in word[weekday::7]]) == wanted)
    return model, word


def _runs(model: cp_model.CpModel, literals: Sequence[cp_model.LiteralT], limits: Limits) -> None:
    """Bound every maximal run of true literals in a word that closes on itself; a run round all of it is too long."""
    days = len(literals)
    window = min(limits.longest + 1, days)
    for at in range(days):
        model.add_bool_or([~literals[(at + ahead) % days] for ahead in range(window)])
        for ahead in range(1, limits.shortest):
            # A run that begins here reaches at least so far.
            model.add_bool_or([~literals[at], literals[at - 1], literals[(at + ahead) % days]])


def automaton_model(instance: Instance) -> tuple[cp_model.CpModel, DayVariables]:
    """The word handed to `add_automaton`, its first days read again at the end so that every run is judged."""
    model, word = _demand_only(instance)
    asked = question(instance)
    steps = automaton(asked.duties, asked.rules)
    arcs = [(state, duty, after) for state, step in enumerate(steps) for duty, after in step.items()]
    letters = []
    for day in word:
        letter = model.new_int_var(0, len(day) - 1, "")
        for number, chosen in enumerate(day):
            model.add(letter == number).only_enforce_if(chosen)
        letters.append(letter)
    again = max(instance.work.longest, instance.off.longest) + 2
    read = [letters[at % len(letters)] for at in range(len(letters) + again)]
    model.add_automaton(read, 0, list(range(len(steps))), arcs)
    return model, word
