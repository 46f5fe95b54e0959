"""
Circulations of any graph, and that they hold together.

`circulation` (integer flows, and the circuit that walks one), `connecting_rows` (rows against the parts of a flow),
`spanning_tree` (a flow in one piece, for CP-SAT).
"""
