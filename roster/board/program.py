"""
What the board asks of the rest of the program: scenarios, duties, the check, files. All of it in one place.

Nothing here searches: questions that do are asked by `jobs`, in processes of their own.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from roster.board.files import Files, safe_name
from roster.board.log import State
from roster.domain.horizon import calendar
from roster.domain.outcome import Roster, SeatUse, StandIn, Violation
from roster.domain.problem import OFF, Duty, Person, Problem
from roster.errors import Faults
from roster.language import language, tr
from roster.output.examined_roster import Examined, examine
from roster.output.folders.roster import Export, export
from roster.rosters.files import read_roster
from roster.rosters.rows import write_roster
from roster.scenario import load, template
from roster.scenario import reference_pages as scenario_pages
from roster.yaml import tree as source
from roster.yaml.inheritance import read as read_tree

OVERLAY = "board.yaml"
"""The scenario that the board lays over its own: leave that was granted, cells that were settled."""

FORM = "changes.yaml"
"""The scenario that forms write: what was changed in them, over the file that somebody wrote."""

ROSTER = "roster.csv"


def problem_of(state: State) -> Problem:
    """Return the problem of a state: its scenario with leave and settled cells laid over it; raises Faults."""
    return _loaded(Files.of(state["files"]), json.dumps(overlay(state), sort_keys=True), language())


@lru_cache(maxsize=32)
def _loaded(files: Files, over: str, _language: str) -> Problem:
    with tempfile.TemporaryDirectory(prefix="roster-board-") as work:
        folder = Path(work)
        main = files.write(folder)
        try:
            problem = load(main)
            if json.loads(over):
                problem = _laid_over(problem, folder, files.main, json.loads(over))
            return problem
        except Faults as faults:
            raise _renamed(faults, folder) from None


def _laid_over(problem: Problem, folder: Path, main: str, over: dict[str, Any]) -> Problem:
    """Return the problem with what the board knows of people laid over its file."""
    path = folder / Path(main).parent / OVERLAY
    path.write_text(overlay_text(Path(main).name, over), encoding="utf-8")
    laid = load(path)
    # Only what the overlay is for: naming people must not change what the scenario asks.
    return replace(problem, restrictions=laid.restrictions, pins=laid.pins, people=laid.people)


def _renamed(faults: Faults, folder: Path) -> Faults:
    """Return the faults with the board's names of files instead of where they happened to lie."""

    def name(path: str) -> str:
        try:
            return Path(path).relative_to(folder).as_posix()
        except ValueError:
            return path

    found = [replace(fault, file=name(fault.file) if fault.file else "") for fault in faults.faults]
    return Faults(name(faults.source), found)


def overlay(state: State) -> dict[str, Any]:
    """Return what leave and settled cells say of people, as a scenario's `people`; empty where there is none."""
    leaves = [value for key, value in sorted(state.items()) if key.startswith("leave/")]
    pins = sorted(key.split("/", 2)[1:] for key in state if key.startswith("pin/"))
    if not leaves and not pins:
        return {}
    own = _own_people(Files.of(state["files"]))
    names = names_of(state)
    found = {name: dict(own.get(name, {}), type=kind) for name, kind in _called(state)}
    away = {(one["person"], on) for one in leaves for on in dates_of(one["first"], one["last"])}
    for leave in leaves:
        if leave["person"] in names:
            person = found[names[leave["person"]]]
            person["leave"] = [*_listed(person.get("leave")), f"{leave['first']}..{leave['last']}"]
    for who, on in pins:
        if who in names and (who, on) not in away:
            person = found[names[who]]
            duty = state.get(f"cell/{who}/{on}", "off")
            person["pins"] = [*_listed(person.get("pins")), {"dates": on, "duty": duty}]
    return found


def _called(state: State) -> list[tuple[str, str]]:
    names = names_of(state)
    return [(names[person], kind) for person, kind in state.get("people", ())]


def dates_of(first: str, last: str) -> list[str]:
    """
    Return every date from one to another, both included.

    >>> dates_of("2027-01-31", "2027-02-01")
    ['2027-01-31', '2027-02-01']
    """
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=number)).isoformat() for number in range((end - start).days + 1)]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


@lru_cache(maxsize=32)
def _own_people(files: Files) -> dict[str, dict[str, Any]]:
    """Return the people that a scenario names itself, as mappings."""
    people = plain(files).get("people") or {}
    return {name: {"type": said} if isinstance(said, str) else dict(said) for name, said in people.items()}


