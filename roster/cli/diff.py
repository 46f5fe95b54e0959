"""`roster diff`: what two rosters, or two versions of one, differ in."""

from __future__ import annotations

from pathlib import Path

import click

from roster.api.reading import Reading, scenario_with
from roster.cli.options import (
    before_option,
    out_option,
    print_options,
    reading_options,
    scenario_argument,
    show_answer,
    tell,
)


@click.command()
@scenario_argument
@click.argument("first", metavar="BEFORE", type=click.Path(path_type=Path))
@click.argument("second", metavar="AFTER", type=click.Path(path_type=Path))
@before_option
@reading_options
@out_option
@print_options
def diff(
    *,
    scenario: Path,
    first: Path,
    second: Path,
    before: Path | None,
    reading: Reading,
    out: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    What does the roster AFTER change in BEFORE? Cells, hours, nights and weekends of people, findings of the check.

    With --out, writes diff.html and diff.json into a folder.
    """
    problem = scenario_with(scenario, before, reading)
    sides = [reading.read(problem, file) for file in (first, second)]
    for side in sides:
        tell(side.remarks, quiet=quiet or as_json)
    from roster.output.documents.diff import diff_document
    from roster.output.words.diff import verdict
    from roster.questions.diff import diff as answer_of

    found = answer_of(problem, (sides[0].roster, sides[1].roster), (sides[0].posts, sides[1].posts))
    document = diff_document(scenario, (first, second), found)
    if out is not None:
        from roster.output.folders.diff import write_diff

        write_diff(out, document, problem, found)
    from roster.output.terminal.diff import print_diff

    show_answer(
        document,
        verdict(found),
        lambda console: print_diff(console, problem, found),
        as_json=as_json,
        quiet=quiet,
    )
