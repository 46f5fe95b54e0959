"""The answer of `roster rotas`: in one line, as a report, as a document and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import SolveOptions, Status
from roster.domain.rules import Origin, hours
from roster.language import tr
from roster.output.csv.cells import sheet
from roster.output.documents.plan import Document, as_text, versions
from roster.output.folders.whole_folder import whole_folder
from roster.output.terminal.console import (
    BAD,
    DOUBTFUL,
    FAINT,
    GOOD,
    STRONG,
    ReportConsole,
    one_line,
    section,
    table,
)
from roster.output.terminal.parts.findings import rule_title
from roster.output.terminal.prose import Prose, bullet
from roster.questions.rotas.answer import Breach, Desk, Held, Judged, Rotas, best_lawful

SUMMARY = "rotas.json"
FILES = ("rotas.csv", SUMMARY)
ROTAS_COLUMNS = (
    "rota",
    "patterns",
    "crews",
    "week_hours",
    "people",
    "with_relief",
    "above_optimum",
    "free_weekends",
    "weekends",
    "regime",
    "lawful",
    "breaks_law",
    "overtime_week_hours",
    "breaks",
    "source",
)
MOST_NAMED = 3


def verdict(answer: Rotas) -> str:
    """Return the answer in one line."""
    lawful = [one for one in answer.held if one.scenario is not None and one.scenario.lawful]
    best = best_lawful(answer)
    words = tr("rotas.or").join(one.classic.title for one in best[:MOST_NAMED])
    key = "rotas.verdict" if best else "rotas.verdict_none"
    return tr(
        key if answer.fewest is not None else f"{key}_no_optimum",
        all=len(answer.held),
        lawful=len(lawful),
        best=words,
        people=(best[0].relief or best[0].people) if best else "",
        fewest=answer.fewest,
    )


def print_rotas(console: ReportConsole, answer: Rotas, files: tuple[Path, ...]) -> None:
    """Print an answer: the verdict, the desks, every rota here and under each regime."""
    console.show(_parts(answer, files))


def _parts(answer: Rotas, files: tuple[Path, ...]) -> Iterator[ConsoleRenderable]:
    problem = answer.problem
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    yield Prose(verdict(answer), GOOD if best_lawful(answer) else DOUBTFUL, mark="  ")
    for desk in answer.desks:
        yield Prose(desk_sentence(desk), mark="  ")
    if not answer.desks:
        yield Prose(tr("rotas.desk_none"), mark="  ")
    yield _rotas_section(answer)
    yield _regimes_section(answer)
    yield section(tr("rotas.assumes"), *(bullet(note) for note in notes(answer)))
    yield Text()
    yield Text(tr("rotas.took", seconds=f"{answer.seconds:.1f}"), FAINT)
    if files:
        names = ", ".join(file.name for file in files)
        yield Text(tr("plan.files_written", folder=files[0].parent, files=names), FAINT)


def desk_sentence(desk: Desk) -> str:
    """Return the proven fewest of one desk in words."""
    words = {"post": desk.post.called, "places": desk.post.people}
    if desk.status is Status.OPTIMAL:
        return tr("rotas.desk", people=desk.fewest, reason=desk.proof.reason, **words)
    return tr("rotas.desk_impossible" if desk.status is Status.INFEASIBLE else "rotas.desk_open", **words)


def _type_title(answer: Rotas) -> str:
    staff = answer.problem.type.get(answer.judged_as)
    return one_line(staff.called) if staff else ""


def _rotas_section(answer: Rotas) -> Group:
    heads = ["title", "crews", "hours", "people", "relief", "above", "weekends", "verdict_here"]
    made = table(*(tr(f"rotas.{head}") for head in heads), numbers=(1, 2, 3, 4, 5, 6), wrap=(0, 7))
    for one in answer.held:
        free, of = one.free_weekends
        made.add_row(
            Prose(one.classic.title),
            str(one.classic.crews),
            hours(round(one.classic.week_minutes)),
            str(one.people),
            "-" if one.relief is None else str(one.relief),
            "-" if one.above is None else f"{one.above:+d}" if one.above else "0",
            f"{free}/{of}",
            _here(one.scenario),
        )
    posts = tr("rotas.list_and").join(desk.post.called for desk in answer.desks)
    key = "rotas.rotas_note" if answer.desks else "rotas.rotas_note_seat"
    return section(tr("rotas.rotas"), made, note=tr(key, posts=one_line(posts), type=_type_title(answer)))


def _here(judged: Judged | None) -> Prose:
    if judged is None or judged.lawful:
        return Prose(tr("rotas.keeps"), GOOD)
    return Prose(named(judged.breaches), BAD if judged.breaks_law else DOUBTFUL)


def named(breaches: tuple[Breach, ...]) -> str:
    """Return the limits broken by their names."""
    return tr("rotas.list_and").join(rule_title(breach.rule) for breach in breaches)


def _regimes_section(answer: Rotas) -> Group:
    """Show what each rota breaks under each regime; the regimes' long names stand below, by letter."""
    letters = [chr(ord("A") + at) for at in range(len(answer.regimes))]
    made = table(tr("rotas.title"), *letters)
    for one in answer.held:
        made.add_row(one_line(one.classic.title), *(_mark(judged) for judged in one.regimes))
    names = [
        Prose(tr("rotas.regime", letter=letter, title=regime.title), FAINT)
        for letter, regime in zip(letters, answer.regimes, strict=True)
    ]
    legend = Prose(tr("rotas.legend"), FAINT)
    return section(tr("rotas.regimes"), made, Text(" "), *names, legend, note=tr("rotas.regimes_note"))


