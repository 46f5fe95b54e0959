"""The sheets that are lists: cover (need against held), changes, and what the check found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from roster.domain.horizon import Horizon
from roster.domain.rules import clock
from roster.language import listed, tr
from roster.output.examined_roster import Examined
from roster.output.shares import ShareTable
from roster.output.words.cover import minutes_by_day, post_covers, when
from roster.output.words.findings import rule_title
from roster.output.xlsx.looks import BAD, FAINT, HEAD, LINE, WEEKEND, Looks, finish, width_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that departs from what was planned or published: whose, when, from what to what, and why."""

    person: str
    day: int
    before: str
    after: str
    posts: tuple[str, ...] = ()
    why: str = ""


EDGE: dict[str, Any] = {"border": 1, "border_color": LINE}


def add_cover(sheet: Worksheet, looks: Looks, examined: Examined) -> None:
    """
    Fill the sheet of cover: each post with the hours needed and held, then day by day what is missing.

    Parameters
    ----------
    sheet, looks : The sheet, and the workbook's formats.
    examined : The roster with what is said of it.
    """
    horizon = examined.roster.horizon
    _begin(sheet, looks, "cover")
    heads = ["post", "level", "when", "people", "needed", "held", "missing"]
    for column, head in enumerate(heads):
        sheet.write_string(3, column, tr(f"export.cover_{head}"), looks.head)
    _days(sheet, looks, horizon, len(heads))
    covers = post_covers(examined.problem, examined.roster, examined.cover)
    daily = minutes_by_day(examined.cover)
    for row, cover in enumerate(covers, start=4):
        post = cover.post
        looks.text(sheet, (row, 0), post.called, bold=True, **EDGE)
        sheet.write_number(row, 1, post.level, looks.of(align="center", **EDGE))
        looks.text(sheet, (row, 2), when(post), **EDGE)
        missing = cover.required - cover.held
        figures = (post.people, cover.required / 60, cover.held / 60, missing / 60)
        for column, figure in enumerate(figures, start=3):
            bad = {"font_color": BAD, "bold": True} if column == 6 and missing else {}
            sheet.write_number(row, column, round(figure, 2), looks.of(**EDGE, **bad))
        for day in range(horizon.days):
            _day_cell(
                sheet, looks, (row, len(heads) + day), daily[post.name].get(day), horizon.weekday(day) > 4
            )
    sheet.set_column(0, 0, width_of([cover.post.called for cover in covers], 30, 8))
    sheet.set_column(1, 1, 7)
    sheet.set_column(2, 2, width_of([when(cover.post) for cover in covers], 34, 8))
    sheet.set_column(3, 6, 9)
    sheet.set_column(len(heads), len(heads) + horizon.days - 1, 4.2)
    finish(sheet, 4, columns=1)


def _days(sheet: Worksheet, looks: Looks, horizon: Horizon, first: int) -> None:
    for day in range(horizon.days):
        shade = WEEKEND if horizon.weekday(day) > 4 else HEAD
        on = horizon.on(day)
        shown = 'm"/"d' if day == 0 or on.day == 1 else "d"
        look = {"bold": True, "bg_color": shade, "align": "center", "shrink": True, **EDGE}
        looks.date(sheet, (3, first + day), on, num_format=shown, **look)


def _day_cell(
    sheet: Worksheet, looks: Looks, at: tuple[int, int], minutes: tuple[int, int] | None, weekend: bool
) -> None:
    """Say of one day: not needed, wholly held, or how many hours are missing."""
    ground = {"bg_color": WEEKEND} if weekend else {}
    look: dict[str, Any] = {**ground, "align": "center", "shrink": True, **EDGE}
    if minutes is None:
        sheet.write_blank(*at, None, looks.of(**look))
    elif minutes[1] >= minutes[0]:
        sheet.write_string(*at, "✓", looks.of(**look, font_color=FAINT))
    else:
        missing = {**look, "font_color": "#FFFFFF", "bg_color": BAD, "bold": True}
        number = round((minutes[1] - minutes[0]) / 60, 2)
        sheet.write_number(*at, number, looks.of(**missing, num_format='General"h"'))


