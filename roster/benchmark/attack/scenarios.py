"""Random scenarios: the number of people that is proven, against a plain model's rosters of up to eight weeks."""

from __future__ import annotations

from roster.benchmark.attack.differences import OPEN, Difference
from roster.benchmark.attack.draw import problem_of, scenario
from roster.benchmark.attack.plain import Plain
from roster.domain.horizon import ring
from roster.domain.outcome import Outcome, SolveOptions, Status
from roster.domain.problem import Goal, Person, Problem
from roster.errors import EngineError, InputError
from roster.questions.plan import plan_headcount

WEEKS = (8, 6, 5, 4, 3, 2, 1)
"""Lengths of the plain model's rosters: what no roster of 8 weeks does, none of 4, 2 or 1 does either."""

MOST_PEOPLE = 4
"""People beyond whom a plain model of eight weeks is too slow."""

PLAN_S, EACH_S = 20.0, 0.4
"""Seconds for the program, and for the plain model of each length."""

POLISH_S = 0.01
"""Seconds for a better rota of the same number, which is not what is attacked here."""

KIND = "scenarios"


def attack(seed: int, text: str = "") -> Difference | str:
    """Hold the program's answer for a random scenario, or a given one, against rosters that a plain model finds."""
    text = text or scenario(seed)
    asked = planned(KIND, seed, text, PLAN_S)
    if not isinstance(asked, tuple):
        return asked
    problem, outcome, files = asked
    if outcome.status is Status.UNKNOWN:
        return OPEN
    weeks = fewer(problem, outcome)
    if isinstance(weeks, int):
        said = "impossible" if outcome.bound is None else f"at least {outcome.bound}"
        return Difference(
            KIND, seed, f"the program says {said}; fewer do with a rota of {weeks} weeks", files
        )
    if outcome.plan is not None and outcome.bound is not None:
        roster = outcome.plan.roster
        plain = Plain(problem, roster.horizon, roster.people, all_used=True)
        plain.cover()
        if not plain.fix(roster.duties) or plain.solve(EACH_S)[0] is False:
            return Difference(KIND, seed, "the plain model refuses the program's calendar", files)
    return outcome.status.value


def planned(
    kind: str, seed: int, text: str, seconds: float
) -> tuple[Problem, Outcome, dict[str, str]] | Difference | str:
    """
    Return a scenario, what the program says of it, and its file; or what became of it before that.

    Parameters
    ----------
    kind, seed, text : What is attacked, the number of the case, and the scenario.
    seconds : Time limit.
    """
    try:
        problem = problem_of(text)
    except InputError:
        return "refused"
    files = {f"{kind}{seed}.yaml": text}
    try:
        return problem, plan_headcount(problem, SolveOptions(seconds, 1, 1, polish_s=POLISH_S)), files
    except EngineError as error:
        return Difference(kind, seed, f"the program contradicts itself: {error}", files)


def fewer(problem: Problem, outcome: Outcome, model: type[Plain] = Plain) -> int | None:
    """
    Return the weeks of a plain model's roster with fewer people than the program says are needed; None for none.

    Parameters
    ----------
    problem, outcome : The scenario, and what the program says of it.
    model : The plain model.
    """
    never = outcome.status is Status.INFEASIBLE and outcome.bound is None
    bound = MOST_PEOPLE + 1 if never else outcome.bound
    if bound is None or problem.goal is Goal.COST:
        return None
    most = min(bound - 1, MOST_PEOPLE)
    if most < sum(staff.minimum for staff in problem.types):
        return None
    people = [
        Person(f"{staff.name}-{number}", staff.name)
        for staff in problem.types
        for number in range(min(staff.maximum, most))
    ]
    refuted: list[int] = []
    for weeks in WEEKS:
        if any(longer % weeks == 0 for longer in refuted):
            continue
        plain = model(problem, ring(weeks), people, all_used=False)
        plain.cover()
        plain.numbers(most)
        lawful, _ = plain.solve(EACH_S)
        if lawful:
            return weeks
        if lawful is False:
            refuted.append(weeks)
    return None