def plain(files: Files) -> dict[str, Any]:
    """Return what a scenario says, its bases included, without positions; raises FileFault or Faults."""
    with tempfile.TemporaryDirectory(prefix="roster-board-") as work:
        found: dict[str, Any] = read_tree(files.write(Path(work))).plain()
        return found


def overlay_text(main: str, people: dict[str, Any]) -> str:
    """Return the overlay as a scenario file; JSON is YAML."""
    return json.dumps({"base": main, "people": people}, ensure_ascii=False, indent=1) + "\n"


def names_of(state: State) -> dict[str, str]:
    """Return what each person is called, by the name that the log knows them under."""
    return {person: state.get(f"name/{person}", person) for person, _ in state.get("people", ())}


@dataclass(frozen=True)
class Assembled:
    """A state as the program knows it: problem and roster, and cells whose duty the scenario does not know."""

    problem: Problem
    roster: Roster
    ids: tuple[str, ...]
    unknown: tuple[tuple[str, int, str], ...] = ()

    def index(self, person: str) -> int | None:
        """Return the place of a person by the name that the log knows."""
        return self.ids.index(person) if person in self.ids else None


def assembled(state: State) -> Assembled | None:
    """Return problem and roster of a state; None where it has no roster yet. Raises Faults."""
    if "people" not in state:
        return None
    problem = problem_of(state)
    horizon = calendar(problem.dates)
    names = names_of(state)
    kept = [(person, kind) for person, kind in state["people"] if kind in problem.type]
    people = tuple(Person(names[person], kind) for person, kind in kept)
    duties, unknown = [], []
    dates = [horizon.on(day).isoformat() for day in range(horizon.days)]
    for (person, kind), who in zip(kept, people, strict=True):
        line = []
        for day, on in enumerate(dates):
            text = state.get(f"cell/{person}/{on}")
            duty = OFF if text is None else duty_named(problem, kind, text)
            if duty is None:
                unknown.append((who.name, day, str(text)))
            line.append(duty or OFF)
        duties.append(tuple(line))
    seats = tuple(SeatUse(name, number) for name, number in sorted(state.get("seats", {}).items()))
    sent = tuple(
        StandIn(post, (date.fromisoformat(on) - problem.dates.start).days, number)
        for post, on, number in state.get("stand_ins", ())
    )
    roster = Roster(people, horizon, tuple(duties), seats, problem.before(people), sent)
    return Assembled(problem, roster, tuple(person for person, _ in kept), tuple(unknown))


def duty_named(problem: Problem, kind: str, text: str) -> Duty | None:
    """
    Return the duty of a staff type with this name; None where it has no such duty.

    Parameters
    ----------
    problem, kind : The scenario, and the staff type's name.
    text : The duty's name, capitals or not.
    """
    found = [duty for duty in problem.duties(problem.type[kind]) if duty.name.casefold() == text.casefold()]
    exact = [duty for duty in found if duty.name == text]
    return next((duties[0] for duties in (exact, found) if len(duties) == 1), None)


def examined(found: Assembled) -> Examined:
    """Check and count a roster; a duty that the scenario does not know is a breach, too."""
    result = examine(found.problem, found.roster)
    lost = tuple(
        Violation("unknown_duty", who, (day,), tr("board.unknown_duty", who=who, duty=duty[:40]))
        for who, day, duty in found.unknown
    )
    return replace(result, violations=(*lost, *result.violations)) if lost else result


def breaks(problem: Problem, roster: Roster) -> tuple[Violation, ...]:
    """Return what a roster breaks."""
    from roster.checker import check_roster

    return tuple(check_roster(problem, roster))


def state_of(problem: Problem, roster: Roster) -> State:
    """Return a roster as a state keeps it."""
    wanted: State = {"people": [[person.name, person.type] for person in roster.people]}
    if roster.seats:
        wanted["seats"] = {use.seat: use.number for use in roster.seats}
    if roster.stand_ins:
        wanted["stand_ins"] = [
            [each.post, roster.horizon.on(each.day).isoformat(), each.number] for each in roster.stand_ins
        ]
    for person, duties in zip(roster.people, roster.duties, strict=True):
        for day, duty in enumerate(duties):
            if not duty.is_off:
                wanted[f"cell/{person.name}/{roster.horizon.on(day).isoformat()}"] = duty.name
    return wanted


