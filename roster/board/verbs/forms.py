"""Scenarios changed by forms: only what a form says changes, all else stays as it is written."""

from __future__ import annotations

import re
from typing import Any

from pydantic import Field

from roster.board.files import Files
from roster.board.log import changes_to
from roster.board.program import assembled, laid_over, plain, problem_of
from roster.board.verbs.base import Context, Json, OnBranch, VerbInput

SPANS = Field("", max_length=400, description="Dates or stretches with commas between.")


class PersonForm(VerbInput):
    """Somebody with a name."""

    name: str = Field(min_length=1, max_length=60)
    type: str = Field(max_length=80)
    leave: str = SPANS
    no_nights: str = SPANS
    wishes: str = SPANS


class PostForm(VerbInput):
    """A post."""

    name: str = Field(max_length=80)
    title: str = Field("", max_length=80)
    window: str = Field("", max_length=30)
    days: str = Field("", max_length=120)
    people: int = Field(1, ge=0, le=1000)
    keep: bool = True


class ShiftForm(VerbInput):
    """A shift, or a standby."""

    section: str = Field(pattern="^(shifts|standbys)$")
    name: str = Field(max_length=80)
    title: str = Field("", max_length=80)
    start: str = Field(max_length=10)
    length: str = Field(max_length=20)


class RuleForm(VerbInput):
    """A limit of the scenario's own."""

    key: str = Field(pattern=r"^[a-z_]{1,40}$")
    value: str = Field(max_length=60)
    source: str = Field("", max_length=200)


class Form(OnBranch):
    """What the forms of a scenario say; a part that is not sent stays as it is."""

    title: str | None = Field(None, max_length=120)
    start: str | None = Field(None, max_length=10)
    weeks: int | None = Field(None, ge=1, le=60)
    people: list[PersonForm] | None = Field(None, max_length=1000)
    posts: list[PostForm] | None = Field(None, max_length=200)
    shifts: list[ShiftForm] | None = Field(None, max_length=100)
    rules: list[RuleForm] | None = Field(None, max_length=60)


def form(context: Context, asked: Form) -> Json:
    """Change a scenario by its forms; faults come back with line and key."""
    state = context.state(asked.branch)
    files = Files.of(state["files"])
    said = plain(files)
    after = laid_over(files, patch(said, asked))
    problem_of({"files": after.kept()})
    changed = {**state, "files": after.kept()}
    if "people" in state:
        assembled(changed)
    return context.append("scenario", changes_to(state, {"files": after.kept()}), asked)


def patch(said: dict[str, Any], asked: Form) -> dict[str, Any]:
    """Return what has to be laid over a scenario so that it says what the forms say."""
    found: dict[str, Any] = {}
    if asked.title is not None:
        found["title"] = asked.title
    calendar = {
        key: value for key, value in (("start", asked.start), ("weeks", asked.weeks)) if value is not None
    }
    if calendar:
        found["calendar"] = calendar
    if asked.people is not None:
        found["people"] = _people(said.get("people") or {}, asked.people)
    if asked.posts is not None:
        found["posts"] = {
            one.name: _post((said.get("posts") or {}).get(one.name), one) for one in asked.posts
        }
    for one in asked.shifts or ():
        own = (said.get(one.section) or {}).get(one.name) or {}
        words = {"title": one.title, "start": one.start, "length": one.length}
        found.setdefault(one.section, {})[one.name] = _changed(own, words)
    if asked.rules is not None:
        found["rules"] = {one.key: _rule((said.get("rules") or {}).get(one.key), one) for one in asked.rules}
    return found


def _people(known: dict[str, Any], wanted: list[PersonForm]) -> dict[str, Any]:
    found: dict[str, Any] = {name: None for name in known if name not in {one.name for one in wanted}}
    for one in wanted:
        about = known.get(one.name)
        own = about if isinstance(about, dict) else {"type": about} if about else {}
        person: dict[str, Any] = {"type": one.type}
        for key, text in (("leave", one.leave), ("no_nights", one.no_nights)):
            if _texts(own.get(key)) != _listed(text):
                person[key] = _listed(text)
        if [_texts(wish.get("dates")) for wish in own.get("wishes") or []] != [
            [each] for each in _listed(one.wishes)
        ]:
            person["wishes"] = [{"dates": each} for each in _listed(one.wishes)]
        plain_type = set(person) == {"type"} and not isinstance(about, dict)
        found[one.name] = (
            one.type if plain_type else {**own, **person} if not isinstance(about, dict) else person
        )
    return found


def _listed(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,，、;；\n]", text) if one.strip()]


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _post(own: Any, one: PostForm) -> dict[str, Any] | None:
    if not one.keep:
        return None
    known = own if isinstance(own, dict) else {}
    words: dict[str, Any] = {"title": one.title, "window": one.window}
    found = _changed(known, words)
    if one.people != known.get("people", 1):
        found["people"] = one.people
    if one.days and _listed(one.days) != _texts(known.get("days", "daily")):
        found["days"] = _listed(one.days)
    return found


def _changed(known: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """Return the words that are not empty and differ from what is known."""
    return {
        key: text.strip()
        for key, text in words.items()
        if text.strip() and text.strip() != str(known.get(key, ""))
    }


def _rule(own: Any, one: RuleForm) -> Any:
    """Return a limit as the file writes it; what else it says of itself stays."""
    text = one.value.strip()
    if not text:
        return None
    value: Any = int(text) if re.fullmatch(r"\d{1,6}", text) else text
    if isinstance(own, dict):
        key = "one_in" if "one_in" in own else "value"
        found = {} if str(own.get(key)) == text else {key: value}
        return {
            **found,
            **(
                {"source": one.source.strip()}
                if one.source.strip() and one.source.strip() != own.get("source")
                else {}
            ),
        }
    if not one.source.strip():
        return value
    return {("one_in" if one.key == "free_weekends" else "value"): value, "source": one.source.strip()}
