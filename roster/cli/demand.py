"""`roster demand`: exports of tickets, calls and alerts to arrivals, people by hour, standby and posts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roster.cli.options import out_option, print_options, show_document

if TYPE_CHECKING:
    from roster.demand.answer import Demand, DemandRequest, Export
    from roster.demand.targets import Target
    from roster.demand.tickets import NeedsMap
    from roster.domain.problem import Problem


def _kinds(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    from roster.demand.kinds import KINDS
    from roster.language import tr

    names = tuple(name.strip().lower() for name in value.split(","))
    for name in names:
        if name not in KINDS:
            raise click.BadParameter(tr("demand.unknown_kind", value=name, known=", ".join(KINDS)))
    return names


def _targets(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[Target, ...]:
    from roster.demand.targets import target

    try:
        return tuple(target(text) for text in value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _spans(
    _ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]
) -> tuple[tuple[date, date], ...]:
    from roster.language import tr
    from roster.notation.values import span

    try:
        return tuple(span(text) for text in value)
    except ValueError:
        raise click.BadParameter(tr("demand.bad_span", value=value[0])) from None


def _zone(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from zoneinfo import ZoneInfo

    from roster.language import tr

    try:
        return value if value is None or ZoneInfo(value) else None
    except (ValueError, OSError, KeyError):
        raise click.BadParameter(tr("demand.bad_zone", value=value)) from None


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kinds",
    required=True,
    callback=_kinds,
    metavar="KIND[,KIND...]",
    help="What the files are: columns (any table), servicenow, otrs, glpi, itop, jira, zabbix, alertmanager, grafana, "
    "pagerduty, opsgenie, telephone, oncall. One for all, or one for each.",
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="YAML",
    type=click.Path(path_type=Path),
    help="Which column says what. One for all, or one for each file. Without it, one is written to be edited.",
)
@click.option("--scenario", type=click.Path(path_type=Path), help="Hold the load against this scenario.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    callback=_targets,
    metavar="TARGET",
    help='What is answered how fast: "P1: 90% in 10min", "network: 80% in 30min". Again for more.',
)
@click.option("--role", default="", help="Role of work that says none.")
@click.option("--country", help="Country whose public holidays hold (CN, DE-BY). [default: the scenario's]")
@click.option(
    "--time-zone", callback=_zone, help="Where the work is done. [default: the scenario's, Asia/Shanghai]"
)
@click.option("--leave-out", multiple=True, callback=_spans, metavar="DATES", help="Dates that do not count.")
@click.option("--growth", is_flag=True, help="Apply the trend up to the last day of the data.")
@click.option("--free", is_flag=True, help="Let posts begin at any full hour, not only where shifts do.")
@click.option(
    "--handling",
    type=click.FloatRange(0.1, 1440),
    default=15.0,
    show_default=True,
    help="Minutes that one takes where no effort is booked.",
)
@click.option(
    "--travel",
    type=click.FloatRange(0, 600),
    default=30.0,
    show_default=True,
    help="Minutes of one way of a callout.",
)
@out_option
@print_options
def demand(files: tuple[Path, ...], out: Path | None, as_json: bool, quiet: bool, **asked: Any) -> None:
    """
    Measure the load: arrivals by hour, people needed, standby that holds, and posts with their reason.

    Reads exports of ticket systems, telephone systems and monitoring. Subjects and names are never kept. With
    --scenario, says which hours are short and which posts are more than the load asks for. With --out, writes
    demand.yaml, which `roster plan` takes without editing, tables, a page and demand.json.
    """
    from roster.demand.answer import measure
    from roster.demand.tickets import NeedsMap

    request = _request(files, asked)
    try:
        found = measure(request)
    except NeedsMap as needed:
        raise _with_map(needed, out, str(request.days.get("time_zone") or "Asia/Shanghai")) from None
    written: tuple[Path, ...] = ()
    if out is not None:
        from roster.output.folders.demand import write_demand

        written = write_demand(out, found)
    if as_json:
        from roster.output.documents.demand import demand_document

        show_document(demand_document(found, written))
        return
    _show(found, written, quiet=quiet, assumed=not asked["targets"])


def _show(found: Demand, written: tuple[Path, ...], *, quiet: bool, assumed: bool) -> None:
    from roster.demand.targets import DEFAULT
    from roster.language import tr
    from roster.output.words.demand import headlines

    if quiet:
        click.echo(" ".join(headlines(found)))
        return
    from roster.output.terminal.console import report_console
    from roster.output.terminal.demand import print_demand

    if assumed:
        click.echo(tr("demand.assumed_target", target=DEFAULT.words), err=True)
    print_demand(report_console(), found)
    if written:
        names = ", ".join(map(str, written))
        click.echo(tr("demand.written", files=names, plan=written[0]), err=True)


def _request(files: tuple[Path, ...], asked: dict[str, Any]) -> DemandRequest:
    from roster.demand.answer import DemandRequest
    from roster.demand.streams import Settings
    from roster.demand.targets import DEFAULT
    from roster.demand.write import DEFAULT_LIMITS, limits_of, standby_windows

    problem, days = _scenario(asked["scenario"])
    days.update({key: asked[key] for key in ("country", "time_zone") if asked[key]})
    settings = Settings(
        targets=asked["targets"] or (DEFAULT,),
        assumed=asked["handling"],
        travel=asked["travel"],
        standbys=standby_windows(problem) if problem is not None else (),
        next_shift=_first_shift(problem),
        growth=asked["growth"],
    )
    limits: tuple[int, ...] = ()
    if not asked["free"]:
        limits = DEFAULT_LIMITS if problem is None else limits_of(problem)
    return DemandRequest(
        exports=_exports(files, asked["kinds"], asked["maps"]),
        settings=settings,
        scenario=None if problem is None else (asked["scenario"], problem),
        days=days,
        role=asked["role"],
        left_out=asked["leave_out"],
        limits=limits,
    )


def _first_shift(problem: Problem | None) -> int:
    """Return the minute of the day at which a day's first shift begins, small hours left out."""
    starts = [] if problem is None else [shift.start for shift in problem.shifts if shift.on_site]
    return min((start for start in starts if start >= 5 * 60), default=8 * 60)


