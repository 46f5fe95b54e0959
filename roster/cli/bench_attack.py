"""`roster bench attack`: the program held against a plain model and against damage, at random."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli import DEFECT
from roster.cli.options import print_options, show_measured

KINDS = ("scenarios", "rules", "leaves", "edits", "proofs", "files", "stops")


@click.command()
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="First seed.")
@click.option(
    "--cases", type=click.IntRange(min=1), default=20, show_default=True, help="Cases of each kind."
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Only this kind; repeatable. [default: all]",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for what differs.")
@print_options
@click.pass_context
def attack(
    ctx: click.Context,
    /,
    seed: int,
    cases: int,
    kinds: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Hold the program against a plain model and against damage.

    Random scenarios, rules of every kind, leaves, edits, proofs, files and kills.

    Equal seeds try equal cases. Exit code 70 where anything differs.
    """
    from roster.benchmark.attack.run import attack_document, attack_line, attack_report, run_attack
    from roster.cli.progress import measuring

    with measuring(quiet=quiet or as_json) as tell:
        tallies = run_attack(kinds or KINDS, seed, cases, tell, out)
    show_measured(
        attack_document(tallies, seed),
        attack_line(tallies),
        attack_report(tallies),
        as_json=as_json,
        quiet=quiet,
    )
    if any(tally.differences for tally in tallies):
        ctx.exit(DEFECT)
