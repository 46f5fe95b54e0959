"""How long until the people are there, and what is held until then, in words."""

from __future__ import annotations

from roster.domain.outcome import Status
from roster.language import tr
from roster.questions.size import LeadTime, ServicePeriod


def lead_verdict(lead: LeadTime) -> str:
    """Return whether all are ready at go-live if hiring begins today."""
    words = {"today": lead.today, "ready": lead.ready_on}
    if lead.in_time:
        return tr("size.ready_in_time", **words)
    days = (lead.ready_on - lead.go_live_on).days
    return tr("size.ready_too_late", days=days, **words)


def stretch_months(one: ServicePeriod) -> str:
    """Return the months with the same people, as one or from first to last."""
    ends = [f"{day.year}-{day.month:02d}" for day in (one.first, one.last)]
    return ends[0] if ends[0] == ends[1] else " - ".join(ends)


def stretch_service(one: ServicePeriod, most: int) -> str:
    """Return what is held, in part and not at all; of each at most so many posts by name."""
    if not one.partly and not one.empty:
        return tr("size.all_held")
    if not one.held and not one.partly:
        return tr("size.nothing_held")
    said = [
        tr(f"size.{key}", posts=_named(posts, most))
        for key, posts in (("held", one.held), ("partly", one.partly), ("empty", one.empty))
        if posts
    ]
    open_ = [] if one.status is Status.OPTIMAL else [tr("size.unproven")]
    return " ".join([tr("sizing.semicolon").join(said), *open_])


def _named(posts: tuple[str, ...], most: int) -> str:
    named = tr("sizing.list").join(posts[:most])
    left = len(posts) - most
    return tr("plan.and_more", names=named, number=left) if left > 0 else named
