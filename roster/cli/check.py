"""`roster check`: any roster, and any proof, held against a scenario."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.api.reading import Reading, scenario_with
from roster.cli import LAWFUL_NO, NO_ANSWER
from roster.cli.options import (
    before_option,
    file_option,
    print_options,
    reading_options,
    scenario_argument,
    show_document,
    tell,
)

if TYPE_CHECKING:
    from roster.demand.answered_in_time import Reached
    from roster.domain.problem import Problem
    from roster.output.examined_roster import Examined
    from roster.proof import Verdict


@click.command()
@scenario_argument
@click.argument("roster_csv", metavar="[ROSTER]", required=False, type=click.Path(path_type=Path))
@file_option(
    "--proof",
    metavar="FILE",
    help="Verify a proof.json: that fewer cannot do, in exact arithmetic and without a solver.",
)
@click.option(
    "--overtime", is_flag=True, help="Let weeks be longer by the overtime that each employer's regime lets."
)
@file_option(
    "--measured",
    metavar="demand.json",
    help="Tell the share answered in time, hour by hour, at the load that roster demand measured.",
)
@before_option
@reading_options
@print_options
@click.pass_context
def check(
    ctx: click.Context,
    /,
    scenario: Path,
    roster_csv: Path | None,
    proof: Path | None,
    overtime: bool,
    measured: Path | None,
    before: Path | None,
    reading: Reading,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Check ROSTER against SCENARIO: every rule, every post, minute by minute.

    ROSTER is the file that plan writes, edited by hand or not, or any sheet of people and dates, in CSV or a workbook.
    Exit code 1 when a rule is broken.

    With --proof, verify that fewer people cannot do, beside a roster or alone: in every roster that goes on for ever,
    or in rotas of some weeks, as the proof's scope says. Exit code 1 when the proof is refused, 3 when it rests on
    search for a part of what it claims.
    """
    if roster_csv is None and proof is None:
        raise click.UsageError("Missing argument 'ROSTER', or --proof FILE.")
    from roster.output.examined_roster import examine

    problem = scenario_with(scenario, before, reading)
    if overtime:
        problem = problem.with_overtime()
    if proof is not None and _prices(ctx, problem, proof, as_json=as_json):
        if roster_csv is None:
            return
        proof = None
    examined, asked = None, problem
    if roster_csv is not None:
        found = reading.read(problem, roster_csv)
        problem = problem.with_leave(found.leave)
        examined = examine(problem, found.roster, found.posts)
        tell(found.remarks, quiet=quiet or as_json)
    verdict = None if proof is None else _verified(_settled(scenario, asked, examined), proof)
    answers = None if measured is None or examined is None else _answers(problem, examined, measured)
    _show(scenario, proof, (problem, examined, verdict, answers), as_json=as_json, quiet=quiet)
    if (examined is not None and examined.violations) or (verdict is not None and verdict.refused):
        ctx.exit(LAWFUL_NO)
    if verdict is not None and not verdict.complete:
        ctx.exit(NO_ANSWER)


def _answers(problem: Problem, examined: Examined, file: Path) -> list[Reached]:
    from roster.demand.answered_in_time import reached
    from roster.sizing.measured import read_measured

    return reached(problem, examined.roster.horizon, examined.cover, read_measured(file))


def _prices(ctx: click.Context, problem: Problem, file: Path, *, as_json: bool) -> bool:
    """Verify a certificate of a calendar's bound, and say what came of it; return whether the file is one."""
    from roster.language import tr
    from roster.questions.calendar import is_certificate, verify_file

    if not is_certificate(file):
        return False
    found = verify_file(problem, file)
    if as_json:
        show_document({"claimed": found.claimed, "shown": found.shown, "holds": found.holds})
    else:
        key = "calendar.proof_holds" if found.holds else "calendar.proof_refused"
        click.echo(tr(key, claimed=f"{found.claimed:g}", shown=f"{found.shown:g}"))
    if not found.holds:
        ctx.exit(LAWFUL_NO)
    return True


def _settled(scenario: Path, problem: Problem, examined: Examined | None) -> Problem:
    """Return the scenario that a proof can be about: where shifts are to be chosen, with those that the roster has."""
    from roster.domain.chosen_shifts import kinds_of, with_candidates
    from roster.errors import Fault, Faults
    from roster.language import tr

    if problem.design is None:
        return problem
    if examined is None:
        words = tr("scenario.choose_first", file=scenario.name)
        raise Faults(str(scenario), [Fault(None, "shifts.choose", words)])
    return replace(with_candidates(problem, kinds_of(problem, examined.roster)), design=None)


def _verified(problem: Problem, file: Path) -> Verdict:
    from roster.proof import read_proof, verify

    return verify(problem, read_proof(file))


def _show(
    scenario: Path,
    proof: Path | None,
    found: tuple[Problem, Examined | None, Verdict | None, list[Reached] | None],
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    from roster.output.documents.certificate import proof_document
    from roster.output.documents.plan import check_document
    from roster.output.terminal.certificate import print_proof
    from roster.output.terminal.check import print_check
    from roster.output.terminal.console import report_console
    from roster.output.words.certificate import held_against, verdict_text
    from roster.output.words.findings import verdict as said

    problem, examined, verdict, answers = found
    beside = held_against(problem, verdict, examined.scores.headcount) if examined and verdict else ""
    if examined and verdict and problem.design is not None:
        from roster.domain.chosen_shifts import kinds_of
        from roster.language import tr

        beside = f"{beside} {tr('proof.chosen', kinds=', '.join(kinds_of(problem, examined.roster)))}".strip()
    if as_json:
        document = check_document(scenario, examined) if examined else {}
        if answers is not None:
            from roster.output.documents.answered_in_time import reached_document

            document["answered"] = [reached_document(one) for one in answers]
        if verdict is not None and proof is not None:
            proven = proof_document(scenario, proof, problem, verdict, beside)
            document = document | {"proof": proven} if examined else proven
        show_document(document)
    elif quiet:
        lines = [said(examined.violations)] if examined else []
        lines += [verdict_text(problem, verdict)] if verdict else []
        click.echo("\n".join(lines))
    else:
        console = report_console()
        if examined is not None:
            print_check(console, examined)
        if answers is not None:
            from roster.output.terminal.answered_in_time import reached_sections

            console.show(reached_sections(answers))
        if verdict is not None:
            print_proof(console, problem, verdict, beside, below=examined is not None)
