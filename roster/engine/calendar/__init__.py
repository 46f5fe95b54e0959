"""Dates and people with names: one path a person."""
