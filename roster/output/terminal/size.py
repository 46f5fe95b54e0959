"""The answer of `roster size` as a report: how many, beside what others have, what it takes and why."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import ProofKind
from roster.domain.problem import Problem
from roster.language import tr
from roster.output.terminal.console import FAINT, STATUS_STYLES, STRONG, ReportConsole, section, table
from roster.output.terminal.parts.lead_time import lead_section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.size import headline, level_name, rests_on, source, when_held, who
from roster.output.words.text import one_line
from roster.questions.size import Planned, Sized
from roster.sizing.design import Level
from roster.sizing.figures import plain


def print_size(console: ReportConsole, found: Sized, *, written: bool) -> None:
    """
    Print the answer: the numbers first, then what they are for, then what they rest on.

    Parameters
    ----------
    console, found : Where it is printed, and the levels.
    written : Whether files were written.
    """
    console.show(_parts(found, written=written))


def _parts(found: Sized, *, written: bool) -> Iterator[ConsoleRenderable]:
    yield Text(one_line(found.profile.title), STRONG)
    yield Text()
    yield Prose(headline(found), STATUS_STYLES[found.status], mark="  ")
    yield _levels_section(found)
    yield _others_section(found)
    yield section(tr("size.tensions"), *(bullet(one.sentence) for one in found.tensions))
    yield _posts_section(found)
    yield _work_section(found)
    yield _who_section(found)
    if found.answered:
        lines = [bullet(f"{tr(f'size.at_{one.place}')}: {one.sentence}") for one in found.answered]
        yield section(tr("size.answering"), *lines, note=tr("size.answering_note"))
    if found.lead is not None:
        yield lead_section(found.lead)
    yield _basis_section(found)
    yield Text()
    if not written:
        yield Prose(tr("size.next"), FAINT, mark="  ")
    yield Prose(tr("size.took", seconds=f"{found.seconds:.1f}"), FAINT, mark="  ")


def _levels_section(found: Sized) -> Group:
    names = ("level", "people", "seats", "hours", "cost", "proof", "meaning")
    made = table(*(tr(f"size.{name}") for name in names), numbers=(1, 2, 3, 4), wrap=(6,))
    for level in found.levels:
        made.add_row(*_level_row(level))
    chosen = found.recommended
    parts: list[ConsoleRenderable] = [made, Text(" ")]
    if chosen.people is not None:
        name = level_name(chosen.design.level).capitalize()
        why = tr("size.why", level=name, people=chosen.people)
        parts.append(Prose(why + _reason(chosen), FAINT))
    else:
        parts.append(Prose(_reason(chosen), FAINT))
    for level in found.levels:
        if level.design.bought:
            what = tr("sizing.semicolon").join(level.design.bought)
            name = level_name(level.design.level).capitalize()
            parts.append(Prose(tr("size.bought", level=name, what=what), FAINT))
    return section(tr("size.levels"), *parts, note=tr("size.levels_note"))


def _reason(level: Planned) -> str:
    kind = level.proof.kind
    how = "" if kind is ProofKind.NONE else f" {tr('plan.proof', kind=tr(f'plan.proof_{kind}'))}"
    return f"{level.proof.reason}{how}"


def _level_row(level: Planned) -> tuple[str | Text | Prose, ...]:
    style = STATUS_STYLES[level.status]
    heads = level.headcount
    recommended = level.design.level is Level.RECOMMENDED
    number = tr("size.no_number") if heads is None else str(heads.in_house)
    return (
        Text(level_name(level.design.level), STRONG if recommended else ""),
        Text(number, style if heads is None else STRONG),
        "" if heads is None else str(sum(use.number for use in heads.seats)),
        plain(level.design.hours),
        "" if level.cost is None else f"{level.cost:,}",
        Text(tr(f"size.{level.status}", bound=level.bound or 0), style),
        Prose(tr(f"sizing.about_{level.design.level}"), FAINT),
    )


def _others_section(found: Sized) -> Group:
    beside = found.guidance
    made = table("", tr("size.people"), tr("size.source"), numbers=(1,), wrap=(2,))
    low, high = plain(beside.low.value), beside.high
    span = tr("size.range", low=low, high=high) if high is not None else tr("size.range_open", low=low)
    made.add_row(tr("size.article"), span, Prose(source(beside.low), FAINT))
    made.add_row(beside.survey.what, plain(beside.survey.value), Prose(source(beside.survey), FAINT))
    for figure in (beside.by_beds, beside.aspired):
        beds, each = figure.parts
        worked = f"{beds} / {each}"
        made.add_row(figure.what, plain(round(figure.value, 1)), Prose(f"{worked}; {source(each)}", FAINT))
    return section(tr("size.others"), made, note=tr("size.others_note"))


def _posts_section(found: Sized) -> Group:
    chosen = found.recommended
    lines: list[ConsoleRenderable] = []
    said = ""
    for post in chosen.problem.posts:
        line = Text(one_line(post.title))
        line.append(f"  {when_held(post)}", FAINT)
        if post.people > 1:
            line.append(f"  × {post.people}", STRONG)
        lines.append(line)
        if post.reason != said:
            lines.append(Prose(post.reason, FAINT, mark="    "))
        said = post.reason
    more = [sentence for level in found.levels if level is not chosen for sentence in _others(chosen, level)]
    if more:
        lines += [Text(" "), *map(Prose, more)]
    return section(tr("size.posts"), *lines, note=tr("size.posts_note", level=level_name(Level.RECOMMENDED)))


def _others(chosen: Planned, level: Planned) -> Iterator[str]:
    """Say which posts besides desks another level has or does without; desks differ by their hours alone."""
    here, there = (_standing(one) for one in (chosen, level))
    name = level_name(level.design.level).capitalize()
    for key, titles in (("adds", there.keys() - here.keys()), ("drops", here.keys() - there.keys())):
        if titles:
            named = [title for post, title in (here | there).items() if post in titles]
            yield tr(f"size.{key}", level=name, posts=tr("sizing.semicolon").join(named))


def _standing(level: Planned) -> dict[str, str]:
    """Return the posts that are no desk for the week's work, by name."""
    return {
        post.name: post.title
        for post in level.design.posts
        if post.name.removesuffix("_extra") not in level.design.roles
    }


