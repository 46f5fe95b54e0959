"""
The most that so many people can hold: posts in the order of their priority, each level proven before the next.

The rotation model with every place free to stay empty, round one week, or round several where that leaves less empty
on average. Of each level of posts the person-minutes left empty are made least, what that leaves of the levels before
it kept. People given are people available: nobody has to be on the rota, so one more can never make anything worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from math import ceil, gcd

from roster.domain.outcome import ProofKind, Status, weakest
from roster.domain.problem import Problem
from roster.engine.integer_program import Program, Terms, worth
from roster.engine.rotation.average_cuts import forbid_broken_parts
from roster.engine.rotation.best_days import GOOD_ENOUGH
from roster.engine.rotation.decompose import split
from roster.engine.rotation.first_rota import NEAR, first_rota
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.minimum import fewest
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.one_circuit import made_lawful
from roster.engine.rotation.ring_lengths import LONGEST, ring_lengths, rings
from roster.engine.rotation.search_run import SearchRun, hurried
from roster.engine.rotation.service_levels import LevelProgram, LevelService, Rank, Served, TeamSize
from roster.engine.solvers.mip import HIGHS_SETTINGS, branch_and_bound, relaxed
from roster.engine.solvers.search import Solution

TIDY_SECONDS = 2.0
"""Wall time at most for each of the choices among equally good services; nothing is claimed of them."""

RINGS_SHARE, RINGS_SECONDS = 0.5, 4.0
"""Share of the time left for longer rings, where the best weekly service is not proven; and wall seconds at most."""

WHOLE_SECONDS = 12.0
"""The same for a ring on which nothing stays empty, where nothing excludes one."""

GAPS_SECONDS = 5.0
"""The same for the choice that matters most to a reader: as few posts with gaps as possible."""


def ranks(problem: Problem) -> list[Rank]:
    """Return the levels of a problem's posts, hard posts first, the most important first."""
    return sorted({(not post.hard, post.priority) for post in problem.posts})


def crowded(problem: Problem, team: TeamSize) -> Problem:
    """Return the problem with the people of a crowd: as many as there are, none of them bound to be on the rota."""

    def most(name: str, maximum: int) -> int:
        if team.by_type is not None:
            return team.by_type.get(name, 0)
        in_house = not problem.is_vendor(problem.type[name])
        return min(maximum, team.total or 0) if in_house else maximum

    types = (replace(one, minimum=0, maximum=most(one.name, one.maximum)) for one in problem.types)
    return replace(problem, types=tuple(types))


def _those_there(problem: Problem) -> Problem:
    """Return the problem without the types that have nobody: their days are half of a model."""
    types = tuple(one for one in problem.types if one.maximum > 0)
    names = {one.name for one in types}
    people = tuple(person for person in problem.people if person.type in names)
    return replace(problem, types=types, people=people)


def serve(
    problem: Problem, team: TeamSize, run: SearchRun, *, tidy: bool = True, longer: bool = True
) -> Served:
    """
    Find the best service of a crowd.

    Parameters
    ----------
    problem, team : The scenario, and who is there.
    run : The time there is.
    tidy : Whether the choice among equally good ones matters.
    longer : Whether rotas of several weeks are looked for, where the best weekly one is not proven.
    """
    there = _those_there(crowded(problem, team))
    found = []
    for part in _parts(there, team):
        best = _part(build(part, elastic=True), team, run, tidy=tidy)
        found.append(_longer(part, team, run, best) if longer and best.found and not best.proven else best)
    levels = tuple(_sum(rank, [level for part in found for level in part.levels]) for rank in ranks(problem))
    if not all(part.found for part in found):
        return Served((), ())
    return Served(levels, tuple(one for part in found for one in part.parts))


def _parts(problem: Problem, team: TeamSize) -> list[Problem]:
    """Return what can be solved apart: nothing where the types compete for one total."""
    return split(problem) if team.total is None else [problem]


def _sum(rank: Rank, levels: Iterable[LevelService]) -> LevelService:
    same = [level for level in levels if level.rank == rank]
    kind = weakest(level.kind for level in same)
    return LevelService(rank, sum(level.empty for level in same), sum(level.bound for level in same), kind)


