"""The answer of `roster explain` on the terminal, and as a part of other commands' reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Status
from roster.domain.problem import Goal
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.terminal.console import (
    BAD,
    FAINT,
    GOOD,
    STATUS_STYLES,
    STRONG,
    ReportConsole,
    section,
    table,
)
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.conflict import Told, told
from roster.output.words.explain import headline, untried, way_sentences
from roster.output.words.plan import money
from roster.output.words.text import one_line
from roster.questions.explain import Bindings, Explanation
from roster.questions.sums import SupplyRow

MOST_ROWS = 8
MOST_UNDECIDED = 3
_STYLES = {**STATUS_STYLES, Status.FEASIBLE: GOOD}


def print_explanation(console: ReportConsole, answer: Explanation) -> None:
    """Print an answer: whether it can be held, why not, what would help, and what stands against what."""
    console.show(_parts(answer))


def _parts(answer: Explanation) -> Iterator[ConsoleRenderable]:
    problem = answer.problem
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    yield Prose(headline(answer), _STYLES[answer.status], mark="  ")
    yield from explanation_sections(answer)
    if answer.rows:
        yield _precheck_section(answer.rows)
    yield Text()
    yield Text(tr("explain.took", seconds=f"{answer.seconds:.1f}"), FAINT)


def explanation_sections(
    answer: Explanation, said: str = "", *, ways: bool = True
) -> Iterator[ConsoleRenderable]:
    """
    Yield why, the ways out, why not fewer and what binds: those of them that there are, and were not said
    before.

    Parameters
    ----------
    answer : What was explained.
    said : What was said already.
    ways : Whether the ways out are told, which another answer may do itself.
    """
    if answer.because is not None:
        yield from _because(told(answer.because, said), tr("explain.why"))
        if ways:
            yield _ways_section(answer)
    if answer.fewer is not None and answer.number is not None:
        number = answer.number - 1
        shown = money(number, answer.problem.currency) if answer.problem.goal is Goal.COST else str(number)
        yield from _because(told(answer.fewer), tr("explain.why_not_fewer", number=shown))
    if answer.binds is not None:
        yield _binds_section(answer.binds)


def _because(because: Told, title: str) -> Iterator[ConsoleRenderable]:
    if because.sums:
        yield section(title, *(Prose(sentence) for sentence in because.sums))
    if not because.lines:
        return
    made = table("", "", wrap=(0, 1))
    made.show_header = False
    made.columns[0].ratio, made.columns[1].ratio = 3, 2
    for sentence, where in because.lines:
        made.add_row(Prose(sentence, mark="- "), Prose(one_line(where), FAINT))
    notes: list[ConsoleRenderable] = [Text(" "), *(Prose(note, FAINT) for note in because.notes)]
    notes += [bullet(sentence) for sentence in because.unsure]
    yield section(tr("explain.conflict"), made, *notes)


def _ways_section(answer: Explanation) -> Group:
    lines: list[ConsoleRenderable] = [bullet(sentence) for sentence in way_sentences(answer)]
    if undecided := untried(answer):
        lines.append(Prose(undecided, FAINT))
    return section(tr("explain.ways"), *lines, note=tr("explain.ways_note"))


def _binds_section(binds: Bindings) -> Group:
    lines: list[ConsoleRenderable] = [bullet(one.sentence) for one in binds.found]
    if not lines and not binds.undecided:
        lines.append(Prose(tr("explain.binds_nothing")))
    if binds.free:
        lines.append(Prose(counted("explain.binds_free", binds.free), FAINT))
    if binds.undecided:
        shown = tr("explain.and").join(binds.undecided[:MOST_UNDECIDED])
        more = max(0, len(binds.undecided) - MOST_UNDECIDED)
        key = "explain.binds_undecided_more" if more else "explain.binds_undecided"
        lines.append(Prose(tr(key, steps=shown, more=more), FAINT))
    return section(tr("explain.binds"), *lines, note=tr("explain.binds_note"))


def _precheck_section(rows: tuple[SupplyRow, ...]) -> Group:
    heads = ("sum", "wanted", "supply", "needed", "allowed", "slack")
    made = table(*(tr(f"explain.{head}") for head in heads), numbers=(1, 2, 3, 4, 5), wrap=(0,))
    order = sorted(_one_week(rows), key=lambda row: (not row.fails, row.slack is None, row.slack or 0))
    shown = order[:MOST_ROWS]
    for row in shown:
        unit = _amount(row.kind)
        made.add_row(
            Prose(tr(f"explain.row_{row.kind}", what=row.what)),
            unit(row.wanted),
            "" if row.supply is None else unit(row.supply),
            str(row.needed),
            "" if row.allowed is None else str(row.allowed),
            Text("" if row.slack is None else f"{row.slack:+d}", BAD if row.fails else ""),
        )
    parts: list[ConsoleRenderable] = [made]
    if len(order) > MOST_ROWS:
        parts.append(Text(tr("explain.more_rows", number=len(order) - MOST_ROWS), FAINT))
    return section(tr("explain.precheck"), *parts, note=tr("explain.precheck_note"))


def _one_week(rows: tuple[SupplyRow, ...]) -> list[SupplyRow]:
    """Return the sums with the tightest week only: one looks like the other."""
    weeks = sorted(
        (row for row in rows if row.kind == "week"), key=lambda row: (row.supply or 0) - row.wanted
    )
    return [row for row in rows if row.kind != "week"] + weeks[:1]


def _amount(kind: str) -> Callable[[int], str]:
    if kind in ("hours", "week", "reach"):
        return lambda minutes: f"{hours(minutes)} h"
    return str