def _exports(files: tuple[Path, ...], kinds: tuple[str, ...], maps: tuple[Path, ...]) -> tuple[Export, ...]:
    from roster.demand.answer import Export
    from roster.demand.mapping import read_map
    from roster.language import tr

    for given in (kinds, maps):
        if len(given) not in (0, 1, len(files)):
            raise click.UsageError(tr("demand.kinds_and_files", kinds=len(given), files=len(files)))
    twice = next((file for file in files if files.count(file) > 1), None)
    if twice is not None:
        raise click.UsageError(tr("demand.twice", file=twice))
    read = [read_map(path) for path in maps]
    return tuple(
        Export(file, kinds[at if len(kinds) > 1 else 0], (read[at if len(read) > 1 else 0] if read else None))
        for at, file in enumerate(files)
    )


def _scenario(path: Path | None) -> tuple[Problem | None, dict[str, Any]]:
    """Return a scenario, and what its calendar says of days whenever they are."""
    if path is None:
        return None, {}
    from roster.scenario import load
    from roster.yaml import inheritance

    problem = load(path, held=False)
    calendar = inheritance.read(path).plain().get("calendar", {})
    kept = ("country", "holidays", "workdays", "time_zone")
    return problem, {key: calendar[key] for key in kept if calendar.get(key)}


def _with_map(needed: NeedsMap, out: Path | None, zone: str) -> click.ClickException | Exception:
    """Write a map to be edited, and return the error that names it."""
    from roster.demand.mapping import map_text
    from roster.errors import FileFault
    from roster.language import tr
    from roster.whole_files import write_text

    folder = out if out is not None else Path()
    file = folder / "map.yaml"
    number = 2
    while file.exists():
        file, number = folder / f"map-{number}.yaml", number + 1
    write_text(file, map_text(needed.table, needed.mapping, zone))
    return FileFault(f"{needed.faults}\n{tr('demand.map_written', file=file)}")
