"""
When to start hiring, by role, for systems that go live on a date; and what service is possible until then.

A hire counts from the day on which the ramp-up ends: who is being shown the work does not hold a post alone. Hire-by
dates count back from the go-live date; the months count forward from today, as if all hiring began at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from roster.domain.outcome import Headcount, Status
from roster.domain.problem import Problem
from roster.engine.rotation import SearchRun
from roster.language import tr
from roster.questions.service import best_service
from roster.sizing.figures import Figure, difference, product, total
from roster.sizing.profile import Profile

DAYS_A_MONTH = 365 / 12
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class HireBy:
    """
    People of one type to be hired, and by when.

    `decide_by`: when hiring must begin; `first_day`: when they must start; `ready_on`: alone on duty if hiring begins
    today. `lead` is months, hiring and ramp-up together.
    """

    type: str
    title: str
    number: int
    decide_by: date
    first_day: date
    ready_on: date
    lead: Figure

    def late(self, today: date) -> bool:
        """Whether that day has passed."""
        return self.decide_by < today


@dataclass(frozen=True, slots=True)
class ServicePeriod:
    """
    Months with the same people able to work alone, and the best service they can hold.

    Posts by how far they are held, in words; `proven` whether no better service is possible with them.
    """

    first: date
    last: date
    people: Mapping[str, int]
    held: tuple[str, ...]
    partly: tuple[str, ...]
    empty: tuple[str, ...]
    status: Status

    @property
    def number(self) -> int:
        """How many people."""
        return sum(self.people.values())


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Hire-by dates for a go-live date, the service until then, and when all are ready if hiring begins today."""

    go_live: Figure
    go_live_on: date
    today: date
    hires: tuple[HireBy, ...]
    months: tuple[ServicePeriod, ...]
    ready_on: date

    @property
    def in_time(self) -> bool:
        """Whether everybody can be ready at go-live."""
        return self.ready_on <= self.go_live_on


def lead_time(
    profile: Profile, problem: Problem, needed: Headcount, today: date, run: SearchRun
) -> LeadTime | None:
    """
    Return the lead time for the people a scenario needs; None where the profile has no go-live date.

    Parameters
    ----------
    profile, today : The profile with its go-live date, and the date from which the months count.
    problem, needed : The scenario of a level, and the people it takes.
    run : The time there is.
    """
    on = profile.says.go_live
    if on is None:
        return None
    hires = tuple(_hires(profile, problem, needed, today))
    ready = max((hire.ready_on for hire in hires), default=today)
    figure = profile.stated(on.toordinal(), tr("size.go_live"), "go_live")
    case = _Case(profile, problem, needed, run)
    months = tuple(_stretches(case, hires, today, max([on, today, *(hire.ready_on for hire in hires)])))
    return LeadTime(figure, on, today, hires, months, ready)


def _named(profile: Profile) -> dict[str, int]:
    counted: dict[str, int] = {}
    for kind in profile.says.people.values():
        counted[kind] = counted.get(kind, 0) + 1
    return counted


def _hires(profile: Profile, problem: Problem, needed: Headcount, today: date) -> Iterator[HireBy]:
    assert profile.says.go_live is not None
    there = _named(profile)
    for name, number in needed.by_type.items():
        more = number - there.get(name, 0)
        if more <= 0 or problem.is_vendor(problem.type[name]):
            continue
        hiring, ramp = (
            profile.driver(f"hiring_months_{profile.says.recruiting}"),
            _ramp(profile, problem, name),
        )
        lead = total(tr("size.lead"), [hiring, ramp])
        yield HireBy(
            type=name,
            title=problem.type[name].called,
            number=more,
            decide_by=profile.says.go_live - _days(lead.value),
            first_day=profile.says.go_live - _days(ramp.value),
            ready_on=today + _days(lead.value),
            lead=lead,
        )


def _days(months: float) -> timedelta:
    return timedelta(days=round(months * DAYS_A_MONTH))


def _ramp(profile: Profile, problem: Problem, name: str) -> Figure:
    """Return the months until somebody of a type works alone: those of the skill that takes longest."""
    skills = {part for skill in problem.type[name].skills for part in skill.split("_")}
    parts = sorted(skill for skill in skills if profile.values.has(f"ramp_months_{skill}")) or ["ops"]
    longest = max((profile.driver(f"ramp_months_{skill}") for skill in parts), key=lambda one: one.value)
    if not profile.says.knowledge_base:
        return longest
    saved = product(tr("size.saved"), longest, profile.driver("knowledge_base_saving"))
    return difference(tr("size.ramp"), longest, saved)


@dataclass(frozen=True, slots=True)
class _Case:
    """What the months are judged by: the recommended scenario and the people it needs."""

    profile: Profile
    problem: Problem
    needed: Headcount
    run: SearchRun


def _stretches(case: _Case, hires: tuple[HireBy, ...], today: date, until: date) -> Iterator[ServicePeriod]:
    """Yield stretches of whole months with the same team, from this month to the first after a date."""
    teams: list[tuple[date, date, dict[str, int]]] = []
    for first in _months(today, until):
        at = max(first, today)
        team = _named(case.profile)
        for hire in hires:
            if hire.ready_on <= at:
                team[hire.type] = team.get(hire.type, 0) + hire.number
        if teams and teams[-1][2] == team:
            teams[-1] = (teams[-1][0], first, team)
        else:
            teams.append((first, first, team))
    for first, last, team in teams:
        yield _stretch(case, (first, last), team)


def _months(first: date, last: date) -> Iterator[date]:
    """Yield the first day of every month from one date to beyond another."""
    month = first.replace(day=1)
    for _ in range(MOST_MONTHS):
        yield month
        if month > last:
            return
        month = (month + timedelta(days=32)).replace(day=1)


def _stretch(case: _Case, span: tuple[date, date], team: dict[str, int]) -> ServicePeriod:
    """Return the service of a team; of nobody, and of all that are needed, it is known without asking."""
    every = tuple(post.called for post in case.problem.posts)
    if not sum(team.values()):
        return ServicePeriod(*span, team, (), (), every, Status.OPTIMAL)
    if all(team.get(name, 0) >= number for name, number in case.needed.by_type.items()):
        return ServicePeriod(*span, team, every, (), (), Status.OPTIMAL)
    found = best_service(case.problem, team, case.run)
    said = {
        state: tuple(one.post.called for one in found.in_state(state))
        for state in ("held", "partly", "empty")
    }
    return ServicePeriod(*span, team, said["held"], said["partly"], said["empty"], found.status)