def read_roster_text(problem: Problem, name: str, content: bytes) -> Roster:
    """
    Return the roster of an uploaded file, whatever its form.

    Parameters
    ----------
    problem : The scenario.
    name, content : The file's name, and its bytes.

    Raises
    ------
    FileFault, Faults
        It cannot be read, or is no roster of the scenario.
    """
    with tempfile.TemporaryDirectory(prefix="roster-board-") as work:
        folder = Path(work)
        path = folder / f"roster{Path(safe_name(name)).suffix[:8] or '.csv'}"
        path.write_bytes(content)
        try:
            return read_roster(problem, path)
        except Faults as faults:
            raise Faults(name, list(faults.faults)) from None


@contextmanager
def written(state: State) -> Iterator[tuple[Path, Path, Path | None]]:
    """Yield a folder with the files of a state: the folder, the scenario to be used, the roster if there is one."""
    with tempfile.TemporaryDirectory(prefix="roster-board-") as work:
        folder = Path(work)
        yield folder, *write_state(state, folder)


def write_state(state: State, folder: Path) -> tuple[Path, Path | None]:
    """Write the files of a state into a folder; return the scenario to be used and the roster if there is one."""
    files = Files.of(state["files"])
    scenario = files.write(folder)
    if over := overlay(state):
        scenario = scenario.parent / OVERLAY
        scenario.write_text(overlay_text(Path(files.main).name, over), encoding="utf-8")
    found = assembled(state)
    if found is None:
        return scenario, None
    write_roster(found.problem, found.roster, folder / ROSTER)
    return scenario, folder / ROSTER


def tiers() -> tuple[str, ...]:
    """Return the sizes of hospital that there is a scenario to start from for."""
    return scenario_pages.TIERS


def plain_template(tier: str, tongue: str) -> dict[str, Any]:
    """Return what the scenario to start from says."""
    found: dict[str, Any] = source.parse(template(tier, tongue), f"{tier}.yaml").plain()
    return found


def yaml_text(said: Mapping[str, Any], head: str = "") -> str:
    """Return a scenario as YAML, in the order given, after a comment."""
    text = yaml.safe_dump(dict(said), allow_unicode=True, sort_keys=False, width=110)
    return (f"# {head}\n" if head else "") + text


def laid_over(files: Files, patch: Mapping[str, Any]) -> Files:
    """
    Return the scenario with a patch laid over it, in a file of its own: mappings merge, None takes a key away.

    The files there are stay as they are written, comments and all.
    """
    below = files
    over: dict[str, Any] = {}
    if files.main == FORM:
        texts = dict(files.texts)
        over = source.parse(texts.pop(FORM), FORM).plain()
        below = Files(over.pop("base"), tuple(sorted(texts.items())))
    known = plain(below)
    merged = _merged(over, patch, known)
    if not merged:
        return below
    text = yaml_text({"base": below.main, **merged}, tr("board.form_head", file=below.main))
    return Files(FORM, tuple(sorted({**dict(below.texts), FORM: text}.items())))


def _merged(over: Mapping[str, Any], patch: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    """Return one overlay laid over another; keys that are as below anyway, or nowhere to be taken from, drop out."""
    result = dict(over)
    for key, value in patch.items():
        under = below.get(key)
        if isinstance(value, Mapping) and (
            isinstance(under, Mapping) or isinstance(result.get(key), Mapping)
        ):
            own = result.get(key) if isinstance(result.get(key), Mapping) else {}
            inner = _merged(own or {}, value, under if isinstance(under, Mapping) else {})
            result.pop(key, None)
            if inner:
                result[key] = inner
        elif value == under:
            result.pop(key, None)
        else:
            result[key] = value
    return result


FORMATS = ("csv", "grid", "xlsx", "ics", "html", "json")
"""The forms in which a roster leaves the board: those that ask for nothing else, such as another program's template."""


def exported(
    found: Assembled, scenario: str, formats: tuple[str, ...], earlier: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """
    Return the files of a roster, by name, as `roster export` writes them.

    Parameters
    ----------
    found, scenario : The board's roster, and the file name of its scenario.
    formats : Names of the formats.
    earlier : Calendars published before, by file name, which the new ones update.
    """
    with tempfile.TemporaryDirectory(prefix="roster-board-") as work:
        folder = Path(work) / "out"
        folder.mkdir()
        for name, content in (earlier or {}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        given = Export(examined(found), Path(scenario), folder, folder / "none")
        names, _ = export(given, formats)
        paths = [path for name in names for path in _files_in(folder / name)]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _files_in(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
