"""Which sequences of duties are lawful: one automaton a rule, and their product."""
