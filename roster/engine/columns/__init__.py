"""
Column generation for a calendar of named people.

A column is one person's whole calendar: a walk through the graph of lawful days. The restricted master problem chooses
among the columns found so far and prices each duty of each day; the pricing problem of a person is a shortest walk
under these prices. Modules in reading order: `team` (what is searched), `measures` (what a duty adds to what is
shared), `arcs` and `bundles` (the graph as arrays), `pricing` (shortest walks), `one_person_program` (the same where
limits are too many for a table), `off_runs_at_leave` (days off around leave), `cover_rows`, `piece_program` and
`shared_out` (posts as rows), `cover_value` (what empty places cost), `master` (the linear program), `generate` (its
bound), `state` (what a search knows), `dive` (from the linear program to calendars), `relaxation`, `needed_presences`,
`balance` and `large` (prices and first calendars by how many of each kind should be where, whatever the number of
people), `subteam` (a part of the people on its own), `neighbourhood` (which cells to free), `fix_and_optimise` (an
exact search on few cells), `branch_and_price`, `branching` and `tree_master` (what lies between is ruled out until
nothing better is left), `best_response` and `anneal` (one or two people at a time, on a `walk`), `cooling`
(how long and how hot), `local_search` (from a good calendar to better ones) and `search` (all of it, until time is up),
`beside` and `search_beside` (other processes that search as well), `fewest_empty` and `fewest_people` (other bounds),
`compile_team` and `counted_sums` (from a problem to a team), `exact_bound` (the bound in whole numbers).
"""

from __future__ import annotations

from roster.engine.columns.compile_team import Aims, Compiled, compile_team
from roster.engine.columns.exact_bound import PART, exact_bound
from roster.engine.columns.fewest_empty import fewest_empty
from roster.engine.columns.fewest_people import fewest_people
from roster.engine.columns.fix_and_optimise import improve
from roster.engine.columns.generate import Deadline, generate
from roster.engine.columns.master import Duals
from roster.engine.columns.measures import amount
from roster.engine.columns.needed_presences import needed
from roster.engine.columns.search import Result, boxes, go_on, result, run
from roster.engine.columns.state import BetterCalendar, State
from roster.engine.columns.team import Floats
