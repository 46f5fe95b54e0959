"""Answers to published instances as a table to read and as one JSON document with stable keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.rws.explain import Ways
from roster.benchmark.rws.run import InstanceCase, Times, summarise
from roster.domain.outcome import Proof, ProofKind, SolveOptions
from roster.language import tr
from roster.output.documents.document import Document, versions
from roster.output.terminal.console import STATUS_STYLES, section, table


def document(cases: Sequence[InstanceCase], options: SolveOptions, **more: object) -> Document:
    """
    Return all cases and their summary.

    Parameters
    ----------
    cases, options : Every instance with its answer, and settings of the search.
    more : Further keys.
    """
    summary = summarise(cases)
    return {
        "cases": [_entry(case) for case in cases],
        "summary": {
            "cases": summary.cases,
            "found": summary.found,
            "infeasible": summary.infeasible,
            "undecided": summary.undecided,
            "cpu_s": _rounded(summary.cpu),
            "wall_s": _rounded(summary.wall),
        },
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        "versions": versions(),
        **more,
    }


def _rounded(times: Times) -> dict[str, float]:
    return {name: round(seconds, 4) for name, seconds in asdict(times).items()}


def _entry(case: InstanceCase) -> Document:
    entry: Document = {
        "instance": case.instance,
        "employees": case.employees,
        "status": case.status.value,
        "value": case.value,
        "bound": case.bound,
        "wall_s": round(case.wall_s, 4),
        "cpu_s": round(case.cpu_s, 4),
        "search_s": round(case.search_s, 4),
        "proof": _proof(case.proof),
        "checked": bool(case.rows),
    }
    if case.weekends is not None:
        entry["free_weekends"] = case.weekends.free_weekends
        entry["free_weekends_bound"] = case.weekends.bound
        entry["free_weekends_proof"] = _proof(case.weekends.proof)
    if case.ways is not None:
        entry["explanation"] = {
            "reason": case.ways.reason,
            "least_employees": case.ways.least,
            "least_proven": case.ways.least_proven,
            "refuted_size": case.ways.refuted,
            "ways_out": [
                {"sentence": way.sentence, "size": len(way.steps), "smallest": way.smallest}
                for way in case.ways.ways
            ],
        }
    return entry


def _proof(proof: Proof) -> dict[str, str]:
    return {"kind": proof.kind.value, "confirmed": proof.confirmed}


def report(cases: Sequence[InstanceCase]) -> list[ConsoleRenderable]:
    """Return the table of all cases, what explains those without a rota, and the summary."""
    parts = [*_tables(cases)]
    parts += [section(*_explained(case, case.ways)) for case in cases if case.ways is not None]
    return [*parts, Text(), *map(Text, summary_lines(cases))]


def summary_lines(cases: Sequence[InstanceCase]) -> list[str]:
    """Say how many were answered and how long that took."""
    summary = summarise(cases)
    lines = [
        tr(
            "bench.summary",
            cases=summary.cases,
            found=summary.found,
            infeasible=summary.infeasible,
            undecided=summary.undecided,
        )
    ]
    for name, times in ((tr("bench.cpu"), summary.cpu), (tr("bench.wall"), summary.wall)):
        lines.append(tr("bench.seconds", name=name, **asdict(times)))
    if summary.found:
        lines.append(tr("bench.checked"))
    return lines


def _tables(cases: Sequence[InstanceCase]) -> Iterable[ConsoleRenderable]:
    weekends = any(case.weekends is not None for case in cases)
    names = ["instance", "employees", "status", "value", "bound"]
    names += ["free", "free_bound"] * weekends + ["wall", "cpu", "search_cpu", "proof"]
    numbers = tuple(at for at, name in enumerate(names) if name not in ("instance", "status", "proof"))
    made = table(*(tr(f"bench.{name}") for name in names), numbers=numbers)
    for case in cases:
        cells: list[object] = [case.instance, case.employees, None, case.value, case.bound]
        if weekends:
            best = case.weekends
            cells += [None, None] if best is None else [best.free_weekends, best.bound]
        cells += [f"{case.wall_s:.3f}", f"{case.cpu_s:.3f}", f"{case.search_s:.3f}", basis(case.proof)]
        shown = ["" if cell is None else Text(str(cell)) for cell in cells]
        shown[2] = Text(tr(f"bench.{case.status.value}"), STATUS_STYLES[case.status])
        made.add_row(*shown)
    yield made


def basis(proof: Proof) -> str:
    """Say in a few words what a verdict or bound rests on."""
    if proof.confirmed and proof.kind is ProofKind.SEARCH:
        return tr("bench.search_confirmed", second=tr(f"bench.by_{proof.confirmed.split()[0].lower()}"))
    return "" if proof.kind is ProofKind.NONE else tr(f"bench.{proof.kind.value}")


def _explained(case: InstanceCase, ways: Ways) -> list[str]:
    lines = [tr("bench.why_not", instance=case.instance, employees=case.employees)]
    if ways.reason:
        lines.append(ways.reason)
    if ways.least is not None:
        lines.append(
            tr("bench.works_with" if ways.least_proven else "bench.works_with_open", least=ways.least)
        )
    else:
        lines.append(tr("bench.works_never" if ways.least_proven else "bench.works_unknown"))
    lines += [
        tr("bench.way_smallest" if way.smallest else "bench.way_open", sentence=way.sentence)
        for way in ways.ways
    ]
    if not ways.ways and ways.refuted:
        lines.append(tr("bench.ways_refuted", size=ways.refuted))
    return lines
