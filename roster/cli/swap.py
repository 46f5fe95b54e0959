"""`roster swap`: somebody wants to be rid of a duty; who could take it or exchange it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.api.reading import Reading, scenario_with
from roster.cli import LAWFUL_NO
from roster.cli.options import (
    before_option,
    file_option,
    out_option,
    print_options,
    reading_options,
    scenario_argument,
    show_answer,
    show_document,
    tell,
)

if TYPE_CHECKING:
    from roster.domain.outcome import Roster
    from roster.domain.problem import Problem
    from roster.questions.swap import SwapRequest

FORMATS = ("csv", "grid", "xlsx", "html")


@click.command()
@scenario_argument
@click.argument("roster_file", metavar="ROSTER", type=click.Path(path_type=Path))
@click.option("--person", metavar="NAME", help="Who wants to be rid of a duty.")
@click.option("--date", "on", metavar="DATE", help="On which day.")
@click.option("--with", "partner", metavar="NAME", help="With whom; without it, everybody is tried.")
@click.option("--for", "back", metavar="DATE", help="Which day of the partner's is taken in return.")
@file_option(
    "--requests",
    metavar="CSV",
    help="File of requests, answered together; columns person, date, and if wanted with, for.",
)
@before_option
@reading_options
@out_option
@print_options
@click.pass_context
def swap(
    ctx: click.Context,
    /,
    scenario: Path,
    roster_file: Path,
    person: str | None,
    on: str | None,
    partner: str | None,
    back: str | None,
    requests: Path | None,
    before: Path | None,
    reading: Reading,
    out: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Who could take a duty in ROSTER, or exchange it: lawful first, then fewest changes, then the most even hours.

    With --out, writes the roster after the best of them. Exit code 1 when none is lawful, with the rules that stand
    against it.
    """
    problem = scenario_with(scenario, before, reading)
    found = reading.read(problem, roster_file)
    tell(found.remarks, quiet=quiet or as_json)
    problem, roster = problem.with_leave(found.leave), found.roster
    given = {"person": person or "", "date": on or "", "with": partner or "", "for": back or ""}
    asked = _requests(problem, roster, given, requests)
    after = _answer(problem, roster, asked, many=requests is not None, as_json=as_json, quiet=quiet)
    if out is not None and after is not None:
        from roster.output.examined_roster import examine
        from roster.output.folders.roster import Export, export

        written, _ = export(Export(examine(problem, after), scenario, out, roster_file), FORMATS)
        if not (quiet or as_json):
            from roster.language import tr

            click.echo(tr("plan.files_written", folder=out, files=", ".join(written)), err=True)
    if after is None:
        ctx.exit(LAWFUL_NO)


def _answer(
    problem: Problem, roster: Roster, asked: list[SwapRequest], *, many: bool, as_json: bool, quiet: bool
) -> Roster | None:
    """Print the answer; return the roster after it, None where not everything asked can be."""
    from roster.language import counted
    from roster.output.documents.swap import swap_document
    from roster.output.terminal.console import report_console
    from roster.output.terminal.swap import print_swap, print_together
    from roster.output.words.swap import verdict
    from roster.questions.swap import swap_together, swaps

    if many:
        found = swap_together(problem, roster, asked)
        number = len(found.granted)
        if as_json:
            answers = [
                {"granted": option is not None, **(swap_document(each, roster) if each is not None else {})}
                for _, option, each in found.granted
            ]
            show_document({"granted": found.number, "asked": number, "requests": answers})
        elif quiet:
            click.echo(counted("swap.granted", found.number, asked=number))
        else:
            print_together(report_console(), problem, roster, found)
        return found.roster if found.number == number else None
    answer = swaps(problem, roster, asked[0])
    show_answer(
        dict(swap_document(answer, roster)),
        verdict(answer, roster),
        lambda console: print_swap(console, problem, roster, answer),
        as_json=as_json,
        quiet=quiet,
    )
    return answer.best.roster if answer.best is not None else None


def _requests(
    problem: Problem, roster: Roster, given: Mapping[str, str], file: Path | None
) -> list[SwapRequest]:
    """Return what is asked; raises Faults with everything that is wrong about it."""
    from roster.errors import Faults
    from roster.language import tr

    rows = [(None, given)] if file is None else list(_rows(file))
    if file is None and not (given["person"] and given["date"]):
        raise click.UsageError(tr("swap.nobody"))
    from roster.rosters.requests import parse_requests

    found, faults = parse_requests(problem, roster, rows)
    if faults:
        raise Faults(str(file) if file is not None else tr("swap.what_was_asked"), faults)
    from roster.questions.swap import SwapRequest

    return [SwapRequest(*one) for one in found]


def _rows(file: Path) -> Iterator[tuple[int | None, Mapping[str, str]]]:
    from roster.errors import Fault, Faults
    from roster.language import tr
    from roster.rosters.csv_sheet import read_records, unguarded

    records = read_records(file)
    head = records.head
    names = [cell.strip().lower() for cell in head[1]] if head is not None else []
    if head is None or not {"person", "date"} <= set(names):
        raise Faults(str(file), [Fault(1, "", tr("swap.columns"))])
    for line, cells in records.lines:
        if line > head[0] and any(cell.strip() for cell in cells):
            yield line, {n: unguarded(c.strip()) for n, c in zip(names, cells, strict=False)}
