"""
Whether a change of the code changed an answer: every question of every shipped scenario, before and after.

    python tests/compare_answers.py record before.json          # in the checkout as it was
    python tests/compare_answers.py record after.json           # in the changed one
    python tests/compare_answers.py compare before.json after.json

`record` runs `roster … --json` with one worker and one seed; `--only WORD` keeps to scenarios whose name has the word.
What differs from run to run (times, paths, versions) is left out; of several rosters that are equally good, the one
shown may change, so cells are compared only with `--cells`. Exit code 1 where an answer differs.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
VARYING = {
    "seconds",
    "versions",
    "files",
    "details",
    "solver",
    "scenario",
    "workers",
    "time_limit",
    "profile",
}
CELLS = {
    "duties",
    "rotations",
    "repairs",
    "changes",
    "people",
    "slack_minutes",
    "quality",
    "cells",
    "options",
}
SEARCH = ("--workers", "1", "--seed", "1", "--time-limit")


def questions(roster_csv: Path, person: str, day: str) -> dict[str, list[str]]:
    """Return what is asked about a scenario, and about a roster of it."""
    file = str(roster_csv)
    return {
        "check": ["check", file],
        "what-if": ["what-if", file, "--leave", f"{person}:{day}..{day}", *SEARCH, "60"],
        "swap": ["swap", file, "--person", person, "--date", day],
        "resilience": ["resilience", file, "--days", "1", *SEARCH, "120"],
        "explain": ["explain", *SEARCH, "60"],
        "service": ["service", "--headcount", "2", *SEARCH, "60"],
        "frontier": ["frontier", *SEARCH, "60"],
        "rotas": ["rotas", *SEARCH, "60"],
    }


def asked(scenario: Path, words: list[str]) -> Any:
    """Return the document of one command; its exit code and message where it gave none."""
    command, *rest = words
    run = [sys.executable, "-m", "roster", "--lang", "en", command, str(scenario), *rest, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    said = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    try:
        return {"exit": said.returncode, "answer": json.loads(said.stdout.replace(f"{ROOT}/", ""))}
    except json.JSONDecodeError:
        return {"exit": said.returncode, "message": said.stderr.strip().splitlines()[-1:]}


def record(only: str) -> dict[str, Any]:
    """Return every answer, by scenario and question."""
    found: dict[str, Any] = {}
    for scenario in sorted((ROOT / "scenarios").glob("*.yaml")):
        if only not in scenario.stem:
            continue
        with tempfile.TemporaryDirectory() as work:
            out = Path(work) / "out"
            found[f"{scenario.stem} plan"] = asked(scenario, ["plan", *SEARCH, "60", "--out", str(out)])
            if not (out / "roster.csv").exists():
                continue
            with (out / "roster.csv").open(encoding="utf-8-sig", newline="") as file:
                first = next(row for row in csv.DictReader(file) if row["presence"] == "on_site")
            for name, words in questions(out / "roster.csv", first["person"], first["date"]).items():
                print(scenario.stem, name, file=sys.stderr)
                found[f"{scenario.stem} {name}"] = asked(scenario, words)
    for profile in sorted((ROOT / "scenarios" / "profiles").glob("*.yaml")):
        if only in profile.stem:
            found[f"{profile.stem} size"] = asked(profile, ["size", "--today", "2027-01-04", *SEARCH, "60"])
    return found


def differences(before: Any, after: Any, left_out: set[str], place: str = "") -> Iterator[str]:
    """Yield each place in which two answers differ, with both values."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after} - left_out):
            if key not in before or key not in after:
                yield f"{place}{key}: only {'after' if key in after else 'before'}"
            else:
                yield from differences(before[key], after[key], left_out, f"{place}{key}.")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for at, pair in enumerate(zip(before, after, strict=True)):
            yield from differences(*pair, left_out, f"{place}{at}.")
    elif before != after:
        yield f"{place.rstrip('.')}: {json.dumps(before)[:200]} -> {json.dumps(after)[:200]}"


def main(words: list[str] | None = None) -> int:
    """Record or compare; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("file", type=Path)
    recording.add_argument("--only", default="")
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--cells", action="store_true")
    given = parser.parse_args(words)
    if given.command == "record":
        given.file.write_text(json.dumps(record(given.only), ensure_ascii=False, indent=1), encoding="utf-8")
        return 0
    before, after = (json.loads(file.read_text(encoding="utf-8")) for file in (given.before, given.after))
    found = list(differences(before, after, VARYING if given.cells else VARYING | CELLS))
    print("\n".join(found) or f"{len(before)} answers, all as before")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
