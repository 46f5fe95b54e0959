"""
Which sequences of duties are lawful: one automaton a rule, and their product.

In reading order: `automaton` (what the machine of a rule is), `rules` (longest and shortest runs of work, nights and
days off, rest, forbidden successions, weekends), `counts` (how often in a window, gaps), `weekly_rest`,
`combined_rules` (many rules read as one machine), `alphabet` (the duties worth considering), `product` (all rules of
a staff type as one graph of lawful days), `rings` (that graph closed into a ring), `slack_run_limits` (limits that
hardly ever bind), `off_runs` (days off around leave).
"""

from __future__ import annotations

from roster.engine.automata.alphabet import useful_duties, useful_numbers
from roster.engine.automata.automaton import RuleAutomaton, State
from roster.engine.automata.combined_rules import grouped, together
from roster.engine.automata.counts import amount, spoils
from roster.engine.automata.off_runs import apart, leave_matters, off_limit, off_run_rows, while_away
from roster.engine.automata.product import (
    History,
    StateGraph,
    Transitions,
    compile_rules,
    compiled,
    numbered,
    tell_apart,
)
from roster.engine.automata.rings import (
    RingArc,
    node_numbers,
    ring_arcs,
    ring_node,
    strong_parts,
    without_weekdays,
)
from roster.engine.automata.rules import rule_automaton
from roster.engine.automata.slack_run_limits import capped, within