def _mark(judged: Judged) -> Text:
    if judged.breaks_law:
        return Text(tr("rotas.law"), BAD)
    if not judged.lawful:
        return Text(tr("rotas.policy"), DOUBTFUL)
    if judged.overtime:
        return Text(tr("rotas.overtime", hours=hours(judged.overtime)), GOOD)
    return Text(tr("rotas.ok"), GOOD)


def notes(answer: Rotas) -> list[str]:
    """Return what the answer rests on, in sentences."""
    net = max((desk.net_minutes for desk in answer.desks), default=0)
    said = [tr("rotas.times")]
    said += [tr("rotas.relief_note", hours=hours(net))] if net else []
    return [*said, tr("rotas.weekend_note"), tr("rotas.own_rules"), tr("plan.not_legal_advice")]


def rotas_document(
    scenario: Path, answer: Rotas, options: SolveOptions, files: tuple[Path, ...] = ()
) -> Document:
    """Return the answer as a document with stable keys."""
    return {
        "scenario": str(scenario),
        "name": answer.problem.name,
        "verdict": verdict(answer),
        "optimum": answer.fewest,
        "desks": [_desk(desk) for desk in answer.desks],
        "judged_as": answer.judged_as,
        "rotas": [_rota(one) for one in answer.held],
        "notes": notes(answer),
        "seconds": round(answer.seconds, 3),
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        "versions": versions(),
        "files": [str(file) for file in files],
    }


def _desk(desk: Desk) -> Document:
    return {
        "post": desk.post.name,
        "people": desk.post.people,
        "status": desk.status.value,
        "fewest": desk.fewest,
        "proof": {
            "kind": desk.proof.kind.value,
            "reason": desk.proof.reason,
            "confirmed": desk.proof.confirmed,
        },
        "net_minutes": desk.net_minutes,
        "types": list(desk.types),
    }


def _rota(one: Held) -> Document:
    classic = one.classic
    return {
        "rota": classic.key,
        "title": classic.title,
        "patterns": list(classic.patterns),
        "offsets": list(classic.offsets),
        "crews": classic.crews,
        "week_minutes": round(classic.week_minutes),
        "people": one.people,
        "with_relief": one.relief,
        "above_optimum": one.above,
        "free_weekends": one.free_weekends[0],
        "weekends": one.free_weekends[1],
        "scenario": None if one.scenario is None else _judged(one.scenario),
        "regimes": [_judged(judged) for judged in one.regimes],
        "source": classic.source,
        "note": classic.note,
    }


def _judged(judged: Judged) -> Document:
    return {
        "under": judged.under,
        "lawful": judged.lawful,
        "breaks_law": judged.breaks_law,
        "overtime_minutes": judged.overtime,
        "breaks": [
            {"rule": breach.rule, "origin": breach.origin.value, "sentence": breach.sentence}
            for breach in judged.breaches
        ],
    }


def write_rotas(folder: Path, document: Document, answer: Rotas) -> None:
    """Write the files of an answer together. Raises FileFault when they cannot be written."""
    with whole_folder(folder) as new:
        text = sheet(ROTAS_COLUMNS, rotas_rows(answer))
        (new / "rotas.csv").write_text(text, encoding="utf-8-sig", errors="replace", newline="")
        (new / SUMMARY).write_text(as_text(document), encoding="utf-8", errors="replace", newline="\n")


def rotas_rows(answer: Rotas) -> Iterator[tuple[object, ...]]:
    """Yield one row for each rota and set of limits."""
    for one in answer.held:
        classic = one.classic
        for judged in (*([one.scenario] if one.scenario else []), *one.regimes):
            law = [breach.rule for breach in judged.breaches if breach.origin is Origin.LAW]
            yield (
                classic.key,
                ";".join(classic.patterns),
                classic.crews,
                hours(round(classic.week_minutes)),
                one.people,
                one.relief,
                one.above,
                *one.free_weekends,
                judged.under,
                "yes" if judged.lawful else "no",
                "yes" if law else "no",
                hours(judged.overtime),
                ";".join(breach.rule for breach in judged.breaches),
                classic.source,
            )
