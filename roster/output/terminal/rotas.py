"""The answer of `roster rotas` on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.rules import hours
from roster.language import tr
from roster.output.terminal.console import (
    BAD,
    DOUBTFUL,
    FAINT,
    GOOD,
    STRONG,
    ReportConsole,
    files_line,
    section,
    table,
)
from roster.output.terminal.design import hours_section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.rotas import desk_sentence, named, notes, type_title, verdict
from roster.output.words.text import one_line
from roster.questions.rotas import Judged, Rotas, best_lawful


def print_rotas(console: ReportConsole, answer: Rotas, files: tuple[Path, ...]) -> None:
    """
    Print an answer: the verdict, the desks, every rota here and under each regime.

    Parameters
    ----------
    console : Where it is printed.
    answer, files : Every rota with what it breaks, and the files written.
    """
    console.show(_parts(answer, files))


def _parts(answer: Rotas, files: tuple[Path, ...]) -> Iterator[ConsoleRenderable]:
    problem = answer.problem
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    yield Prose(verdict(answer), GOOD if best_lawful(answer) else DOUBTFUL, mark="  ")
    for desk in answer.desks:
        yield Prose(desk_sentence(desk), mark="  ")
    if not answer.desks:
        yield Prose(tr("rotas.desk_none"), mark="  ")
    yield _rotas_section(answer)
    yield _regimes_section(answer)
    if any(wanted != there for wanted, there in answer.hours):
        yield hours_section(tr("rotas.by_hour"), answer.hours)
    yield section(tr("rotas.assumes"), *(bullet(note) for note in notes(answer)))
    yield Text()
    yield Text(tr("rotas.took", seconds=f"{answer.seconds:.1f}"), FAINT)
    yield from files_line(files)


def _rotas_section(answer: Rotas) -> Group:
    heads = ["title", "crews", "hours", "people", "relief", "above", "weekends", "verdict_here"]
    made = table(*(tr(f"rotas.{head}") for head in heads), numbers=(1, 2, 3, 4, 5, 6), wrap=(0, 7))
    for one in answer.held:
        free, of = one.free_weekends
        made.add_row(
            Prose(one.classic.title),
            str(one.classic.crews),
            hours(round(one.classic.week_minutes)),
            str(one.people),
            "-" if one.relief is None else str(one.relief),
            "-" if one.above is None else f"{one.above:+d}" if one.above else "0",
            f"{free}/{of}",
            _here(one.scenario),
        )
    posts = tr("rotas.list_and").join(desk.post.called for desk in answer.desks)
    key = "rotas.rotas_note" if answer.desks else "rotas.rotas_note_seat"
    return section(tr("rotas.rotas"), made, note=tr(key, posts=one_line(posts), type=type_title(answer)))


def _here(judged: Judged | None) -> Prose:
    if judged is None or judged.lawful:
        return Prose(tr("rotas.keeps"), GOOD)
    return Prose(named(judged.breaches), BAD if judged.breaks_law else DOUBTFUL)


def _regimes_section(answer: Rotas) -> Group:
    """Show what each rota breaks under each regime; the regimes' long names stand below, by letter."""
    letters = [chr(ord("A") + at) for at in range(len(answer.regimes))]
    made = table(tr("rotas.title"), *letters)
    for one in answer.held:
        made.add_row(one_line(one.classic.title), *(_mark(judged) for judged in one.regimes))
    names = [
        Prose(tr("rotas.regime", letter=letter, title=regime.title), FAINT)
        for letter, regime in zip(letters, answer.regimes, strict=True)
    ]
    legend = Prose(tr("rotas.legend"), FAINT)
    return section(tr("rotas.regimes"), made, Text(" "), *names, legend, note=tr("rotas.regimes_note"))


def _mark(judged: Judged) -> Text:
    if judged.breaks_law:
        return Text(tr("rotas.law"), BAD)
    if not judged.lawful:
        return Text(tr("rotas.policy"), DOUBTFUL)
    if judged.overtime:
        return Text(tr("rotas.overtime", hours=hours(judged.overtime)), GOOD)
    return Text(tr("rotas.ok"), GOOD)
