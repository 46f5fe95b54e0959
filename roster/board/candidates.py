"""Who could take a duty: everybody tried, the lawful first, and for the others which rule stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from roster.board.program import Assembled, breaks
from roster.checker import coverage, posts_held
from roster.domain.outcome import Roster, Violation
from roster.domain.problem import OFF, Duty, Problem
from roster.language import tr


@dataclass(frozen=True, slots=True)
class DutyTaker:
    """Somebody who could take the duty for one of their own: what that would break, in sentences."""

    index: int
    gives: Duty
    why: tuple[str, ...]


def could_be(found: Assembled, index: int, day: int) -> list[dict[str, Any]]:
    """
    Return every duty that a person could have on a day: what breaks nothing first, then the others.

    Parameters
    ----------
    found, index : The board's roster, and the person's place in it.
    day : Its number.
    """
    problem, roster = found.problem, found.roster
    now = roster.duties[index][day]
    own, held = _Own(found, index), Gaps(found, day)
    options = []
    for duty in problem.duties(problem.type_of(roster.people[index])):
        why = (*own.why(day, duty), *held.more(_given(roster, index, day, duty)))
        options.append(
            {
                "duty": duty.name,
                "title": " + ".join(part.called for part in duty.parts) or tr("board.off"),
                "hours": " + ".join(part.times.replace("-", "–") for part in duty.parts),
                "lawful": not why,
                "breaks": len(why),
                "why": list(why[:3]),
                "now": duty == now,
            }
        )
    return sorted(options, key=lambda one: (one["breaks"], not one["now"]))


def posts_of(found: Assembled, index: int, day: int) -> list[str]:
    """
    Return what the posts are called that a person holds by the duty of a day.

    Parameters
    ----------
    found, index : The board's roster, and the person's place in it.
    day : Its number.
    """
    held = posts_held(found.problem, found.roster)
    names = [
        name for (who, on, _), posts in sorted(held.items()) if (who, on) == (index, day) for name in posts
    ]
    return [found.problem.post[name].called for name in dict.fromkeys(names)]


def who_could(found: Assembled, index: int, day: int, locks: dict[str, list[str]]) -> list[dict[str, Any]]:
    """
    Return who could take the duty that a person has on a day: the other takes it, the person what the other had.

    Parameters
    ----------
    found, index, day : The board's roster, the person's place in it, and the number of the day.
    locks : Cells that nobody may change, by person and date.
    """
    if found.roster.duties[index][day].is_off:
        return []
    trials = sorted(
        _trials(found, index, day, locks), key=lambda one: (len(one.why), not one.gives.is_off, one.index)
    )
    on = found.roster.horizon.on(day).isoformat()
    return [_said(found, trial, on) for trial in trials]


def _trials(found: Assembled, index: int, day: int, locks: dict[str, list[str]]) -> Iterator[DutyTaker]:
    """Yield everybody else whose type knows the duty and whose cell is free."""
    problem, roster = found.problem, found.roster
    duty, on = roster.duties[index][day], roster.horizon.on(day).isoformat()
    giver, held = _Own(found, index), Gaps(found, day)
    known = problem.duties(problem.type_of(roster.people[index]))
    for other, person in enumerate(roster.people):
        theirs = roster.duties[other][day]
        if other == index or theirs == duty or f"{found.ids[other]}/{on}" in locks:
            continue
        if duty not in problem.duties(problem.type_of(person)) or theirs not in known:
            continue
        after = _given(_given(roster, other, day, duty), index, day, theirs)
        why = (*_Own(found, other).why(day, duty), *giver.why(day, theirs), *held.more(after))
        yield DutyTaker(other, theirs, why)


def who_could_hold(
    found: Assembled, post: str, day: int, locks: dict[str, list[str]]
) -> list[dict[str, Any]]:
    """
    Return who could fill an empty post on a day, each by the duty that breaks least, the lawful first.

    Parameters
    ----------
    found, post, day : The board's roster, the post, and the number of the day.
    locks : Cells that nobody may change, by person and date.
    """
    problem, roster = found.problem, found.roster
    held, on = Gaps(found, day), roster.horizon.on(day).isoformat()
    options = []
    for index, person in enumerate(roster.people):
        if f"{found.ids[index]}/{on}" in locks or not problem.is_eligible(
            problem.type_of(person), problem.post[post]
        ):
            continue
        own, best = _Own(found, index), None
        for duty in problem.duties(problem.type_of(person)):
            after = _given(roster, index, day, duty)
            if duty == roster.duties[index][day] or not held.fills(after, post, day):
                continue
            why = (*own.why(day, duty), *held.more(after))
            if best is None or len(why) < len(best[1]):
                best = (duty, why)
        if best is not None:
            options.append(_filler(found, index, best, on))
    return sorted(options, key=lambda one: (one["breaks"], not one["from_off"]))


def _filler(found: Assembled, index: int, best: tuple[Duty, tuple[str, ...]], on: str) -> dict[str, Any]:
    duty, why = best
    return {
        "person": found.ids[index],
        "name": found.roster.people[index].name,
        "date": on,
        "duty": duty.name,
        "title": " + ".join(part.called for part in duty.parts),
        "from_off": found.roster.duties[index][found.roster.horizon.number(date.fromisoformat(on))].is_off,
        "lawful": not why,
        "breaks": len(why),
        "why": list(why[:3]),
    }


def _given(roster: Roster, index: int, day: int, duty: Duty) -> Roster:
    """Return the roster with another duty for somebody on a day."""
    lines = list(roster.duties)
    lines[index] = (*lines[index][:day], duty, *lines[index][day + 1 :])
    return replace(roster, duties=tuple(lines))


class _Own:
    """What one person breaks by other duties: the whole check, of a roster of that person alone and without posts."""

    def __init__(self, found: Assembled, index: int) -> None:
        self._problem: Problem = replace(found.problem, posts=(), seats=())
        roster = found.roster
        self._alone = replace(
            roster,
            people=(roster.people[index],),
            duties=(roster.duties[index],),
            before=(roster.before[index],) if roster.before else (),
            seats=(),
            stand_ins=(),
        )
        self._said: dict[tuple[int, Duty], tuple[Violation, ...]] = {}

    def _breaks(self, day: int, duty: Duty) -> tuple[Violation, ...]:
        if (day, duty) not in self._said:
            self._said[day, duty] = breaks(self._problem, _given(self._alone, 0, day, duty))
        return self._said[day, duty]

    def why(self, day: int, duty: Duty) -> tuple[str, ...]:
        """Return what is broken with a duty on a day that would not be with a day off; off itself, what is now not."""
        other = self._alone.duties[0][day] if duty.is_off else OFF
        without = {(one.rule, one.days) for one in self._breaks(day, other)}
        return tuple(one.sentence for one in self._breaks(day, duty) if (one.rule, one.days) not in without)


@dataclass(frozen=True, slots=True)
class PostGap:
    """What a post misses on a day: person-minutes in all, and people at the worst minute."""

    minutes: int
    people: int


HELD = PostGap(0, 0)


class Gaps:
    """The hard posts that are not held around a day, and which more would not be: a few days of the roster only."""

    def __init__(self, found: Assembled, day: int) -> None:
        self._found = found
        self._days = range(max(0, day - 1), min(found.roster.horizon.days, day + 2))
        self._now = self._empty(found.roster)

    def more(self, roster: Roster) -> tuple[str, ...]:
        """Return what another roster leaves empty that is held now, in sentences."""
        problem = self._found.problem
        after = self._empty(roster)
        worse = {key: here for key, here in after.items() if here.minutes > self._now.get(key, HELD).minutes}
        return tuple(
            tr(
                "board.leaves_empty",
                post=problem.post[post].called,
                number=here.people,
                date=self._found.roster.horizon.on(day).isoformat(),
            )
            for (post, day), here in worse.items()
        )

    def fills(self, roster: Roster, post: str, day: int) -> bool:
        """
        Whether another roster leaves less of a post empty on a day.

        Parameters
        ----------
        roster, post : The other roster, and the post's name.
        day : Its number.
        """
        return self._empty(roster).get((post, day), HELD).minutes < self._now.get((post, day), HELD).minutes

    def _empty(self, roster: Roster) -> dict[tuple[str, int], PostGap]:
        """Return what is missing, by post and day."""
        first, days = self._days.start, self._days
        horizon = replace(
            roster.horizon,
            days=len(days),
            first=roster.horizon.on(first),
            kinds=tuple(roster.horizon.kinds[days.start : days.stop]),
        )
        part = replace(
            roster,
            horizon=horizon,
            duties=tuple(line[days.start : days.stop] for line in roster.duties),
            before=tuple((*roster.history(at), *line[:first]) for at, line in enumerate(roster.duties)),
            stand_ins=tuple(
                replace(each, day=each.day - first) for each in roster.stand_ins if each.day in days
            ),
        )
        if first == 0 and not roster.before:
            part = replace(part, before=())
        missing: dict[tuple[str, int], PostGap] = {}
        for row in coverage(self._found.problem, part):
            if row.held < row.required and self._found.problem.post[row.post].hard:
                key, people = (row.post, row.day + first), row.required - row.held
                known = missing.get(key, HELD)
                minutes = known.minutes + people * (row.end - row.start)
                missing[key] = PostGap(minutes, max(known.people, people))
        return missing


def _said(found: Assembled, trial: DutyTaker, on: str) -> dict[str, Any]:
    who = found.roster.people[trial.index]
    swap = tr("board.would_swap", duty=trial.gives.letters)
    return {
        "person": found.ids[trial.index],
        "name": who.name,
        "date": on,
        "gives": trial.gives.name,
        "lawful": not trial.why,
        "breaks": len(trial.why),
        "step": tr("board.would_take") if trial.gives.is_off else swap,
        "why": list(trial.why[:3]),
    }
