"""Options that several commands share."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roster.api.reading import Reading
from roster.cli import Program, language_option

if TYPE_CHECKING:
    from rich.console import ConsoleRenderable

    from roster.api.report import Kept, Report
    from roster.domain.outcome import Roster
    from roster.domain.problem import Problem
    from roster.output.terminal.console import ReportConsole

Command = Callable[..., object]

seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Random seed."
)

workers_option = click.option(
    "--workers", type=click.IntRange(1, 256), default=8, show_default=True, help="Parallel searches."
)


def file_option(*names: str, **said: Any) -> Callable[[Command], Command]:
    """Return the option of a file to read, by its names; `said` are its `help` and `metavar`, as click has them."""
    return click.option(*names, type=click.Path(path_type=Path), **said)


def seconds_option(seconds: float, text: str) -> Callable[[Command], Command]:
    """Return the option of a time limit, with so many seconds by default and a text for its help."""
    return click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        default=seconds,
        show_default=True,
        help=text,
    )


def _leave_the_folder(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from roster.yaml.inheritance import leaving_the_folder

        ctx.with_resource(leaving_the_folder())


def scenario_argument(command: Command) -> Command:
    """Add the scenario's file, and whether it may name files outside its own folder."""
    command = click.option(
        "--allow-base-outside",
        is_flag=True,
        expose_value=False,
        callback=_leave_the_folder,
        help="Let SCENARIO build on files (base, before, ledger) outside its own folder.",
    )(command)
    return click.argument("scenario", type=click.Path(path_type=Path))(command)


def until(time_limit: float) -> float:
    """Return when the time limit of the running command is up, on the monotonic clock."""
    program = click.get_current_context().find_root().command
    return (program.began if isinstance(program, Program) else time.monotonic()) + time_limit


def search_options(command: Command) -> Command:
    """Add how long and how hard to search; the command receives them as `options`."""

    @wraps(command)
    def gathered(*args: object, time_limit: float, workers: int, seed: int, **others: object) -> object:
        from roster.domain.outcome import SolveOptions

        return command(*args, options=SolveOptions(time_limit, workers, seed, until(time_limit)), **others)

    with_options: Command = gathered
    for option in (
        seed_option,
        workers_option,
        seconds_option(60.0, "Seconds for the whole question."),
    ):
        with_options = option(with_options)
    return with_options


def print_options(command: Command) -> Command:
    """Add how the answer is printed: `as_json`, `quiet`, and the language."""
    for option in (
        language_option,
        click.option("--quiet", "-q", is_flag=True, help="Print the answer in one line and no progress."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."),
    ):
        command = option(command)
    return command


def real_place(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """
    Return where a link leads, so that what is written is told by the folder that it is really in.

    Parameters
    ----------
    value : The path as it was given.
    _ctx, _param : What click hands to every callback.
    """
    if value is None or value.absolute() == value.resolve():
        return value
    linked = any(place.is_symlink() for place in (value, *value.parents))
    return value.resolve() if linked else value


out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    callback=real_place,
    help="Folder for the result files; made if missing, other files in it stay.",
)


before_option = file_option(
    "--before",
    metavar="ROSTER",
    help="Roster of the last period: rest, stretches and weekends go on from there.",
)

ledger_option = file_option(
    "--ledger", metavar="CSV", help="ledger.csv of the last period; by default the one beside --before."
)


def _month(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", value.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise click.BadParameter(f"'{value}' is not a month such as 2027-01.")
    return int(found[1]), int(found[2])


month_option = click.option(
    "--month", metavar="YYYY-MM", callback=_month, help="Month of a roster that has day numbers only."
)


def reading_options(command: Command) -> Command:
    """Add how a roster file is read; the command receives it as `reading`."""

    @wraps(command)
    def gathered(
        *args: object, letters: Path | None, month: tuple[int, int] | None, **others: object
    ) -> object:
        return command(*args, reading=Reading(letters, month), **others)

    with_options: Command = gathered
    for option in (
        month_option,
        file_option(
            "--letters", metavar="YAML", help="What the letters of a roster mean: each a duty, off, or leave."
        ),
    ):
        with_options = option(with_options)
    return with_options


def tell(remarks: Iterable[str], *, quiet: bool) -> None:
    """Say on stderr how a file was read."""
    for remark in () if quiet else remarks:
        click.echo(remark, err=True)


def roster_of(problem: Problem, file: Path) -> Roster:
    """Read a roster; of rules that the days before it break whatever follows, those days do not count."""
    return Reading().read(problem, file).roster


def show_document(document: dict[str, object]) -> None:
    """Print one JSON document on stdout, escaped where the stream's encoding lacks Chinese."""
    from roster.output.documents.document import as_text

    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    click.echo(as_text(document, ascii_only=not encoding.startswith("utf")), nl=False)


def show_answer(
    document: dict[str, object],
    line: str,
    report: Callable[[ReportConsole], None],
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Print an answer in the form that was asked for.

    Parameters
    ----------
    document : What `--json` prints.
    line : The answer in one line, which is all that `--quiet` prints.
    report : Prints the report on a console.
    as_json, quiet : The form asked for; the report where neither is set.
    """
    if as_json:
        show_document(document)
    elif quiet:
        click.echo(line)
    else:
        from roster.output.terminal.console import report_console

        report(report_console())


def present(answer: Report, kept: Kept | None = None, *, as_json: bool, quiet: bool) -> None:
    """
    Print an answer in the form that was asked for.

    Parameters
    ----------
    answer, kept : The answer, and what was written of it.
    as_json, quiet : The form asked for; the report where neither is set.
    """
    files, document = kept or ((), None)
    show_answer(
        (document or answer.document) if as_json else {},
        answer.line,
        lambda console: answer.show(console, files),
        as_json=as_json,
        quiet=quiet,
    )


def show_measured(
    document: dict[str, object], line: str, parts: Iterable[ConsoleRenderable], *, as_json: bool, quiet: bool
) -> None:
    """
    Print what was measured in the form that was asked for.

    Parameters
    ----------
    document, line, parts : What each form shows: all of it, one line, the report.
    as_json, quiet : The form asked for; the report where neither is set.
    """
    show_answer(document, line, lambda console: console.show(parts), as_json=as_json, quiet=quiet)


def _executor(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if value != "processes" and not value.startswith("dask://"):
        raise click.BadParameter(f"'{value}' is neither processes nor dask://HOST:PORT.")
    return value


cluster_option = click.option(
    "--executor",
    default="processes",
    show_default=True,
    metavar="WHO",
    callback=_executor,
    help="processes, or dask://HOST:PORT, a scheduler of Dask.",
)


def executor_options(command: Command) -> Command:
    """Add who does the work: processes here, or a cluster; the command receives `executor` and `workers`."""
    for option in (
        click.option(
            "--workers",
            type=click.IntRange(1, 256),
            help="Processes, where they are ours.  [default: one a core]",
        ),
        cluster_option,
    ):
        command = option(command)
    return command
