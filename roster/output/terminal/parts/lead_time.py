"""The lead time in the report of `roster size`: hire-by dates, and the service until all are ready."""

from __future__ import annotations

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.language import tr
from roster.output.terminal.console import BAD, DOUBTFUL, FAINT, GOOD, section, table
from roster.output.terminal.prose import Prose
from roster.output.words.lead_time import lead_verdict, stretch_months, stretch_service
from roster.output.words.text import one_line
from roster.questions.size import LeadTime
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


def _months(lead: LeadTime) -> Group:
    made = table(tr("size.month"), tr("size.able"), tr("size.service"), numbers=(1,), wrap=(2,))
    for one in lead.months:
        made.add_row(stretch_months(one), str(one.number), Prose(stretch_service(one, MOST_NAMED)))
    return Group(made)
