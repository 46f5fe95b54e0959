"""
Demand measured instead of assumed: tickets, calls and alerts become people by hour, standby that holds, and posts.

In reading order: `kinds`, `mapping` and `targets` say which column is what and what is aimed at, `tables` and `times`
read files, `tickets` makes records of them, `cleaning` tells step by step what is left out, `days`, `poisson`,
`arrivals` and `handling` estimate, `streams`, `offered` and `chain` say what so many people reach, `staffing` how
many it takes, `standby` what being on call costs, `posts` what a scenario is to hold and `write` such a scenario,
`against_scenario` what an existing one holds, `answered_in_time` what a roster reaches, and `answer` puts all of it
together.

Texts and names of people are never kept: of a subject a digest is taken while the row is read, and forgotten after.
"""
