"""
Column generation for a calendar of named people.

A column is one person's whole calendar: a walk through the graph of lawful days. The restricted master problem
chooses among the columns found so far and prices each duty of each day; the pricing problem of a person is a shortest
walk under these prices. Modules in reading order: `team` (what is searched), `pricing` (shortest walks),
`cover_value` (what empty places cost), `master` (the linear program), `generate` (its bound), `state` (what a search
knows), `dive` (from the linear program to calendars), `relaxation`, `balance` and `large` (prices and first calendars
by how many of each kind should be where, whatever the number of people), `subteam` (a part of the people on its own),
`neighbourhood` (which cells to free), `fix_and_optimise` (an exact search on few cells), `search` (all of it, until
time is up), `compile_team` and `sums` (from a problem to a team), `exact_bound` (the bound in whole numbers).
"""
