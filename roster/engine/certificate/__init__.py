"""Proofs of a minimum that can be verified without a solver."""
