"""The lead time on the page of `size`: hire-by dates as bars on one time axis, and the service until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roster.language import tr
from roster.output.words.lead_time import lead_verdict, stretch_months, stretch_service
from roster.questions.size import HireBy, LeadTime, ServicePeriod
from roster.sizing.figures import plain


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on the time axis, in percent of it, and whether it is a time of hiring or of ramp-up."""

    left: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Hire:
    """People of one kind to be hired: the dates, and the bars counted back from go-live and on from today."""

    title: str
    number: int
    months: str
    decide_by: str
    late: bool
    first_day: str
    ready_on: str
    back: tuple[Bar, ...]
    now: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Months:
    """Months with the same people, the shares of posts held and held in part, and which posts these are."""

    months: str
    able: int
    held: float
    partly: float
    service: str


@dataclass(frozen=True, slots=True)
class Lead:
    """All of it; `today` and `go_live` are the places of two lines on the time axis, in percent."""

    title: str
    hires: tuple[Hire, ...]
    verdict: str
    in_time: bool
    today: float
    go_live: float
    first: str
    last: str
    keys: tuple[tuple[str, str], ...]
    months: tuple[Months, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """The time from one date to another, as a hundred parts."""

    first: date
    last: date

    def at(self, day: date) -> float:
        return round(100 * (day - self.first).days / max(1, (self.last - self.first).days), 2)

    def bar(self, first: date, last: date, kind: str) -> Bar:
        return Bar(self.at(first), round(self.at(last) - self.at(first), 2), kind)


def lead(found: LeadTime) -> Lead:
    """Return the lead time as it is drawn."""
    first = min([found.today, found.go_live_on, *(one.decide_by for one in found.hires)])
    axis = _Axis(first, max(found.today, found.go_live_on, found.ready_on))
    dates = {"today": found.today.isoformat(), "go_live": found.go_live_on.isoformat()}
    return Lead(
        title=tr("size.lead_time", date=found.go_live_on),
        hires=tuple(_hire(found, one, axis) for one in found.hires),
        verdict=lead_verdict(found) if found.hires else tr("size.nobody_to_hire"),
        in_time=found.in_time,
        today=axis.at(found.today),
        go_live=axis.at(found.go_live_on),
        first=axis.first.isoformat(),
        last=axis.last.isoformat(),
        keys=tuple((f"at-{name}", tr(f"page.lead_{name}", date=on)) for name, on in dates.items()),
        months=tuple(_months(one) for one in found.months),
    )


def _hire(found: LeadTime, one: HireBy, axis: _Axis) -> Hire:
    # Who begins to be hired today starts as long after today as hiring takes; ramp-up ends on `ready_on`.
    starts = found.today + (one.first_day - one.decide_by)
    return Hire(
        title=one.title,
        number=one.number,
        months=plain(one.lead.value),
        decide_by=tr("size.too_late", date=one.decide_by) if one.late(found.today) else str(one.decide_by),
        late=one.late(found.today),
        first_day=str(one.first_day),
        ready_on=str(one.ready_on),
        back=(
            axis.bar(one.decide_by, one.first_day, "hiring"),
            axis.bar(one.first_day, found.go_live_on, "ramp"),
        ),
        now=(axis.bar(found.today, starts, "hiring"), axis.bar(starts, one.ready_on, "ramp")),
    )


def _months(one: ServicePeriod) -> Months:
    every = len(one.held) + len(one.partly) + len(one.empty)
    return Months(
        months=stretch_months(one),
        able=one.number,
        held=round(100 * len(one.held) / every, 2),
        partly=round(100 * len(one.partly) / every, 2),
        service=stretch_service(one, every),
    )
