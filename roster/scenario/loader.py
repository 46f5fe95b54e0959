"""A scenario file read, checked and made a problem: every fault at once, each with the file and line it stands on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from roster.domain.problem import Problem
from roster.errors import Fault, Faults, FileFault
from roster.language import tr
from roster.scenario.build import problem as build
from roster.scenario.build.contracts import with_contracts
from roster.scenario.checks import all as checks
from roster.scenario.checks.findings import Known
from roster.scenario.demand_curves import expanded
from roster.scenario.schema.sections import Scenario
from roster.scenario.shift_choice import with_candidates
from roster.scenario.validation.fit import placed, validated
from roster.yaml import inheritance as base
from roster.yaml.tree import Node

STAND_INS: dict[str, Any] = {
    "name": "x",
    "calendar": {"start": "2027-01-04"},
    "employers": {"x": {"regime": "cn_public_institution"}},
    "roles": {"x": {}},
    "posts": {"x": {"role": "x"}},
    "staff_types": {"x": {"skills": "x"}},
}
"""What takes the place of a part that is missing or unusable, so that the other parts can still be checked."""


def load(path: Path, *, held: bool = True, chosen: bool = False) -> Problem:
    """
    Read a scenario file; raises FileFault or Faults.

    Parameters
    ----------
    path : Where it is.
    held : Whether posts that nobody could hold are faults.
    chosen : Whether shifts that are yet to be chosen are one.
    """
    root = base.read(path)
    problem = from_tree(root, path, held=held)
    if chosen and problem.design is not None:
        shifts = root.child("shifts")
        node = shifts.child("choose") if shifts is not None else None
        words = tr("scenario.choose_first", file=path.name)
        raise Faults(str(path), [Fault(node.line if node else None, "shifts.choose", words)])
    return problem


def from_tree(root: Node, path: Path, *, held: bool = True) -> Problem:
    """
    Return the problem of a tree.

    Parameters
    ----------
    root, path : The tree, and where it stands, or would, for the files that it names.
    held : Whether it is a fault that nobody could hold a hard post.

    Raises
    ------
    Faults
        It is no scenario, or what earlier periods left cannot be read.
    """
    from roster.rosters.ledger_file import with_ledger
    from roster.rosters.previous import with_before

    problem = from_node(root, str(path), held=held)
    for key, read in zip(base.NAMED, (with_before, with_ledger), strict=True):
        node = root.child(key)
        if node is None or not isinstance(node.value, str) or not node.value:
            continue
        file = path.parent / node.value
        try:
            base.check_inside(path.parent, file)
            problem = read(problem, file)
        except FileFault as fault:
            raise Faults(node.file, [Fault(node.line, key, str(fault))]) from None
    return problem


def from_node(root: Node, file: str, *, held: bool = True) -> Problem:
    """
    Return the problem of a tree.

    Parameters
    ----------
    root, file : The tree, and the file that faults name.
    held : Whether it is a fault that nobody could hold a hard post.

    Raises
    ------
    Faults
        It is no scenario.
    """
    written, (root, design, wrong) = root, with_candidates(root)
    root = (curves := expanded(root)).root
    scenario, findings = validated(root, Scenario, STAND_INS)
    whole = not findings
    contracts = None if scenario is None else with_contracts(scenario)
    if contracts is not None:
        scenario = contracts.scenario
        spoilt = {path[:end] for path, _ in findings for end in range(len(path))}
        stood_in = {path for path, _ in findings if len(path) == 1 and path[0] in STAND_INS}
        later = contracts.back(checks.findings(scenario, Known.of(root.plain()), whole=whole, held=held))
        # What a part lacks may be just what had to be cut out of it, and nobody wrote what stands in for a part.
        findings += [
            (path, words) for path, words in later if path not in spoilt and path[:1] not in stood_in
        ]
    findings = [*wrong, *curves.findings, *((curves.back(path), words) for path, words in findings)]
    if findings or scenario is None:
        raise Faults(*placed(written, file, findings))
    built = build.problem(scenario)
    return built if design is None else replace(built, design=design)
