"""The page of `what-if`: the verdict, what changes, before and after, and what it does to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from roster.checker import coverage
from roster.domain.outcome import Roster, Status
from roster.domain.problem import OFF
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.examined_roster import examine
from roster.output.html.page import render
from roster.output.html.parts import facts
from roster.output.html.parts.conflict import why
from roster.output.html.parts.grid import Block, Crew, GridRow, bare_block, grid, stretches, tiles
from roster.output.html.parts.tiles import Cell, Tints
from roster.output.words.cover import minutes_by_day
from roster.output.words.findings import scope
from roster.output.words.gaps import empty_days, gap_text
from roster.output.words.what_if import away_texts, effects, empty_texts, proof, verdict, way_sentences
from roster.questions.explain import Explanation
from roster.questions.what_if import ChangedDuty, WhatIf
from roster.scores import PersonScore


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A changed cell: when, whose, the tile before and after, what is held now, and why."""

    date: str
    person: str
    before: Cell
    after: Cell
    posts: str
    why: str


@dataclass(frozen=True, slots=True)
class Effect:
    """A person's figures, before and after."""

    person: str
    pairs: tuple[tuple[str, str], ...]


def what_if_page(answer: WhatIf, explained: Explanation | None = None) -> str:
    """Return the page of an answer to "who covers?"."""
    case = answer.case
    frozen = None if case.frozen_until is None else case.published.horizon.on(case.frozen_until)
    views: dict[str, object] = {
        "title": case.problem.called,
        "span": facts.span(case.problem),
        "answer": facts.HeadlineAnswer(_figure(answer), verdict(answer), _status(answer), _reasons(answer)),
        "away": away_texts(case),
        "frozen": "" if frozen is None else tr("what_if.frozen", date=frozen),
        "broken": facts.broken(answer.broken),
        "empty": empty_texts(answer),
        "ways": way_sentences(answer),
        "explained": why(explained, ways=False),
        "impossible": answer.status is Status.INFEASIBLE and not answer.broken,
        "seconds": f"{answer.seconds:.1f}",
    }
    if answer.roster is None:
        return render("what_if.html.jinja", **views, grid=None)
    return render("what_if.html.jinja", **views, **_shown(answer, answer.roster))


def _figure(answer: WhatIf) -> facts.HeadlineFigure | None:
    if answer.roster is None or answer.broken:
        return None
    if answer.empty:
        minutes = sum((end - start) * people for _, start, end, people in answer.empty)
        return facts.HeadlineFigure(hours(minutes), tr("page.unit_hours_empty"))
    number = len(answer.changes)
    return facts.HeadlineFigure(str(number), counted("page.unit_changes", number))


def _status(answer: WhatIf) -> str:
    return "broken" if answer.broken else str(answer.status)


def _reasons(answer: WhatIf) -> tuple[str, ...]:
    if answer.broken:
        return (tr("what_if.repair_hint"),)
    return tuple(filter(None, [proof(answer)]))


def _shown(answer: WhatIf, roster: Roster) -> dict[str, object]:
    case = answer.case
    examined = examine(case.asked, roster)
    places = {person.name: index for index, person in enumerate(roster.people)}
    changed = {(places[change.person], change.day): change.why for change in answer.changes}
    pairs = effects(answer, roster)
    minutes = sum(post.wanted for post in examined.scores.posts)
    return {
        "grid": grid(case.asked, roster, changed, empty_days(examined)),
        "compared": _compared(answer, roster, changed),
        "steps": [_step(answer, Tints(case.problem), change) for change in answer.changes],
        "effects": [_effect(*pair) for pair in pairs],
        "verdict": facts.found(examined)["verdict"],
        "scope": scope(case.asked, roster, minutes),
    }


def _step(answer: WhatIf, tints: Tints, change: ChangedDuty) -> ChangedCell:
    on = answer.case.published.horizon.on(change.day)
    names = tr("common.day_names").split()
    post = answer.case.problem.post
    return ChangedCell(
        f"{on.isoformat()} {names[on.weekday()]}",
        change.person,
        tints.cell(change.before),
        tints.cell(change.after),
        tr("what_if.comma").join(post[name].called for name in change.posts),
        change.why,
    )


