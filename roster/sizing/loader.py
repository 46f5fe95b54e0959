"""A profile file read and checked: every fault at once, each with its line and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from roster.errors import Faults
from roster.language import tr
from roster.scenario.validation.fit import Finding, placed, validated
from roster.sizing import checks
from roster.sizing.drivers import Values
from roster.sizing.profile import Profile
from roster.sizing.schema import ProfileFile
from roster.yaml import tree as source
from roster.yaml.tree import Node

STAND_INS: dict[str, Any] = {
    "name": "x",
    "tier": "county",
    "beds": 1,
    "users": 1,
    "start": "2027-01-04",
    "modules": {"his": {}},
    "continuity": "standard",
    "response": {"p1": "15min", "p2": "30min"},
    "protection": 1,
}
"""What takes the place of a part that is missing or unusable, so that the other parts can still be checked."""


def load(path: Path) -> Profile:
    """Read a profile file; raises FileFault or Faults."""
    return from_node(source.read(path), str(path))


def from_node(root: Node, file: str) -> Profile:
    """Return the profile of a tree; raises Faults."""
    says, findings = validated(root, ProfileFile, STAND_INS)
    findings = [_with_way_out(finding) for finding in findings]
    if says is not None:
        profile = _profile(root, file, says)
        spoilt = {path[:end] for path, _ in findings for end in range(len(path) + 1)}
        later = checks.findings(profile, whole=not findings)
        # What a part lacks may be just what had to be cut out of it.
        findings += [finding for finding in later if finding[0] not in spoilt]
        if not findings:
            return profile
    raise Faults(*placed(root, file, findings))


def _with_way_out(finding: Finding) -> Finding:
    """Say what response targets look like where they are missing: no figure may stand in for them."""
    path, message = finding
    if path[0] == "response" and message == tr("scenario.missing"):
        return path, tr("sizing.response_missing")
    return finding


def _profile(root: Node, file: str, says: ProfileFile) -> Profile:
    overrides = {}
    for key, value in says.drivers.items():
        node, _ = root.nearest(("drivers", key))
        overrides[key] = (float(value), node.line or 0)
    return Profile(file, root, says, Values(file, overrides))
