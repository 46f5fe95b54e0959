"""`roster bench calendar`: published calendars of named people."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from roster.cli.options import print_options, seconds_option, seed_option, show_document, workers_option


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@seconds_option(60.0, "Seconds for each instance.")
@click.option(
    "--team",
    "teams",
    multiple=True,
    metavar="PEOPLE",
    type=click.IntRange(min=8, max=1000),
    help="A team of so many people made up from the seed; may be given several times.",
)
@seed_option
@workers_option
@print_options
def calendar(
    paths: tuple[Path, ...],
    teams: tuple[int, ...],
    time_limit: float,
    seed: int,
    workers: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Solve published calendars of named people, and made-up ones: value, bound, best known value, time.

    PATH is a file InstanceN.txt of Curtois and Qu or a folder of them, or an instance of INRC-II by its name in the
    folder of its scenarios, as inrc2/n030w4_1_6-2-9-1. Each is mapped onto a scenario of our own language; the value is
    that of a scorer that knows the published definition alone, and every roster passes the independent check. --team
    makes up named teams with contracts, skills, leave, requests, days before and a ledger; their gap leaves out the
    points of the duties themselves.
    """
    from roster.benchmark.calendar.run import Case, made_up, solve, tasks

    if not paths and not teams:
        raise click.UsageError("PATH or --team is missing")
    cases: list[Case] = []
    if not as_json and not quiet:
        click.echo(
            f"{'instance':24}{'people':>7}{'days':>5}{'value':>11}{'bound':>11}{'known':>7}{'gap %':>7}"
            f"{'wall s':>8}{'CPU s':>8}{'at CPU s':>9}{'empty h':>9}{'filled s':>9}  status"
        )
    for task in (*tasks(paths), *(made_up(people, seed) for people in teams)):
        case = solve(task, time_limit, seed, workers)
        cases.append(case)
        if not as_json and not quiet:
            click.echo(_row(case))
    if as_json:
        show_document(
            {
                "cases": [{**asdict(case), "gap": case.gap} for case in cases],
                "time_limit": time_limit,
                "seed": seed,
                "workers": workers,
            }
        )
    elif quiet:
        click.echo(" ".join(str(case.value) for case in cases))


def _row(case: object) -> str:
    from roster.benchmark.calendar.run import Case

    assert isinstance(case, Case)
    gap = "-" if case.gap is None else f"{100 * case.gap:.2f}"
    shown = (case.value, case.bound, case.best_known)
    value, bound, known = ("-" if one is None else f"{round(one, 2):.9g}" for one in shown)
    reached = "-" if case.reached_cpu_s is None else f"{case.reached_cpu_s:.1f}"
    filled = "-" if case.filled_s is None else f"{case.filled_s:.1f}"
    status = case.status if not case.broken else f"BROKEN: {case.broken[0]}"
    if case.value is not None and case.claimed is not None and abs(case.value - case.claimed) > 1e-6:
        status = f"MISCOUNTED: {case.claimed:g}"
    return (
        f"{case.name:24}{case.people:>7}{case.days:>5}{value:>11}{bound:>11}{known:>7}{gap:>7}"
        f"{case.wall_s:>8.1f}{case.cpu_s:>8.1f}{reached:>9}{case.empty_hours:>9g}{filled:>9}  {status}"
    )
