"""Per person: hours, nights, weekends and standby as bars, with a tick where the rules draw the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roster.domain.rules import hours
from roster.language import tr
from roster.scores import PersonScore

PersonFigure = Callable[[PersonScore], float]


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure drawn: shares of the column's width in percent, and what stands beside it."""

    share: float
    tick: float | None
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class PeopleColumn:
    """A figure of everybody: its name, what the rules say of it, and how it is drawn."""

    key: str
    figure: PersonFigure
    limit: Callable[[PersonScore], float | None]
    write: Callable[[PersonScore], str]
    rule: Callable[[PersonScore], str]
    least: bool = False


def _free_least(one: PersonScore) -> float | None:
    return one.weekends // one.free_weekends_limit if one.free_weekends_limit else None


def _nights(one: PersonScore) -> str:
    if not one.nights or one.longest_nights <= 1:
        return str(one.nights)
    return tr("page.nights_in_a_row", nights=one.nights, row=one.longest_nights)


COLUMNS = (
    PeopleColumn(
        "hours",
        lambda one: one.week_minutes / 60,
        lambda one: one.week_minutes_limit / 60,
        lambda one: f"{one.week_minutes / 60:.1f}",
        lambda one: tr("plan.most", limit=hours(one.week_minutes_limit)),
    ),
    PeopleColumn(
        "spare",
        lambda one: max(0.0, one.week_minutes_limit - one.week_minutes) / 60,
        lambda _: None,
        lambda one: f"{max(0.0, one.week_minutes_limit - one.week_minutes) / 60:.1f}",
        lambda _: "",
    ),
    PeopleColumn(
        "nights",
        lambda one: one.nights,
        lambda _: None,
        _nights,
        lambda one: (
            ""
            if one.longest_nights_limit is None
            else tr("page.most_in_a_row", limit=one.longest_nights_limit)
        ),
    ),
    PeopleColumn(
        "weekends",
        lambda one: one.free_weekends,
        _free_least,
        lambda one: tr("page.of", part=one.free_weekends, whole=one.weekends),
        lambda one: (
            "" if one.free_weekends_limit is None else tr("plan.one_in", number=one.free_weekends_limit)
        ),
        least=True,
    ),
    PeopleColumn(
        "standby",
        lambda one: one.standby_days,
        lambda one: one.standby_days_limit if one.standby_days else None,
        lambda one: str(one.standby_days),
        lambda one: (
            ""
            if one.standby_days_limit is None or not one.standby_days
            else tr("plan.most", limit=one.standby_days_limit)
        ),
    ),
    PeopleColumn(
        "holidays",
        lambda one: one.statutory_days,
        lambda _: None,
        lambda one: str(one.statutory_days),
        lambda _: "",
    ),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: its key, and the limit where it is the same for everybody whom one binds."""

    key: str
    limit: str


@dataclass(frozen=True, slots=True)
class People:
    """The table of bars."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, tuple[Bar, ...]], ...]
    weekends: int


def people(scores: Sequence[PersonScore]) -> People:
    """Return a row of bars for everybody; figures that nobody has are left out."""
    shown = [column for column in COLUMNS if any(column.figure(one) for one in scores)]
    scale = {column.key: _scale(column, scores) for column in shown}
    rows = tuple(
        (one.name, tuple(_bar(column, one, scale[column.key]) for column in shown)) for one in scores
    )
    heads = tuple(Head(column.key, _rule(column, scores)) for column in shown)
    return People(heads, rows, max((one.weekends for one in scores), default=0))


def _rule(column: PeopleColumn, scores: Sequence[PersonScore]) -> str:
    rules = {column.rule(one) for one in scores if column.figure(one)} - {""}
    return rules.pop() if len(rules) == 1 else ""


def _scale(column: PeopleColumn, scores: Sequence[PersonScore]) -> float:
    """Return the figure at the right end: a little more than the most there is or may be."""
    most = [max(column.figure(one), column.limit(one) or 0) for one in scores]
    if column.key == "weekends":
        most += [one.weekends for one in scores]
    return max(most, default=0) * 1.02 or 1.0


def _bar(column: PeopleColumn, one: PersonScore, scale: float) -> Bar:
    limit = column.limit(one)
    text, rule = column.write(one), column.rule(one)
    name = tr(f"page.bar_{column.key}")
    title = tr("page.bar_title", name=name, figure=text, limit=rule) if rule else f"{name} {text}"
    return Bar(
        round(100 * column.figure(one) / scale, 2),
        None if limit is None else round(100 * limit / scale, 2),
        text,
        title,
    )
