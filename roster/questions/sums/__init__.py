"""Demand against supply, before anything is solved."""
