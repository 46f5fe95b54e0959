"""
Somebody goes away: the lawful roster nearest to the published one.

Hard posts first, then the fewest changed cells, then the fewest people touched, then the least cost of overtime and
vendors, then even hours. The leave's own days are no changes. Where no roster holds every hard post, the one that
leaves the fewest hours empty, and ways out that
were each found by solving.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from roster.checker import check_roster, posts_held
from roster.domain.outcome import Progress, Roster, SolveOptions, StandIn, Status, Tell, Violation
from roster.domain.problem import DAY, Ban, Duty, Problem
from roster.engine.calendar import EmptyPlaces, Repaired, forgiving, repair
from roster.engine.solvers.search import Search
from roster.errors import EngineError
from roster.language import tr
from roster.questions.absences import LeaveCase, Share, overtime_minutes, reaches, shares
from roster.questions.conflict import Conflict, FeasibilityQuestion, Provenance, WayOut, find_conflict
from roster.questions.what_if.leave_programs import away_in, programs
from roster.questions.what_if.ways_out import find_ways_out

CONFLICT_SECONDS = 2.0
"""Wall time for the smallest conflict."""


@dataclass(frozen=True, slots=True)
class ChangedDuty:
    """A cell that differs from the published roster: the duty before and after, the posts now held, and why."""

    person: str
    day: int
    before: Duty
    after: Duty
    posts: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """
    The answer.

    `status` is `optimal` or `feasible` where everything can be covered, `infeasible` where not (then `roster` is the
    best there is, `empty` what it leaves empty and `conflict` the smallest reason; None where no roster keeps the
    rules), `unknown` out of time. `broken` is what the published roster breaks by itself, where that was not to be
    repaired. `bound` is the fewest changes not excluded. `hired` are a vendor's people for single days, beyond those
    there were; each is a change. `whole`: whether the whole calendar was searched for the proof.
    """

    status: Status
    case: LeaveCase
    roster: Roster | None = None
    changes: tuple[ChangedDuty, ...] = ()
    bound: int | None = None
    empty: EmptyPlaces = ()
    ways: tuple[WayOut, ...] = ()
    decided: bool = True
    conflict: Conflict | None = None
    broken: tuple[Violation, ...] = ()
    hired: tuple[StandIn, ...] = ()
    whole: bool = False
    seconds: float = 0.0

    @property
    def changed(self) -> int:
        """Cells that differ from the published roster."""
        return len(self.changes) + sum(each.number for each in self.hired)

    @property
    def overtime(self) -> int:
        """Minutes of overtime beyond what the published roster has."""
        if self.roster is None:
            return 0
        before = overtime_minutes(self.case.problem, self.case.published)
        after = overtime_minutes(self.case.asked, self.roster)
        return sum(max(0, minutes - before[name]) for name, minutes in after.items())

    @property
    def people(self) -> tuple[str, ...]:
        """Who is touched, those who go away only if their other days change."""
        return tuple(dict.fromkeys(change.person for change in self.changes))


def what_if(
    case: LeaveCase, options: SolveOptions, progress: Tell | None = None, provenance: Provenance | None = None
) -> WhatIf:
    """
    Find the lawful roster nearest to the published one when people go away.

    A published roster that breaks rules by itself is refused unless it is to be mended.

    Parameters
    ----------
    case : The roster, who goes away, and what may be used.
    options, progress : Time limit and settings, and whom to tell how it goes.
    provenance : Where rules and posts come from, for the conflict's sentences.

    Raises
    ------
    EngineError
        The roster found breaks the independent check: a defect of the program.
    """
    began = time.monotonic()
    search = Search(options, options.ends(began))
    tell = progress or (lambda _: None)
    case = replace(case, published=forgiving(case.asked, case.published))
    broken = _breaks(case.ruled, case.published)
    if broken and not case.mend:
        return WhatIf(Status.INFEASIBLE, case, broken=broken)
    tell(Progress(tr("what_if.stage_repair"), None, None, 0.0))
    parts = [(share, _repaired(case, share, search)) for share in shares(case)]
    answer = _together(case, parts)
    if answer.status is Status.INFEASIBLE:
        tell(Progress(tr("what_if.stage_ways"), None, None, time.monotonic() - began))
        empty = {post for post, *_ in answer.empty}
        conflict = _conflict(case, empty, provenance or Provenance(), search)
        ways = find_ways_out(case, empty, conflict, search)
        answer = replace(answer, ways=ways.found, decided=ways.decided, conflict=conflict)
    return replace(answer, seconds=time.monotonic() - began)


def _repaired(case: LeaveCase, share: Share, search: Search) -> Repaired:
    """Repair a part, by a program in which leave is bounds where there is one."""
    tried: range = range(0)
    for resolver in programs(case, share):
        found = resolver.tidied(away_in(case, resolver), search)
        if found is not None:
            return found
        tried = resolver.days
    return repair(share.ask, search, tried)


def _conflict(case: LeaveCase, empty: set[str], provenance: Provenance, search: Search) -> Conflict | None:
    """Return the smallest reason why leave cannot be covered, where time finds one."""
    soon = search.within(CONFLICT_SECONDS)
    question = FeasibilityQuestion(case.problem, case=case)
    return find_conflict(question, provenance, soon, known=bool(empty), posts=empty)


@lru_cache(maxsize=4)
def _breaks(problem: Problem, published: Roster) -> tuple[Violation, ...]:
    """Return what a published roster breaks by itself; asked once for all the leaves that it is asked about."""
    return tuple(check_roster(problem, published))


@lru_cache(maxsize=4)
def _held_before(problem: Problem, published: Roster) -> dict[tuple[int, int], tuple[str, ...]]:
    return _by_cell(posts_held(problem, published))


def _together(case: LeaveCase, parts: Sequence[tuple[Share, Repaired]]) -> WhatIf:
    """Put the parts back into one roster, and check it."""
    found = [repaired for _, repaired in parts]
    lost = [repaired.status for repaired in found if repaired.roster is None]
    if lost:
        return WhatIf(Status.UNKNOWN if Status.UNKNOWN in lost else Status.INFEASIBLE, case)
    duties = list(case.published.duties)
    for share, repaired in parts:
        assert repaired.roster is not None
        for index, line in zip(share.among, repaired.roster.duties, strict=True):
            duties[index] = line
    sent = tuple(each for repaired in found if repaired.roster for each in repaired.roster.stand_ins)
    asked = {post for share, _ in parts for post in share.ask.problem.post}
    kept = tuple(each for each in case.published.stand_ins if each.post not in asked)
    roster = replace(case.published, duties=tuple(duties), stand_ins=(*kept, *sent))
    empty = tuple(place for repaired in found for place in repaired.empty)
    _must_pass(case.asked, roster, empty)
    bounds = [repaired.bound for repaired in found]
    proven = all(repaired.status is Status.OPTIMAL for repaired in found)
    return WhatIf(
        Status.INFEASIBLE if empty else Status.OPTIMAL if proven else Status.FEASIBLE,
        case,
        roster,
        _changes(case, roster),
        None if None in bounds else sum(bound for bound in bounds if bound is not None),
        merged_gaps(empty),
        hired=_hired(case.published, roster),
        whole=any(repaired.whole for repaired in found),
    )


def _hired(published: Roster, roster: Roster) -> tuple[StandIn, ...]:
    """Return the vendor's people for single days that a roster has beyond the published one."""
    had = Counter({(each.post, each.day): each.number for each in published.stand_ins})
    more = ((each, each.number - had[each.post, each.day]) for each in roster.stand_ins)
    return tuple(replace(each, number=number) for each, number in more if number > 0)


