"""Fewest people to hold a round-the-clock service: proven headcount, rotating rota, independent check."""

__version__ = "0.1.0"
