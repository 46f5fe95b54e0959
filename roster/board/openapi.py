"""The description of the REST interface, made from the verbs and their models: OpenAPI 3.1."""

from __future__ import annotations

import re
from typing import Any

from roster.board.verbs.base import Nothing, Verb
from roster.board.verbs.table import VERBS
from roster.version import __version__

ERRORS = {
    "400": "Not JSON.",
    "403": "Not let in, or the role does not allow it.",
    "404": "Not there.",
    "409": "Somebody changed the same meanwhile, or it cannot be done now.",
    "422": "Faults, each with line and key.",
    "423": "The cell is locked.",
}


def description() -> dict[str, Any]:
    """Return the description."""
    schemas: dict[str, Any] = {"Error": _ERROR}
    paths: dict[str, dict[str, Any]] = {}
    for verb in VERBS:
        paths.setdefault(f"/api/v1{verb.path}", {})[verb.method.lower()] = _operation(verb, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "roster board", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {"type": "string"},
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "line": {"type": ["integer", "null"]},
                    "key": {"type": "string"},
                    "message": {"type": "string"},
                    "file": {"type": "string"},
                },
            },
        },
    },
}


def _operation(verb: Verb, schemas: dict[str, Any]) -> dict[str, Any]:
    """Return the description of one verb; its model goes among the schemas."""
    answers: dict[str, Any] = {"200": {"description": "Done.", "content": {"application/json": {}}}}
    fault = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answers |= {status: {"description": text, "content": fault} for status, text in ERRORS.items()}
    found: dict[str, Any] = {
        "operationId": verb.name,
        "summary": verb.summary,
        "description": f"Role: {verb.role} or more.",
        "responses": answers,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in re.findall(r"\{(\w+)\}", verb.path)
        ],
    }
    if verb.method != "GET":
        made = verb.model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(made.pop("$defs", {}))
        name = f"{verb.name}_body"
        schemas[name] = made
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        found["requestBody"] = {"required": verb.model is not Nothing, "content": content}
    return found
