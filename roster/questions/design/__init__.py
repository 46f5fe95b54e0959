"""Kinds of shift chosen with the headcount: fewest people or least cost, then fewest kinds, then least idle."""