def _must_pass(problem: Problem, roster: Roster, empty: EmptyPlaces) -> None:
    """Raise EngineError where a roster breaks more than the posts that it is known to leave empty."""
    found = [each for each in check_roster(problem, roster) if not (empty and each.rule == "post")]
    if found:
        raise EngineError("; ".join(violation.sentence for violation in found[:5]))


def merged_gaps(empty: EmptyPlaces) -> EmptyPlaces:
    """
    Return empty places in order of time, pieces that touch as one.

    >>> merged_gaps((("desk", 480, 720, 1), ("desk", 720, 960, 1)))
    (('desk', 480, 960, 1),)
    """
    found: list[tuple[str, int, int, int]] = []
    for post, start, end, people in sorted(empty):
        if found and found[-1][0] == post and found[-1][2] == start and found[-1][3] == people:
            found[-1] = (post, found[-1][1], end, people)
        else:
            found.append((post, start, end, people))
    return tuple(sorted(found, key=lambda place: (place[1], place[0])))


def _changes(case: LeaveCase, roster: Roster) -> tuple[ChangedDuty, ...]:
    """Return every cell that differs, in order of time, without the leave itself."""
    away = {(one.person, day) for one in case.in_force for day in one.days(roster.horizon)}
    reasons = _Reasons(case, roster, away)
    cells = [
        (day, index)
        for index, (old, new) in enumerate(zip(case.published.duties, roster.duties, strict=True))
        for day, (before, after) in enumerate(zip(old, new, strict=True))
        if before != after and (roster.people[index].name, day) not in away
    ]
    return tuple(
        ChangedDuty(
            roster.people[index].name,
            day,
            case.published.duties[index][day],
            roster.duties[index][day],
            reasons.held(index, day),
            reasons.why(index, day),
        )
        for day, index in sorted(cells)
    )


