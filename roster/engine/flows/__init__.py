"""Circulations of any graph, and that they hold together."""
