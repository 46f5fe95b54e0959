"""
Who could take a duty, or exchange it: `options` lists what could change hands, `answer` judges and ranks it,
`requests_together` answers several requests at once.
"""

from __future__ import annotations

from roster.questions.swap.answer import Option, SwapAnswer, swaps
from roster.questions.swap.options import SwapRequest
from roster.questions.swap.requests_together import Together, swap_together
