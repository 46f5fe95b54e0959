"""How many people a hospital's systems need, and how much load comes in: asked as jobs, their scenarios taken."""

from __future__ import annotations

import base64
import binascii
import tempfile
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from roster.board.files import Files
from roster.board.jobs import Question
from roster.board.log import changes_to
from roster.board.program import assembled, problem_of, yaml_text
from roster.board.verbs.base import Context, Json, OnBranch, VerbInput, not_found, wrong
from roster.board.verbs.editing import DATE, new_board
from roster.board.verbs.questions import job_of
from roster.demand.kinds import KINDS
from roster.demand.targets import target
from roster.errors import Faults
from roster.language import tr
from roster.sizing import load_profile
from roster.sizing.schema import MODULES

PROFILE, MAP = "profile.yaml", "map.yaml"
LEVELS = ("size_lean.yaml", "size.yaml", "size_comfortable.yaml")
DEMAND = "demand.yaml"
PRIORITIES = ("p1", "p2", "p3", "p4")


class Size(VerbInput):
    """A hospital's systems: by a form, or as the text of a profile."""

    profile: str = Field(
        "", max_length=200_000, description="A profile as text; then nothing else is looked at."
    )
    title: str = Field("", max_length=120)
    tier: Literal["county", "secondary", "tertiary", "group"] = "county"
    beds: int = Field(300, ge=0, le=100_000)
    users: int = Field(500, ge=0, le=1_000_000)
    campuses: int = Field(1, ge=1, le=100)
    interfaces: int = Field(0, ge=0, le=10_000)
    start: str = Field("2027-01-04", pattern=DATE)
    modules: list[str] = Field(["his"], max_length=40)
    continuity: Literal["basic", "standard", "critical"] = "basic"
    response: list[str] = Field(["15min", "30min", "4h", "8h"], min_length=4, max_length=4)
    protection: int = Field(2, ge=1, le=5)
    budget: int | None = Field(None, ge=0)
    seconds: int = Field(60, ge=1, le=600, description="How long it may search.")


def size(context: Context, asked: Size) -> Json:
    """Ask how many people the systems of a hospital need, and why; the answer comes as a job."""
    text = asked.profile.strip() or yaml_text(_profile(asked))
    with tempfile.TemporaryDirectory(prefix="roster-board-") as work:
        file = Path(work) / PROFILE
        file.write_text(text, encoding="utf-8", errors="replace")
        try:
            load_profile(file)
        except Faults as faults:
            raise Faults(PROFILE, list(faults.faults)) from None
    question = Question(
        "size", {"seconds": asked.seconds, "rev": _rev(context)}, {PROFILE: text.encode("utf-8", "replace")}
    )
    return {"job": context.server.jobs.ask(context.board, context.state(), question)}


def _rev(context: Context) -> int:
    return context.server.boards.live(context.board).rev


def _profile(asked: Size) -> dict[str, Any]:
    """Return a profile of what the form says."""
    if unknown := [name for name in asked.modules if name not in MODULES]:
        raise wrong("modules", tr("board.bad_module", name=unknown[0][:60], known=", ".join(MODULES)))
    said = asked.model_dump(include={"tier", "beds", "users", "campuses", "start", "modules", "interfaces"})
    said |= {"continuity": asked.continuity, "protection": asked.protection}
    said["response"] = dict(zip(PRIORITIES, asked.response, strict=True))
    more = {"title": asked.title.strip(), "budget": asked.budget}
    return {"name": asked.tier, **said, **{key: value for key, value in more.items() if value}}


class Demand(OnBranch):
    """An export of tickets, calls or alerts, and how it is read; the file itself is not kept."""

    name: str = Field(min_length=1, max_length=200)
    content: str = Field(max_length=22_000_000, description="The file, in base64.")
    kind: str = Field("columns", max_length=30, description="The tool that wrote it.")
    map: str = Field("", max_length=100_000, description="Which column says what, as YAML.")
    targets: list[str] = Field([], max_length=20, description="What is answered how fast: P1: 90% in 10min.")
    role: str = Field("", max_length=60, description="Role of work that says none.")


def demand(context: Context, asked: Demand) -> Json:
    """Measure a load, hold it against the scenario and propose posts; the answer comes as a job."""
    try:
        content = base64.b64decode(asked.content, validate=True)
    except (binascii.Error, ValueError):
        raise wrong("content", tr("board.bad_base64")) from None
    if asked.kind not in KINDS:
        raise wrong("kind", tr("demand.unknown_kind", value=asked.kind, known=", ".join(KINDS)))
    targets = [text.strip() for text in asked.targets if text.strip()]
    for text in targets:
        try:
            target(text)
        except ValueError as error:
            raise wrong("targets", str(error)) from None
    ending = Path(asked.name).suffix.lower()[:8]
    export = "export" + (ending if ending[1:].isalnum() and ending.isascii() else "")
    given = {export: content} | ({MAP: asked.map.encode("utf-8", "replace")} if asked.map.strip() else {})
    options = {"export": export, "kind": asked.kind, "map": MAP in given, "targets": targets}
    question = Question("demand", {**options, "role": asked.role.strip(), "rev": _rev(context)}, given)
    branch = context.branch(asked.branch)
    return {"job": context.server.jobs.ask(context.board, context.state(branch), question)}


class TakeFile(OnBranch):
    """A scenario that a question's answer holds."""

    file: Literal["size_lean.yaml", "size.yaml", "size_comfortable.yaml", "demand.yaml"]
    new: bool = Field(False, description="As a new board, instead of the scenario of its own.")


def take_file(context: Context, asked: TakeFile) -> Json:
    """Take a scenario of an answer: as the scenario of its board, or as a new board."""
    job = job_of(context)
    content = context.server.store.kept(f"job/{job['id']}", asked.file)
    if content is None:
        raise not_found()
    files = Files(asked.file, ((asked.file, content.decode("utf-8")),))
    if asked.new:
        return {"board": new_board(context, files)}
    within = Context(context.server, context.account, {"board": job["board"]}, context.query)
    state = within.state(asked.branch)
    problem_of({"files": files.kept()})
    if "people" in state:
        assembled({**state, "files": files.kept()})
    changes = changes_to(state, {"files": files.kept()})
    return {"board": job["board"], **within.append("scenario", changes, asked, note=tr("board.took_posts"))}