def _effect(before: PersonScore, after: PersonScore) -> Effect:
    pairs = (
        (hours(before.minutes), hours(after.minutes)),
        (str(before.nights), str(after.nights)),
        (str(before.free_weekends), str(after.free_weekends)),
        (str(before.standby_days), str(after.standby_days)),
    )
    return Effect(before.name, pairs)


def _compared(answer: WhatIf, roster: Roster, changed: dict[tuple[int, int], str]) -> list[Block]:
    """Return the weeks in which something changes: those whom it touches, before and after."""
    case, horizon = answer.case, roster.horizon
    rows = zip(case.published.duties, roster.duties, strict=True)
    touched = [index for index, (before, after) in enumerate(rows) if before != after]
    tints = Tints(case.problem)
    pairs = [
        (
            tiles(case.problem, case.published, index, tints, {}),
            tiles(case.asked, roster, index, tints, changed),
        )
        for index in touched
    ]
    weeks = [range(week.first, week.last + 1) for week in horizon.weeks()]
    shown = [week for week in weeks if any(_differs(pair, week) for pair in pairs)]
    if not shown:
        return []
    first, last = shown[0].start - 7, shown[-1].stop + 7
    span = [days for days in stretches(horizon) if days.stop > first and days.start < last]
    parts = [range(max(days.start, first), min(days.stop, last)) for days in span]
    names = [roster.people[index].name for index in touched]
    posts = list(_posts(answer, roster))
    return [
        bare_block(horizon, days, (*_crews(names, pairs, days), *_post_crews(posts, days))) for days in parts
    ]


Filled = tuple[str, dict[int, tuple[int, int]], dict[int, tuple[int, int]]]
"""A post's title, and by day the person-minutes needed and held: if nobody stepped in, and in the new roster."""


def _posts(answer: WhatIf, roster: Roster) -> Iterator[Filled]:
    """Yield the posts that the leave would leave empty, or that are held by others now."""
    case = answer.case
    away = {(one.person, day) for one in case.in_force for day in one.days(roster.horizon)}
    duties = tuple(
        tuple(OFF if (person.name, day) in away else duty for day, duty in enumerate(line))
        for person, line in zip(case.published.people, case.published.duties, strict=True)
    )
    bare = minutes_by_day(coverage(case.asked, replace(case.published, duties=duties)))
    after = minutes_by_day(coverage(case.asked, roster))
    for post in case.asked.posts:
        if post.hard and any(held < needed for needed, held in bare[post.name].values()):
            yield post.called, bare[post.name], after[post.name]


def _post_crews(posts: Iterable[Filled], days: range) -> Iterator[Crew]:
    """Yield the posts with what is empty on each of some days, before and after, as a pair of rows."""
    for title, before, after in posts:
        if any(before[day][1] < before[day][0] for day in days if day in before):
            yield Crew(
                "",
                (
                    GridRow(title, tuple(_fill(before.get(day)) for day in days), tr("page.without")),
                    GridRow(title, tuple(_fill(after.get(day)) for day in days), tr("page.after")),
                ),
            )


def _fill(minutes: tuple[int, int] | None) -> Cell:
    """Return the tile of a post on a day: not needed, held, or the hours that are missing."""
    if minutes is None:
        return Cell("", "")
    if minutes[1] >= minutes[0]:
        return Cell("✓", "off")
    text = gap_text(minutes[0] - minutes[1])
    return Cell(text, "gap", tr("page.hours_empty", hours=text))


CellPair = tuple[tuple[Cell, ...], tuple[Cell, ...]]


def _differs(pair: CellPair, days: Iterable[int]) -> bool:
    before, after = pair
    return any(before[day] != after[day] or "changed" in after[day].css for day in days)


def _crews(names: Sequence[str], pairs: Sequence[CellPair], days: range) -> Iterable[Crew]:
    """Yield everybody whom these weeks change, as a pair of rows."""
    for name, (before, after) in zip(names, pairs, strict=True):
        if _differs((before, after), days):
            yield Crew(
                "",
                (
                    GridRow(name, before[days.start : days.stop], tr("page.before")),
                    GridRow(name, after[days.start : days.stop], tr("page.after")),
                ),
            )
