"""What the schema found wrong, in sentences for the user."""

from __future__ import annotations

from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from roster.language import tr
from roster.readable import show
from roster.scenario.schema.sections import Scenario
from roster.suggestions import did_you_mean
from roster.yaml.tree import Path_

_BY_TYPE = {
    "missing": "missing",
    "string_type": "want_text",
    "int_type": "want_whole",
    "int_from_float": "want_whole",
    "float_type": "want_number",
    "bool_type": "want_bool",
    "list_type": "want_list",
    "dict_type": "want_mapping",
    "model_type": "want_mapping",
    "model_attributes_type": "want_mapping",
    "dataclass_type": "want_mapping",
    "date_type": "want_date",
}
_WITH_BOUND = {
    "greater_than_equal": ("at_least", "ge"),
    "less_than_equal": ("at_most", "le"),
    "string_too_long": ("text_too_long", "max_length"),
    "too_short": ("list_too_short", "min_length"),
    "too_long": ("list_too_long", "max_length"),
}


def phrase(error: ErrorDetails, model: type[BaseModel] = Scenario) -> tuple[Path_, str]:
    """Return where an error in a file of a model is, and what it says."""
    path: Path_ = tuple(step for step in error["loc"] if step != "[key]")
    kind, value = error["type"], show(error["input"])
    context: dict[str, Any] = error.get("ctx", {})
    if kind == "value_error":
        return path, str(context["error"])
    if kind == "extra_forbidden":
        name = str(path[-1])
        keys = keys_at(path[:-1], model)
        way_out = did_you_mean(name, keys) or (tr("scenario.keys_here", keys=", ".join(keys)) if keys else "")
        return path, tr("scenario.unknown_key", name=show(name)) + way_out
    if kind in _WITH_BOUND:
        key, bound = _WITH_BOUND[kind]
        return path, tr(f"scenario.{key}", value=value, bound=context[bound])
    if kind == "literal_error":
        allowed = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        return path, tr("scenario.not_one_of", value=value, allowed=", ".join(allowed)) + (
            did_you_mean(value, allowed) if len(allowed) > 3 else ""
        )
    if kind == "string_pattern_mismatch":
        return path, tr("scenario.bad_pattern", value=value)
    if kind in _BY_TYPE:
        return path, tr(f"scenario.{_BY_TYPE[kind]}", value=value)
    return path, tr("scenario.other", value=value, message=error["msg"])


def keys_at(path: Path_, model: type[BaseModel] = Scenario) -> tuple[str, ...]:
    """Return the keys that the schema knows at a path."""
    kind: Any = model
    for step in path:
        kind = _model(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            by_key = {field.alias or name: field for name, field in kind.model_fields.items()}
            kind = by_key[str(step)].annotation if str(step) in by_key else None
        elif get_origin(kind) in (dict, list):
            kind = get_args(kind)[-1]
        else:
            return ()
    kind = _model(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return tuple(field.alias or name for name, field in kind.model_fields.items())
    return ()


def _model(kind: Any) -> Any:
    """Take away annotations and the choice of null."""
    while True:
        origin = get_origin(kind)
        if origin is None or origin in (dict, list):
            return kind
        rest = [each for each in get_args(kind) if each is not type(None)]
        if not rest:
            return kind
        kind = rest[0]
