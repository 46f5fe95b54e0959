"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from roster.cli import language_option

if TYPE_CHECKING:
    from roster.plan import SolveOptions

F = TypeVar("F", bound=Callable[..., object])

scenario_argument = click.argument("scenario", type=click.Path(path_type=Path))


def search_options(command: F) -> F:
    """Add how long and how hard to search: `time_limit`, `workers`, `seed`."""
    for option in (
        click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Random seed."),
        click.option(
            "--workers", type=click.IntRange(1, 256), default=8, show_default=True, help="Parallel searches."
        ),
        click.option(
            "--time-limit",
            type=click.FloatRange(min=0, min_open=True),
            default=60.0,
            show_default=True,
            help="Seconds for the whole question.",
        ),
    ):
        command = option(command)
    return command


def print_options(command: F) -> F:
    """Add how the answer is printed: `as_json`, `quiet`, and the language."""
    for option in (
        language_option,
        click.option("--quiet", "-q", is_flag=True, help="Print the answer in one line and no progress."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."),
    ):
        command = option(command)
    return command


out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the result files; made if missing, other files in it stay.",
)


def solve_options(time_limit: float, workers: int, seed: int) -> SolveOptions:
    """Gather the search options for the questions layer."""
    from roster.plan import SolveOptions

    return SolveOptions(time_limit_s=time_limit, workers=workers, seed=seed)
