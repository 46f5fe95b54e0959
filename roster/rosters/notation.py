"""What the user says about a file beforehand: what its letters mean, and the month that it is for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from roster.domain.problem import Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.readable import show
from roster.rosters.cell_words import is_target
from roster.rosters.day_axis import Month
from roster.yaml import tree as source

OPEN = "?"
"""What a map that is still to be filled in says of a letter."""

MOST_MAPS = 20


@dataclass(frozen=True, slots=True)
class Notation:
    """A map of letters, the month, and whether words that nothing tells are put into a map to be filled in."""

    letters: Mapping[str, str] = field(default_factory=dict)
    month: Month | None = None
    ask: bool = False


PLAIN = Notation()


def read_letters(problem: Problem, path: Path) -> dict[str, str]:
    """Return a map of letters from a YAML file; raises FileFault, and Faults for what is no duty, day off or leave."""
    root = source.read(path)
    inner = root.child("letters")
    node = inner if inner is not None and isinstance(inner.value, dict) else root
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for word, value in node.value.items() if isinstance(node.value, dict) else ():
        text = str(value.value) if isinstance(value.value, str | int) else ""
        if text.strip() in ("", OPEN):
            faults.append(Fault(value.line, word, tr("rosterfile.letter_open")))
        elif not is_target(problem, text):
            message = tr("rosterfile.letter_target", value=show(text), names=_duties(problem))
            faults.append(Fault(value.line, word, message))
        found[word] = text
    if faults:
        raise Faults(str(path), faults)
    return found


def _duties(problem: Problem) -> str:
    names = dict.fromkeys(
        duty.name for staff in problem.types for duty in problem.duties(staff) if not duty.is_off
    )
    return ", ".join(list(names)[:12])


def write_map(
    problem: Problem, path: Path, given: Mapping[str, str], unknown: Iterable[tuple[str, int, str]]
) -> Path | None:
    """
    Write a map to be filled in beside a roster file, with each unknown word, how often and where first it stands.

    Return the file, an earlier one where that says the same already; None where none can be written.

    Parameters
    ----------
    problem, path : The scenario, and the roster's file.
    given, unknown : Words with their meaning, and each unknown word with how often and where first it stands.
    """
    lines = [tr("rosterfile.map_head", names=_duties(problem))]
    lines += [f"{_quoted(word)}: {_quoted(value)}" for word, value in given.items()]
    lines += [
        f"{_quoted(word)}: {_quoted(OPEN)}  # {number}, {' '.join(place.split())}"
        for word, number, place in unknown
    ]
    text = "\n".join(lines) + "\n"
    for number in range(1, MOST_MAPS):
        file = path.with_name(f"{path.stem}.letters{'' if number == 1 else f'-{number}'}.yaml")
        try:
            if file.exists():
                if file.read_text(encoding="utf-8") == text:
                    return file
                continue
            with file.open("x", encoding="utf-8") as stream:
                stream.write(text)
        except (OSError, UnicodeError):
            return None
        return file
    return None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