class _Reasons:
    """Who held what before and after, from which the reason of a change is read."""

    def __init__(self, case: LeaveCase, roster: Roster, away: set[tuple[str, int]]) -> None:
        self._people = [person.name for person in roster.people]
        self._post = case.problem.post
        self._before = _held_before(case.problem, case.published)
        self._after = _by_cell(posts_held(case.problem, roster))
        self._away = away
        self._leaves = [leave for leave in case.asked.restrictions if leave.ban is Ban.DUTY]
        self._published, self._horizon = case.published.duties, roster.horizon
        self._working = [[not duty.is_off for duty in line] for line in roster.duties]

    def held(self, index: int, day: int) -> tuple[str, ...]:
        """Return the posts held after the change."""
        return tuple(dict.fromkeys(self._after.get((index, day), ())))

    def why(self, index: int, day: int) -> str:
        """Return why a cell changes: for whom somebody steps in, or what makes room for it."""
        if self._in_leave(index, day):
            return tr("what_if.why_leave", person=self._people[index])
        gained = set(self.held(index, day)) - set(self._before.get((index, day), ()))
        for absent in (True, False):
            for other, name in enumerate(self._people):
                lost = set(self._before.get((other, day), ())) - set(self._after.get((other, day), ()))
                taken = [post for post in self._post if post in gained & lost]
                if other != index and taken and ((name, day) in self._away) is absent:
                    posts = tr("what_if.comma").join(self._post[post].called for post in taken)
                    return tr(
                        "what_if.why_absent" if absent else "what_if.why_swap", posts=posts, person=name
                    )
        if not self._working[index][day]:
            return tr("what_if.why_rest")
        return tr("what_if.why_room")

    def _in_leave(self, index: int, day: int) -> bool:
        """Whether what was published would run into somebody's leave, or lie in it."""
        on, duty = self._horizon.on(day), self._published[index][day]
        mine = [leave for leave in self._leaves if leave.person == self._people[index]]
        return any(reaches(duty, leave, on) for leave in mine)


def _by_cell(held: dict[tuple[int, int, int], tuple[str, ...]]) -> dict[tuple[int, int], tuple[str, ...]]:
    cells: dict[tuple[int, int], tuple[str, ...]] = {}
    for (person, day, _), posts in sorted(held.items()):
        cells[person, day] = (*cells.get((person, day), ()), *posts)
    return cells


def on_day(place: tuple[str, int, int, int]) -> tuple[int, int, int]:
    """
    Return the day of an empty place, and its first minute and end after that day's midnight.

    >>> on_day(("desk", 1440 + 480, 1440 + 960, 1))
    (1, 480, 960)
    """
    day = place[1] // DAY
    return day, place[1] - day * DAY, place[2] - day * DAY
