"""All kinds of attack, one after the other, and what they come to."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.attack import edits, files, leaves, proofs, rule_cases, scenarios, stops
from roster.benchmark.attack.differences import OPEN, Difference, Tally
from roster.language import tr
from roster.output.documents.document import Document, versions
from roster.output.terminal.console import BAD, GOOD, table
from roster.readable import visible

Attack = Callable[[int], Difference | str]

KINDS: dict[str, Attack] = {
    "scenarios": scenarios.attack,
    "rules": rule_cases.attack,
    "leaves": leaves.attack,
    "edits": edits.attack,
    "proofs": proofs.attack,
    "files": files.attack,
    "stops": stops.attack,
}


def run_attack(
    kinds: Sequence[str], seed: int, cases: int, tell: Callable[[str], None], out: Path | None = None
) -> list[Tally]:
    """
    Try cases of each kind.

    Parameters
    ----------
    kinds, seed, cases : Names of the kinds, the first seed, from which the others are counted on, and how many of each.
    tell : Takes what is being tried.
    out : The folder into which what differs is written at once; None for nowhere.
    """
    found = []
    for kind in kinds:
        tally, began = Tally(kind), time.monotonic()
        for number in range(seed, seed + cases):
            tell(f"{kind} {number}")
            result = _tried(kind, number)
            tally.add(result)
            if isinstance(result, Difference) and out is not None:
                _write(out, result)
        tally.seconds = time.monotonic() - began
        found.append(tally)
    return found


def _tried(kind: str, seed: int) -> Difference | str:
    try:
        return KINDS[kind](seed)
    except Exception as error:  # an attack that ends in an error has found one
        return Difference(kind, seed, f"ends in {error!r}")


def _write(out: Path, found: Difference) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, contents in found.files.items():
        (out / name).write_bytes(contents if isinstance(contents, bytes) else contents.encode())


def attack_report(tallies: Sequence[Tally]) -> list[ConsoleRenderable]:
    """Return the counts of each kind, and every difference in a sentence."""
    made = table(
        *(tr(f"measure.attack_{key}") for key in ("kind", "cases", "outcomes", "different", "seconds")),
        numbers=(1, 3, 4),
        wrap=(2,),
    )
    for tally in tallies:
        outcomes = ", ".join(f"{number} {name}" for name, number in tally.outcomes.most_common())
        differ = Text(str(len(tally.differences)), BAD if tally.differences else GOOD)
        made.add_row(tally.kind, str(tally.cases), outcomes, differ, f"{tally.seconds:.0f}")
    said = [
        Text(f"{found.kind} {found.seed}: {visible(found.sentence)}", BAD)
        for tally in tallies
        for found in tally.differences
    ]
    return [made, *said]


def attack_line(tallies: Sequence[Tally]) -> str:
    """Return the result in one line."""
    cases = sum(tally.cases for tally in tallies)
    differ = sum(len(tally.differences) for tally in tallies)
    return tr(
        "measure.attack_line", cases=cases, different=differ, open=sum(t.outcomes[OPEN] for t in tallies)
    )


def attack_document(tallies: Sequence[Tally], seed: int) -> Document:
    """Return the counts and the differences as a document."""
    return {
        "seed": seed,
        "kinds": [
            {
                "kind": tally.kind,
                "cases": tally.cases,
                "outcomes": dict(tally.outcomes),
                "differences": [
                    {"seed": one.seed, "sentence": one.sentence, "files": sorted(one.files)}
                    for one in tally.differences
                ],
                "seconds": round(tally.seconds, 1),
            }
            for tally in tallies
        ],
        "versions": versions(),
    }
