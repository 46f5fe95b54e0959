"""
The command line: parse, call one function, print.

Commands are named in one table and imported when called, so that `roster --help` answers at once. Exit codes: 0 done;
1 a lawful answer says no; 2 bad input; 3 no answer within the time limit; 70 a defect of the program; 130 interrupted.
"""

from __future__ import annotations

import difflib
import gc
import os
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from roster.cli import streams
from roster.cli.help_pages import Pages
from roster.errors import EngineError, InputError, Terminated
from roster.language import LANGUAGES, locale_language, speaking, tr
from roster.version import __version__

if TYPE_CHECKING:
    from roster.domain.outcome import Status


class Entry(NamedTuple):
    """Where a command lives, and its one line of help."""

    module: str
    command: str
    help: str


COMMANDS: dict[str, Entry] = {
    "plan": Entry("roster.cli.plan", "plan", "Fewest people, with proof, rotation, calendar and files."),
    "calendar": Entry(
        "roster.cli.calendar", "calendar", "The best calendar of named people, with a proven bound."
    ),
    "check": Entry("roster.cli.check", "check", "Check any roster against a scenario, independently."),
    "what-if": Entry("roster.cli.what_if", "what_if", "Someone is away: the nearest lawful roster, proven."),
    "resilience": Entry(
        "roster.cli.resilience", "resilience", "Every absence tried: who is missed, when, what helps."
    ),
    "simulate": Entry(
        "roster.cli.simulate", "simulate", "Years of sickness and leave: hours empty, by chance."
    ),
    "sweep": Entry("roster.cli.sweep", "sweep", "One question asked of many scenarios, on many cores."),
    "service": Entry(
        "roster.cli.service", "service", "With these people, the best service; whom to hire next."
    ),
    "export": Entry("roster.cli.export", "export", "A roster as sheets, workbook, calendars and page."),
    "swap": Entry("roster.cli.swap", "swap", "Who could take a duty or exchange it, lawful and fair."),
    "diff": Entry("roster.cli.diff", "diff", "What two rosters differ in: cells, people, findings."),
    "import": Entry(
        "roster.cli.import_", "import_", "Rosters, leave and on-call times that exist elsewhere."
    ),
    "demand": Entry(
        "roster.cli.demand", "demand", "Tickets, calls and alerts to people by hour, standby and posts."
    ),
    "size": Entry("roster.cli.size", "size", "System profile to posts, people and scenario, with reasons."),
    "explain": Entry("roster.cli.explain", "explain", "Why not, why not fewer, and the cheapest ways out."),
    "frontier": Entry(
        "roster.cli.frontier", "frontier", "Make or buy: people and cost as work goes to vendors."
    ),
    "rotas": Entry("roster.cli.rotas", "rotas", "Classical rotas held against a scenario and the law."),
    "serve": Entry("roster.cli.serve", "serve", "The board: plan on a page in the browser."),
    "board": Entry("roster.cli.board", "board", "A board's file: copied, or a person's name taken out."),
    "init": Entry("roster.cli.start", "init", "Write a commented scenario to start from."),
    "schema": Entry("roster.cli.start", "schema", "Write the JSON Schema of scenario files, for editors."),
    "bench": Entry("roster.cli.bench", "bench", "Measure the engine on published and generated cases."),
}

COLLECT_EVERY = 100_000
"""Objects made before the collector looks for cycles: there are few in programs, and looking took 7 % of a run."""

LAWFUL_NO, BAD_INPUT, NO_ANSWER, DEFECT, BROKEN_PIPE, INTERRUPTED, TERMINATED = 1, 2, 3, 70, 141, 130, 143


click.Context.formatter_class = Pages


def exit_code(status: Status) -> int:
    """Return the exit code of an answer."""
    return {"infeasible": LAWFUL_NO, "unknown": NO_ANSWER}.get(status.value, 0)


class Program(click.Group):
    """A group that imports a command when it is called, and turns every error into a message and an exit code."""

    began = 0.0
    """When the program began, on the monotonic clock: a time limit holds for reading and writing files, too."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program; standard output that cannot be written is one message, wherever that was noticed."""
        streams.prepare()
        self.began = time.monotonic()
        try:
            # Help may be asked for before the language of `--lang` is known.
            with speaking(locale_language()):
                return super().main(*args, **options)
        except streams.StreamFault as fault:
            streams.abandon_stdout()
            _say(str(fault))
            sys.exit(BAD_INPUT)
        finally:
            _leave_solvers()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name; None where there is none."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = getattr(import_module(entry.module), entry.command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            close = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else f" Commands: {', '.join(COMMANDS)}."
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; errors become messages on stderr and exit codes."""
        gc.set_threshold(COLLECT_EVERY)
        try:
            try:
                answer: object = super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except (click.exceptions.Exit, click.Abort, click.ClickException, streams.StreamFault):
            raise
        except InputError as error:
            _say(str(error))
            ctx.exit(BAD_INPUT)
        except EngineError as error:
            _say(tr("cli.defect", message=error))
            ctx.exit(DEFECT)
        except Terminated:
            ctx.exit(TERMINATED)
        except KeyboardInterrupt:
            _say(tr("cli.interrupted"))
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            streams.abandon_stdout()
            ctx.exit(BROKEN_PIPE)
        except Exception as error:
            _report_defect(error)
            ctx.exit(DEFECT)
        return answer


def _leave_solvers() -> None:
    """End at once where a solver that came too late is still at work; its time was up long ago."""
    solver = sys.modules.get("roster.engine.solvers.mip")
    leaving = sys.exc_info()[1]
    if solver is not None and isinstance(leaving, SystemExit) and solver.left_alone():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(leaving.code if isinstance(leaving.code, int) else 0)


def _say(message: str) -> None:
    click.echo(message, err=True)


def _report_defect(error: Exception) -> None:
    """Show where an unforeseen error came from: whoever reports it needs that, and nobody else sees it."""
    import traceback

    _say("".join(traceback.format_exception(error)))
    _say(tr("cli.defect", message=f"{type(error).__name__}: {error}"))


def _speak(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None and not ctx.resilient_parsing:
        ctx.find_root().with_resource(speaking(value))


language_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=_speak,
    expose_value=False,
    is_eager=True,
    help="Language people read; files keep English columns.",
)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=locale_language,
    callback=_speak,
    expose_value=False,
    is_eager=True,
    help="Language people read. [default: the environment's]",
)
@click.version_option(__version__, prog_name="roster")
def main() -> None:
    """
    Fewest people to hold a round-the-clock service: headcount with proof, rotating rota, independent check.

    Start with `roster init --tier city my.yaml`, then `roster plan my.yaml --out result`.
    """