def add_holders(sheet: Worksheet, looks: Looks, examined: Examined) -> None:
    """
    Fill the sheet of holders: every post, stretch by stretch, with who holds it.

    Parameters
    ----------
    sheet, looks : The sheet, and the workbook's formats.
    examined : The roster with what is said of it.
    """
    horizon, problem = examined.roster.horizon, examined.problem
    names = tr("common.day_names").split()
    _begin(sheet, looks, "holders")
    heads = ["date", "weekday", "post", "level", "from", "until", "needed_people", "held_people", "by"]
    rows: list[list[object]] = []
    for held in examined.cover:
        on = horizon.on(held.day)
        post = problem.post[held.post].called
        window = (clock(held.start), clock(held.end))
        by = listed(held.by)
        rows.append([on, names[on.weekday()], post, held.level, *window, held.required, held.held, by])
    bad = {index for index, held in enumerate(examined.cover) if held.held < held.required}
    _table(sheet, looks, [tr(f"export.cover_{head}") for head in heads], rows, bad)


def add_changes(sheet: Worksheet, looks: Looks, horizon: Horizon, changes: Sequence[Changed]) -> None:
    """
    Fill the sheet of changes.

    Parameters
    ----------
    sheet, looks : The sheet, and the workbook's formats.
    horizon, changes : The dates, and the cells that changed.
    """
    names = tr("common.day_names").split()
    _begin(sheet, looks, "changes")
    heads = ("date", "weekday", "person", "before", "after", "posts", "why")
    rows: list[list[object]] = []
    for one in changes:
        on = horizon.on(one.day)
        posts = ", ".join(one.posts)
        rows.append([on, names[on.weekday()], one.person, one.before, one.after, posts, one.why])
    _table(sheet, looks, [tr(f"export.changes_{head}") for head in heads], rows)


def add_findings(sheet: Worksheet, looks: Looks, examined: Examined) -> None:
    """
    Fill the sheet of what the independent check found.

    Parameters
    ----------
    sheet, looks : The sheet, and the workbook's formats.
    examined : The roster with what is said of it.
    """
    _begin(sheet, looks, "findings")
    heads = [tr(f"export.findings_{head}") for head in ("rule", "person", "sentence")]
    rows: list[list[object]] = [
        [rule_title(one.rule), one.person or "", one.sentence] for one in examined.violations
    ]
    _table(sheet, looks, heads, rows)


def add_shares(sheet: Worksheet, looks: Looks, shares: ShareTable) -> None:
    """
    Fill the sheet of fair shares: what everybody has beside what is fair, and after how long all are even.

    Parameters
    ----------
    sheet, looks : The sheet, and the workbook's formats.
    shares : What everybody has beside what is fair.
    """
    looks.text(sheet, (0, 0), tr("calendar.shares"), bold=True, font_size=14)
    looks.text(sheet, (1, 0), shares.note, font_color=FAINT)
    rows: list[list[object]] = [[name, *cells] for name, cells in shares.rows]
    _table(sheet, looks, [tr("plan.person"), *shares.heads], rows)
    for row, sentence in enumerate(shares.even, start=5 + len(rows)):
        looks.text(sheet, (row, 0), sentence)


def _begin(sheet: Worksheet, looks: Looks, name: str) -> None:
    looks.text(sheet, (0, 0), tr(f"export.{name}_title"), bold=True, font_size=14)
    looks.text(sheet, (1, 0), tr(f"export.{name}_note"), font_color=FAINT)


def _table(
    sheet: Worksheet,
    looks: Looks,
    heads: Sequence[str],
    rows: Sequence[Sequence[object]],
    bad: Iterable[int] = (),
) -> None:
    marked = set(bad)
    for column, head in enumerate(heads):
        sheet.write_string(3, column, head, looks.head)
    for index, row in enumerate(rows):
        look: dict[str, Any] = {**EDGE, **({"font_color": BAD, "bold": True} if index in marked else {})}
        for column, value in enumerate(row):
            at = (4 + index, column)
            if isinstance(value, date):
                looks.date(sheet, at, value, num_format="yyyy-mm-dd", align="left", **look)
            elif isinstance(value, int):
                sheet.write_number(*at, value, looks.of(**look))
            else:
                looks.text(sheet, at, str(value), **look)
    for column, head in enumerate(heads):
        texts = [head] + [str(row[column]) for row in rows]
        sheet.set_column(column, column, width_of(texts, 60, 6))
    if rows:
        sheet.autofilter(3, 0, 3 + len(rows), len(heads) - 1)
    finish(sheet, 4)
