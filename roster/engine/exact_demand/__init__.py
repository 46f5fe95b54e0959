"""
Published rotating-workforce instances, whose demand is exact; `roster plan` uses `rotation`.

One type, rules that treat all weekdays alike, as many people as asked and no more: with whole blocks as arcs a seventh
of the time that the model of `rotation` takes (BENCHMARKS.md, "Why two models"). What keeps a flow in one piece is
shared: `flows`.

In reading order: `block_graph` (rules as a ring of whole blocks), `model` (one rotation that meets the demand),
`search` (a flow in one piece) with `exchange` (parts joined) and `connectivity_cuts` (parts cut off), `solve` (the
questions).
"""

from __future__ import annotations

from roster.engine.exact_demand.block_graph import automaton
from roster.engine.exact_demand.model import ExactQuestion
from roster.engine.exact_demand.solve import Rota, fewest_people, most_free_weekends, rota
