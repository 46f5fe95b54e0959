"""The page of `resilience`: who can be away in which week, the days that can spare one more, and whom it hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roster.language import counted, tr
from roster.output.html.page import render
from roster.output.html.parts import facts
from roster.output.html.parts.grid import bare_block
from roster.output.words.resilience import verdict, week_mark
from roster.questions.resilience import Resilience, WeekOfAbsences
from roster.questions.wording import role_names

MOST_SKILLS = 8
MONTH_WEEKS = 13
"""Weeks side by side in the map: a quarter of a year."""


@dataclass(frozen=True, slots=True)
class MapCell:
    """A cell of the map or the calendar: its text, its shade, and what it says when asked."""

    text: str
    css: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """Some weeks of the map: their first days, and a row a person."""

    title: str
    weeks: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MapCell, ...]], ...]


def resilience_page(answer: Resilience) -> str:
    """Return the page of an answer to "which absences does it survive?"."""
    asked = answer.asked
    status = {True: "optimal", False: "infeasible", None: "unknown"}[answer.survives]
    views: dict[str, object] = {
        "title": asked.problem.called,
        "span": facts.span(asked.problem),
        "answer": facts.HeadlineAnswer(_figure(answer), verdict(answer), status, tuple(_reasons(answer))),
        "broken": facts.broken(answer.violations),
        "seconds": f"{answer.seconds:.1f}",
    }
    if answer.violations:
        return render("resilience.html.jinja", **views, maps=())
    lengths = tr("resilience.comma").join(map(str, asked.lengths))
    mark = tr("resilience.breaks_from", days=asked.lengths[-1])
    return render(
        "resilience.html.jinja",
        **views,
        maps=tuple(_maps(answer)),
        map_legend=tr("resilience.map_legend", lengths=lengths, mark=mark),
        missed=[_missed(answer, at) for at in range(len(answer.missed))],
        holders=list(_holders(answer)),
        days=_days(answer),
        people=len(asked.published.people),
        training=list(_training(answer)),
    )


def _figure(answer: Resilience) -> facts.HeadlineFigure | None:
    """Return the days that anybody can be away; none while some case is open, for then the number is not known."""
    if answer.violations or answer.undecided:
        return None
    return facts.HeadlineFigure(str(answer.up_to), counted("page.unit_days_survived", answer.up_to))


def _reasons(answer: Resilience) -> Iterator[str]:
    if answer.violations:
        yield tr("resilience.mend_hint")
        return
    decided = len(answer.cases) - len(answer.undecided)
    survived = decided - len(answer.broken)
    yield tr("page.cases", survived=survived, broken=len(answer.broken), cases=len(answer.cases))


def _maps(answer: Resilience) -> Iterator[Map]:
    weeks = next(iter(answer.by_week.values()), ())
    for start in range(0, len(weeks), MONTH_WEEKS):
        chosen = range(start, min(start + MONTH_WEEKS, len(weeks)))
        firsts = tuple(f"{answer.asked.day(weeks[at].first):%m-%d}" for at in chosen)
        title = tr("common.span", first=firsts[0], last=firsts[-1])
        rows = tuple(
            (name, tuple(_week(answer, name, own[at]) for at in chosen))
            for name, own in answer.by_week.items()
        )
        yield Map(title, firsts, rows)


def _week(answer: Resilience, name: str, week: WeekOfAbsences) -> MapCell:
    text = week_mark(week)
    on = answer.asked.day(week.first).isoformat()
    if week.breaks_from is not None:
        at_once = week.breaks_from == answer.asked.lengths[0]
        title = tr("page.week_breaks", person=name, date=on, days=week.breaks_from)
        return MapCell(text, "worst" if at_once else "poor", title)
    if week.undecided or week.most_changes is None:
        return MapCell(text, "open")
    return MapCell(text, "fine", tr("page.week_fine", person=name, date=on, changes=week.most_changes))


def _missed(answer: Resilience, at: int) -> tuple[str, str, str, str]:
    one = answer.missed[at]
    posts = (answer.asked.problem.post[post].called for post in one.posts)
    shortest = counted("common.days", one.shortest)
    return one.person, f"{one.broken}/{one.cases}", shortest, tr("resilience.comma").join(posts)


def _holders(answer: Resilience) -> Iterator[str]:
    """Say of each role that one person alone has what hangs on it."""
    problem = answer.asked.problem
    for one in answer.only_holders:
        words = {"role": role_names(problem, [one.role]), "person": one.person}
        if one.posts:
            posts = tr("resilience.comma").join(problem.post[post].called for post in one.posts)
            yield tr("resilience.holder", **words, posts=posts)
        else:
            yield tr("resilience.holder_shared", **words)


def _days(answer: Resilience) -> list[tuple[str, list[MapCell]]]:
    """Return the calendar: weeks down, weekdays across, in each day how many could be away, each alone."""
    people, horizon = len(answer.asked.published.people), answer.asked.published.horizon
    rows = []
    for week in horizon.weeks():
        cells = [MapCell("", "")] * 7
        heads = bare_block(horizon, range(week.first, week.last + 1), ()).dates
        for head, day in zip(heads, answer.spare_days[week.first : week.last + 1], strict=True):
            free = people - len(day.needed) - len(day.undecided)
            css = "open" if day.undecided else "fine" if free == people else "poor" if free else "worst"
            needed = tr("resilience.comma").join(day.needed)
            title = f"{head.title}: {tr('page.needed', people=needed)}" if needed else head.title
            cells[horizon.weekday(day.day)] = MapCell(f"{free}{'?' if day.undecided else ''}", css, title)
        rows.append((answer.asked.day(week.first).isoformat(), cells))
    return rows


def _training(answer: Resilience) -> Iterator[str]:
    """Say what each skill that helps would do, the best first; or that none does, or none was found in time."""
    problem = answer.asked.problem
    helping = [each for each in answer.training if each.gone][:MOST_SKILLS]
    if not helping:
        left = sum(each.undecided for each in answer.training)
        yield tr("resilience.training_open", open=left) if left else tr("resilience.training_none")
    for one in helping:
        words: dict[str, object] = {
            "role": role_names(problem, [one.skill.role]),
            "type": problem.type[one.type].called,
            "person": one.skill.person,
            "gone": one.gone,
            "all": one.of,
        }
        if one.undecided:
            yield tr("resilience.teach_open", **words, open=one.undecided)
        else:
            yield tr("resilience.teach", **words)
