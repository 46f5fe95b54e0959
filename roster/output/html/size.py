"""The page of `size`: how many at three levels of service beside what others have, what it takes, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roster.domain.outcome import ProofKind
from roster.language import tr
from roster.output.html.page import render
from roster.output.html.parts import facts
from roster.output.html.parts import lead_time as hiring
from roster.output.words.size import headline, level_name, rests_on, source, when_held, who
from roster.questions.size import Planned, Sized
from roster.sizing.figures import plain


@dataclass(frozen=True, slots=True)
class RangeBar:
    """A bar of the range: where it begins and how long it is in percent, its text, whether it is ours, its source."""

    name: str
    text: str
    left: float
    width: float
    ours: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level of service."""

    name: str
    people: str
    seats: str
    hours: str
    cost: str
    proof: str
    sure: bool
    meaning: str


def size_page(found: Sized) -> str:
    """Return the page of an answer to "how many people do these systems need?"."""
    chosen = found.recommended
    people = (
        None if chosen.people is None else facts.HeadlineFigure(str(chosen.people), facts.unit(chosen.people))
    )
    named = [level_name(level.design.level) for level in found.levels]
    return render(
        "size.html.jinja",
        title=found.profile.title,
        span=tr("page.levels_span"),
        answer=facts.HeadlineAnswer(people, headline(found), str(found.status), tuple(_reasons(found))),
        spans=list(_spans(found)),
        levels=[_row(level) for level in found.levels],
        posts=[(post.called, when_held(post), post.people, post.reason) for post in chosen.problem.posts],
        names=named,
        work=list(_work(found)),
        who=list(who(found)),
        there=bool(found.profile.says.people),
        tensions=[one.sentence for one in found.tensions],
        answered=[f"{tr(f'size.at_{one.place}')}: {one.sentence}" for one in found.answered],
        lead=None if found.lead is None else hiring.lead(found.lead),
        notes=[*rests_on(found), *facts.notes(chosen.problem)],
        seconds=f"{found.seconds:.1f}",
    )


def _reasons(found: Sized) -> Iterator[str]:
    """Say why it takes so many at the recommended level, and what each level leaves to vendors."""
    chosen = found.recommended
    yield chosen.proof.reason
    if chosen.proof.kind is not ProofKind.NONE:
        yield tr("plan.proof", kind=tr(f"plan.proof_{chosen.proof.kind}"))
    for level in found.levels:
        if level.design.bought:
            what = tr("sizing.semicolon").join(level.design.bought)
            yield tr("size.bought", level=level_name(level.design.level).capitalize(), what=what)


def _spans(found: Sized) -> Iterator[RangeBar]:
    """Yield the levels and what others have as bars on one scale."""
    beside = found.guidance
    low = beside.low.value
    high = beside.high.value if beside.high is not None else None
    ours = [level.people or 0 for level in found.levels]
    others = (beside.survey, beside.by_beds, beside.aspired)
    most = max(*ours, high or low * 1.5, *(figure.value for figure in others), 1.0)

    def share(value: float) -> float:
        return round(100 * value / most, 2)

    for level in found.levels:
        number = tr("size.no_number") if level.people is None else str(level.people)
        yield RangeBar(level_name(level.design.level), number, 0.0, share(level.people or 0), True)
    words = {"low": plain(low), "high": plain(high or 0)}
    text = tr("size.range" if high is not None else "size.range_open", **words)
    yield RangeBar(
        tr("size.article"), text, share(low), share((high or most) - low), False, source(beside.low)
    )
    for figure in others:
        origin = source(figure.parts[1] if figure.parts else figure)
        yield RangeBar(figure.what, plain(round(figure.value, 1)), 0.0, share(figure.value), False, origin)


def _row(level: Planned) -> LevelRow:
    heads = level.headcount
    return LevelRow(
        level_name(level.design.level),
        tr("size.no_number") if heads is None else str(heads.in_house),
        "" if heads is None else str(sum(use.number for use in heads.seats)),
        plain(level.design.hours),
        "" if level.cost is None else f"{level.cost:,}",
        tr(f"size.{level.status}", bound=level.bound or 0),
        str(level.status) == "optimal",
        tr(f"sizing.about_{level.design.level}"),
    )


def _work(found: Sized) -> Iterator[tuple[str, list[str]]]:
    """Yield the hours a week of each role at each level."""
    for role in dict.fromkeys(role for level in reversed(found.levels) for role in level.design.work):
        hours = [level.design.work.get(role) for level in found.levels]
        cells = ["–" if one is None else plain(round(one.value, 1)) for one in hours]
        yield tr(f"sizing.role_{role}"), cells
