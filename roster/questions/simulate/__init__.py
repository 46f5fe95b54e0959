"""Chance, not only the worst case: years of sickness, leave and resignations, replanned day by day."""
