"""
Everything that can be done on the board, each as a function: a model of what is asked in, plain data out.

Pages and REST use the same ones; `table.VERBS` lists them with their addresses and who may use them.
"""
