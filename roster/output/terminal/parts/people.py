"""What each person gets: hours, nights, weekends and standby, beside what the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Group
from rich.text import Text

from roster.domain.rules import hours
from roster.language import tr
from roster.output.terminal.console import FAINT, MOST_PEOPLE, section, table
from roster.output.words.text import LONGEST_NAME, short_names
from roster.scores import PersonScore


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A figure of the table: its name in the catalogue, the figure, how it is written, and its limit in words."""

    key: str
    figure: Callable[[PersonScore], float]
    write: Callable[[float], str] = "{:g}".format
    limit: Callable[[PersonScore], str] = lambda _: ""


def _most(limit: int | None) -> str:
    return tr("plan.most", limit=limit) if limit is not None else ""


def _one_in(limit: int | None) -> str:
    return tr("plan.one_in", number=limit) if limit is not None else ""


COLUMNS = (
    TableColumn(
        "week_hours",
        lambda one: one.week_minutes,
        lambda minutes: f"{minutes / 60:.1f}",
        lambda one: tr("plan.most", limit=hours(one.week_minutes_limit)),
    ),
    TableColumn("period_left", lambda one: one.period_left or 0, lambda minutes: hours(round(minutes))),
    TableColumn("work_days", lambda one: one.working_days),
    TableColumn(
        "days_in_a_row", lambda one: one.longest_work, limit=lambda one: _most(one.longest_work_limit)
    ),
    TableColumn("nights", lambda one: one.nights),
    TableColumn(
        "nights_in_a_row", lambda one: one.longest_nights, limit=lambda one: _most(one.longest_nights_limit)
    ),
    TableColumn(
        "free_weekends", lambda one: one.free_weekends, limit=lambda one: _one_in(one.free_weekends_limit)
    ),
    TableColumn("standby", lambda one: one.standby_days, limit=lambda one: _most(one.standby_days_limit)),
    TableColumn("holidays_worked", lambda one: one.statutory_days),
)


def people_section(scores: tuple[PersonScore, ...]) -> Group:
    """Return a row a person with the limits in the head, and the least and the most of each figure."""
    shown = [column for column in COLUMNS if any(column.figure(one) for one in scores)]
    heads = [_head(column, scores) for column in shown]
    made = table(tr("plan.person") + "\n", *heads, numbers=tuple(range(1, len(heads) + 1)))
    names = short_names((one.name for one in scores), LONGEST_NAME)
    for one in scores[:MOST_PEOPLE]:
        made.add_row(names[one.name].rstrip(), *(_cell(column, one) for column in shown))
    if len(scores) > 1:
        made.add_row(Text(tr("plan.from_to"), FAINT), *(_range(column, scores) for column in shown))
    weekends = max((one.weekends for one in scores), default=0)
    note = "plan.people_note_statutory" if any(one.statutory_days for one in scores) else "plan.people_note"
    more = []
    if len(scores) > MOST_PEOPLE:
        words = tr("plan.more_people", number=len(scores) - MOST_PEOPLE, file="hours.csv")
        more.append(Text(words, FAINT))
    return section(tr("plan.people"), made, *more, note=tr(note, weekends=weekends))


def _head(column: TableColumn, scores: tuple[PersonScore, ...]) -> str:
    """Name a column, with the limit where it is the same for everybody whom one binds."""
    limits = {column.limit(one) for one in scores if column.figure(one)} - {""}
    return f"{tr(f'plan.figure_{column.key}')}\n{limits.pop() if len(limits) == 1 else ''}"


def _cell(column: TableColumn, one: PersonScore) -> Text:
    figure = column.figure(one)
    return Text(column.write(figure), "" if figure else FAINT)


def _range(column: TableColumn, scores: tuple[PersonScore, ...]) -> Text:
    figures = [column.figure(one) for one in scores]
    low, high = column.write(min(figures)), column.write(max(figures))
    return Text(low if low == high else f"{low} - {high}", FAINT)
