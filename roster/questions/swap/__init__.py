"""
Who could take a duty, or exchange it: `options` lists what could change hands, `answer` judges and ranks it, `together`
answers several requests at once.
"""