def _longer(problem: Problem, team: TeamSize, run: SearchRun, best: Served) -> Served:
    """
    Return the service of a longer ring where it leaves less empty on average than the best weekly one.

    The shortest ring wins among those that leave as little.
    """
    whole = _whole(problem, run) if _may_be_whole(best) else None
    lengths = (whole,) if whole else takewhile(lambda days: days <= LONGEST, ring_lengths(problem))
    within = run.search.within(min(run.left() * RINGS_SHARE, WHOLE_SECONDS if whole else RINGS_SECONDS))
    for model, search in rings(lambda days: build(problem, days=days, elastic=True), lengths, within):
        found = _part(model, team, replace(run, search=search), tidy=True)
        if found.found and _emptied(found) < _emptied(best):
            best = found
        if best.proven:
            break
    return best


def _may_be_whole(best: Served) -> bool:
    """Whether nothing shows that some hard post stays empty."""
    return not any(level.bound for level in best.levels if not level.rank[0])


def _whole(problem: Problem, run: SearchRun) -> int | None:
    """Return the days of a ring on which these people hold every hard post, where one is found in time."""
    search = run.search.within(min(run.left() * RINGS_SHARE, WHOLE_SECONDS))
    found = fewest(problem, replace(run, search=search, tell=lambda _: None))
    return found.model.days if found.model is not None and found.values else None


def _emptied(served: Served) -> list[int]:
    return [level.empty for level in served.levels]


def _part(model: RotationModel, team: TeamSize, run: SearchRun, *, tidy: bool) -> Served:
    """Find the best service of one ring; a rotation that breaks an average in a part is mended or cut off."""
    program = model.program
    if team.total is not None:
        program.at_most(model.in_house, team.total, "people in all")
    while True:
        levels, kept, found = _levels(model, program, run)
        if not found:
            return Served((), ())
        values = _tidied(model, kept, found, team, run) if tidy else found
        levels = tuple(_weekly(level, model.days) for level in levels)
        for best in (values, found):
            if whole := made_lawful(replace(model, program=kept), best, run.search):
                return Served(levels, (LevelProgram(model, kept, whole),))
        if not forbid_broken_parts(model, program, found) or run.left() <= 0:
            return Served((), ())


