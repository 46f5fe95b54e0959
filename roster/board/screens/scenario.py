"""The scenario: forms for people, leave, posts, shifts and rules, beside the text with its faults at their lines."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from roster.board.drawing import Page, in_script, respond, script_data
from roster.board.files import Files
from roster.board.program import FORM, plain, problem_of
from roster.board.verbs.base import Context


def scenario(context: Context) -> Response:
    """Draw the scenario as forms and as text."""
    live = context.server.boards.live(context.board)
    files = Files.of(live.state["files"])
    problem = problem_of({"files": files.kept()})
    said = plain(files)
    return respond(
        "scenario.html.jinja",
        context,
        main=files.main,
        texts=files.texts,
        form=FORM,
        said=said,
        people=_people(said),
        limits=problem.limits,
        employers=_employers(said),
        script=in_script({**script_data(context, live.rev), "main": files.main}),
    )


def _employers(said: dict[str, Any]) -> dict[str, str]:
    """Return what the employers are called."""
    found = said.get("employers") or {}
    return {name: str(about.get("title") or name) for name, about in found.items() if isinstance(about, dict)}


def _people(said: dict[str, Any]) -> list[dict[str, str]]:
    """Return the people that a scenario names, each with what is said of them as text."""
    found = []
    for name, about in (said.get("people") or {}).items():
        about = about if isinstance(about, dict) else {"type": about}
        wishes = about.get("wishes") or []
        found.append(
            {
                "name": name,
                "type": str(about.get("type", "")),
                "leave": _spans(about.get("leave")),
                "no_nights": _spans(about.get("no_nights")),
                "wishes": ", ".join(_spans(one.get("dates")) for one in wishes if isinstance(one, dict)),
            }
        )
    return found


def _spans(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "")


PAGES = {"/b/{board}/scenario": Page("planner", scenario)}
