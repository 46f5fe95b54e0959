"""Published rotating-workforce instances, whose demand is exact; `roster plan` uses `rotation`."""

from __future__ import annotations

from roster.engine.exact_demand.block_graph import automaton
from roster.engine.exact_demand.model import ExactQuestion
from roster.engine.exact_demand.solve import Rota, fewest_people, most_free_weekends, rota
