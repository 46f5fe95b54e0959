"""Proofs as JSON documents, the way `roster.proof.reading` reads them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from roster.domain.problem import DAY
from roster.proof.certificate import Certificate, Count, Leaf, Node, Part, Use
from roster.proof.fields import WEEKDAYS

FORMAT = "roster-proof/2"
"""What a proof file says that it is."""

Document = dict[str, Any]


def document_of(certificate: Certificate) -> Document:
    """Return a proof as a JSON document."""
    return {
        "format": FORMAT,
        "program": certificate.program,
        "scenario": certificate.scenario,
        "fingerprint": certificate.fingerprint,
        "goal": certificate.goal.value,
        "scope": str(certificate.scope),
        "bound": certificate.bound,
        "parts": [_part_document(part) for part in certificate.parts],
    }


def _part_document(part: Part) -> Document:
    document: Document = {
        "types": list(part.types),
        "posts": list(part.posts),
        "seats": list(part.seats),
        "bound": part.bound,
        "tree": _tree_document(part.tree),
    }
    if part.searched is not None:
        document["searched"] = {
            "bound": part.searched.bound,
            "scope": str(part.searched.scope),
            "solver": part.searched.solver,
            "version": part.searched.version,
            "parameters": part.searched.parameters,
            "confirmed": part.searched.confirmed,
        }
    return document


def _tree_document(node: Node) -> Document:
    if isinstance(node, Leaf):
        return {"add": [_use_document(use) for use in node.uses]}
    return {
        "sum_of": [_count_document(count) for count in node.counts],
        "at_most": node.at_most,
        "if_so": _tree_document(node.fewer),
        "if_more": _tree_document(node.more),
    }


def _count_document(count: Count) -> Document:
    if count[0] == "duty":
        return {"type": count[1], "day": WEEKDAYS[int(count[2])], "duty": count[3]}
    return {str(count[0]): count[1]}


def _use_document(use: Use) -> Document:
    document: Document = {"row": use.row}
    if use.row != "cover":
        document["times"] = _number(use.times)
    if use.type:
        document["type"] = use.type
    if use.weekday >= 0:
        document["day"] = WEEKDAYS[use.weekday]
    if use.at >= 0:
        document["at"] = clock_of(use.at)
    if use.shift:
        document["shift"] = use.shift
    if use.row == "pair":
        document |= {"first": list(use.first), "second": list(use.second)}
    if use.number:
        document["number"] = use.number
    if use.row == "cover":
        document["posts"] = {name: _number(times) for name, times in use.posts}
    elif use.posts:
        document["posts"] = [name for name, _ in use.posts]
    return document


def _number(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else str(value)


def clock_of(minute: int) -> str:
    """
    Return a minute of the week as a proof file has it.

    >>> clock_of(8 * 60), clock_of(6 * 1440 + 90)
    ('Mon 08:00', 'Sun 01:30')
    """
    return f"{WEEKDAYS[minute // DAY]} {minute % DAY // 60:02d}:{minute % 60:02d}"
