"""
Demand measured instead of assumed: tickets, calls and alerts become people by hour, standby that holds, and posts.

In reading order: `kinds` and `mapping` say which column is what, `tables` and `times` read files, `tickets` makes
records of them, `cleaning` tells step by step what is left out, `rates` and `handling` estimate, `offered` and
`chain` say what so many people reach, `staffing` how many it takes, `standby` what being on call costs, `posts` what
a scenario is to hold, `held` what an existing one holds, and `answer` puts all of it together.

Texts and names of people are never kept: of a subject a digest is taken while the row is read, and forgotten after.
"""
