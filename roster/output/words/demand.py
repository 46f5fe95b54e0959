"""What `roster demand` says: the sentences that decide, each step of cleaning, and what the numbers rest on."""

from __future__ import annotations

from collections.abc import Iterator

from roster.demand.answer import Demand
from roster.demand.cleaning import CleaningStep
from roster.demand.days import KindOfDay
from roster.demand.posts import call_figures, percent
from roster.demand.staffing import weeks
from roster.demand.streams import OnCall, Stream
from roster.domain.rules import clock
from roster.language import counted, tr

MOST_HEADLINES = 6


def kind_words(kind: KindOfDay) -> str:
    """Return a kind of day in words."""
    return tr(f"demand.kind_{kind}")


def headlines(found: Demand) -> list[str]:
    """Return the sentences that decide, the most pressing of each role first."""
    said = [sentence for one in found.streams for sentence in _of_stream(one)]
    if found.held is None:
        return said
    titles = (
        {post.name: post.called for post in found.request.scenario[1].posts} if found.request.scenario else {}
    )
    for short in sorted(found.held.short, key=lambda one: -one.missed)[:MOST_HEADLINES]:
        stream = next(one for one in found.streams if one.role == short.role)
        said.append(
            tr(
                "demand.headline_short",
                kind=kind_words(short.kind),
                first=short.first,
                end=short.end,
                role=short.role,
                number=short.needed - short.held,
                level=percent(short.level),
                within=stream.target.within,
                share=percent(stream.target.share),
            )
        )
    said += [
        tr("demand.headline_spare", post=titles.get(spare.post, spare.post), number=spare.people)
        for spare in found.held.spare
    ]
    if not found.held.short:
        said.append(tr("demand.headline_enough"))
    most = found.held.helps_most
    if most is not None:
        where = {"role": most.role, "kind": kind_words(most.kind), "first": most.first, "end": most.end}
        said.append(tr("demand.helps_most", **where))
    return said


def week_hours(one: Stream) -> int:
    """Return the person-hours awake of an ordinary week."""
    return sum(one.awake[kind][hour] for kind, hour in weeks(one.arrivals)[0])


def _of_stream(one: Stream) -> Iterator[str]:
    night = next((call for call in one.calls if call.kind is KindOfDay.WORKDAY), next(iter(one.calls), None))
    if not any(hour.load > 0 for hour in one.staffing.hours):
        yield tr("demand.headline_none", role=one.role)
        return
    if night is not None:
        yield night_words(one, night)
    kind, hour = max(
        ((kind, hour) for kind, numbers in one.awake.items() for hour in range(24)),
        key=lambda place: one.awake[place[0]][place[1]],
    )
    people = one.awake[kind][hour]
    if people:
        yield tr(
            "demand.headline_most",
            role=one.role,
            people=people,
            kind=kind_words(kind),
            hour=hour,
            week=week_hours(one),
        )


def night_words(one: Stream, call: OnCall) -> str:
    """Return whether somebody must be awake, and why."""
    key = f"demand.headline_seat_{call.verdict.seat}" if call.verdict.seat else "demand.headline_nights"
    figures = {"role": one.role, "share": percent(one.target.share), "within": one.target.within}
    figures["window"] = f"{kind_words(call.kind)} {clock(call.start)}+{call.length // 60}h"
    return tr(key, **{**call_figures(call), **figures})


def verdict_words(call: OnCall) -> str:
    """Return whether a standby holds, with how many levels, or why a seat is better."""
    if call.verdict.seat:
        return tr("demand.seat_better", why=tr(f"demand.seat_{call.verdict.seat}"))
    words = counted("demand.standby_holds", call.verdict.levels or 1)
    return f"{words}; {tr('demand.no_early_shift')}" if call.verdict.no_shift_after else words


def step_words(step: CleaningStep) -> str:
    """Return what a step of cleaning did."""
    return tr(f"demand.step_{step.name}", gone=len(step.lines), **(step.figures or {}))


def warnings(found: Demand) -> list[str]:
    """Return what is to be known before the numbers."""
    return [tr(f"demand.warn_{key}", **figures) for key, figures in found.warnings]


def notes(found: Demand) -> list[str]:
    """Return what the numbers rest on, and what the formulas leave out."""
    return [tr(f"demand.note_{key}", **figures) for key, figures in found.notes]


def target_words(one: Stream) -> str:
    """Return the target and the handling time of a stream."""
    targets = [one.target.words] if one.first_target is None else [one.first_target.words, one.target.words]
    return tr(
        "demand.people_note",
        target="; ".join(targets),
        handling=f"{one.now.mean:.1f}",
        low=f"{one.now.low:.1f}",
        high=f"{one.now.high:.1f}",
        origin=tr(f"demand.origin_{one.now.origin}"),
    )
