"""Answers as keys of a JSON document."""
