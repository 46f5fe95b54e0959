"""Answering times turned into numbers of people at the service desk and at the monitoring seat."""

from __future__ import annotations

from dataclasses import dataclass

from roster.domain.horizon import days_a_week
from roster.language import tr
from roster.sizing.erlang import Target, answered, people_needed
from roster.sizing.figures import Figure, difference, load, people_answering, product
from roster.sizing.profile import Profile
from roster.sizing.schema import Queue


@dataclass(frozen=True, slots=True)
class Answered:
    """
    How many people answer in time, and what they reach.

    `reached` and `with_one_fewer` are shares answered in time; `figures` what it rests on.
    """

    place: str
    target: Target
    people: int
    reached: float
    with_one_fewer: float
    figures: tuple[Figure, ...]

    @property
    def formula(self) -> str:
        """Which formula it follows from."""
        return "Erlang C" if self.target.patience is None else "Erlang A"

    @property
    def sentence(self) -> str:
        """What comes in, the target, and what one fewer would reach."""
        key = "answering" if self.target.patience is None else "answering_patience"
        return tr(
            f"sizing.{key}",
            per_hour=f"{self.target.per_hour:g}",
            handling=f"{self.target.handling:g}",
            share=f"{self.target.share * 100:g}",
            within=f"{self.target.within:g}",
            patience=f"{self.target.patience or 0:g}",
            people=self.people,
            reached=_percent(self.reached),
            fewer=tr("sizing.one_fewer", share=_percent(self.with_one_fewer)) if self.people > 1 else "",
            formula=self.formula,
        )


def _percent(share: float) -> str:
    return f"{int(share * 1000) / 10:g} %"


def target_of(queue: Queue) -> Target:
    """Return the target that a profile states."""
    return Target(queue.per_hour, queue.handling, queue.answered / 100, queue.within, queue.patience)


def answering(profile: Profile, place: str) -> Answered | None:
    """Return the number at the `desk` or for the `alerts`; None where the profile states none."""
    queue: Queue | None = getattr(profile.says.answering, place)
    if queue is None:
        return None
    target = target_of(queue)
    people = people_needed(target)
    stated = {"per_hour": target.per_hour, "handling": target.handling, "answered": target.share}
    stated["within"] = target.within
    if target.patience is not None:
        stated["patience"] = target.patience
    figures = tuple(
        profile.stated(value, tr(f"sizing.queue_{key}"), "answering", place, key)
        for key, value in stated.items()
    )
    return Answered(place, target, people, answered(target, people), answered(target, people - 1), figures)


def idle_hours(profile: Profile) -> Figure | None:
    """Return the hours a week between calls at the desk, in which desktop work is done; None without a desk."""
    found = answering(profile, "desk")
    desk = profile.says.answering.desk
    if found is None or desk is None:
        return None
    days = profile.stated(desk_days(profile), tr("sizing.desk_days"), "answering", "desk", "days")
    hours = profile.stated(desk.window[1] / 60, tr("sizing.desk_hours"), "answering", "desk", "window")
    people = people_answering(tr("sizing.desk_people"), found.figures)
    idle = difference(tr("sizing.desk_idle"), people, load(tr("sizing.load"), found.figures))
    return product(tr("sizing.desk_idle"), idle, days, hours)


def desk_days(profile: Profile) -> int:
    """Return the days a week on which the service desk is open in an ordinary week."""
    desk = profile.says.answering.desk
    assert desk is not None
    return days_a_week(desk.days)
