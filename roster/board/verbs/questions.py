"""Questions that need a search, put to child processes: asked, watched, stopped; a plan becomes the board's roster."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from roster.board.database import DatabaseRow
from roster.board.events import shown
from roster.board.jobs import Question, Result
from roster.board.log import Entry
from roster.board.program import problem_of, read_roster_text, state_of
from roster.board.verbs.base import Context, Json, Refused, VerbInput, not_found
from roster.board.verbs.editing import roster_changes
from roster.language import tr

ROSTER = "roster.csv"


class Ask(VerbInput):
    """A question about a board."""

    question: Literal["plan", "explain", "resilience", "frontier", "service", "rotas"]
    branch: str = Field("main", max_length=60)
    seconds: int = Field(60, ge=1, le=600, description="How long it may search.")
    days: int = Field(1, ge=1, le=60, description="Resilience: how many days each absence is long.")
    headcount: int | None = Field(None, ge=0, le=10_000, description="Explain, service: with so many people.")
    watched: bool = Field(
        False, description="Resilience: stopped when nobody has the leave page open any more."
    )
    take: bool = Field(False, description="Plan: whether its roster becomes the board's.")


def ask(context: Context, asked: Ask) -> Json:
    """Ask a question; the answer comes as a job."""
    state, branch = context.state(asked.branch), context.branch(asked.branch)
    if asked.question == "resilience" and "people" not in state:
        raise Refused(409, tr("board.no_roster"))
    rev = context.server.boards.live(context.board, branch).rev
    options: dict[str, Any] = {"seconds": asked.seconds, "days": asked.days, "rev": rev, "branch": branch}
    if asked.question == "resilience":
        _, _, found = context.server.boards.assembled(context.board, branch)
        assert found is not None
        options |= {"start": found.roster.horizon.on(0).isoformat(), "watched": asked.watched}
    if asked.question == "service" and asked.headcount is None:
        asked = asked.model_copy(update={"headcount": max(1, len(state.get("people", ())))})
    if asked.headcount is not None:
        options["headcount"] = asked.headcount
    board, account, server = context.board, context.account.id, context.server

    def take(_job: DatabaseRow, result: Result | None) -> None:
        if result is None or ROSTER not in result.files:
            return
        now = server.boards.state(board, branch)
        problem = problem_of({"files": now["files"]})
        roster = read_roster_text(problem, ROSTER, result.files[ROSTER])
        changes = roster_changes(now, state_of(problem, roster))
        made = server.store.append(
            Entry(
                board,
                0,
                "",
                account,
                "roster",
                changes,
                branch=branch,
                note=result.document.get("status", ""),
            )
        )
        server.hub.changed(made)

    job = server.jobs.ask(board, state, Question(asked.question, options), take if asked.take else None)
    return {"job": job}


def of_board(context: Context, _asked: VerbInput) -> Json:
    """List the questions asked of a board."""
    return [shown(job) for job in context.server.jobs.of(context.board)]


def job_of(context: Context) -> DatabaseRow:
    """Return the job that the address names; raises Refused where there is none."""
    job = context.server.jobs.get(context.path.get("job", ""))
    if job is None:
        raise not_found()
    return job


def get(context: Context, _asked: VerbInput) -> Json:
    """Say where a question stands."""
    return shown(job_of(context))


def stop(context: Context, _asked: VerbInput) -> Json:
    """Stop a question."""
    job = job_of(context)
    context.server.jobs.stop(job["id"])
    context.server.store.tell({"stop": job["id"]})
    return {"job": job["id"]}
