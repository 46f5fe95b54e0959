"""
Proofs that others can check: what a proof file says, and its verification in exact fractions.

The verifier builds its own inequalities from the scenario, shares nothing with the engine but the problem's data, and
uses no solver. Whoever makes a proof, by whatever means, is held to it here.
"""

from __future__ import annotations

from roster.proof.certificate import ALWAYS_WHOLE, Certificate, Count, Leaf, Node, Part, Searched, Split, Use
from roster.proof.fingerprint import fingerprint
from roster.proof.forbidden_successions import exclusive_sets
from roster.proof.inequalities import Inequality, inequality
from roster.proof.quantities import Ordinary, Refused, Terms
from roster.proof.reading import proof_of, read_proof
from roster.proof.scope import EVERY_ROSTER, WEEKLY, Scope, scope_named
from roster.proof.verify import (
    End,
    ProofStep,
    Shown,
    Supposed,
    Verdict,
    closes,
    rounds_up,
    supposed_terms,
    verify,
)
from roster.proof.week import Stretch, bundles
from roster.proof.writing import document_of

__all__ = [
    "ALWAYS_WHOLE",
    "EVERY_ROSTER",
    "WEEKLY",
    "Certificate",
    "Count",
    "End",
    "Inequality",
    "Leaf",
    "Node",
    "Ordinary",
    "Part",
    "ProofStep",
    "Refused",
    "Scope",
    "Searched",
    "Shown",
    "Split",
    "Stretch",
    "Supposed",
    "Terms",
    "Use",
    "Verdict",
    "bundles",
    "closes",
    "document_of",
    "exclusive_sets",
    "fingerprint",
    "inequality",
    "proof_of",
    "read_proof",
    "rounds_up",
    "scope_named",
    "supposed_terms",
    "verify",
]
