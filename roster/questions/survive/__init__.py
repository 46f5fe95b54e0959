"""Fewest people that hold the service with somebody away."""
