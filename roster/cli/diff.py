"""`roster diff`: what two rosters, or two versions of one, differ in."""

from __future__ import annotations

from pathlib import Path

import click

from roster.api.reading import Reading, scenario_with
from roster.cli.options import (
    before_option,
    out_option,
    present,
    print_options,
    reading_options,
    scenario_argument,
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
    from roster.api.diff import Difference
    from roster.api.scenario_basis import Basis
    from roster.questions.diff import diff as answer_of

    found = answer_of(problem, (sides[0].roster, sides[1].roster), (sides[0].posts, sides[1].posts))
    said = Difference(Basis(problem, scenario), (first, second), found)
    present(said, said.keep(out), as_json=as_json, quiet=quiet)
