"""Proofs of a minimum that can be verified without a solver."""

from __future__ import annotations

from roster.engine.certificate.search import certified
