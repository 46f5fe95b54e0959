"""
How many people each type gets where equal types take turns, and in how many weeks whole shifts leave enough.

Fractions of days mostly do for any spread, so what tells spreads and lengths apart is what is lost to whole shifts and
whole standby days: the sums of a week with that in them are a small program, solved before one of turns is built.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import floor

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Terms, worth
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import Flow, RotationModel, most_units, unit_rates
from roster.engine.rotation.orders import settle_merged
from roster.engine.rotation.ring_lengths import Made
from roster.engine.rotation.search_run import SearchRun
from roster.engine.rotation.taking_turns import REPEAT, equal_types, in_turns, places, turns_of
from roster.engine.solvers.merged import Merged, merged
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Solution

SECONDS = 5.0
"""Wall time at most for the sums of whole shifts."""

TURNS = (1, 2, 4)
"""Weeks that equal types have in turn, in the order tried: the more, the less is lost to whole shifts and standbys."""

LONG_TURNS = (8,)
"""The same where a rota of more people is known already: a program that takes a minute."""

ONE_SIZE_TURNS = ((1, REPEAT), (2, REPEAT), (4, REPEAT), (8, REPEAT), (10, REPEAT), (10, 10))
"""
The same where all equal types have as many people, a program little larger than one of them; and `repeat` of `places`.

