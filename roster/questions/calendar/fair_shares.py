"""What each person's fair share is: of hours, nights, weekends, holidays, standby, by contract and days present."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from roster.domain.fairness import HOURS, TENTHS, WEEKENDS, Carried, Fairness, Share, unit_of
from roster.domain.horizon import SATURDAY
from roster.domain.problem import Duty, Problem, StaffType
from roster.engine.columns import Compiled, Floats, amount, needed


def fair_shares(compiled: Compiled) -> tuple[Share, ...]:
    """
    Return everybody's share of each thing that the problem shares out.

    What there is to share is counted on the fewest duties that hold the posts. It is shared among those whose types can
    stand in for one another, by contract hours and days on which they could do it at all. What somebody had too much of
    in earlier periods is taken off. Where something is shared twice for somebody, the later word holds; the
    others share what is left.
    """
    problem = compiled.problem
    if not problem.fairness or not compiled.team.members:
        return ()
    counts = needed(compiled)
    carried = {(one.person, sums.measure): sums for one in problem.ledger for sums in one.sums}
    names = [person.name for person in compiled.roster.people]
    settled: dict[tuple[int, str], Share] = {}
    measures = [fairness.measure for fairness in problem.fairness]
    for fairness in reversed(problem.fairness):
        weights, adds = _weights(compiled, fairness)
        known = {at: one.fair for (at, measure), one in settled.items() if measure == fairness.measure}
        amounts: dict[int, float] = {}
        among: dict[int, int] = {}
        if fairness.figures:
            amounts = _by_figure(compiled, fairness, weights)
        else:
            for number, group in enumerate(_groups(compiled, fairness, adds), len(settled) + 1):
                if total := _total(compiled, fairness, counts, group):
                    left = max(0.0, total - sum(known.get(at, 0) for at in group))
                    amounts |= _parts({at: weights[at] for at in group if at not in known}, left)
                    among |= dict.fromkeys(group, number)
        for at, amount_ in amounts.items():
            if at not in known:
                one = _share(names[at], fairness, amount_, carried)
                settled[at, fairness.measure] = replace(one, group=among.get(at, 0))
    return tuple(
        settled[at, measure]
        for measure in dict.fromkeys(measures)
        for at in range(len(names))
        if (at, measure) in settled
    )


Adds = list[Floats]
"""For each person what each duty of each day adds to a measure."""


def _weights(compiled: Compiled, fairness: Fairness) -> tuple[list[float], Adds]:
    problem, roster = compiled.problem, compiled.roster
    horizon = roster.horizon
    weights, adds = [], []
    for person, member, duties in zip(roster.people, compiled.team.members, compiled.duties, strict=True):
        own = np.array(
            [
                [_adds(compiled, fairness.measure, duty, day) for duty in duties]
                for day in range(horizon.days)
            ],
            float,
        )
        own[:, member.place < 0] = 0.0
        possible = (own > 0).any(axis=1)
        could = ((own > 0) & np.isfinite(member.own)).any(axis=1)
        alike = fairness.equal or fairness.figures
        contract = 1 if alike else problem.type_of(person).weekly_minutes
        weights.append(contract * float(could.sum()) / max(1, int(possible.sum())))
        adds.append(own)
    return weights, adds


def _adds(compiled: Compiled, measure: str, duty: Duty, day: int) -> int:
    """Return what a duty adds to a measure; for weekends, whether it is on one."""
    horizon = compiled.roster.horizon
    if measure == WEEKENDS:
        return int(not duty.is_off and horizon.weekday(day) >= SATURDAY)
    return amount(measure, duty, horizon, compiled.problem.dates, day)


def _groups(compiled: Compiled, fairness: Fairness, adds: Adds) -> list[list[int]]:
    """Return who shares with whom: those of the named types, else those who can hold the same posts."""
    people = compiled.roster.people
    if fairness.among:
        return [[at for at, person in enumerate(people) if person.type in fairness.among]]
    label = list(range(len(people)))

    def find(one: int) -> int:
        while label[one] != one:
            one = label[one]
        return one

    first: dict[str, int] = {}
    for at, own in enumerate(adds):
        staff = compiled.problem.type_of(people[at])
        for number in np.flatnonzero((own > 0).any(axis=0)).tolist():
            for post in _held(compiled.problem, staff, compiled.duties[at][number]):
                label[find(at)] = find(first.setdefault(post, at))
    groups: dict[int, list[int]] = {}
    for at in range(len(people)):
        groups.setdefault(find(at), []).append(at)
    return [group for group in groups.values() if len(group) > 1]


def _held(problem: Problem, staff: StaffType, duty: Duty) -> Iterator[str]:
    """Yield the posts that people of a type can hold on a duty."""
    for post in problem.posts:
        if problem.is_eligible(staff, post) and any(problem.suits(duty, part, post) for part in duty.parts):
            yield post.name


def _total(compiled: Compiled, fairness: Fairness, counts: Floats, group: Sequence[int]) -> float:
    """Return how much there is to share: minutes, or tenths."""
    horizon, scale = compiled.roster.horizon, 1 if fairness.measure == HOURS else TENTHS
    worth: dict[tuple[int, int], int] = {}
    for at in group:
        member, duties = compiled.team.members[at], compiled.duties[at]
        for number, place in enumerate(member.place.tolist()):
            if place >= 0:
                for day in range(horizon.days):
                    worth[day, place] = _adds(compiled, fairness.measure, duties[number], day)
    if fairness.measure != WEEKENDS:
        return scale * sum(float(counts[day, place]) * worth_ for (day, place), worth_ in worth.items())
    places = {place for _, place in worth}
    there = [sum(float(counts[day, place]) for place in places) for day in range(horizon.days)]
    return scale * sum(max(there[saturday], there[saturday + 1]) for saturday in horizon.saturdays())


def _by_figure(compiled: Compiled, fairness: Fairness, present: Sequence[float]) -> dict[int, float]:
    """Return what is fair for those who have a figure, less for days on which they could not."""
    found = {}
    for at, (person, there) in enumerate(zip(compiled.roster.people, present, strict=True)):
        figure = fairness.figure(person.name)
        if figure is not None and there and fairness.concerns(person.type):
            found[at] = figure * there
    return found


def _parts(weights: dict[int, float], total: float) -> dict[int, float]:
    """Return a total shared out by weight, without those who have none."""
    everything = sum(weights.values())
    return {at: total * weight / everything for at, weight in weights.items() if weight}


def _share(name: str, fairness: Fairness, amount: float, carried: dict[tuple[str, str], Carried]) -> Share:
    """Return a share of so much, to the tenth of a unit unless it was said, what is carried over taken off."""
    step = unit_of(fairness.measure) // TENTHS
    fair = int(amount) if amount in dict(fairness.figures).values() else step * round(amount / step)
    before = carried.get((name, fairness.measure))
    owed = step * round((before.had - before.fair) / step) if before else 0
    return Share(name, fairness.measure, fair - owed, fair, fairness.price)
