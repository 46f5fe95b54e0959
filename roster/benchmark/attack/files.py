"""Mutated files of every kind that is read: each is read, or refused with a message; nothing else happens."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random

from roster.benchmark.attack import damage
from roster.benchmark.attack.differences import Difference
from roster.benchmark.attack.draw import problem_of
from roster.domain.horizon import calendar
from roster.domain.outcome import Roster
from roster.domain.problem import OFF, Person, Problem
from roster.errors import InputError
from roster.output.examined_roster import examine
from roster.output.folders.roster import Export, as_bytes
from roster.readable import visible
from roster.rosters.files import read_roster
from roster.rosters.leave_list import read_leaves
from roster.rosters.previous import with_before
from roster.rosters.rows import write_roster
from roster.scenario import load
from roster.scenario.reference_pages import template
from roster.sizing import load_profile

KIND = "files"

SCENARIO = """
name: small
calendar: {start: 2027-01-04, weeks: 1}
employers: {own: {regime: cn_public_institution}}
roles: {a: {}}
shifts:
  D: {start: 08:00, length: 8h}
standbys:
  S: {start: 16:00, length: 16h, response: 15min}
posts:
  p: {role: a, days: weekdays, window: 08:00-16:00}
staff_types:
  t: {skills: a}
people: {Li: t, 欧阳: {type: t, leave: 2027-01-08}}
absence: gross
rules: {forbidden: [D - D], work_block: {longest: 5}}
"""

LEAVES = "person,from,to\nLi,2027-01-05,2027-01-06\n欧阳,2027/1/4,\n"

PROFILE = """
name: clinic
tier: county
beds: 300
users: 500
start: 2027-01-04
modules: [his, emr, insurance]
interfaces: 5
continuity: basic
response: {p1: 15min, p2: 30min, p3: 4h, p4: 8h}
protection: 2
budget: 36000
go_live: 2027-09-01
recruiting: contract
"""


@lru_cache(maxsize=1)
def _problem() -> Problem:
    return problem_of(SCENARIO)


@lru_cache(maxsize=1)
def _roster() -> Roster:
    problem = _problem()
    day = next(duty for duty in problem.duties(problem.types[0]) if duty.name == "D")
    rows = ((day, day, OFF, OFF, day, OFF, OFF), (OFF, OFF, day, day, OFF, OFF, OFF))
    return Roster((Person("Li", "t"), Person("欧阳", "t")), calendar(problem.dates), rows)


@lru_cache(maxsize=1)
def _samples() -> tuple[tuple[str, bytes, Callable[[Path], object]], ...]:
    """Return name, contents and reader of a sound file of every kind."""
    problem, roster = _problem(), _roster()
    with tempfile.TemporaryDirectory() as folder:
        write_roster(problem, roster, Path(folder) / "roster.csv")
        sheet = (Path(folder) / "roster.csv").read_bytes()
        given = Export(examine(problem, roster), Path("small.yaml"), Path(folder), Path("roster.csv"))
        book, grid = as_bytes(given, "xlsx"), as_bytes(given, "grid")
    later = sheet.replace(b"2027-01-", b"2026-12-")

    def roster_of(path: Path) -> object:
        return read_roster(problem, path)

    def before_of(path: Path) -> object:
        return with_before(problem, path)

    return (
        ("scenario.yaml", SCENARIO.encode(), load),
        ("tier.yaml", template("city", "zh").encode(), load),
        ("profile.yaml", PROFILE.encode(), load_profile),
        ("roster.csv", sheet, roster_of),
        ("before.csv", later, before_of),
        ("grid.csv", grid, roster_of),
        ("roster.xlsx", book, roster_of),
        ("leaves.csv", LEAVES.encode(), read_leaves),
    )


def attack(seed: int) -> Difference | str:
    """Damage a file of some kind and read it."""
    random = Random(f"file {seed}")
    name, contents, read = random.choice(_samples())
    if name.endswith("xlsx") or random.random() < 0.2:
        damaged = damage.raw(random, contents)
    else:
        damaged = damage.text(random, contents.decode()).encode("utf-8", "surrogatepass")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(damaged)
        try:
            read(path)
        except InputError as error:
            text = str(error).replace("\n", " ")
            if visible(text) == text:
                return "refused"
            wrong = "a message with signs that hide"
        except Exception as error:  # whatever it is, it is what is looked for
            wrong = f"reading ends in {error!r}"
        else:
            return "read"
    return Difference(KIND, seed, f"{name}: {wrong}", {f"{KIND}{seed}-{name}": damaged})