def _work_section(found: Sized) -> Group:
    heads = [level_name(level.design.level) for level in found.levels]
    made = table(tr("size.role"), *heads, numbers=tuple(range(1, len(heads) + 1)))
    roles = list(dict.fromkeys(role for level in reversed(found.levels) for role in level.design.work))
    for role in roles:
        hours = [level.design.work.get(role) for level in found.levels]
        cells = ("-" if one is None else plain(round(one.value, 1)) for one in hours)
        made.add_row(tr(f"sizing.role_{role}"), *cells)
    return section(tr("size.work"), made, note=tr("size.work_note"))


def _who_section(found: Sized) -> Group:
    heads = [level_name(level.design.level) for level in found.levels]
    there = bool(found.profile.says.people)
    names = [tr("size.kind"), *heads, *([tr("size.there")] if there else []), tr("size.each")]
    made = table(*names, numbers=tuple(range(1, len(names))))
    for one in who(found):
        made.add_row(one_line(one.title), *one.numbers, *([one.there] if there else []), one.each)
    return section(tr("size.who"), made, note=tr("size.who_note"))


def _basis_section(found: Sized) -> Group:
    lines = [*rests_on(found), *_notes(found.recommended.problem)]
    return section(tr("size.rests"), *map(bullet, lines))


def _notes(problem: Problem) -> list[str]:
    """Return the notes of the recommended scenario that bear on numbers: absence, standby, and no legal advice."""
    return list(problem.notes[:2])
