"""
Attack: the program held against a plain model and against damage, at random, seed by seed.

Nothing here shares code with the engine or the checker but the problem's data. What differs is a fault of one of the
two, to be decided by hand.
"""
