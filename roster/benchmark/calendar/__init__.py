"""
Published calendars of named people as problems of our own language, and how well they are solved.

`curtois` and `inrc` read the two published sets, each with a scorer that knows its definition only; `run` solves.
"""
