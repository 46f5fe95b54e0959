"""
Proofs of a minimum that can be verified without a solver.

`proof_program` (the verifier's inequalities as a linear program), `search` (cases, each ended by its prices).
"""

from __future__ import annotations

from roster.engine.certificate.search import certified
