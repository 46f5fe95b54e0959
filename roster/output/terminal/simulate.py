"""The answer of `roster simulate` as a report: the staffings side by side, by post, by level, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

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
from roster.output.terminal.parts.findings import verdict_section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words import simulate as words
from roster.output.words.text import one_line
from roster.questions.simulate import AS_IS, Simulation


def print_simulation(
    console: ReportConsole, answer: Simulation, seconds: float, files: Sequence[Path]
) -> None:
    """
    Print an answer: the verdict, the staffings side by side, posts, levels, rates.

    Parameters
    ----------
    console : Where it is printed.
    answer, seconds, files : The years lived through, how long that took, and the files written.
    """
    console.show(_parts(answer, seconds, files))


def _parts(answer: Simulation, seconds: float, files: Sequence[Path]) -> Iterator[ConsoleRenderable]:
    usual = answer.of(AS_IS)
    style = BAD if usual is None else DOUBTFUL if usual.empty.value else GOOD
    yield Text(one_line(answer.asked.problem.called), STRONG)
    yield Text()
    yield Prose(words.verdict(answer), style, mark="  ")
    if usual is None:
        yield Prose(tr("simulate.mend_hint"), mark="  ")
        yield Text()
        yield verdict_section(answer.violations)
        return
    yield Prose(words.drawn(answer), FAINT, mark="  ")
    yield _columns(answer, "compared", tr("simulate.figure"), words.figures(answer), "compared_note")
    yield _columns(answer, "posts", tr("simulate.post"), words.posts(answer), "compared_note")
    if rows := words.levels(answer):
        yield _columns(answer, "levels", "", rows, "levels_note")
    yield section(
        tr("simulate.rates"),
        *(Prose(f"{what}: {much} [{source}]", mark="  ") for what, much, source in words.rates(answer)),
        note=tr("simulate.rates_note"),
    )
    yield section(tr("simulate.notes"), *(bullet(note) for note in words.notes(answer)))
    yield Text()
    yield Text(tr("simulate.took", seconds=f"{seconds:.1f}", seed=answer.asked.seed), FAINT)
    yield from files_line(files)


def _columns(
    answer: Simulation, title: str, first: str, rows: list[tuple[str, list[str]]], note: str
) -> Group:
    """Draw a column a staffing; names of columns may take several lines."""
    heads = [words.called(answer, each) for each in answer.staffed]
    made = table(first, *heads, wrap=tuple(range(len(heads) + 1)))
    for name, cells in rows:
        made.add_row(one_line(name), *cells)
    return section(tr(f"simulate.{title}"), made, note=tr(f"simulate.{note}"))