Of 4.304 shifts a week, the Chinese year's, one person loses a twentieth of a shift in ten weeks, and a third in one.
"""

_Way = tuple[dict[str, int], int, int]
"""How many people of each type, in how many weeks, and `repeat` of `places`."""

TURN_SHARE = 0.6
"""Share of the time left for each number of weeks, where no rota is known yet."""


def rotas_in_turns(
    make: Made, week: RotationModel, program: Program, run: SearchRun, *, longer: bool
) -> Iterator[tuple[RotationModel, Solution]]:
    """
    Yield rotas in turns of some number of people, each with the model of its weeks; most of them are `unknown`.

    Parameters
    ----------
    make, week : Builds the model of a ring, and that of one week.
    program : The program of a week with the number of people settled.
    run : The time there is.
    longer : Whether a rota of more people is known, so that only rings that take long are left to try.
    """
    chosen = settle_merged(week, program, run.search)
    if not chosen.found:
        return
    share = 1 if longer else TURN_SHARE
    for people, weeks, repeat in _ways(week, program, chosen.values, longer=longer):
        if run.left() <= 0:
            return
        model = make(WEEK_DAYS * weeks)
        yield model, in_turns(model, people, run.left() * share, repeat)


def _ways(week: RotationModel, program: Program, chosen: Sequence[int], *, longer: bool) -> Iterator[_Way]:
    """Yield people of each type with the numbers of weeks that whole shifts do not rule out."""
    for people in spreads(week, chosen):
        for weeks in enough_whole_shifts(week, people, LONG_TURNS if longer else TURNS):
            yield people, weeks, REPEAT
    one_size = None if longer else of_one_size(week, program, chosen)
    if one_size is not None:
        yield one_size


def spreads(model: RotationModel, values: Sequence[int]) -> list[dict[str, int]]:
    """
    Return the people of each type in a solution, those of equal types spread over them: evenly, and by two each.

    Where fractions of days will do for any spread they will for the even one, an average of it in other orders. Whole
    shifts may not: four people lose more of one in eight weeks than three and five do.
    """
    even, by_two = dict[str, int](), dict[str, int]()
    for names in equal_types(model):
        each, over = divmod(sum(values[model.flows[name].headcount] for name in names), len(names))
        even.update({name: each + (at < over) for at, name in enumerate(names)})
        by_two.update({name: each + min(2, max(0, over - 2 * at)) for at, name in enumerate(names)})
    return [even] if even == by_two else [even, by_two]


def enough_whole_shifts(week: RotationModel, people: Mapping[str, int], lengths: Sequence[int]) -> list[int]:
    """
    Return the numbers of weeks in which whole shifts and whole standby days do not rule out rotas in turns.

    As fractions of days, what is alike summed: a fraction of a second, where the program of turns takes some.

    Parameters
    ----------
    week, people : The model of one week, and how many people of each type.
    lengths : Numbers of weeks asked about.
    """
    program = week.program.copy()
    for name, flow in week.flows.items():
        program.lower[flow.headcount] = program.upper[flow.headcount] = people[name]
    small = merged(program, [], week.bodies)
    found = []
    for weeks in lengths:
        most: dict[int, int] = defaultdict(int)
        for name, _, _, period in turns_of(week, people, weeks):
            flow = week.flows[name]
            for unit, whole in zip(flow.units, most_units(flow, people[name], period), strict=True):
                most[small.number[unit]] += whole * (weeks // period)
        limited = small.program.copy()
        for unit, whole in most.items():
            limited.at_most([(unit, weeks)], whole, "whole")
        if branch_and_bound(limited, [], SECONDS, frozenset()).status is not Status.INFEASIBLE:
            found.append(weeks)
    return found


def of_one_size(week: RotationModel, program: Program, chosen: Sequence[int]) -> _Way | None:
    """
    Return people of each type, as many in all that are equal, and the first turns in which whole shifts suffice.

    None where they do in none of `ONE_SIZE_TURNS`. The cheapest people, as fractions of days allow.

    Parameters
    ----------
    week, program : The model of one week, and its program with whatever is settled already.
    chosen : A solution of it: how many people there are in all.
    """
    kinds = [[week.flows[name] for name in names] for names in equal_types(week)]
    heads: list[Terms] = [[(flow.headcount, 1) for flow in kind] for kind in kinds]
    small = merged(program, [week.cost, *heads], week.bodies)
    sized, most = small.program.copy(), worth(week.people, chosen)
    sizes = [_sizes(sized, small, kind, most // len(kind)) for kind in kinds]
    whole, cost = frozenset(v for own in sizes for v in own), small.sum_of(week.cost)
    if branch_and_bound(sized, cost, SECONDS, whole).status is Status.INFEASIBLE:
        return None
    for weeks, repeat in ONE_SIZE_TURNS:
        limited = sized.copy()
        for kind, own in zip(kinds, sizes, strict=True):
            _limit_whole(limited, small, (kind, own), (weeks, repeat))
        found = branch_and_bound(limited, cost, SECONDS, whole)
        if found.found:
            sized_so = zip(kinds, sizes, strict=True)
            return (
                {
                    f.staff.name: own[v]
                    for kind, own in sized_so
                    for v in own
                    if found.values[v]
                    for f in kind
                },
                weeks,
                repeat,
            )
    return None


def _sizes(program: Program, small: Merged, kind: Sequence[Flow], most: int) -> dict[int, int]:
    """Let all types of a kind have as many people, and return a variable for each number that they may have."""
    sizes = {program.variable(0, 1): size for size in range(kind[0].staff.minimum, most + 1)}
    program.equal([(v, 1) for v in sizes], 1, "size")
    people: Terms = [(v, len(kind) * size) for v, size in sizes.items()]
    heads = small.among(flow.headcount for flow in kind)
    program.equal([*people, *((head, -1) for head in heads)], 0, "people")
    return sizes


def _limit_whole(
    program: Program, small: Merged, sized: tuple[Sequence[Flow], Mapping[int, int]], turns: tuple[int, int]
) -> None:
    """Let a kind, whose variables of sizes are given, do no more than its whole shifts and standby days in turns."""
    (kind, sizes), (weeks, repeat) = sized, turns
    periods = Counter(period for _, _, period in places(len(kind), weeks, repeat))
    for at, rate in enumerate(unit_rates(kind[0])):
        done: Terms = [(unit, weeks) for unit in small.among(flow.units[at] for flow in kind)]
        for v, size in sizes.items():
            whole = sum(
                times * weeks // period * floor(rate * size * period) for period, times in periods.items()
            )
            done.append((v, -whole))
        program.at_most(done, 0, "whole")
