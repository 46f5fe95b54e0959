"""
Breaches of each rule in what one person does.

In reading order: `timeline` (a person's days), `elapsed` (time as it passes, over clock changes), `breach`,
`day_by_day` (runs of work, nights and days off, rest, forbidden successions), `weeks_and_sums` (weekends, weekly
rest, hours, standby, averages), `counts` (how often in a window, gaps), `pairings` (people apart, together, beside
somebody).
"""