def _weekly(level: LevelService, days: int) -> LevelService:
    """Return a level of a ring in minutes a week on average; what is not whole is rounded so that no claim grows."""
    empty = -(-level.empty * WEEK_DAYS // days)
    bound = empty if level.proven else level.bound * WEEK_DAYS // days
    return replace(level, empty=empty, bound=bound)


def empty_terms(model: RotationModel, rank: Rank) -> Terms:
    """Return the person-minutes of a level that stay empty."""
    post = model.problem.post
    return [
        (variable, end - start)
        for (name, start, end), variable in model.shortages.items()
        if (not post[name].hard, post[name].priority) == rank
    ]


LevelsFound = tuple[tuple[LevelService, ...], Program, tuple[int, ...]]
"""The levels, the program with each of them kept, and the solution: empty where there is none."""


def _levels(model: RotationModel, program: Program, run: SearchRun) -> LevelsFound:
    """
    Make level after level least.

    First with whole people only: that bounds every level, and where a rota of these people reaches all the bounds at
    once it is the best. Where not, level by level, for which half of the time is kept.
    """
    return _at_the_bounds(model, program, hurried(run, 0.5)) or _one_by_one(model, program, run)


def _at_the_bounds(model: RotationModel, program: Program, run: SearchRun) -> LevelsFound | None:
    kept = program.copy()
    levels: list[LevelService] = []
    people: Solution | None = None
    certain = True
    for rank in ranks(model.problem):
        terms, unit = _stretches(model, rank)
        people = branch_and_bound(kept, terms, run.left(), model.settled_first)
        if people.status is not Status.OPTIMAL or people.objective is None:
            return None
        empty = people.objective
        bound = _bound(model, kept, rank, empty * unit, run) if certain else 0
        levels.append(_level_of(rank, empty * unit, bound))
        certain = certain and levels[-1].proven
        kept.at_most(terms, empty, "service")
        run.report("search", sum(level.empty for level in levels) // 60, None)
    if people is None:
        return None
    found = first_rota(model, kept, people.values, run.search)
    return (tuple(levels), kept, found.values) if found.found else None


def _one_by_one(model: RotationModel, program: Program, run: SearchRun) -> LevelsFound:
    """Search level by level; after one that is not proven the bounds of the next say nothing."""
    kept, certain = program.copy(), True
    levels: list[LevelService] = []
    values: tuple[int, ...] = ()
    for rank in ranks(model.problem):
        level, found = _level(model, kept, rank, values, run)
        if not found:
            return (), kept, ()
        if not certain:
            level = replace(level, bound=0, kind=ProofKind.NONE)
        values, certain = found, certain and level.proven
        levels.append(level)
        kept.at_most(empty_terms(model, rank), level.empty, "service")
        run.report("search", sum(one.empty for one in levels) // 60, None)
    if not levels:
        values = branch_and_bound(kept, [], run.left()).values
    return tuple(levels), kept, values


def _level(
    model: RotationModel, program: Program, rank: Rank, before: tuple[int, ...], run: SearchRun
) -> tuple[LevelService, tuple[int, ...]]:
    terms, unit = _stretches(model, rank)
    if before and not worth(terms, before):
        return LevelService(rank, 0, 0, ProofKind.ARITHMETIC), before
    found = branch_and_bound(program, terms, run.left())
    values = found.values or before
    if not values:
        return LevelService(rank, 0, 0, ProofKind.NONE), ()
    empty = worth(terms, values)
    bound = _bound(model, program, rank, empty * unit, run)
    return _level_of(rank, empty * unit, bound), values


def _stretches(model: RotationModel, rank: Rank) -> tuple[Terms, int]:
    """Return what stays empty of a level in the longest stretches that all of it is made of, and their minutes."""
    terms = empty_terms(model, rank)
    unit = gcd(*(factor for _, factor in terms)) or 1
    return [(variable, factor // unit) for variable, factor in terms], unit


def _bound(model: RotationModel, program: Program, rank: Rank, empty: int, run: SearchRun) -> int:
    """
    Return how many person-minutes a week of a level stay empty at least in every roster, on average over its weeks.

    `empty` are those of the rota found. People and seats are whole; shifts of a week are not, for in some weeks of a
    roster there may be more than in others.
    """
    terms = empty_terms(model, rank)
    status, value = relaxed(program, terms)
    sure = max(0, ceil(value - 1e-6)) if status is Status.OPTIMAL else 0
    if sure >= empty:
        return empty
    whole = branch_and_bound(program, terms, run.left(), model.bodies)
    return min(empty, max(sure, whole.bound or 0))


def _level_of(rank: Rank, empty: int, bound: int) -> LevelService:
    """Return a level with what its bound rests on."""
    if not empty:
        return LevelService(rank, 0, 0, ProofKind.ARITHMETIC)
    return LevelService(rank, empty, bound, ProofKind.RELAXATION if bound >= empty else ProofKind.NONE)


def _tidied(
    model: RotationModel, program: Program, values: Sequence[int], team: TeamSize, run: SearchRun
) -> Sequence[int]:
    """
    Choose among equally good services: few posts with gaps, few vendors, the fewest people of a total and cheap ones.

    People who are given all go on the rota where that is lawful. Last, no needless work.
    """
    kept, best = program.copy(), list(values)
    people = model.in_house if team.by_type is None else [(v, -f) for v, f in model.people]
    gaps = _posts_with_gaps(model, kept, best)
    cost = model.cost if team.by_type is None else []
    work = [(v, 1) for flow in model.flows.values() for v, _ in (*flow.minutes, *flow.standby_days)]
    for terms in (people, gaps, model.vendor, cost, work):
        least = sum(factor * kept.lower[v] if factor > 0 else factor * kept.upper[v] for v, factor in terms)
        if worth(terms, best) == least:
            continue
        settings = GOOD_ENOUGH if terms is work else HIGHS_SETTINGS
        seconds = min(GAPS_SECONDS if terms is gaps else TIDY_SECONDS, run.left())
        # Among the rotas of the same people that are near there is a better one in the time, among all often not.
        around = model.with_people_of(kept, best).near(best, NEAR) if terms in (gaps, work) else kept
        found = branch_and_bound(around, terms, seconds, settings=settings)
        if found.found and worth(terms, found.values) < worth(terms, best):
            best = list(found.values)
        kept.at_most(terms, worth(terms, best), "choice")
    return best[: len(values)]


def _posts_with_gaps(model: RotationModel, program: Program, values: list[int]) -> Terms:
    """Count the posts with gaps in variables of their own, appended to the solution as well."""
    by_post: dict[str, list[int]] = {}
    for (name, _, _), variable in model.shortages.items():
        by_post.setdefault(name, []).append(variable)
    terms: Terms = []
    for variables in by_post.values():
        gap = program.variable(0, 1)
        values.append(int(any(values[variable] for variable in variables)))
        for variable in variables:
            program.at_least([(gap, program.upper[variable]), (variable, -1)], 0, "gap")
        terms.append((gap, 1))
    return terms
