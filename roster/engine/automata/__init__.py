"""Which sequences of duties are lawful: one automaton a rule, and their product."""

from __future__ import annotations

from roster.engine.automata.alphabet import useful_duties, useful_numbers
from roster.engine.automata.automaton import RuleAutomaton, State
from roster.engine.automata.counts import amount, spoils
from roster.engine.automata.off_runs import apart, leave_matters, off_limit, off_run_rows, while_away
from roster.engine.automata.product import (
    History,
    StateGraph,
    Step,
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
from roster.engine.automata.together import grouped, together
