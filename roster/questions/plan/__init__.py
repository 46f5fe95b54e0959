"""Fewest people, with rota, calendar and proof."""
