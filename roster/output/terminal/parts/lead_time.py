"""The lead time in the report of `roster size`: hire-by dates, and the service until all are ready."""

from __future__ import annotations

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Status
from roster.language import tr
from roster.output.terminal.console import BAD, DOUBTFUL, FAINT, GOOD, one_line, section, table
from roster.output.terminal.prose import Prose
from roster.questions.size.lead_time import LeadTime, Stretch
from roster.sizing.figures import plain

MOST_NAMED = 6


def lead_section(lead: LeadTime) -> Group:
    """Return who must be hired by when, and what service there is month by month if hiring begins today."""
    parts: list[ConsoleRenderable] = []
    if lead.hires:
        names = ("kind", "number", "months", "decide_by", "first_day", "ready_on")
        made = table(*(tr(f"size.{name}") for name in names), numbers=(1, 2), wrap=(0,))
        for one in lead.hires:
            by = Text(str(one.decide_by))
            if one.late(lead.today):
                by = Text(tr("size.too_late", date=one.decide_by), BAD)
            row = (one_line(one.title), str(one.number), plain(one.lead.value), by)
            made.add_row(*row, str(one.first_day), str(one.ready_on))
        parts += [made, Text(" "), Prose(lead_verdict(lead), GOOD if lead.in_time else DOUBTFUL)]
    else:
        parts.append(Prose(tr("size.nobody_to_hire")))
    parts += [Text(" "), Prose(tr("size.months_note"), FAINT), _months(lead)]
    return section(tr("size.lead_time", date=lead.go_live_on), *parts, note=tr("size.lead_note"))


def lead_verdict(lead: LeadTime) -> str:
    """Return whether all are ready at go-live if hiring begins today."""
    words = {"today": lead.today, "ready": lead.ready_on}
    if lead.in_time:
        return tr("size.ready_in_time", **words)
    days = (lead.ready_on - lead.go_live_on).days
    return tr("size.ready_too_late", days=days, **words)


def _months(lead: LeadTime) -> Group:
    made = table(tr("size.month"), tr("size.able"), tr("size.service"), numbers=(1,), wrap=(2,))
    for one in lead.months:
        made.add_row(stretch_months(one), str(one.number), Prose(stretch_service(one, MOST_NAMED)))
    return Group(made)


def stretch_months(one: Stretch) -> str:
    """Return the months with the same people, as one or from first to last."""
    ends = [f"{day.year}-{day.month:02d}" for day in (one.first, one.last)]
    return ends[0] if ends[0] == ends[1] else " - ".join(ends)


def stretch_service(one: Stretch, most: int) -> str:
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
