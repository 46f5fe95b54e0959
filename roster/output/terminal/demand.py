"""The answer of `roster demand` on a terminal: what decides, what was left out, people by hour, standby, posts."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.demand.answer import Demand
from roster.demand.days import KindOfDay
from roster.demand.posts import percent
from roster.demand.staffing import Hour
from roster.demand.streams import Stream
from roster.domain.rules import clock
from roster.language import tr
from roster.output.terminal.console import BAD, DOUBTFUL, FAINT, STRONG, ReportConsole, section, table
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.demand import (
    headlines,
    kind_words,
    notes,
    step_words,
    target_words,
    verdict_words,
    warnings,
)
from roster.output.words.text import one_line


def print_demand(console: ReportConsole, found: Demand) -> None:
    """Print the answer."""
    console.show(_parts(found))


def _parts(found: Demand) -> Iterator[ConsoleRenderable]:
    for sentence in headlines(found):
        yield Prose(one_line(sentence), STRONG, mark="  ")
    said = warnings(found)
    if said:
        yield section(tr("demand.warnings"), *(Prose(one_line(one), DOUBTFUL) for one in said))
    yield _cleaning(found)
    for one in found.streams:
        yield _people(found, one)
    yield _standby(found)
    yield _posts(found)
    yield section(tr("demand.rests"), *(bullet(one) for one in notes(found)))


def _cleaning(found: Demand) -> ConsoleRenderable:
    made = table(tr("demand.before"), tr("demand.after"), tr("demand.step"), numbers=(0, 1), wrap=(2,))
    for one, tidy in zip(found.read, found.cleaned, strict=True):
        for step in tidy.steps:
            words = step_words(step)
            text = f"{one.file.name}: {words}" if len(found.read) > 1 else words
            made.add_row(str(step.before), str(step.after), Prose(one_line(text)))
    return section(tr("demand.cleaning"), made)


def _people(found: Demand, one: Stream) -> ConsoleRenderable:
    held = found.held.people[one.role] if found.held is not None else None
    names = ["when", "rate", "interval", "load", "by_load", "people", "level", "fewer_level"]
    if held is not None:
        names.append("held")
    made = table(*(tr(f"demand.{name}") for name in names), numbers=tuple(range(1, len(names))))
    for first, last, hour in _runs(one):
        made.add_row(*_row(one, hour, first, last, held))
    return section(f"{one_line(one.role)}: {tr('demand.people_by_hour')}", made, note=target_words(one))


def _runs(one: Stream) -> Iterator[tuple[int, int, Hour]]:
    """Yield hours on end with the same number of people, each with its busiest hour."""
    run: list[Hour] = []
    for hour in one.staffing.hours:
        same = run and run[-1].cell.kind is hour.cell.kind and _number(one, run[-1]) == _number(one, hour)
        if run and not same:
            yield run[0].cell.hour, run[-1].cell.hour + 1, max(run, key=lambda each: each.load)
            run = []
        run.append(hour)
    if run:
        yield run[0].cell.hour, run[-1].cell.hour + 1, max(run, key=lambda each: each.load)


def _number(one: Stream, hour: Hour) -> tuple[int, int]:
    return hour.people, one.awake[hour.cell.kind][hour.cell.hour]


def _row(
    one: Stream, hour: Hour, first: int, last: int, held: dict[KindOfDay, tuple[int, ...]] | None
) -> list[str | Text]:
    cell = hour.cell
    awake = one.awake[cell.kind][cell.hour]
    shown = str(awake) if awake == hour.people else f"{awake} ({hour.people})"
    row: list[str | Text] = [
        f"{kind_words(cell.kind)} {first:02}-{last:02}",
        f"{cell.rate:.2f}",
        f"{cell.low:.2f}-{cell.high:.2f}",
        f"{hour.load:.2f}",
        str(hour.offered),
        Text(shown, STRONG),
        percent(hour.level),
        percent(hour.fewer),
    ]
    if held is not None:
        there = min(held[cell.kind][first:last])
        row.append(Text(str(there), BAD if there < awake else ""))
    return row


def _standby(found: Demand) -> ConsoleRenderable:
    names = ("window", "callouts", "out", "disturbed", "many", "lost", "verdict")
    made = table(*(tr(f"demand.{name}") for name in names), numbers=(1, 2, 3, 4, 5), wrap=(0, 6))
    for one in found.streams:
        for call in one.calls:
            made.add_row(
                Prose(
                    f"{one_line(one.role)}, {kind_words(call.kind)} {clock(call.start)}+{call.length // 60}h"
                ),
                f"{call.costs.expected:.2f}",
                percent(call.costs.out[0]),
                percent(call.costs.disturbed),
                percent(call.costs.too_many),
                percent(call.costs.lost),
                Prose(verdict_words(call)),
            )
    return section(tr("demand.standbys"), made)


def _posts(found: Demand) -> ConsoleRenderable:
    made = table(
        tr("demand.post"),
        tr("demand.when"),
        tr("demand.people"),
        tr("demand.because"),
        numbers=(2,),
        wrap=(3,),
    )
    for post in found.posts:
        when = f"{', '.join(post.days)} {post.window}"
        made.add_row(one_line(post.name), when, str(post.people), Prose(one_line(post.reason), FAINT))
    return section(tr("demand.posts"), made)
