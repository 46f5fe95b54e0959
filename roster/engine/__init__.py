"""
The only layer that knows OR-Tools: rules become graphs, rosters become walks through them.

In reading order: `automata` (which sequences of duties are lawful), `cover` (who can hold which posts), `solvers`,
`integer_program` and `flows` (programs and circulations as such), `rotation` (a week in which people of a type are
alike, for ever), `calendar` (people with names on dates: repairs and leave), `columns` (the best calendar of named
people, by column generation), `design` (which kinds of shift), `certificate` (proofs to be verified without a
solver), `exact_demand` (published instances).
"""
