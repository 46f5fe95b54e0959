"""`roster serve`: the board, a page to plan on."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli import language_option
from roster.cli.board import DATABASE, named


@click.command()
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@click.option(
    "--roster", "roster_file", type=click.Path(path_type=Path), help="A roster of SCENARIO to begin with."
)
@click.option(
    "--out",
    "database",
    type=named,
    metavar="FILE | postgresql://…",
    default=str(DATABASE),
    show_default=True,
    help="The file that everything is kept in, made if missing; or a PostgreSQL database.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; others than this machine's only with accounts.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.  [default: 8765, or a free one]"
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST[:PORT]",
    help="A name that the board is also reached by, such as a proxy's; repeatable.",
)
@click.option("--no-open", is_flag=True, help="Only print the link.")
@language_option
def serve(
    scenario: Path | None,
    roster_file: Path | None,
    database: Path | str,
    host: str,
    port: int | None,
    names: tuple[str, ...],
    no_open: bool,
) -> None:
    """
    Open the board in the browser: plan on a page, every rule checked at every move.

    SCENARIO is a scenario file, or a folder of them; without it the first page makes one. Everything is kept in one
    file and nothing leaves this machine. Ends with Ctrl+C.
    """
    from roster.errors import InputError
    from roster.language import tr

    if scenario is not None and not scenario.exists():
        raise InputError(tr("scenario.no_such_file", file=scenario))
    try:
        import starlette as _starlette  # noqa: F401
        import uvicorn as _uvicorn  # noqa: F401
    except ImportError:
        raise InputError(tr("cli.serve_extra")) from None
    from roster.board.serve import ServeOptions
    from roster.board.serve import serve as run

    run(
        ServeOptions(database, scenario, roster_file, host, port, names),
        lambda link: _tell(link, quiet=no_open),
    )


def _tell(link: str, *, quiet: bool) -> None:
    from roster.language import tr

    click.echo(tr("cli.serve_link", link=link))
    click.echo(tr("cli.serve_end"), err=True)
    if not quiet and _desktop():
        import webbrowser

        webbrowser.open(link)


def _desktop() -> bool:
    """Whether there is a screen to open a page on."""
    import os
    import sys

    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
