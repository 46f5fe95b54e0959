"""
Circulations of any graph, and that they hold together.

`circulation` (integer flows, and the circuit that walks one), `spanning_tree` (a flow in one piece, for CP-SAT).
"""
